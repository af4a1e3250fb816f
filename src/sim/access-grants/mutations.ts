/** What of a grant and its methods is on its way, as pending mutations. */
import { hasSameMembers } from '../../lib/has-same-members.ts'
import type { AccessGrant } from '../../db/tables/access-grants.ts'
import type { AccessMethod, AccessWindow } from '../../db/tables/access-methods.ts'
import { isSameWindow } from '../access-methods/code-state.ts'
import { commonKeyOf } from '../access-methods/codes.ts'
import { codeOfMethod } from '../access-methods/rows.ts'
import { toIso, toIsoOrNull } from '../kernel/instant.ts'
import type { World } from '../kernel/world.ts'
import { credentialPart } from './credential-state.ts'
import { methodsWithOldTimes } from './issues.ts'
import { isSystemsTurn } from './reconcile-credentials.ts'
import { isDeferred, isOver } from './terms.ts'
import { methodsOf } from './rows.ts'
import { grantState } from './state.ts'

/** As it goes over the wire, but for `created_at`, which is an instant, ms. */
export interface Mutation {
  mutation_code: string
  message: string
  created_at: number
  [detail: string]: unknown
}

const times = ({ starts_at, ends_at }: AccessWindow) => ({
  starts_at: toIso(starts_at),
  ends_at: toIsoOrNull(ends_at),
})

const timesMutation = (from: AccessWindow, to: AccessGrant): Mutation => ({
  mutation_code: 'updating_access_times',
  message: 'The new times are on their way to the doors.',
  created_at: to.times_changed_at ?? to.created_at,
  from: times(from),
  to: times(to),
})

const spacesMutation = (world: World, grant: AccessGrant): Mutation[] => {
  const { settled_doors } = grant
  if (settled_doors === null) return []
  const device_ids = grantState(world, grant)
    .doors.filter(({ obstacle }) => obstacle === null)
    .map((door) => door.device_id)
  if (hasSameMembers(device_ids, settled_doors)) return []
  const shared = methodsOf(world, grant).find(
    ({ is_chosen_by_lock, acs }) => !is_chosen_by_lock && acs === null,
  )
  return [
    {
      mutation_code: 'updating_spaces',
      message: 'The doors of the access grant are changing.',
      created_at: grant.doors_changed_at ?? grant.created_at,
      from: { device_ids: settled_doors },
      to: { device_ids, common_code_key: shared === undefined ? null : commonKeyOf(shared) },
    },
  ]
}

export const grantMutations = (world: World, grant: AccessGrant): Mutation[] => {
  if (grant.deletion_requested_at !== null || isOver(grant, world.now)) return []
  const late = methodsWithOldTimes(grant, methodsOf(world, grant))
  const [first] = late
  const access_method_ids = late.map(({ access_method_id }) => access_method_id)
  return [
    ...spacesMutation(world, grant),
    ...(first === undefined
      ? []
      : [{ ...timesMutation(first.in_effect, grant), access_method_ids }]),
  ]
}

/** Doors whose code the lock is to get now, and does not have. */
const doorsToCome = (world: World, grant: AccessGrant, method: AccessMethod): string[] =>
  isDeferred(grant, world.now)
    ? []
    : method.doors.flatMap(({ device_id, access_code_id }) => {
        const code = codeOfMethod(world, method, access_code_id)
        if (code === undefined) return [device_id]
        const isComing = code.effort?.kind === 'set' || code.code === null
        return isComing && code.programmed === null ? [device_id] : []
      })

/** The access system has yet to take its credential. */
const isWaitingForSystem = (world: World, grant: AccessGrant, method: AccessMethod): boolean => {
  const part = credentialPart(world, method, grant)
  return part !== null && part.entrance_ids.length > 0 && isSystemsTurn(part)
}

const doorMutation = (
  kind: 'provisioning_access' | 'revoking_access',
  from: readonly string[],
  to: readonly string[],
  created_at: number,
): Mutation => ({
  mutation_code: kind,
  message:
    kind === 'provisioning_access'
      ? 'Access is on its way to the doors.'
      : 'Access is being taken away at some doors.',
  created_at,
  from: { device_ids: from },
  to: { device_ids: to },
})

export const methodMutations = (
  world: World,
  grant: AccessGrant,
  method: AccessMethod,
): Mutation[] => {
  const doors = method.doors.map(({ device_id }) => device_id)
  const leaving = method.leaving.flatMap((id) => codeOfMethod(world, method, id)?.device_id ?? [])
  const credential = credentialPart(world, method, grant)?.credential ?? null
  const isGoing = grant.deletion_requested_at !== null || method.deletion_requested_at !== null
  const since = grant.deletion_requested_at ?? method.deletion_requested_at ?? method.since
  const revoking =
    leaving.length > 0 || (credential !== null && credential.is_going)
      ? [doorMutation('revoking_access', [...new Set([...doors, ...leaving])], doors, since)]
      : []
  if (isGoing || isOver(grant, world.now)) return revoking
  const coming = doorsToCome(world, grant, method)
  const open = doors.filter((id) => !coming.includes(id))
  const isComing = coming.length > 0 || isWaitingForSystem(world, grant, method)
  return [
    ...(isComing ? [doorMutation('provisioning_access', open, doors, since)] : []),
    ...revoking,
    ...(isSameWindow(method.in_effect, grant) || (method.acs?.entrance_ids ?? doors).length === 0
      ? []
      : [timesMutation(method.in_effect, grant)]),
  ]
}
