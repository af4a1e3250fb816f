import { z } from 'zod'
import { once } from '../../lib/once.ts'
import { coded, flag, instant, number, plain, text } from './common.ts'
import type { Issue } from '../../sim/events/issues.ts'
import { toIso } from '../../sim/kernel/instant.ts'

/**
 * The `errors` and `warnings` of accounts, devices and access codes (Seam OpenAPI 1.977). What goes
 * wrong with an account shows on its devices as well, and both show on the access codes.
 */

const dated = { created_at: instant }
const perhapsDated = { created_at: instant.optional() }

const subscriptionSites = once(() => ({
  salto_ks_metadata: z.strictObject({
    sites: z
      .array(
        z.strictObject({
          site_id: text,
          site_name: text,
          site_user_subscription_limit: number,
          subscribed_site_user_count: number,
        }),
      )
      .optional(),
  }),
}))

export const connectedAccountError = once(() =>
  coded(
    'error_code',
    { ...dated, is_connected_account_error: flag, is_bridge_error: flag },
    {
      ...plain('account_disconnected', 'bridge_disconnected', 'dormakaba_sites_disconnected'),
      salto_ks_subscription_limit_exceeded: subscriptionSites(),
    },
  ),
)

export const connectedAccountWarning = once(() =>
  coded('warning_code', dated, {
    ...plain(
      'scheduled_maintenance_window',
      'unknown_issue_with_connected_account',
      'account_reauthorization_requested',
      'being_deleted',
      'provider_service_unavailable',
      'setup_required',
      'dormakaba_sites_unapproved',
    ),
    salto_ks_subscription_limit_almost_reached: subscriptionSites(),
  }),
)

const each = (codes: readonly string[], shape: z.core.$ZodShape) =>
  Object.fromEntries(codes.map((code) => [code, shape]))

/** Codes of device errors, with the fields that say whose fault it is. */
const deviceErrors = once(() => ({
  ...each(
    [
      'account_disconnected',
      'salto_ks_subscription_limit_exceeded',
      'dormakaba_sites_disconnected',
    ],
    { ...dated, is_connected_account_error: z.literal(true), is_device_error: z.literal(false) },
  ),
  ...each(
    [
      'device_offline',
      'device_removed',
      'hub_disconnected',
      'device_disconnected',
      'empty_backup_access_code_pool',
      'august_lock_not_authorized',
      'missing_device_credentials',
      'auxiliary_heat_running',
      'subscription_required',
    ],
    { ...dated, is_device_error: z.literal(true) },
  ),
  bridge_disconnected: { ...dated, is_bridge_error: flag, is_connected_account_error: flag },
}))

export const deviceError = once(() => coded('error_code', {}, deviceErrors()))

export const deviceWarning = once(() =>
  coded('warning_code', dated, {
    ...plain(
      'partial_backup_access_code_pool',
      'many_active_backup_codes',
      'third_party_integration_detected',
      'ttlock_lock_gateway_unlocking_not_enabled',
      'ttlock_weak_gateway_signal',
      'power_saving_mode',
      'temperature_threshold_exceeded',
      'device_communication_degraded',
      'scheduled_maintenance_window',
      'device_has_flaky_connection',
      'salto_ks_office_mode',
      'salto_ks_privacy_mode',
      'privacy_mode',
      'salto_ks_subscription_limit_almost_reached',
      'salto_ks_lock_access_code_support_removed',
      'unknown_issue_with_phone',
      'lockly_time_zone_not_configured',
      'ultraloq_time_zone_unknown',
      'time_zone_unknown',
      'time_zone_mismatch',
      'two_n_device_missing_timezone',
      'hub_required_for_additional_capabilities',
      'provider_issue',
      'keynest_unsupported_locker',
      'accessory_keypad_setup_required',
      'unreliable_online_status',
      'insufficient_permissions',
    ),
    max_access_codes_reached: {
      active_access_code_count: z.int(),
      max_active_access_code_count: z.int(),
    },
  }),
)

const externalChange = once(() => ({
  change_type: z.enum(['modified', 'removed']).optional(),
  modified_fields: z
    .array(
      z.strictObject({
        field: z.string(),
        from: z.string().nullable(),
        to: z.string().nullable(),
      }),
    )
    .optional(),
}))

const ownError = once(() => ({ ...perhapsDated, is_access_code_error: z.literal(true) }))

export const accessCodeError = once(() =>
  coded(
    'error_code',
    {},
    {
      ...each(
        [
          'provider_issue',
          'failed_to_set_on_device',
          'failed_to_remove_from_device',
          'no_space_for_access_code_on_device',
          'access_code_inactive',
          'insufficient_permissions',
        ],
        ownError(),
      ),
      duplicate_code_on_device: {
        ...ownError(),
        managed_access_code_id: z.guid().optional(),
        unmanaged_access_code_id: z.guid().optional(),
      },
      conflicting_external_modification: { ...ownError(), ...externalChange() },
      ...deviceErrors(),
    },
  ),
)

export const accessCodeWarning = once(() =>
  coded('warning_code', perhapsDated, {
    ...plain(
      'code_rotates_periodically',
      'time_frame_adjusted_for_unknown_time_zone',
      'delay_in_setting_on_device',
      'delay_in_removing_from_device',
      'third_party_integration_detected',
      'igloo_algopin_must_be_used_within_24_hours',
      'management_transferred',
      'using_backup_access_code',
      'being_deleted',
      'unknown_issue_with_access_code',
    ),
    external_modification_in_effect: externalChange(),
  }),
)

/** An error or warning as it goes over the wire. */
export const presentIssue = (issue: Issue): Record<string, unknown> => ({
  ...issue,
  created_at: toIso(issue.created_at),
})
