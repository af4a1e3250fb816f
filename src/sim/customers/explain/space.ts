/** What a space has of doors and grants, and how far each of them is. */
import { countInWords, listInWords } from '../../../lib/number-words.ts'
import { listHas } from '../../../db/conditions.ts'
import { access_grants } from '../../../db/tables/access-grants.ts'
import type { Device } from '../../../db/tables/devices.ts'
import { explainAccessGrant, headline } from '../../access-grants/explain/grant.ts'
import type { GrantState } from '../../access-grants/explain/grant.ts'
import { toIso } from '../../kernel/instant.ts'
import type { World } from '../../kernel/world.ts'
import { lockView } from '../../locks/lock-view.ts'
import { entrancesOfSpace } from '../../acs-entrances/rows.ts'
import { devicesOfSpace, findSpace } from '../../spaces/rows.ts'
import { staysAtSpace } from '../stays.ts'
import { explainStay } from './stay.ts'

export interface SpaceExplanation {
  space_id: string
  space_key: string | null
  name: string
  summary: string[]
  devices: { device_id: string; name: string; online: boolean; offline_cause: string | null }[]
  access_grants: {
    access_grant_id: string
    name: string | null
    state: GrantState
    /** How far it has come, at all of its doors: also those of other spaces. */
    headline: string
  }[]
  /** Stays here that gave no access. */
  stays_without_access: { stay_key: string; error: string | null }[]
}

const overSpace = listHas(access_grants.space_ids)

const deviceSentence = (world: World, device: Device): string[] => {
  const { name, device_id, offline_cause, offline_since } = device
  if (lockView(world, device_id) === null) return [`${name} is no lock.`]
  if (offline_cause === null) return []
  const since = offline_since === null ? '' : ` since ${toIso(offline_since)}`
  return [`${name} is offline${since}: ${offline_cause}.`]
}

const EMPTY =
  'It has no doors, so that a stay here gives no access: add them with spaces/add_devices or spaces/add_acs_entrances.'

/** Stays whose automation failed: they have no grant that could be explained. */
const failedStays = (world: World, space_key: string | null) => {
  if (space_key === null) return []
  return staysAtSpace(world, space_key).flatMap(({ stay_key, stay_id }) => {
    const { stays, runs } = explainStay(world, stay_key)
    const last = runs.findLast((run) => run.stay_id === stay_id)
    return stays.some(({ state }) => state === 'failed')
      ? [{ stay_key, error: last?.error ?? null }]
      : []
  })
}

/** @throws space_not_found */
export const explainSpace = (
  world: World,
  by: { space_id?: string | undefined; space_key?: string | undefined },
): SpaceExplanation => {
  const { space_id, space_key, name } = findSpace(world, by)
  const devices = devicesOfSpace(world, space_id)
  const entrances = entrancesOfSpace(world, space_id)
  const grants = world.access_grants.all(overSpace(space_id)).map(({ access_grant_id }) => {
    const told = explainAccessGrant(world, { access_grant_id })
    const { state, doors, entrances: others } = told
    const all = [...doors, ...others]
    return { access_grant_id, name: told.name, state, headline: headline(state, all) }
  })
  const stays_without_access = failedStays(world, space_key)
  const names = listInWords(devices.map((device) => device.name))
  return {
    space_id,
    space_key,
    name,
    summary: [
      `${name} has ${countInWords(devices.length, 'device')}${names === '' ? '' : ` (${names})`} and ${countInWords(grants.length, 'access grant')}.`,
      ...(entrances.length === 0
        ? []
        : [`Doors of access systems: ${listInWords(entrances.map((it) => it.display_name))}.`]),
      ...(devices.length + entrances.length === 0 ? [EMPTY] : []),
      ...devices.flatMap((device) => deviceSentence(world, device)),
      ...grants.map((grant) => `${grant.name ?? grant.access_grant_id}: ${grant.headline}`),
      ...stays_without_access.map(
        ({ stay_key, error }) =>
          `The stay ${stay_key} has no access: ${error ?? 'its automation failed'}.`,
      ),
    ],
    devices: devices.map(({ device_id, name: device, offline_cause }) => ({
      device_id,
      name: device,
      online: offline_cause === null,
      offline_cause,
    })),
    access_grants: grants,
    stays_without_access,
  }
}
