/** What can be waited for: by its id, how it fares, what happened to it, and how it is shown. */
import { statusOf } from '../../sim/access-codes/lifecycle.ts'
import { reconciledLock } from '../../sim/access-codes/reconciled-lock.ts'
import { explainAccessGrant } from '../../sim/access-grants/explain/grant.ts'
import { requireDevice } from '../../sim/devices/rows.ts'
import { lockView } from '../../sim/locks/lock-view.ts'
import { waitedStatuses } from '../../contract/wait-until.ts'
import type { WaitedId } from '../../contract/wait-until.ts'
import { and, eq, is, jsonAt, where } from '../../db/conditions.ts'
import { events } from '../../db/tables/events.ts'
import { presentAccessCode, presentUnmanagedAccessCode } from '../seam/access-codes/wire.ts'
import { presentAccessGrant } from '../seam/access-grants/wire.ts'
import { presentAccessMethod } from '../seam/access-methods/wire.ts'
import { presentActionAttempt } from '../seam/action-attempts/wire.ts'
import { presentDevice, presentUnmanagedDevice } from '../seam/devices/present.ts'
import { missing } from './waited-kind.ts'
import type { Waited } from './waited-kind.ts'
import { otherWaited } from './waited-others.ts'

const ofAttempt = where(events, ['device_id', 'body'], (c, its) =>
  and(eq(c.device_id, its.device_id), eq(jsonAt(c.body, '$.action_attempt_id'), its.body)),
)
const ofDevice = is(events.device_id)
const ofCode = is(events.access_code_id)
const ofGrant = is(events.access_grant_id)
const ofMethod = is(events.access_method_id)

const accessCode: Waited = {
  what: 'An access code',
  statuses: waitedStatuses.access_code,
  status: (world, id) => {
    const code = world.access_codes.get(id)
    const view = code && lockView(world, code.device_id)
    return code === undefined || view === null || view === undefined
      ? 'deleted'
      : statusOf(code, reconciledLock(view), world.settings, world.now)
  },
  events: (_world, id) => ofCode(id),
  isThere: (world, id) => world.access_codes.get(id) !== undefined,
  refuse: missing('access_code'),
  present: (world, id) => {
    const code = world.access_codes.get(id)
    if (code === undefined) return {}
    const present = code.is_managed ? presentAccessCode : presentUnmanagedAccessCode
    return { access_code: present(world, code) }
  },
}

const device: Waited = {
  what: 'A device',
  statuses: waitedStatuses.device,
  status: (world, id) => {
    const row = world.devices.get(id)
    if (row === undefined) return 'deleted'
    return row.offline_cause === null ? 'online' : 'offline'
  },
  events: (_world, id) => ofDevice(id),
  isThere: (world, id) => world.devices.get(id) !== undefined,
  refuse: requireDevice,
  present: (world, id) => {
    const row = world.devices.get(id)
    if (row === undefined) return {}
    return { device: (row.is_managed ? presentDevice : presentUnmanagedDevice)(world, row) }
  },
}

const actionAttempt: Waited = {
  what: 'An action attempt',
  statuses: waitedStatuses.action_attempt,
  status: (world, id) => world.action_attempts.get(id)?.status ?? 'deleted',
  events: (world, id) =>
    ofAttempt({ device_id: world.action_attempts.get(id)?.device_id ?? '', body: id }),
  isThere: (world, id) => world.action_attempts.get(id) !== undefined,
  refuse: missing('action_attempt'),
  present: (world, id) => {
    const attempt = world.action_attempts.get(id)
    return attempt === undefined ? {} : { action_attempt: presentActionAttempt(world, attempt) }
  },
}

const accessGrant: Waited = {
  what: 'An access grant',
  statuses: waitedStatuses.access_grant,
  status: (world, id) =>
    world.access_grants.get(id) === undefined
      ? 'deleted'
      : explainAccessGrant(world, { access_grant_id: id }).state,
  events: (_world, id) => ofGrant(id),
  isThere: (world, id) => world.access_grants.get(id) !== undefined,
  refuse: missing('access_grant'),
  present: (world, id) => {
    const grant = world.access_grants.get(id)
    return grant === undefined ? {} : { access_grant: presentAccessGrant(world, grant) }
  },
}

const accessMethod: Waited = {
  what: 'An access method',
  statuses: waitedStatuses.access_method,
  status: (world, id) => {
    const method = world.access_methods.get(id)
    if (method === undefined) return 'deleted'
    return method.issued_at === null ? 'not_issued' : 'issued'
  },
  events: (_world, id) => ofMethod(id),
  isThere: (world, id) => world.access_methods.get(id) !== undefined,
  refuse: missing('access_method'),
  present: (world, id) => {
    const method = world.access_methods.get(id)
    return method === undefined ? {} : { access_method: presentAccessMethod(world, method) }
  },
}

/** By the parameter that names it. */
export const waited: Record<WaitedId, Waited> = {
  access_code_id: accessCode,
  device_id: device,
  action_attempt_id: actionAttempt,
  access_grant_id: accessGrant,
  access_method_id: accessMethod,
  ...otherWaited,
}
