import { z } from 'zod'
import { accessModes } from '../../../db/tables/access-grants.ts'
import type { AccessGrant, AccessRequest } from '../../../db/tables/access-grants.ts'
import { once } from '../../../lib/once.ts'
import { grantIssues } from '../../../sim/access-grants/issues.ts'
import { grantMutations } from '../../../sim/access-grants/mutations.ts'
import { methodIdsOf, methodsOf, nameOfGrant } from '../../../sim/access-grants/rows.ts'
import { toIso, toIsoOrNull } from '../../../sim/kernel/instant.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { coded, instant, plain, text } from '../common.ts'
import { presentLink } from '../instant-keys/wire.ts'
import { presentIssue } from '../issues.ts'

const dated = { created_at: instant }
const guids = z.array(z.guid())
const times = z.strictObject({ starts_at: instant.nullable(), ends_at: instant.nullable() })

export const modes = accessModes

const errors = once(() =>
  coded('error_code', dated, {
    cannot_create_requested_access_methods: { missing_device_ids: guids.optional() },
  }),
)

const warnings = once(() =>
  coded('warning_code', dated, {
    ...plain('being_deleted', 'underprovisioned_access'),
    overprovisioned_access: {
      failed_devices: z
        .array(z.strictObject({ device_id: z.guid(), error_code: z.string(), message: z.string() }))
        .optional(),
    },
    updating_access_times: { access_method_ids: guids },
    requested_code_unavailable: {
      device_id: z.guid(),
      new_code: z.string(),
      original_code: z.string(),
    },
    device_does_not_support_access_codes: { device_id: z.guid() },
    device_time_constraints_violated: {
      device_id: z.guid(),
      reason: z.enum(['duration_exceeds_max', 'times_do_not_match_slots', 'ongoing_not_supported']),
    },
  }),
)

const mutations = once(() =>
  coded('mutation_code', dated, {
    updating_spaces: {
      from: z.strictObject({ device_ids: guids }),
      to: z.strictObject({
        device_ids: guids,
        common_code_key: z.string().nullable().optional(),
      }),
    },
    updating_access_times: { access_method_ids: guids, from: times, to: times },
  }),
)

export const accessGrant = once(() =>
  z.strictObject({
    access_grant_id: z.guid(),
    workspace_id: z.guid(),
    access_grant_key: text,
    user_identity_id: z.guid(),
    name: z.string().nullable(),
    display_name: z.string(),
    reservation_key: text,
    customization_profile_id: z.guid().optional(),
    instant_key_url: z.url().optional(),
    client_session_token: text,
    access_method_ids: guids,
    location_ids: guids,
    space_ids: guids,
    requested_access_methods: z.array(
      z.strictObject({
        mode: z.enum(modes),
        display_name: z.string(),
        code: text,
        instant_key_max_use_count: z.number().optional(),
        created_access_method_ids: guids,
        created_at: instant,
      }),
    ),
    starts_at: instant,
    ends_at: instant.nullable(),
    errors: z.array(errors()),
    warnings: z.array(warnings()),
    pending_mutations: z.array(mutations()),
    created_at: instant,
  }),
)

/** How the modes are called; assumed after the newer guides. */
export const nameOfMode = {
  code: 'PIN Code',
  card: 'Plastic Card',
  mobile_key: 'Mobile Key',
  cloud_key: 'Cloud Key',
} as const

const presentRequest = (request: AccessRequest) => ({
  mode: request.mode,
  display_name: nameOfMode[request.mode],
  ...(request.code !== null && { code: request.code }),
  ...(request.instant_key_max_use_count !== null && {
    instant_key_max_use_count: request.instant_key_max_use_count,
  }),
  created_access_method_ids: request.access_method_ids,
  created_at: toIso(request.created_at),
})

/** Spaces that were deleted are not told of. */
const spacesOf = (world: World, { space_ids }: AccessGrant): string[] =>
  space_ids.filter((id) => world.spaces.get(id) !== undefined)

/** Of several mobile keys only each method tells. */
const presentOnlyLink = (world: World, row: AccessGrant, origin?: string) => {
  const [only, another] = methodsOf(world, row).filter(({ mode }) => mode === 'mobile_key')
  return only === undefined || another !== undefined
    ? {}
    : presentLink(world, only.acs?.instant_key_id, origin)
}

/** An access grant as it goes over the wire. */
export const presentAccessGrant = (world: World, row: AccessGrant, origin?: string) => {
  const issues = grantIssues(world, row)
  const space_ids = spacesOf(world, row)
  return {
    access_grant_id: row.access_grant_id,
    workspace_id: world.workspace_id,
    ...(row.access_grant_key !== null && { access_grant_key: row.access_grant_key }),
    user_identity_id: row.user_identity_id,
    name: row.name,
    display_name: nameOfGrant(world, row),
    ...(row.reservation_key !== null && { reservation_key: row.reservation_key }),
    ...(row.customization_profile_id !== null && {
      customization_profile_id: row.customization_profile_id,
    }),
    ...presentOnlyLink(world, row, origin),
    access_method_ids: methodIdsOf(row),
    location_ids: space_ids,
    space_ids,
    requested_access_methods: row.requested.map(presentRequest),
    starts_at: toIso(row.starts_at),
    ends_at: toIsoOrNull(row.ends_at),
    errors: issues.errors.map(presentIssue),
    warnings: issues.warnings.map(presentIssue),
    pending_mutations: grantMutations(world, row).map(presentMutation),
    created_at: toIso(row.created_at),
  }
}

/** A pending mutation as it goes over the wire. */
export const presentMutation = <T extends { created_at: number }>(mutation: T) => ({
  ...mutation,
  created_at: toIso(mutation.created_at),
})
