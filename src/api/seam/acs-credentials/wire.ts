import { z } from 'zod'
import type { AcsCredential } from '../../../db/tables/acs-credentials.ts'
import { acsAccessMethods } from '../../../db/tables/acs-shapes.ts'
import { once } from '../../../lib/once.ts'
import { createStamp, rowsWithout } from '../../answers/stamps.ts'
import { createUnchanged } from '../../answers/unchanged.ts'
import { credentialIssues } from '../../../sim/acs-credentials/issues.ts'
import { sameCredentialState } from '../../../sim/acs-credentials/reconcile.ts'
import { wantedCredential } from '../../../sim/acs-credentials/rows.ts'
import type { AcsModel } from '../../../sim/acs-systems/model.ts'
import { acsModels } from '../../../sim/acs-systems/models/index.ts'
import { modelOfSystem } from '../../../sim/acs-systems/rows.ts'
import { toIso } from '../../../sim/kernel/instant.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { coded, flag, instant, plain, text, textOrNull } from '../common.ts'
import { presentIssue } from '../issues.ts'

const dated = { created_at: instant }
const ids = z.array(z.guid()).optional()

const externalTypes = once(() =>
  z.enum(
    Object.values(acsModels).flatMap(({ external_types: { credential, card } }) => [
      ...(credential === null ? [] : [credential]),
      ...(card === undefined ? [] : [card]),
    ]),
  ),
)

const visionline = once(() =>
  z.strictObject({
    auto_join: flag,
    card_function_type: z.enum(['guest', 'staff']).optional(),
    card_id: text,
    common_acs_entrance_ids: ids,
    credential_id: text,
    guest_acs_entrance_ids: ids,
    is_valid: flag,
    joiner_acs_credential_ids: ids,
  }),
)

const vostio = once(() =>
  z.strictObject({
    auto_join: flag,
    door_names: z.array(z.string()).optional(),
    endpoint_id: text,
    key_id: text,
    key_issuing_request_id: text,
    override_guest_acs_entrance_ids: z.array(z.string()).optional(),
  }),
)

export const acsCredential = once(() =>
  z.strictObject({
    acs_credential_id: z.guid(),
    acs_system_id: z.guid(),
    connected_account_id: z.guid(),
    workspace_id: z.guid(),
    acs_user_id: z.guid().optional(),
    user_identity_id: z.guid().optional(),
    acs_credential_pool_id: z.guid().optional(),
    parent_acs_credential_id: z.guid().optional(),
    access_method: z.enum(acsAccessMethods),
    display_name: z.string(),
    external_type: externalTypes().optional(),
    external_type_display_name: text,
    code: textOrNull,
    card_number: textOrNull,
    starts_at: text,
    ends_at: text,
    is_managed: z.literal(true),
    is_issued: flag,
    issued_at: instant.nullish(),
    is_latest_desired_state_synced_with_provider: z.boolean().nullish(),
    latest_desired_state_synced_with_provider_at: instant.nullish(),
    is_multi_phone_sync_credential: flag,
    is_one_time_use: flag,
    visionline_metadata: visionline().optional(),
    assa_abloy_vostio_metadata: vostio().optional(),
    errors: z.array(z.strictObject({ error_code: z.string(), message: z.string(), ...dated })),
    warnings: z.array(
      coded(
        'warning_code',
        dated,
        plain(
          'waiting_to_be_issued',
          'schedule_externally_modified',
          'schedule_modified',
          'being_deleted',
          'unknown_issue_with_acs_credential',
          'needs_to_be_reissued',
        ),
      ),
    ),
    created_at: instant,
  }),
)

/** One of Seam's own, or one that it found in the system. */
export const anyAcsCredential = once((): z.ZodType<object> =>
  z.union([acsCredential(), acsCredential().extend({ is_managed: z.literal(false) })]),
)

const methodNames = {
  code: 'Code',
  card: 'Card',
  mobile_key: 'Mobile Key',
  cloud_key: 'Cloud Key',
} as const

const doorsByCategory = (world: World, { acs_entrance_ids }: AcsCredential) => {
  const of = (category: string) =>
    acs_entrance_ids.filter((id) => world.acs_entrances.get(id)?.category === category)
  return { guest_acs_entrance_ids: of('guest'), common_acs_entrance_ids: of('common') }
}

