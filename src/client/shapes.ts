/** What the control API answers. Loose: a newer server may say more than this client knows. */
import { z } from 'zod'

const instant = z.string()
const instantOrNull = z.string().nullable()

export const clockState = z.looseObject({
  now: instant,
  mode: z.enum(['realtime', 'scaled', 'frozen']),
  rate: z.number(),
  next_job_at: instantOrNull,
})
export type ClockState = z.infer<typeof clockState>

const transcriptEntry = z.looseObject({
  at: instant,
  kind: z.string(),
  event_id: z.string().optional(),
  event_type: z.string().optional(),
  device_id: z.string().nullish(),
  access_code_id: z.string().nullish(),
  webhook_id: z.string().optional(),
  attempt: z.number().optional(),
  status: z.number().nullish(),
  error: z.string().nullish(),
})
export type TranscriptEntry = z.infer<typeof transcriptEntry>

export const leap = z.looseObject({
  clock: clockState,
  transcript: z.array(transcriptEntry),
  truncated: z.boolean(),
  jobs: z.number(),
})
export type Leap = z.infer<typeof leap>

const powerState = z.looseObject({ level: z.number(), status: z.string() }).nullable()

export const slot = z.looseObject({
  slot: z.number(),
  code: z.string(),
  name: z.string().nullable(),
  starts_at: instantOrNull,
  ends_at: instantOrNull,
  access_code_id: z.string().nullable(),
})
export type Slot = z.infer<typeof slot>

export const lock = z.looseObject({
  device_id: z.string(),
  model: z.string().nullable(),
  name: z.string(),
  online: z.boolean(),
  link: z.looseObject({ online: z.boolean(), cause: z.string().nullable() }),
  bridge: z.looseObject({ bridge_id: z.string(), online: z.boolean() }).nullable(),
  keypad: z.looseObject({ is_connected: z.boolean(), has_power: z.boolean() }),
  battery: powerState,
  keypad_battery: powerState,
  bolt: z.looseObject({ locked: z.boolean(), jammed: z.boolean() }),
  memory_bank: z.looseObject({ capacity: z.number(), slots: z.array(slot) }),
})
export type Lock = z.infer<typeof lock>

export const bridge = z.looseObject({
  bridge_id: z.string(),
  name: z.string(),
  connected_account_id: z.string(),
  online: z.boolean(),
  device_ids: z.array(z.string()),
})
export type Bridge = z.infer<typeof bridge>

/** An object of Seam's API, of which only the fields that the client itself reads are typed. */
export const seamDevice = z.looseObject({ device_id: z.string(), device_type: z.string() })
export type SeamDevice = z.infer<typeof seamDevice>

export const seamAccessCode = z.looseObject({
  access_code_id: z.string(),
  device_id: z.string(),
  status: z.string(),
  code: z.string().nullish(),
  name: z.string().nullish(),
})
export type SeamAccessCode = z.infer<typeof seamAccessCode>

export const seamEvent = z.looseObject({
  event_id: z.string(),
  event_type: z.string(),
  workspace_id: z.string(),
  created_at: instant,
  occurred_at: instant,
  device_id: z.string().optional(),
  access_code_id: z.string().optional(),
})
export type SeamEvent = z.infer<typeof seamEvent>

export const actionAttempt = z.looseObject({
  action_attempt_id: z.string(),
  action_type: z.string(),
  status: z.string(),
})
export type ActionAttempt = z.infer<typeof actionAttempt>

export const doorAnswer = z.looseObject({
  opened: z.boolean(),
  reason: z.string().nullable(),
  access_code_id: z.string().optional(),
})
export type DoorAnswer = z.infer<typeof doorAnswer>

export const waited = z.looseObject({
  access_code: seamAccessCode.optional(),
  device: seamDevice.optional(),
  action_attempt: actionAttempt.optional(),
  event: seamEvent.optional(),
})
export type Waited = z.infer<typeof waited>

export const lockModel = z.looseObject({ model: z.string(), display_name: z.string().optional() })
export type LockModel = z.infer<typeof lockModel>

export const anyAnswer = z.looseObject({})

export const fault = z.looseObject({
  fault_id: z.string(),
  name: z.string().nullable(),
  on: z.string(),
  match: z.record(z.string(), z.unknown()).nullable(),
  times: z.number().nullable(),
  effect: z.looseObject({ kind: z.string() }),
  /** `never_fired`: its time is over, and it never struck. */
  state: z.enum(['scheduled', 'active', 'exhausted', 'expired', 'never_fired']),
  /** How often it struck, and how often its occasion came. */
  hits: z.number(),
  seen: z.number(),
  last_hit_at: instantOrNull,
})
export type Fault = z.infer<typeof fault>

