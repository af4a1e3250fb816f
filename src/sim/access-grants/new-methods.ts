/** How methods come into being: for doors that have none, and for a spare code that stands in. */
import type { AccessGrant, AccessRequest } from '../../db/tables/access-grants.ts'
import type { AccessMethod, MethodDoor } from '../../db/tables/access-methods.ts'
import { requireAccessMethod } from '../access-methods/rows.ts'
import { tellMethod } from '../access-methods/told.ts'
import type { World } from '../kernel/world.ts'
import { planPins } from './pins.ts'
import type { DoorsToServe } from './pins.ts'

const bare = (device_id: string): MethodDoor => ({ device_id, access_code_id: null })

type New = Pick<AccessMethod, 'code' | 'doors'> & Partial<AccessMethod>

/** Makes a method and tells of it. */
export const insertMethod = (world: World, grant: AccessGrant, method: New): string => {
  const access_method_id = world.random.uuid('access_method')
  const { access_grant_id, starts_at, ends_at } = grant
  world.access_methods.insert({
    access_method_id,
    access_grant_id,
    mode: 'code',
    is_chosen_by_lock: false,
    original_access_method_id: null,
    leaving: [],
    created_at: world.now,
    deletion_requested_at: null,
    issued_at: null,
    was_issued: false,
    since: world.now,
    in_effect: { starts_at, ends_at },
    delay_told_at: null,
    failure_told_at: null,
    acs: null,
    ...method,
  })
  tellMethod(world, grant, { access_method_id }, 'created')
  return access_method_id
}

/** Writes what became of one request of the grant. */
export const noteRequest = (
  world: World,
  { grant, index }: { grant: AccessGrant; index: number },
  change: (request: AccessRequest) => AccessRequest,
  more: Partial<AccessGrant> = {},
): void => {
  world.access_grants.update(grant.access_grant_id, {
    requested: grant.requested.map((request, at) => (at === index ? change(request) : request)),
    ...more,
  })
}

/** Gives each of the doors a PIN: one that is there already, or a new one with a method of its own. */
export const assignDoors = (
  world: World,
  grant: AccessGrant,
  { request: index, ...wanted }: DoorsToServe & { request: number },
): void => {
  const request = grant.requested[index]
  if (request === undefined) return
  const plan = planPins(world, grant, request, wanted)
  for (const [access_method_id, joining] of plan.joins) {
    const { doors } = requireAccessMethod(world, access_method_id)
    world.access_methods.update(access_method_id, { doors: [...doors, ...joining.map(bare)] })
  }
  const made = plan.groups.map(({ code, device_ids: ids }) =>
    insertMethod(world, grant, { code, doors: ids.map(bare), is_chosen_by_lock: code === null }),
  )
  noteRequest(
    world,
    { grant, index },
    (before) => ({
      ...before,
      access_method_ids: [...before.access_method_ids, ...made],
      without: [...before.without, ...plan.without],
    }),
    { doors_changed_at: world.now },
  )
}

/** A spare code stands in for the code at one door: it is a method of its own. */
export const adoptSpare = (
  world: World,
  grant: AccessGrant,
  {
    access_method_id: original,
    device_id,
    access_code_id,
  }: { access_method_id: string; device_id: string; access_code_id: string },
): void => {
  const made = insertMethod(world, grant, {
    code: world.access_codes.get(access_code_id)?.code ?? null,
    doors: [{ device_id, access_code_id }],
    original_access_method_id: original,
  })
  world.access_codes.update(access_code_id, { access_method_id: made })
  const index = grant.requested.findIndex(({ access_method_ids }) =>
    access_method_ids.includes(original),
  )
  noteRequest(world, { grant, index }, (request) => ({
    ...request,
    access_method_ids: [...request.access_method_ids, made],
  }))
}
