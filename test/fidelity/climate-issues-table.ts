/**
 * Every error and warning that Seam's document has for devices and accounts, for thermostats, noise
 * sensors and the accounts that they are in: the story that reaches it, or why nothing leads there.
 */
import type { Evidence } from './table.ts'

export const climateThings = {
  device: 'Thermostats and noise sensors as devices',
  connected_account: 'Their accounts',
  thermostat_schedule: 'Thermostat schedules',
} as const

export interface ClimateIssueRow {
  thing: keyof typeof climateThings
  what: 'error' | 'warning'
  name: string
  evidence: Evidence
  scenario?: string
  absent?: string
  note?: string
}

type Kind = Pick<ClimateIssueRow, 'thing' | 'what'>

const reached =
  (kind: Kind) =>
  (name: string, scenario: string, evidence: Evidence, note?: string): ClimateIssueRow => ({
    ...kind,
    name,
    scenario,
    evidence,
    ...(note !== undefined && { note }),
  })

/** Several for one reason. */
const unreached =
  (kind: Kind) =>
  (absent: string, ...names: string[]): ClimateIssueRow[] =>
    names.map((name) => ({ ...kind, name, absent, evidence: 'schema' }))

const links = 'a thermostat and a noise sensor say which part of their link is broken'
const flaky = 'a link that comes and goes is flaky, of a thermostat and of a noise sensor'
const auxiliary = 'a heat pump that is much too cold calls for its auxiliary heat, and says so'
const limits = 'a room beyond its limits warns of that until it is back'
const zone = 'a week without a time zone warns of that'
const again = 'a provider that asks its owner to sign in again warns of that'
const schedule = 'a schedule that cannot be brought to its thermostat says so until it can'

const error = { thing: 'device', what: 'error' } as const
const warning = { thing: 'device', what: 'warning' } as const
const accountError = { thing: 'connected_account', what: 'error' } as const
const accountWarning = { thing: 'connected_account', what: 'warning' } as const

const ofLocks = 'of locks and their access codes'
const ofAcs = 'of accounts of access systems'

export const climateIssuesTable: readonly ClimateIssueRow[] = [
  reached(error)('account_disconnected', links, 'document'),
  reached(error)('device_disconnected', links, 'document'),
  reached(error)('device_removed', links, 'document'),
  reached(error)(
    'auxiliary_heat_running',
    auxiliary,
    'schema',
    'Sensi alone; from 1.7 K on: inferred.',
  ),
  ...unreached(error)('device_disconnected says it; both are in the document', 'device_offline'),
  ...unreached(error)(
    'thermostats and noise sensors have their own Wi-Fi; no hub is simulated for them',
    'hub_disconnected',
  ),
  ...unreached(error)(
    ofAcs,
    'salto_ks_subscription_limit_exceeded',
    'dormakaba_sites_disconnected',
  ),
  ...unreached(error)(
    'only systems on the premises, and their locks, are behind a Seam Bridge',
    'bridge_disconnected',
  ),
  ...unreached(error)(ofLocks, 'empty_backup_access_code_pool', 'august_lock_not_authorized'),
  ...unreached(error)(
    'no simulated device has credentials of its own',
    'missing_device_credentials',
  ),
  ...unreached(error)(
    'no provider of thermostats or noise sensors asks for a plan in the sources',
    'subscription_required',
  ),
  reached(warning)('device_has_flaky_connection', flaky, 'schema', 'How often is often: inferred.'),
  reached(warning)('temperature_threshold_exceeded', limits, 'document'),
  reached(warning)(
    'time_zone_unknown',
    zone,
    'inferred',
    'The document speaks of access codes; a program needs the clock on the wall as well.',
  ),
  ...unreached(warning)(
    ofLocks,
    'partial_backup_access_code_pool',
    'many_active_backup_codes',
    'third_party_integration_detected',
    'ttlock_lock_gateway_unlocking_not_enabled',
    'ttlock_weak_gateway_signal',
    'salto_ks_office_mode',
    'salto_ks_privacy_mode',
    'privacy_mode',
    'salto_ks_lock_access_code_support_removed',
    'lockly_time_zone_not_configured',
    'ultraloq_time_zone_unknown',
    'time_zone_mismatch',
    'two_n_device_missing_timezone',
    'hub_required_for_additional_capabilities',
    'keynest_unsupported_locker',
    'accessory_keypad_setup_required',
    'max_access_codes_reached',
    'insufficient_permissions',
  ),
  ...unreached(warning)(ofAcs, 'salto_ks_subscription_limit_almost_reached'),
  ...unreached(warning)('of phones', 'unknown_issue_with_phone'),
  ...unreached(warning)(
    'a battery that is low has events of its own; no simulated device saves power',
    'power_saving_mode',
  ),
  ...unreached(warning)(
    'a simulated device answers or is offline; there is nothing between',
    'device_communication_degraded',
    'unreliable_online_status',
  ),
  ...unreached(warning)(
    'no simulated provider is under maintenance',
    'scheduled_maintenance_window',
  ),
  ...unreached(warning)('nothing that happens in the emulator is unknown to it', 'provider_issue'),
  reached(accountError)('account_disconnected', links, 'document'),
  ...unreached(accountError)(
    ofAcs,
    'bridge_disconnected',
    'salto_ks_subscription_limit_exceeded',
    'dormakaba_sites_disconnected',
  ),
  reached(accountWarning)('account_reauthorization_requested', again, 'document'),
  ...unreached(accountWarning)(
    'no simulated provider is under maintenance',
    'scheduled_maintenance_window',
  ),
  ...unreached(accountWarning)(
    'nothing that happens in the emulator is unknown to it',
    'unknown_issue_with_connected_account',
  ),
  ...unreached(accountWarning)(
    ofAcs,
    'salto_ks_subscription_limit_almost_reached',
    'dormakaba_sites_unapproved',
  ),
  ...unreached(accountWarning)('an account is gone when its deletion is answered', 'being_deleted'),
  ...unreached(accountWarning)(
    'a provider that is away fails commands (the fault provider_unavailable), and says so in their attempts',
    'provider_service_unavailable',
  ),
  ...unreached(accountWarning)(
    'every simulated account is set up when it is connected',
    'setup_required',
  ),
  reached({ thing: 'thermostat_schedule', what: 'error' })(
    'failed_to_activate',
    schedule,
    'inferred',
    'The document leaves the codes of schedules open.',
  ),
]
