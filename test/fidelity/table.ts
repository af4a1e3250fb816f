/**
 * How true the emulator is to access codes of the real service: for every event, error, warning
 * and route the scenario that reaches it by driving state, and what the behaviour is founded on.
 * `docs/fidelity.md` is generated from this; each scenario checks that it reaches its rows.
 */

/** What a scenario really saw on the wire. */
export interface Reached {
  events: Set<string>
  errors: Set<string>
  warnings: Set<string>
  routes: Set<string>
}

/**
 * `document`: Seam's public documentation tells the behaviour. `schema`: its OpenAPI document tells
 * the shape, and the behaviour follows from the names. `inferred`: neither says; the choice is ours.
 */
export type Evidence = 'document' | 'schema' | 'inferred'

interface ReachedRow {
  kind: keyof Reached
  name: string
  scenario: string
  evidence: Evidence
  note?: string
}

interface AbsentRow {
  kind: keyof Reached
  name: string
  /** Why nothing in the emulator leads there. */
  absent: string
  evidence: Evidence
}

export type Row = ReachedRow | AbsentRow

const slow = 'a code that takes long to set is reported as delayed, then as failed, and recovers'
const removal = 'a removal that fails goes on opening the door until it works'
const update = 'while an update fails, the old PIN opens the door'
const changed = 'a PIN changed at the lock is seen at the next poll and written back'
const deletedOutside = 'a code deleted at the lock is put back, again and again'
const allowed = 'a change that is allowed is left as it is, and the API follows the lock'
const foreign = 'a code that a person puts on the lock appears as unmanaged and goes as quietly'
const converted = 'an unmanaged code is converted, and keeps its id, PIN and place on the lock'
const notConverted = 'a conversion fails while the lock cannot be asked, and may be tried again'
const forced = 'where another integration manages the lock too, a conversion needs force'
const backup = 'a backup takes the place of a code that fails, and lives exactly as long'
const exhausted = 'a lock that is away runs out of backups and says so'
const linked = 'Seam picks one PIN for several locks and links the codes'
const native = 'a native code is scheduled, set at its start and gone after its end'
const lockItself = 'what is wrong with the lock itself shows on its codes'
const refusals =
  'the provider tells that a code is inactive, or that the account may not manage codes'

const rowOf =
  (kind: keyof Reached, prefix = '') =>
  (name: string, scenario: string, evidence: Evidence, note?: string): Row => ({
    kind,
    name: `${prefix}${name}`,
    scenario,
    evidence,
    ...(note !== undefined && { note }),
  })

const event = rowOf('events', 'access_code.')
const error = rowOf('errors')
const warning = rowOf('warnings')
const route = rowOf('routes', '/access_codes/')

const absentOf =
  (kind: keyof Reached) =>
  (name: string, absent: string): Row => ({ kind, name, absent, evidence: 'schema' })

const noError = absentOf('errors')
const noWarning = absentOf('warnings')

const events: Row[] = [
  event('created', native, 'document'),
  event('changed', update, 'schema', 'After the events of the single changes, with all of them.'),
  event('name_changed', linked, 'schema', 'Told when the lock has it, or needs nothing.'),
  event('code_changed', update, 'schema', 'Told when the lock has it.'),
  event(
    'time_frame_changed',
    linked,
    'schema',
    'A just-in-time lock keeps no window: told at once.',
  ),
  event('mutations_requested', update, 'schema', 'With the request.'),
  event('scheduled_on_device', native, 'document', 'From 72 hours before the start.'),
  event(
    'set_on_device',
    native,
    'document',
    'Also after each update, as the guides tell clients to wait for it.',
  ),
  event('removed_from_device', native, 'document'),
  event('deleted', native, 'document', 'After removed_from_device; that order is inferred.'),
  event('delay_in_setting_on_device', slow, 'document', 'After 10 minutes: assumed, a setting.'),
  event(
    'failed_to_set_on_device',
    slow,
    'document',
    'After 20 minutes: assumed, a setting. A definite refusal is told at once.',
  ),
  event(
    'delay_in_removing_from_device',
    removal,
    'document',
    'After 10 minutes: assumed, a setting.',
  ),
  event(
    'failed_to_remove_from_device',
    removal,
    'document',
    'After 20 minutes: assumed, a setting.',
  ),
  event('modified_external_to_seam', changed, 'document', "At the provider's next poll."),
  event('deleted_external_to_seam', deletedOutside, 'document', "At the provider's next poll."),
  event('backup_access_code_pulled', backup, 'document'),
  event('unmanaged.created', foreign, 'schema', "At the provider's next poll."),
  event('unmanaged.removed', foreign, 'schema'),
  event('unmanaged.converted_to_managed', converted, 'document'),
  event(
    'unmanaged.failed_to_convert_to_managed',
    notConverted,
    'document',
    'What makes it fail is inferred: a lock that cannot be reached, a PIN in use, another integration.',
  ),
]

