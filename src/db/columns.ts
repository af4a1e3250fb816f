/** The shapes of the JSON columns. */

export type ClockMode = 'realtime' | 'scaled' | 'frozen'

export type CredentialKind =
  | 'api_key'
  | 'personal_access_token'
  | 'client_session'
  | 'publishable_key'
  | 'console_session'

/** Durations in ms. Real Seam publishes none of these numbers; the defaults are assumed. */
export interface WorkspaceSettings {
  /** An access code's programming or removal is reported as delayed after this long. */
  delay_after: number
  /** … and as failed after this long; retries go on. */
  fail_after: number
  retry_every: number
  /** Natively scheduled codes are preloaded this long before `starts_at`. */
  native_lead_time: number
  /** Just-in-time codes are programmed this long before `starts_at`. */
  just_in_time_lead_time: number
  /** Overrides every lock profile's poll lag; null = the profile's. */
  poll_interval: number | null
  backup_pool_size: number
  /** Apply Seam's published rate limits. */
  rate_limits: boolean
  /** `pull_backup_access_code` answers the backup under `access_code`, as the guides show. */
  pull_answers_backup: boolean
  /** Keep an expired code readable instead of 404. */
  keep_expired_codes: boolean
}

export interface DeviceLocation {
  location_name?: string
  time_zone?: string
}

export interface ReportedCodeLengths {
  supported_code_lengths?: number[]
  min_code_length?: number
  max_code_length?: number
}

/** A battery since it was put in; its level is a function of this, time and use. */
export interface BatteryState {
  installed_at: number
  level_at_install: number
  uses: number
  /** When it was told that a keypad's battery is empty. */
  emptied_at?: number
}

/** A code in the form in which a lock holds it. */
export interface LockForm {
  code: string
  name: string | null
  /** The window as declared. */
  starts_at: number | null
  ends_at: number | null
  /** The lock itself keeps the window, by its own clock. */
  is_native: boolean
  one_time: boolean
}

/** What the API's user chooses of a code. */
export interface DeclaredForm {
  code: string | null
  name: string | null
  starts_at: number | null
  ends_at: number | null
}

export type EffortKind = 'set' | 'update' | 'remove'

export interface AccessCodeEffort {
  kind: EffortKind
  /** Since when the reconciler has wanted this. */
  since: number
  attempts: number
  /** The command under way, if any. */
  in_flight: {
    started_at: number
    due_at: number
    target: LockForm | null
    fault_id: string | null
    outcome: AttemptOutcome
  } | null
  retry_at: number | null
  delay_reported_at: number | null
  failure_reported_at: number | null
  error: {
    /** A code of the access-code errors; null = the general one of the kind of work. */
    error_code: string | null
    message: string
    at: number
    /** A refusal that waiting does not mend: reported at once, not after `fail_after`. */
    is_definite: boolean
    /** The code that holds the PIN already. */
    other?: { access_code_id: string; is_managed: boolean }
  } | null
}

/** How a command ends: as physics has it, or as a fault decided when it was sent. */
export type AttemptOutcome =
  | { kind: 'physics' }
  | { kind: 'fail'; error_code: string | null; message: string }
  | { kind: 'never_confirm' }
  | { kind: 'lose_later'; after: number }

export interface ExternalChange {
  change_type: 'modified' | 'removed'
  modified_fields: { field: string; from: string | null; to: string | null }[]
  at: number
}

export interface OfflineIssue {
  kind: string
  must_be_used_by: number | null
  first_used_at: number | null
  /** The predefined slot that the window fits (Dormakaba Oracode). */
  time_slot_name: string | null
  /** The lock's zone was not known, so whole hours are those of UTC. */
  is_zone_unknown: boolean
}

/** What a fault does; which of these fits which occasion is in `sim/faults/kinds`. Durations in ms. */
export type FaultEffect =
  | { kind: 'fail'; error_code?: string | undefined; message?: string | undefined }
  | { kind: 'delay'; by: number }
  | { kind: 'never_confirm' }
  | { kind: 'lose_later'; after: number }
  | { kind: 'provider_unavailable'; message?: string | undefined }
  | { kind: 'down'; for?: number | undefined }
  | { kind: 'flap'; every: number; for: number }
  | {
      kind: 'status'
      status: number
      type?: string | undefined
      message?: string | undefined
      retry_after?: number | undefined
      handled?: boolean | undefined
    }
  | { kind: 'reset'; handled?: boolean | undefined }
  | { kind: 'hang'; handled?: boolean | undefined }
  | { kind: 'truncate' }
  | { kind: 'malformed' }
  | { kind: 'drop' }
  | { kind: 'duplicate'; copies: number }
  | { kind: 'reorder'; within: number }
  | { kind: 'bad_signature' }
  | { kind: 'stale_timestamp'; by: number }
  | { kind: 'slow'; by: number }

export type FaultOn =
  | 'access_code.set'
  | 'access_code.update'
  | 'access_code.remove'
  | 'lock.lock'
  | 'lock.unlock'
  | 'device.link'
  | 'bridge.link'
  | 'connected_account.link'
  | 'http'
  | 'webhook'

/** What a key of `match` may be compared with: one value, or any of several. */
export type FaultMatch = Record<
  string,
  string | number | boolean | null | (string | number | boolean | null)[]
>

/** A fault as it was asked for; see `sim/faults`. */
export interface FaultDefinition {
  on: FaultOn
  name?: string | undefined
  match?: FaultMatch | undefined
  /** Acts at most so often. */
  times?: number | undefined
  /** Lets so many occasions pass first. */
  after?: number | undefined
  /** Acts from the first instant (ms) on, and before the second. */
  between?: [number, number] | undefined
  probability?: number | undefined
  effect: FaultEffect
}

/** How far a fault of a link has come. */
export interface LinkFaultProgress {
  /** When its first outage began or will begin. */
  from: number
  /** How many outages have begun, also those that luck left out. */
  rounds: number
  is_down: boolean
  /** The links that it took down and has not brought back. */
  down: string[]
  /** Nothing more will come of it. */
  is_over: boolean
}

/** A lock whose connected account was deleted, with what is needed to find it again. */
export interface AbandonedLock {
  account_type: string
  /** The login at the provider to which the lock belongs. */
  login: string
  model: string
  name: string
  bridge_id: string | null
  location: DeviceLocation | null
  profile_overrides: Record<string, unknown> | null
}

/** What a Connect Webview was asked for. */
export interface WebviewOptions {
  accepted_capabilities: AcceptedCapability[]
  /** Provider keys; empty with `any_provider_allowed`. */
  accepted_providers: string[]
  excluded_providers: string[]
  any_provider_allowed: boolean
  automatically_manage_new_devices: boolean
  wait_for_device_creation: boolean
  device_selection_mode: 'none' | 'single' | 'multiple'
  custom_redirect_url: string | null
  custom_redirect_failure_url: string | null
  /** What the account's owner answered on the page, for providers that ask. */
  time_zone?: string
}

/** What an account or webview may be asked to bring. */
export type AcceptedCapability =
  | 'lock'
  | 'thermostat'
  | 'noise_sensor'
  | 'access_control'
  | 'camera'

/** Who the account's owner is at the provider. */
export interface UserIdentifier {
  api_url?: string | undefined
  email?: string | undefined
  phone?: string | undefined
  username?: string | undefined
}
