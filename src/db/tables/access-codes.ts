import { sql } from 'drizzle-orm/sql'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { z } from 'zod'
import { flag, json, seq, workspaceId } from './column-kinds.ts'
import { count, id, instant, lasting, pin, prose, word } from './meanings.ts'
import { tableWith } from './traits.ts'

/** An access code as it is declared, with what Seam knows of the lock's copy. */
export const access_codes = sqliteTable(
  'access_codes',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    access_code_id: text('access_code_id').notNull(),
    device_id: text('device_id').notNull(),
    connected_account_id: text('connected_account_id').notNull(),
    /** The how-manieth code of its device: names its stream of luck. */
    ordinal: integer('ordinal').notNull(),
    name: text('name'),
    code: text('code'),
    starts_at: integer('starts_at'),
    ends_at: integer('ends_at'),
    created_at: integer('created_at').notNull(),
    is_managed: flag('is_managed').notNull(),
    is_backup: flag('is_backup').notNull(),
    is_offline: flag('is_offline').notNull(),
    is_one_time_use: flag('is_one_time_use').notNull(),
    is_external_modification_allowed: flag('is_external_modification_allowed').notNull(),
    prefer_native_scheduling: flag('prefer_native_scheduling').notNull(),
    common_code_key: text('common_code_key'),
    /** The method of an access grant whose code it is: nobody else may change it. */
    access_method_id: text('access_method_id'),
    pulled_backup_access_code_id: text('pulled_backup_access_code_id'),
    pulled_at: integer('pulled_at'),
    deletion_requested_at: integer('deletion_requested_at'),
    conversion: json('conversion').$type<{
      due_at: number
      force: boolean
      is_external_modification_allowed: boolean
    }>(),
    pin_assigned_at: integer('pin_assigned_at'),
    offline_issue: json('offline_issue').$type<OfflineIssue>(),
    /** What Seam last confirmed on the lock; null = nothing. */
    programmed: json('programmed').$type<LockForm>(),
    /** A command to set it was never answered, so it may be on the lock without Seam knowing. */
    is_unconfirmed: flag('is_unconfirmed').notNull(),
    /** Name, PIN and window as they were last told to be in effect; the `from` of the next change. */
    in_effect: json('in_effect').$type<DeclaredForm>().notNull(),
    /** Which presence was last announced by an event. */
    presence: text('presence').$type<'scheduled' | 'set'>(),
    /** The work under way to close the distance between declared and on the lock. */
    effort: json('effort').$type<AccessCodeEffort>(),
    external_change: json('external_change').$type<ExternalChange>(),
    used_at: integer('used_at'),
    mutations_requested_at: integer('mutations_requested_at'),
  },
  (t) => [
    uniqueIndex('access_codes_id').on(t.workspace_id, t.access_code_id),
    index('access_codes_by_workspace').on(t.workspace_id, t.is_managed),
    index('access_codes_by_device').on(t.workspace_id, t.device_id, t.is_managed),
    // Partial: most codes have no key, and pay nothing for the index.
    index('access_codes_by_common_key')
      .on(t.workspace_id, t.common_code_key)
      .where(sql`common_code_key is not null`),
  ],
)

const lockForm = () =>
  z.strictObject({
    code: pin(),
    name: prose().nullable(),
    starts_at: instant().nullable(),
    ends_at: instant().nullable(),
    is_native: z.boolean(),
    one_time: z.boolean(),
  })

const outcome = () =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('physics') }),
    z.strictObject({
      kind: z.literal('fail'),
      error_code: word().nullable(),
      message: prose(),
    }),
    z.strictObject({ kind: z.literal('never_confirm') }),
    z.strictObject({ kind: z.literal('lose_later'), after: lasting() }),
  ])

const effort = () =>
  z.strictObject({
    kind: z.enum(['set', 'update', 'remove']),
    since: instant(),
    attempts: count(),
    in_flight: z
      .strictObject({
        started_at: instant(),
        due_at: instant(),
        target: lockForm().nullable(),
        fault_id: id().nullable(),
        outcome: outcome(),
      })
      .nullable(),
    retry_at: instant().nullable(),
    delay_reported_at: instant().nullable(),
    failure_reported_at: instant().nullable(),
    error: z
      .strictObject({
        error_code: word().nullable(),
        message: prose(),
        at: instant(),
        is_definite: z.boolean(),
        other: z.strictObject({ access_code_id: id(), is_managed: z.boolean() }).optional(),
      })
      .nullable(),
  })

export const accessCodesTable = tableWith(access_codes, {
  id: ['access_code_id'],
  at_hand: true,
  lookup: ['device_id', 'code'],
  in_world: true,
  sandbox_reset: 'goes',
  refers: { device_id: 'devices', connected_account_id: 'connected_accounts' },
  means: () => ({
    access_code_id: id(),
    device_id: id(),
    connected_account_id: id(),
    ordinal: count(),
    name: prose(),
    code: pin(),
    starts_at: instant(),
    ends_at: instant(),
    created_at: instant(),
    common_code_key: prose(),
    access_method_id: id(),
    pulled_backup_access_code_id: id(),
    pulled_at: instant(),
    deletion_requested_at: instant(),
    conversion: z.strictObject({
      due_at: instant(),
      force: z.boolean(),
      is_external_modification_allowed: z.boolean(),
    }),
    pin_assigned_at: instant(),
    offline_issue: z.strictObject({
      kind: z.enum(['hourly', 'daily', 'one_time', 'time_slot', 'time_bound']),
      must_be_used_by: instant().nullable(),
      first_used_at: instant().nullable(),
      time_slot_name: prose().nullable(),
      is_zone_unknown: z.boolean(),
    }),
    programmed: lockForm(),
    in_effect: z.strictObject({
      code: pin().nullable(),
      name: prose().nullable(),
      starts_at: instant().nullable(),
      ends_at: instant().nullable(),
    }),
    presence: z.enum(['scheduled', 'set']),
    effort: effort(),
    external_change: z.strictObject({
      change_type: z.enum(['modified', 'removed']),
      modified_fields: z.array(
        z.strictObject({ field: prose(), from: prose().nullable(), to: prose().nullable() }),
      ),
      at: instant(),
    }),
    used_at: instant(),
    mutations_requested_at: instant(),
  }),
})

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

export type AccessCode = typeof access_codes.$inferSelect
