/** What the control API is asked; the server checks it and says what is wrong. */

/** `"72h"`, `"3d 12h"`, `"PT72H"`, or milliseconds. */
export type Duration = string | number

/** An ISO 8601 instant. */
export type Instant = string

export type AdvanceInput = { by: Duration } | { to: Instant } | { to_next: true }

export interface WaitInput {
  access_code_id?: string
  device_id?: string
  action_attempt_id?: string
  status?: string
  event_type?: string
  /** Of workspace time; 30 s when not given. */
  timeout?: Duration
}

export interface CreateLockInput {
  /** A lock model's name, such as `august`: see `lockModels.list()`. */
  model: string
  name?: string
  device_id?: string
  connected_account_id?: string
  bridge_id?: string
  /** Whether a bridge is made for a lock that can do without. */
  has_bridge?: boolean
  nickname?: string
  is_managed?: boolean
  has_keypad?: boolean
  is_online?: boolean
  locked?: boolean
  /** 0 to 1. */
  battery_level?: number
  keypad_battery_level?: number
  serial_number?: string
  location?: { location_name?: string; time_zone?: string }
  custom_metadata?: Record<string, string | boolean>
  customer_key?: string
  memory_slots?: number
  /** Milliseconds. */
  poll_interval?: number
  /** Other fields of the lock profile that this lock has otherwise: see `lockModels.list()`. */
  profile?: Record<string, unknown>
}

/** Where a fault strikes. */
export type FaultOccasion =
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

type Scalar = string | number | boolean | null

/** What a fault does. */
export type FaultEffect =
  | { kind: 'fail'; error_code?: string; message?: string }
  | { kind: 'delay'; by: Duration }
  | { kind: 'never_confirm' }
  | { kind: 'lose_later'; after: Duration }
  | { kind: 'provider_unavailable'; message?: string }
  | { kind: 'down' }
  | { kind: 'flap'; every: Duration; for: Duration }
  | {
      kind: 'status'
      status: number
      type?: string
      message?: string
      retry_after?: number
      [more: string]: unknown
    }
  | {
      kind:
        | 'reset'
        | 'truncate'
        | 'malformed'
        | 'hang'
        | 'drop'
        | 'duplicate'
        | 'reorder'
        | 'bad_signature'
        | 'stale_timestamp'
        | 'slow'
      [more: string]: unknown
    }

/** Counted and ordered first; random only with the workspace's own seed. */
export interface FaultInput {
  on: FaultOccasion
  effect: FaultEffect
  name?: string
  /** Only where all of these are equal to, or among, what is given. */
  match?: Record<string, Scalar | Scalar[]>
  /** Strikes so many times, then is over. */
  times?: number
  /** Lets so many occasions pass first. */
  after?: number
  /** From the first instant until before the second. */
  between?: [from: Instant, to: Instant]
  /** 0 to 1; drawn from the workspace's own stream. */
  probability?: number
}

export interface InboxFilter {
  /** The last part of the URL that was registered; all inboxes when not given. */
  inbox?: string
  event_type?: string | string[]
  /** Whether the signature fitted. */
  is_verified?: boolean
}

export interface InboxWaitInput extends InboxFilter {
  /** How many messages there must be; 1 when not given. */
  count?: number
  /** Of workspace time. */
  timeout?: Duration
}

/** A workspace's time: see `clock.freeze` and `clock.resume`. */
export interface ClockInput {
  mode: 'realtime' | 'scaled' | 'frozen'
  at?: Instant
  rate?: number
}

export interface CreateWorkspaceInput {
  name?: string
  api_key?: string
  /** A fixture's name, or a world as data. */
  fixture?: string | object
  seed?: string | number
  clock?: ClockInput
}

/** What is to be otherwise when the workspace begins again. */
export interface ResetInput {
  seed?: string | number
  clock?: ClockInput
}

/** What a person in the manufacturer's own app, outside of Seam, says of a code. */
interface HandmadeCode {
  name?: string | null
  starts_at?: Instant | null
  ends_at?: Instant | null
}

/** Which of the lock's codes is meant. */
export interface SlotChoice {
  device_id: string
  slot?: number
  access_code_id?: string
}

export interface CreateSlotInput extends HandmadeCode {
  device_id: string
  /** A free one when not given. */
  slot?: number
  code: string
}

/** What is not given stays; null takes a name or window away. */
export interface UpdateSlotInput extends SlotChoice, HandmadeCode {
  code?: string
}

/** A stay, and the PIN or access code that was to open the door during it. */
export type BookingInput = {
  device_id: string
  starts_at: Instant
  ends_at: Instant
} & ({ code: string } | { access_code_id: string })

export interface ReportInput {
  bookings: BookingInput[]
  /** Nothing before this instant counts. */
  from?: Instant
}