/** A webhook as it arrived at the emulator's own inbox. */
export const inboxMessage = z.looseObject({
  inbox: z.string(),
  /** `svix-id`: equal for every copy and every attempt of one message. */
  message_id: z.string().nullable(),
  event_id: z.string().nullable(),
  event_type: z.string().nullable(),
  /** Whether the signature fitted, in time. */
  is_verified: z.boolean(),
  received_at: instant,
  headers: z.record(z.string(), z.string()),
  /** The event as it was sent. */
  body: seamEvent,
})
export type InboxMessage = z.infer<typeof inboxMessage>

export const delivery = z.looseObject({
  message_id: z.string(),
  webhook_id: z.string(),
  event_id: z.string(),
  event_type: z.string().nullable(),
  state: z.enum(['pending', 'delivered', 'failed', 'aborted', 'dropped']),
  next_attempt_at: instantOrNull,
  created_at: instant,
  attempts: z.array(
    z.looseObject({
      attempt: z.number(),
      attempted_at: instant,
      /** Milliseconds of real time. */
      duration: z.number(),
      status: z.number().nullable(),
      response_body: z.string().nullable(),
      error: z.string().nullable(),
      fault_id: z.string().nullable(),
    }),
  ),
})
export type Delivery = z.infer<typeof delivery>

/** One API call that the emulator received. */
export const journalEntry = z.looseObject({
  request_id: z.string(),
  /** By the workspace's clock, and by the machine's. */
  at: instant,
  wall_at: instant,
  method: z.string(),
  path: z.string(),
  query: z.string(),
  body: z.unknown(),
  /** Parameters that the route does not have. */
  unknown_parameters: z.array(z.string()),
  status: z.number(),
  error_type: z.string().nullable(),
  fault_id: z.string().nullable(),
  has_next_page: z.boolean(),
})
export type JournalEntry = z.infer<typeof journalEntry>

export const workspaceState = z.looseObject({
  workspace_id: z.string(),
  name: z.string(),
  /** The key that the workspace was made with; null when it has none left. */
  api_key: z.string().nullable(),
  fixture: z.string(),
  seed: z.string(),
  clock: z.looseObject({
    now: instant,
    mode: z.enum(['realtime', 'scaled', 'frozen']),
    rate: z.number(),
  }),
  created_at: instant,
})
export const newWorkspace = workspaceState.extend({ api_key: z.string() })
export type WorkspaceState = z.infer<typeof workspaceState>

const details = z.looseObject({}).nullable()

export const explanation = z.looseObject({
  access_code_id: z.string(),
  status: z.string(),
  /** Sentences for people. */
  summary: z.array(z.string()),
  declared: details,
  on_lock: details,
  last_attempt: details,
  waits_for: z.looseObject({ reason: z.string(), until: instantOrNull }).nullable(),
  faults: z.array(z.looseObject({})),
})
export type Explanation = z.infer<typeof explanation>

/** Durations in milliseconds. */
export const workspaceSettings = z.record(z.string(), z.union([z.number(), z.boolean(), z.null()]))
export type WorkspaceSettings = z.infer<typeof workspaceSettings>

/** A kept copy of a workspace. */
export const snapshotSummary = z.looseObject({
  name: z.string(),
  created_at: instant,
  /** Characters of JSON. */
  size: z.number(),
})
export type SnapshotSummary = z.infer<typeof snapshotSummary>

export const importSummary = z.looseObject({
  /** The name under which it is kept; null when it was put in place. */
  name: z.string().nullable(),
  workspace_id: z.string(),
  created_at: instant,
  size: z.number(),
  /** How many rows came, by what they are. */
  counts: z.record(z.string(), z.number()),
})
export type ImportSummary = z.infer<typeof importSummary>

const reportTotals = {
  /** Minutes, with fractions, during which a guest with a valid booking could not open the door. */
  locked_out_minutes: z.number(),
  /** … and during which a former guest still could. */
  overstay_minutes: z.number(),
}
const interval = { from: instant, to: instant }

export const report = z.looseObject({
  ...interval,
  bookings: z.array(
    z.looseObject({
      device_id: z.string(),
      access_code_id: z.string().nullable(),
      code: z.string().nullable(),
      starts_at: instant,
      ends_at: instant,
      ...reportTotals,
      locked_out: z.array(z.looseObject({ ...interval, reason: z.string() })),
      overstay: z.array(z.looseObject(interval)),
    }),
  ),
  total: z.looseObject({ bookings: z.number(), ...reportTotals }),
})
export type Report = z.infer<typeof report>