/** What the two brands with data on cards say of a credential. */
const presentBrand = (world: World, model: AcsModel, row: AcsCredential) => {
  const { options } = row
  if (model.model === 'visionline')
    return {
      visionline_metadata: {
        card_function_type: options.card_function_type ?? 'guest',
        auto_join: options.auto_join ?? false,
        ...doorsByCategory(world, row),
        joiner_acs_credential_ids: options.joiner_acs_credential_ids ?? [],
        is_valid: row.issued_at !== null && row.invalidated_at === null,
        ...(row.card_number !== null && { card_id: row.card_number }),
      },
    }
  if (model.model === 'assa_abloy_vostio')
    return {
      assa_abloy_vostio_metadata: {
        auto_join: options.auto_join ?? false,
        door_names: row.acs_entrance_ids.flatMap(
          (id) => world.acs_entrances.get(id)?.display_name ?? [],
        ),
        override_guest_acs_entrance_ids: options.override_guest_acs_entrance_ids ?? [],
      },
    }
  return {}
}

const presentType = (model: AcsModel, { access_method }: AcsCredential) => {
  const { credential, card } = model.external_types
  const external_type = access_method === 'card' ? (card ?? credential) : credential
  return external_type === null
    ? {}
    : { external_type, external_type_display_name: `${model.display_name} Credential` }
}

const isSynced = ({ known, push, deletion_requested_at, ...row }: AcsCredential): boolean =>
  known !== null &&
  push === null &&
  deletion_requested_at === null &&
  sameCredentialState(known, wantedCredential({ ...row, known, push, deletion_requested_at }))

const made = (world: World, row: AcsCredential) => {
  const { acs_user_id, starts_at, ends_at, access_method, parent_acs_credential_id } = row
  const user = acs_user_id === null ? undefined : world.acs_users.get(acs_user_id)
  const system = world.acs_systems.get(row.acs_system_id)
  const model = system === undefined ? undefined : modelOfSystem(system)
  const { errors, warnings } = credentialIssues(world, row)
  const user_identity_id = user?.user_identity_id ?? null
  return {
    acs_credential_id: row.acs_credential_id,
    acs_system_id: row.acs_system_id,
    connected_account_id: row.connected_account_id,
    workspace_id: world.workspace_id,
    ...(acs_user_id !== null && { acs_user_id }),
    ...(user_identity_id !== null && { user_identity_id }),
    ...(parent_acs_credential_id !== null && { parent_acs_credential_id }),
    access_method,
    display_name: methodNames[access_method],
    ...(model !== undefined && presentType(model, row)),
    code: row.code,
    ...(access_method === 'card' && { card_number: row.card_number }),
    ...(starts_at !== null && { starts_at: toIso(starts_at) }),
    ...(ends_at !== null && { ends_at: toIso(ends_at) }),
    is_managed: true as const,
    is_issued: row.issued_at !== null,
    issued_at: row.issued_at === null ? null : toIso(row.issued_at),
    is_latest_desired_state_synced_with_provider: isSynced(row),
    latest_desired_state_synced_with_provider_at:
      row.held === null || !isSynced(row) ? null : toIso(row.synced_at ?? row.created_at),
    is_multi_phone_sync_credential: row.is_multi_phone_sync,
    is_one_time_use: false,
    ...(model !== undefined && presentBrand(world, model, row)),
    errors: errors.map(({ error_code = '', message, created_at }) => ({
      error_code,
      message,
      created_at: toIso(created_at),
    })),
    warnings: warnings.map(presentIssue),
    created_at: toIso(row.created_at),
  }
}

const unchangedOrMade = createUnchanged<ReturnType<typeof made>>()

/** What credentials show of others than their users. What happens at a door none of them does. */
const surroundings = createStamp(
  rowsWithout((world) => world.acs_systems, ['last_issue']),
  rowsWithout((world) => world.acs_entrances, ['seen_issue', 'unreported']),
  rowsWithout((world) => world.acs_access_groups),
)

/** Presents credentials of a world that stands still meanwhile. */
export const acsCredentialPresenter = (world: World) => {
  const around = surroundings(world)
  return (row: AcsCredential) => {
    // Whether another one has its code is looked at every time.
    if (row.push !== null && row.push.error !== null) return made(world, row)
    const user = row.acs_user_id === null ? undefined : world.acs_users.get(row.acs_user_id)
    return unchangedOrMade(row, [user, around], () => made(world, row))
  }
}

/** A credential as it goes over the wire. What it does not have is left out. */
export const presentAcsCredential = (world: World, row: AcsCredential) =>
  acsCredentialPresenter(world)(row)