const errors: Row[] = [
  error('failed_to_set_on_device', slow, 'document'),
  error('failed_to_remove_from_device', removal, 'document'),
  error('duplicate_code_on_device', 'the lock refuses a PIN that an unmanaged code has', 'schema'),
  error(
    'no_space_for_access_code_on_device',
    'a full memory takes a new code as soon as an old one is gone',
    'schema',
  ),
  error(
    'conflicting_external_modification',
    changed,
    'schema',
    'The guides still say code_modified_external_to_seam.',
  ),
  error('access_code_inactive', refusals, 'schema', 'By a fault: the provider says so.'),
  error('insufficient_permissions', refusals, 'schema', 'By a fault: the provider says so.'),
  error(
    'provider_issue',
    'a refusal that waiting does not mend is reported at once',
    'schema',
    'By a fault: the provider says so.',
  ),
  error(
    'account_disconnected',
    'while the account is disconnected nobody knows how a code is',
    'document',
  ),
  error(
    'hub_disconnected',
    'behind an unplugged bridge a code waits, is reported, and is set when the bridge is back',
    'document',
  ),
  error('device_disconnected', lockItself, 'document'),
  error('device_removed', lockItself, 'document'),
  error('subscription_required', lockItself, 'document'),
  error(
    'empty_backup_access_code_pool',
    exhausted,
    'schema',
    'Not while the pool is just being filled: inferred.',
  ),
  noError('device_offline', 'deprecated; device_disconnected took its place'),
  noError('bridge_disconnected', 'a bridge that is away is told as hub_disconnected'),
  noError(
    'salto_ks_subscription_limit_exceeded',
    'subscriptions of Salto KS sites are not simulated',
  ),
  noError('dormakaba_sites_disconnected', 'sites of dormakaba accounts are not simulated'),
  noError(
    'august_lock_not_authorized',
    'rights of August accounts on single locks are not simulated',
  ),
  noError('missing_device_credentials', 'logins of single devices are not simulated'),
  noError('auxiliary_heat_running', 'is about thermostats'),
]

const warnings: Row[] = [
  warning('delay_in_setting_on_device', slow, 'document'),
  warning('delay_in_removing_from_device', removal, 'document'),
  warning('being_deleted', removal, 'document'),
  warning('using_backup_access_code', backup, 'document'),
  warning(
    'external_modification_in_effect',
    allowed,
    'schema',
    'The guides still say code_modified_external_to_seam.',
  ),
  warning('third_party_integration_detected', forced, 'schema'),
  warning(
    'igloo_algopin_must_be_used_within_24_hours',
    'a long algoPIN dies unless it is used in its first 24 hours',
    'document',
  ),
  warning(
    'time_frame_adjusted_for_unknown_time_zone',
    'without a time zone hours are those of UTC, which a warning tells',
    'schema',
    'When it shows is inferred.',
  ),
  noWarning(
    'management_transferred',
    'workspaces of the emulator share no locks, so none can take a code from another',
  ),
  noWarning('code_rotates_periodically', 'no simulated provider changes PINs by itself'),
  noWarning(
    'unknown_issue_with_access_code',
    'nothing that happens in the emulator is unknown to it',
  ),
  warning(
    'max_access_codes_reached',
    'a full memory takes a new code as soon as an old one is gone',
    'schema',
    "The device's.",
  ),
  warning('partial_backup_access_code_pool', exhausted, 'schema', "The device's."),
  warning(
    'many_active_backup_codes',
    exhausted,
    'schema',
    "The device's; what is many is inferred: more than the pool holds.",
  ),
  warning(
    'ultraloq_time_zone_unknown',
    'a lock that needs its time zone refuses time-bound codes until it is told',
    'document',
    "The device's.",
  ),
]

const routes: Row[] = [
  route('create', native, 'document'),
  route('create_multiple', linked, 'document'),
  route('update', update, 'document'),
  route('update_multiple', linked, 'document'),
  route('delete', removal, 'document'),
  route('get', slow, 'document'),
  route('list', backup, 'document', 'Spare backup codes are left out until they are pulled.'),
  route(
    'generate_code',
    'generate_code proposes a PIN that the lock takes, and stores nothing',
    'document',
  ),
  route(
    'pull_backup_access_code',
    backup,
    'document',
    'Which code `access_code` holds is a setting: samples and guides disagree.',
  ),
  route(
    'report_device_constraints',
    'reported PIN lengths count where the provider cannot tell them',
    'document',
  ),
  route('unmanaged/get', foreign, 'document'),
  route('unmanaged/list', foreign, 'document'),
  route(
    'unmanaged/update',
    'unmanaged/update with is_managed converts as well, and without does nothing',
    'document',
  ),
  route('unmanaged/convert_to_managed', converted, 'document'),
  route(
    'unmanaged/delete',
    'an unmanaged code is deleted from the lock through the API',
    'document',
  ),
  route(
    'simulate/create_unmanaged_access_code',
    'the sandbox makes an unmanaged code appear at once',
    'schema',
    'For every brand that shows such codes.',
  ),
]

export const table: readonly Row[] = [...events, ...errors, ...warnings, ...routes]

/** The rows that the scenario of this title must reach. */
export const reachedBy = (title: string): ReachedRow[] =>
  table.flatMap((row) => ('scenario' in row && row.scenario === title ? [row] : []))
