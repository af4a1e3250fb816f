/** What can be waited for of access systems and thermostats. */
import { waitedStatuses } from '../../contract/wait-until.ts'
import { eq, jsonAt, where } from '../../db/conditions.ts'
import { events } from '../../db/tables/events.ts'
import { requireSystem } from '../../sim/acs-systems/rows.ts'
import { systemLink } from '../../sim/acs-systems/link.ts'
import type { World } from '../../sim/kernel/world.ts'
import { presentAcsCredential } from '../seam/acs-credentials/wire.ts'
import { presentAcsEntrance } from '../seam/acs-entrances/wire.ts'
import { presentAcsUser } from '../seam/acs-users/wire.ts'
import { presentSchedule } from '../seam/thermostats/wire.ts'
import { missing } from './waited-kind.ts'
import type { Waited } from './waited-kind.ts'

/** Events of access systems stand under no id but their system's account. */
const telling = (name: `$.${string}`) => {
  const said = where(events, ['body'], (c, its) => eq(jsonAt(c.body, name), its.body))
  return (_world: World, id: string) => said({ body: id })
}

const acsUser: Waited = {
  what: 'A user of an access system',
  statuses: waitedStatuses.acs_user,
  status: (world, id) => {
    const user = world.acs_users.get(id)
    if (user === undefined) return 'deleted'
    if (user.deletion_requested_at !== null) return 'deleting'
    if (user.known === null) return 'creating'
    return user.push === null ? 'created' : 'updating'
  },
  events: telling('$.acs_user_id'),
  isThere: (world, id) => world.acs_users.get(id) !== undefined,
  refuse: missing('acs_user'),
  present: (world, id) => {
    const user = world.acs_users.get(id)
    return user === undefined ? {} : { acs_user: presentAcsUser(world, user) }
  },
}

const acsCredential: Waited = {
  what: 'A credential',
  statuses: waitedStatuses.acs_credential,
  status: (world, id) => {
    const credential = world.acs_credentials.get(id)
    if (credential === undefined) return 'deleted'
    return credential.issued_at === null ? 'not_issued' : 'issued'
  },
  events: telling('$.acs_credential_id'),
  isThere: (world, id) => world.acs_credentials.get(id) !== undefined,
  refuse: missing('acs_credential'),
  present: (world, id) => {
    const credential = world.acs_credentials.get(id)
    return credential === undefined
      ? {}
      : { acs_credential: presentAcsCredential(world, credential) }
  },
}

const acsEntrance: Waited = {
  what: 'An entrance',
  statuses: waitedStatuses.acs_entrance,
  status: (world, id) => {
    const entrance = world.acs_entrances.get(id)
    if (entrance === undefined) return 'deleted'
    const { online } = systemLink(world, requireSystem(world, entrance.acs_system_id))
    return online && entrance.offline_at === null ? 'online' : 'offline'
  },
  events: telling('$.acs_entrance_id'),
  isThere: (world, id) => world.acs_entrances.get(id) !== undefined,
  refuse: missing('acs_entrance'),
  present: (world, id) => {
    const entrance = world.acs_entrances.get(id)
    return entrance === undefined ? {} : { acs_entrance: presentAcsEntrance(world, entrance) }
  },
}

const thermostatSchedule: Waited = {
  what: 'A thermostat schedule',
  statuses: waitedStatuses.thermostat_schedule,
  status: (world, id) => {
    const schedule = world.thermostat_schedules.get(id)
    if (schedule === undefined) return 'deleted'
    if (world.now < schedule.starts_at) return 'future'
    return world.now < schedule.ends_at ? 'active' : 'over'
  },
  events: telling('$.thermostat_schedule_id'),
  isThere: (world, id) => world.thermostat_schedules.get(id) !== undefined,
  refuse: missing('thermostat_schedule'),
  present: (world, id) => {
    const schedule = world.thermostat_schedules.get(id)
    return schedule === undefined ? {} : { thermostat_schedule: presentSchedule(world, schedule) }
  },
}

/** By the parameter that names it. */
export const otherWaited = {
  acs_user_id: acsUser,
  acs_credential_id: acsCredential,
  acs_entrance_id: acsEntrance,
  thermostat_schedule_id: thermostatSchedule,
}
