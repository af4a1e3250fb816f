import { z } from 'zod'
import type { AcsUser } from '../../../db/tables/acs-users.ts'
import { once } from '../../../lib/once.ts'
import { acsModels } from '../../../sim/acs-systems/models/index.ts'
import { modelOfSystem } from '../../../sim/acs-systems/rows.ts'
import { assignmentsOf } from '../../../sim/acs-users/assignments.ts'
import {
  isSubscribed,
  isYetDeferred,
  pendingMutationsOf,
  refusedSince,
  userIssues,
} from '../../../sim/acs-users/issues.ts'
import type { PendingMutation } from '../../../sim/acs-users/issues.ts'
import { toIso, toIsoOrNull } from '../../../sim/kernel/instant.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { createStamp, rowsWithout } from '../../answers/stamps.ts'
import { createUnchanged } from '../../answers/unchanged.ts'
import { coded, flag, instant, plain, text, textOrNull } from '../common.ts'
import { presentIssue } from '../issues.ts'

const dated = { created_at: instant }
const instantOrNull = instant.nullable()

const change = (shape: z.core.$ZodShape) => ({
  from: z.strictObject(shape),
  to: z.strictObject(shape),
})

export const accessSchedule = once(() =>
  z.strictObject({ starts_at: instant, ends_at: instantOrNull }),
)

const mutations = once(() =>
  coded('mutation_code', dated, {
    ...plain('creating', 'deleting'),
    deferring_creation: { scheduled_at: instant.nullish() },
    updating_user_information: change({
      full_name: textOrNull,
      email_address: z.email().nullish(),
      phone_number: textOrNull,
    }),
    updating_access_schedule: change({ starts_at: instantOrNull, ends_at: instantOrNull }),
    updating_suspension_state: change({ is_suspended: z.boolean() }),
    updating_group_membership: change({ acs_access_group_id: z.guid().nullable() }),
    deferring_group_membership_update: {
      acs_access_group_id: z.guid(),
      variant: z.enum(['adding', 'removing']),
    },
    updating_credential_assignment: change({ acs_credential_id: z.guid().nullable() }),
  }),
)

const userTypes = once(() =>
  z.enum(Object.values(acsModels).flatMap(({ external_types }) => external_types.user ?? [])),
)

export const acsUser = once(() =>
  z.strictObject({
    acs_user_id: z.guid(),
    acs_system_id: z.guid(),
    connected_account_id: z.guid(),
    workspace_id: z.guid(),
    display_name: z.string(),
    full_name: text,
    email: z.email().optional(),
    email_address: z.email().optional(),
    phone_number: text,
    external_type: userTypes().optional(),
    external_type_display_name: text,
    hid_acs_system_id: z.guid().optional(),
    is_managed: z.literal(true),
    is_suspended: flag,
    access_schedule: accessSchedule().optional(),
    last_successful_sync_at: instantOrNull,
    pending_mutations: z.array(mutations()).optional(),
    salto_ks_metadata: z.strictObject({ is_subscribed: flag }).optional(),
    salto_space_metadata: z.strictObject({ audit_openings: flag, user_id: text }).optional(),
    user_identity_id: text,
    user_identity_email_address: textOrNull,
    user_identity_full_name: textOrNull,
    user_identity_phone_number: textOrNull,
    errors: z.array(
      coded(
        'error_code',
        dated,
        plain(
          'deleted_externally',
          'salto_ks_subscription_limit_exceeded',
          'failed_to_create_on_acs_system',
          'failed_to_update_on_acs_system',
          'failed_to_delete_on_acs_system',
          'latch_conflict_with_resident_user',
        ),
      ),
    ),
    warnings: z.array(
      coded(
        'warning_code',
        dated,
        plain(
          'being_deleted',
          'salto_ks_user_not_subscribed',
          'acs_user_inactive',
          'unknown_issue_with_acs_user',
          'latch_resident_user',
        ),
      ),
    ),
    created_at: instant,
  }),
)

