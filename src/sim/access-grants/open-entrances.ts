/** Entrances of an access system get a method: one that is there, or a new one. */
import type { AccessGrant, AccessRequest } from '../../db/tables/access-grants.ts'
import { modelOfSystem, requireSystem } from '../acs-systems/rows.ts'
import { createInstantKey } from '../instant-keys/operations.ts'
import type { World } from '../kernel/world.ts'
import { insertMethod, noteRequest } from './new-methods.ts'
import { methodsOf } from './rows.ts'

interface ToOpen {
  request: number
  acs_system_id: string
  acs_entrance_ids: readonly string[]
}

const chunksOf = <T>(all: readonly T[], most: number): T[][] =>
  all.length === 0 ? [] : [all.slice(0, most), ...chunksOf(all.slice(most), most)]

/** A mobile key comes with a link that brings it to a phone. */
const linkFor = (world: World, grant: AccessGrant, request: AccessRequest): string | null =>
  request.mode === 'mobile_key'
    ? createInstantKey(world, {
        user_identity_id: grant.user_identity_id,
        max_use_count: request.instant_key_max_use_count ?? 1,
        customization_profile_id: grant.customization_profile_id ?? undefined,
        expires_at: grant.ends_at ?? undefined,
      }).instant_key_id
    : null

export const openEntrances = (
  world: World,
  grant: AccessGrant,
  { request: index, acs_system_id, acs_entrance_ids }: ToOpen,
): void => {
  const request = grant.requested[index]
  if (request === undefined) return
  const { most_entrances_of_code } = modelOfSystem(requireSystem(world, acs_system_id))
  const most = request.mode === 'code' ? (most_entrances_of_code ?? Infinity) : Infinity
  const there = methodsOf(world, grant).find(
    ({ access_method_id, acs, deletion_requested_at }) =>
      most === Infinity &&
      request.access_method_ids.includes(access_method_id) &&
      deletion_requested_at === null &&
      acs?.acs_system_id === acs_system_id,
  )
  if (there !== undefined && there.acs !== null) {
    const entrance_ids = [...there.acs.entrance_ids, ...acs_entrance_ids]
    world.access_methods.update(there.access_method_id, { acs: { ...there.acs, entrance_ids } })
    return
  }
  const made = chunksOf(acs_entrance_ids, most).map((entrance_ids) =>
    insertMethod(world, grant, {
      mode: request.mode,
      code: null,
      doors: [],
      acs: {
        acs_system_id,
        entrance_ids,
        acs_credential_id: null,
        encoding_told_at: null,
        instant_key_id: linkFor(world, grant, request),
      },
    }),
  )
  noteRequest(world, { grant, index }, (before) => ({
    ...before,
    access_method_ids: [...before.access_method_ids, ...made],
  }))
}
