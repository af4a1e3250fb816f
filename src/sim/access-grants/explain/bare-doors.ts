/** Doors that a request of the grant should have, and that have no code of it. */
import type { AccessRequest } from '../../../db/tables/access-grants.ts'
import type { World } from '../../kernel/world.ts'
import { doorsFor, entrancesFor, isOver } from '../terms.ts'
import type { ReconciledGrant } from '../reconciled.ts'
import { door, withObstacle } from './door.ts'
import type { DoorExplanation, Told } from './door.ts'

/** A door that the request should have and has no method for. */
const toldOf = (
  world: World,
  grant: ReconciledGrant,
  request: AccessRequest,
  device_id: string,
): Told => {
  if (request.mode !== 'code')
    return {
      state: 'impossible',
      phrase: `cannot be opened by ${request.mode}: that needs an access system`,
      help: 'Ask for the mode code.',
    }
  if (request.is_ended || request.withdrawn.includes(device_id))
    return {
      state: 'withdrawn',
      phrase: 'has no code any more: its access method was deleted',
      help: 'Ask for another one (access_grants/request_access_methods).',
    }
  if (isOver(grant, world.now)) return { state: 'over', phrase: 'has no code any more', help: null }
  if (!doorsFor(grant, request).includes(device_id))
    return {
      state: 'impossible',
      phrase: 'takes no further code, or has no PIN left for it',
      help: 'Delete a code of the lock, then ask again (access_grants/request_access_methods).',
    }
  return {
    state: 'waiting',
    phrase: 'waits for its old code to go',
    help: null,
    waits_for: { reason: 'old_code', until: null },
  }
}

export const bareDoors = (
  world: World,
  grant: ReconciledGrant,
  request: AccessRequest,
): DoorExplanation[] => {
  // What entrances have in place of codes is nothing that a lock lacks.
  if (request.mode !== 'code' && entrancesFor(grant, request).length > 0) return []
  const methods = grant.methods.filter(({ access_method_id }) =>
    request.access_method_ids.includes(access_method_id),
  )
  const has = new Set(methods.flatMap(({ doors }) => doors.map(({ device_id }) => device_id)))
  return grant.doors
    .filter(({ device_id }) => !has.has(device_id))
    .map(({ device_id, obstacle }) =>
      obstacle !== null && request.mode === 'code'
        ? withObstacle(world, device_id, obstacle)
        : door(world, device_id, toldOf(world, grant, request, device_id)),
    )
}