const presentMutation = (mutation: PendingMutation) => ({
  ...mutation,
  created_at: toIso(mutation.created_at),
})

/** Who the user is. */
const presentPerson = (world: World, { user_identity_id }: AcsUser) => {
  const person = user_identity_id === null ? undefined : world.user_identities.get(user_identity_id)
  return person === undefined
    ? {}
    : {
        user_identity_id: person.user_identity_id,
        user_identity_email_address: person.email_address,
        user_identity_full_name: person.full_name,
        user_identity_phone_number: person.phone_number,
      }
}

/** What is special to the brand. */
const presentBrand = (world: World, row: AcsUser) => {
  const system = world.acs_systems.get(row.acs_system_id)
  if (system === undefined) return {}
  const { external_types, display_name, model } = modelOfSystem(system)
  const is_subscribed = isSubscribed(world, row)
  return {
    ...(external_types.user !== null && {
      external_type: external_types.user,
      external_type_display_name: `${display_name} User`,
    }),
    ...(is_subscribed !== null && { salto_ks_metadata: { is_subscribed } }),
    ...(model === 'salto_space' && {
      // Assumed: what users open is audited, where doors are set to.
      salto_space_metadata: { audit_openings: true, user_id: row.acs_user_id.slice(0, 8) },
    }),
  }
}

const made = (world: World, row: AcsUser, is_deferred: boolean) => {
  const { email_address, phone_number, access_schedule, hid_acs_system_id } = row
  const { errors, warnings } = userIssues(world, row)
  return {
    acs_user_id: row.acs_user_id,
    acs_system_id: row.acs_system_id,
    connected_account_id: row.connected_account_id,
    workspace_id: world.workspace_id,
    display_name: row.full_name,
    full_name: row.full_name,
    ...(email_address !== null && { email: email_address, email_address }),
    ...(phone_number !== null && { phone_number }),
    ...presentBrand(world, row),
    ...(hid_acs_system_id !== null && { hid_acs_system_id }),
    is_managed: true as const,
    is_suspended: row.is_suspended,
    ...(access_schedule !== null && {
      access_schedule: {
        starts_at: toIso(access_schedule.starts_at),
        ends_at: toIsoOrNull(access_schedule.ends_at),
      },
    }),
    ...presentPerson(world, row),
    last_successful_sync_at: toIsoOrNull(row.last_synced_at),
    pending_mutations: pendingMutationsOf(world, row, is_deferred).map(presentMutation),
    errors: errors.map(presentIssue),
    warnings: warnings.map(presentIssue),
    created_at: toIso(row.created_at),
  }
}

const unchangedOrMade = createUnchanged<ReturnType<typeof made>>()

/** What users show of their systems. */
const surroundings = createStamp(rowsWithout((world) => world.acs_systems, ['last_issue']))

type Has = Parameters<typeof isYetDeferred>[2]

const presenter = (world: World, has?: Has) => {
  const around = surroundings(world)
  return (row: AcsUser) => {
    const { user_identity_id } = row
    const person =
      user_identity_id === null ? undefined : world.user_identities.get(user_identity_id)
    const is_deferred = isYetDeferred(world, row, has)
    // What its credentials are on their way for is looked at every time.
    if (assignmentsOf(world, row.acs_user_id).length > 0) return made(world, row, is_deferred)
    const slot = [isSubscribed(world, row), refusedSince(world, row)]
    const parts = [around, person, is_deferred, ...slot]
    return unchangedOrMade(row, parts, () => made(world, row, is_deferred))
  }
}

/** A user of an access system as it goes over the wire. What it does not have is left out. */
export const presentAcsUser = (world: World, row: AcsUser) => presenter(world)(row)

/** The same for many users of a world that stands still meanwhile. */
export const acsUserPresenter = (world: World) => {
  const withCredentials = once(() => new Set(world.acs_credentials.column('acs_user_id')))
  return presenter(world, (_, { acs_user_id }) => withCredentials().has(acs_user_id))
}
