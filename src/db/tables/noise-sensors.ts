import {
  index,
  integer,
  primaryKey,
  real,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'
import { z } from 'zod'
import { flag, json, seq, workspaceId } from './column-kinds.ts'
import { count, id, ids, instant, prose, record, word } from './meanings.ts'
import { tableWith } from './traits.ts'

/** A noise sensor as it hangs on the wall: what it hears, what it holds, what it has to tell. */
export const noise_sensors = sqliteTable(
  'noise_sensors',
  {
    workspace_id: workspaceId(),
    device_id: text('device_id').notNull(),
    battery: json('battery').$type<SensorBattery>(),
    /** The sound around it when nothing else is played, dB. */
    background: real('background').notNull(),
    /** Louder or quieter spans, in order, none of which overlap. */
    sounds: json('sounds').$type<Sound[]>().notNull(),
    /** The thresholds in its own memory. */
    slots: json('slots').$type<NoiseSlot[]>().notNull(),
    /** The noise that it is following; null while it is quiet. */
    disturbance: json('disturbance').$type<Disturbance>(),
    /** What it saw and could not yet tell its provider, oldest first. */
    untold: json('untold').$type<UntoldAlert[]>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspace_id, t.device_id] })],
)

const dailyTime = () => z.string().max(100)
const decibels = () => z.number().min(-1_000).max(1_000)

export const noiseSensorsTable = tableWith(noise_sensors, {
  id: ['device_id'],
  at_hand: true,
  in_world: true,
  sandbox_reset: 'goes',
  refers: { device_id: 'devices' },
  means: () => ({
    device_id: id(),
    battery: z.strictObject({
      installed_at: instant(),
      level_at_install: z.number().min(0).max(1),
      uses: count(),
    }),
    background: decibels(),
    sounds: z.array(z.strictObject({ from: instant(), until: instant(), decibels: decibels() })),
    slots: z.array(
      z.strictObject({
        noise_threshold_id: id(),
        name: prose(),
        starts_daily_at: dailyTime(),
        ends_daily_at: dailyTime(),
        decibels: decibels(),
      }),
    ),
    disturbance: z.strictObject({
      noise_threshold_id: id(),
      name: prose(),
      decibels: decibels(),
      since: instant(),
      counting_from: instant(),
      notices: count(),
      quiet_since: instant().nullable(),
    }),
    untold: z.array(
      z.strictObject({
        occurred_at: instant(),
        told: z.strictObject({
          noise_threshold_id: id(),
          noise_threshold_name: prose(),
          noise_level_decibels: z.number(),
          noise_level_nrs: z.number().optional(),
          minut_metadata: record().optional(),
          noiseaware_metadata: record().optional(),
        }),
      }),
    ),
  }),
})

/** A noise threshold as the API's user wants it. */
export const noise_thresholds = sqliteTable(
  'noise_thresholds',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    noise_threshold_id: text('noise_threshold_id').notNull(),
    device_id: text('device_id').notNull(),
    name: text('name').notNull(),
    starts_daily_at: text('starts_daily_at').notNull(),
    ends_daily_at: text('ends_daily_at').notNull(),
    decibels: real('decibels').notNull(),
    /** Given instead of decibels, on sensors that know it. */
    nrs: real('nrs'),
    created_at: integer('created_at').notNull(),
    deletion_requested_at: integer('deletion_requested_at'),
    /** Whether the sensor is known to hold it as it is wanted. */
    is_programmed: flag('is_programmed').notNull(),
    /** The newest of the action attempts that the next command will answer; each knows the one before. */
    asked: json('asked').$type<string[]>().notNull(),
    /** What is being tried at the sensor; null when nothing. */
    effort: json('effort').$type<ThresholdEffort>(),
  },
  (t) => [
    uniqueIndex('noise_thresholds_id').on(t.workspace_id, t.noise_threshold_id),
    index('noise_thresholds_by_device').on(t.workspace_id, t.device_id),
  ],
)

export const noiseThresholdsTable = tableWith(noise_thresholds, {
  id: ['noise_threshold_id'],
  at_hand: true,
  in_world: true,
  not_shown: 'of sensors, which are shown',
  sandbox_reset: 'goes',
  refers: { device_id: 'noise_sensors' },
  means: () => ({
    noise_threshold_id: id(),
    device_id: id(),
    name: prose(),
    starts_daily_at: dailyTime(),
    ends_daily_at: dailyTime(),
    decibels: decibels(),
    nrs: z.number().min(-10_000).max(10_000),
    created_at: instant(),
    deletion_requested_at: instant(),
    asked: ids(),
    effort: z.strictObject({
      attempt_ids: ids(),
      kind: z.enum(['set', 'update', 'remove']),
      since: instant(),
      attempts: count(),
      answer_at: instant().nullable(),
      retry_at: instant().nullable(),
      error: z.strictObject({ type: word(), message: prose() }).nullable(),
      fault: record().nullable(),
      fault_id: id().nullable(),
    }),
  }),
})

export interface SensorBattery {
  installed_at: number
  level_at_install: number
  uses: number
}

/** A span of sound: from the first instant until before the second. */
export interface Sound {
  from: number
  until: number
  decibels: number
}

export interface NoiseSlot {
  noise_threshold_id: string
  name: string
  /** `HH:mm:ss`, or with a zone: `HH:mm:ss[Area/City]`. */
  starts_daily_at: string
  ends_daily_at: string
  decibels: number
}

/** Noise at or above a threshold, followed from its first instant until it has ended. */
export interface Disturbance {
  noise_threshold_id: string
  name: string
  decibels: number
  since: number
  /** From when the wait for the next notice counts. */
  counting_from: number
  /** How many were given. */
  notices: number
  quiet_since: number | null
}

export interface UntoldAlert {
  occurred_at: number
  told: Record<string, unknown>
}

export interface ThresholdEffort {
  /** The newest of the action attempts that the command under way will answer; each knows the one before. */
  attempt_ids: string[]
  kind: 'set' | 'update' | 'remove'
  since: number
  /** Commands sent. */
  attempts: number
  /** When the command under way is answered. */
  answer_at: number | null
  retry_at: number | null
  error: { type: string; message: string } | null
  fault: Record<string, unknown> | null
  fault_id: string | null
}

export type NoiseSensor = typeof noise_sensors.$inferSelect
export type NoiseThreshold = typeof noise_thresholds.$inferSelect
