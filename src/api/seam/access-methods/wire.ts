import { z } from 'zod'
import type { AccessMethod } from '../../../db/tables/access-methods.ts'
import { once } from '../../../lib/once.ts'
import { cardWorkOf, methodOfResult } from '../../../sim/access-grants/cards.ts'
import { methodIssues } from '../../../sim/access-grants/method-issues.ts'
import { methodMutations } from '../../../sim/access-grants/mutations.ts'
import { grantOfMethod } from '../../../sim/access-grants/rows.ts'
import { toIso, toIsoOrNull } from '../../../sim/kernel/instant.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { modes, nameOfMode, presentMutation } from '../access-grants/wire.ts'
import { coded, flag, instant, plain, text } from '../common.ts'
import { presentLink } from '../instant-keys/wire.ts'
import { presentIssue } from '../issues.ts'

const dated = { created_at: instant }
const doors = z.strictObject({ device_ids: z.array(z.guid()) })
const times = z.strictObject({ starts_at: instant.nullable(), ends_at: instant.nullable() })
const change = (value: z.ZodType<object>) => ({ from: value, to: value })

export const accessMethod = once(() =>
  z.strictObject({
    access_method_id: z.guid(),
    workspace_id: z.guid(),
    mode: z.enum(modes),
    display_name: z.string(),
    code: z.string().nullable(),
    is_encoding_required: flag,
    is_ready_for_encoding: flag,
    is_assignment_required: flag,
    is_ready_for_assignment: flag,
    instant_key_url: z.url().optional(),
    client_session_token: text,
    customization_profile_id: z.guid().optional(),
    is_issued: z.boolean(),
    issued_at: instant.nullable(),
    errors: z.array(coded('error_code', dated, plain('failed_to_issue'))),
    warnings: z.array(
      coded('warning_code', dated, {
        ...plain('being_deleted', 'updating_access_times', 'delay_in_issuing'),
        pulled_backup_access_code: { original_access_method_id: z.guid().optional() },
      }),
    ),
    pending_mutations: z.array(
      coded('mutation_code', dated, {
        provisioning_access: change(doors),
        revoking_access: change(doors),
        updating_access_times: change(times),
      }),
    ),
    created_at: instant,
  }),
)

/** An access method as it goes over the wire. */
export const presentAccessMethod = (world: World, row: AccessMethod, origin?: string) => {
  const grant = grantOfMethod(world, row)
  const issues = methodIssues(grant, row, world.now)
  return {
    access_method_id: row.access_method_id,
    workspace_id: world.workspace_id,
    mode: row.mode,
    display_name: nameOfMode[row.mode],
    code: row.code,
    ...cardWorkOf(world, grant, row),
    ...presentLink(world, row.acs?.instant_key_id, origin),
    ...(row.mode === 'mobile_key' &&
      grant.customization_profile_id !== null && {
        customization_profile_id: grant.customization_profile_id,
      }),
    is_issued: row.issued_at !== null,
    issued_at: toIsoOrNull(row.issued_at),
    errors: issues.errors.map(presentIssue),
    warnings: issues.warnings.map(presentIssue),
    pending_mutations: methodMutations(world, grant, row).map(presentMutation),
    created_at: toIso(row.created_at),
  }
}

/** As attempts tell of it; there the document lets the PIN be left out. */
export const methodOfAttempt = once(() => accessMethod().partial({ code: true }))

/** The method as it is now; when it is gone, what was kept of it. */
export const presentMethodOfResult = (world: World, kept: object): object => {
  const { access_method_id, issued_at, created_at } = methodOfResult().parse(kept)
  const row = world.access_methods.get(access_method_id)
  if (row !== undefined) return presentAccessMethod(world, row)
  return {
    access_method_id,
    workspace_id: world.workspace_id,
    mode: 'card',
    display_name: nameOfMode.card,
    code: null,
    is_issued: true,
    issued_at: toIso(issued_at),
    errors: [],
    warnings: [],
    pending_mutations: [],
    created_at: toIso(created_at),
  }
}
