import { index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { z } from 'zod'
import { flag, json, workspaceId } from './column-kinds.ts'
import { count, id, instant, prose, record, timeZone, word } from './meanings.ts'
import { tableWith } from './traits.ts'

export const hvacModes = ['off', 'heat', 'cool', 'heat_cool', 'eco'] as const
export const fanModes = ['auto', 'on', 'circulate'] as const
export const presetModes = ['home', 'away', 'wake', 'sleep', 'occupied', 'unoccupied'] as const

export type HvacMode = (typeof hvacModes)[number]
export type FanMode = (typeof fanModes)[number]

/** A thermostat on its wall, the room that it looks after, and what Seam wants of it. */
export const thermostats = sqliteTable(
  'thermostats',
  {
    workspace_id: workspaceId(),
    device_id: text('device_id').notNull(),
    /** The hub that it goes through; null for one with its own network. */
    bridge_id: text('bridge_id'),
    /** The room since the last change of anything that its temperature depends on. */
    room: json('room').$type<Room>().notNull(),
    /** What the thermostat itself holds. */
    setting: json('setting').$type<ClimateSetting>().notNull(),
    /** What Seam knows of that. */
    known_setting: json('known_setting').$type<ClimateSetting>().notNull(),
    /** What was last seen before nobody could see more, where the room has changed since; else null. */
    last_seen: json('last_seen').$type<Sight>(),
    climate_presets: json('climate_presets').$type<ClimatePreset[]>().notNull(),
    fallback_climate_preset_key: text('fallback_climate_preset_key'),
    temperature_threshold: json('temperature_threshold').$type<TemperatureThreshold>(),
    /** The reading at the last `temperature_changed`, tenths of a degree Celsius. */
    told_reading: integer('told_reading').notNull(),
    /** The target that has not been reached yet; null when there is none. */
    awaited: json('awaited').$type<Target>(),
    /** Since when the limits are exceeded; null while they are not. */
    exceeded_since: integer('exceeded_since'),
    /** When that was last told. */
    exceeded_at: integer('exceeded_at'),
    relative_humidity: real('relative_humidity').notNull(),
    /** What Seam wants the thermostat to do now; null where it leaves it alone. */
    goal: json('goal').$type<Goal>(),
    /** What is being tried; null when nothing. */
    effort: json('effort').$type<ThermostatEffort>(),
    /** The daily programs of the week, as they are wanted; null when there are none. */
    weekly_program: json('weekly_program').$type<WeeklyProgram>(),
    /** Whether the thermostat has to be told of the week once more. */
    is_program_due: flag('is_program_due').notNull(),
    /** The week in the thermostat's own memory. */
    program: json('program').$type<HeldProgram>(),
  },
  (t) => [
    primaryKey({ columns: [t.workspace_id, t.device_id] }),
    index('thermostats_by_bridge').on(t.workspace_id, t.bridge_id),
  ],
)

/** Colder and hotter than this no room gets. */
const celsius = () => z.number().min(-1_000).max(1_000)
const setPoint = () =>
  z.strictObject({ celsius: celsius(), fahrenheit: z.number().min(-10_000).max(10_000) })

const setting = () =>
  z.strictObject({
    hvac_mode_setting: z.enum(hvacModes),
    heating: setPoint().nullable(),
    cooling: setPoint().nullable(),
    fan_mode_setting: z.enum(fanModes),
    climate_preset_key: prose().nullable(),
    held_until: instant().nullable(),
  })

const preset = () =>
  z.strictObject({
    climate_preset_key: prose(),
    name: prose().nullable(),
    can_edit: z.boolean(),
    can_delete: z.boolean(),
    can_use_with_thermostat_daily_programs: z.boolean(),
    climate_preset_mode: z.enum(presetModes).nullable(),
    hvac_mode_setting: z.enum(hvacModes).nullable(),
    fan_mode_setting: z.enum(fanModes).nullable(),
    heating: setPoint().nullable(),
    cooling: setPoint().nullable(),
    manual_override_allowed: z.boolean(),
    ecobee_metadata: record().nullable(),
  })

const heldPeriod = () => z.strictObject({ second: z.int().min(0).max(86_399), preset: preset() })

const roomState = () => z.enum(['idle', 'heating', 'cooling'])

export const thermostatsTable = tableWith(thermostats, {
  id: ['device_id'],
  at_hand: true,
  in_world: true,
  sandbox_reset: 'goes',
  refers: { device_id: 'devices', bridge_id: 'bridges' },
  means: () => ({
    device_id: id(),
    bridge_id: id(),
    room: z.strictObject({
      at: instant(),
      temperature: celsius(),
      state: roomState(),
      state_since: instant().optional(),
      outdoor: celsius(),
      outdoor_steps: z.array(z.strictObject({ at: instant(), celsius: celsius() })),
      tau: z.number().min(1_000).max(1e13),
      heating_gain: z.number().min(0).max(1_000),
      cooling_gain: z.number().min(0).max(1_000),
    }),
    setting: setting(),
    known_setting: setting(),
    last_seen: z.strictObject({
      reading: z.int().min(-10_000).max(10_000),
      state: roomState(),
      is_fan_running: z.boolean(),
    }),
    climate_presets: z.array(preset()),
    fallback_climate_preset_key: prose(),
    temperature_threshold: z.strictObject({
      lower: setPoint().nullable(),
      upper: setPoint().nullable(),
    }),
    told_reading: z.int().min(-10_000).max(10_000),
    awaited: z.strictObject({ heating: setPoint().nullable(), cooling: setPoint().nullable() }),
    exceeded_since: instant(),
    exceeded_at: instant(),
    relative_humidity: z.number().min(0).max(1),
    goal: z.strictObject({
      kind: z.enum(['schedule', 'fallback', 'program', 'edit']),
      climate_preset_key: prose(),
      thermostat_schedule_id: id().nullable(),
      is_reached: z.boolean(),
      is_beaten: z.boolean(),
      overridden_at: instant().nullable(),
    }),
    effort: z.strictObject({
      kind: z.enum(['preset', 'program']),
      climate_preset_key: prose().nullable(),
      since: instant(),
      attempts: count(),
      answer_at: instant().nullable(),
      retry_at: instant().nullable(),
      error: z.strictObject({ type: word(), message: prose() }).nullable(),
      fault: record().nullable(),
      fault_id: id().nullable(),
    }),
    weekly_program: z.strictObject({
      created_at: instant(),
      days: z.array(id().nullable()).length(7),
    }),
    program: z.strictObject({
      time_zone: timeZone(),
      days: z.array(z.array(heldPeriod()).nullable()).length(7),
    }),
  }),
})

/** A temperature in both units: the one that was given exactly, the other one converted. */
export interface SetPoint {
  celsius: number
  fahrenheit: number
}

export interface ClimateSetting {
  hvac_mode_setting: HvacMode
  /** Kept also while the mode does not use it. */
  heating: SetPoint | null
  cooling: SetPoint | null
  fan_mode_setting: FanMode
  /** The preset in force that nobody has touched since; null for a setting by hand. */
  climate_preset_key: string | null
  /** Until when the thermostat's own program lets it be; null: it does not. */
  held_until: number | null
}

export type RoomState = 'idle' | 'heating' | 'cooling'

export interface Room {
  /** Instant from which all of this holds. */
  at: number
  /** Then, degrees Celsius. */
  temperature: number
  /** What the thermostat did then. */
  state: RoomState
  /** Since when, where that was before `at`. */
  state_since?: number
  outdoor: number
  /** Changes of the outdoor temperature to come, in order. */
  outdoor_steps: { at: number; celsius: number }[]
  /** How fast the room follows, ms. */
  tau: number
  heating_gain: number
  cooling_gain: number
}

/** What can be seen of a thermostat at an instant. */
export interface Sight {
  /** Tenths of a degree Celsius. */
  reading: number
  state: RoomState
  is_fan_running: boolean
}

export interface ClimatePreset {
  climate_preset_key: string
  name: string | null
  can_edit: boolean
  can_delete: boolean
  can_use_with_thermostat_daily_programs: boolean
  climate_preset_mode: (typeof presetModes)[number] | null
  hvac_mode_setting: HvacMode | null
  fan_mode_setting: FanMode | null
  heating: SetPoint | null
  cooling: SetPoint | null
  manual_override_allowed: boolean
  ecobee_metadata: Record<string, unknown> | null
}

export interface TemperatureThreshold {
  lower: SetPoint | null
  upper: SetPoint | null
}

/** Set points in force that a room is on its way to. */
export interface Target {
  heating: SetPoint | null
  cooling: SetPoint | null
}

export type Thermostat = typeof thermostats.$inferSelect

/** The ids of daily programs from Sunday to Saturday. */
export interface WeeklyProgram {
  created_at: number
  days: (string | null)[]
}

/** A period as the thermostat has it: with all that its preset says. */
export interface HeldPeriod {
  /** Seconds since midnight. */
  second: number
  preset: ClimatePreset
}

export interface HeldProgram {
  time_zone: string
  /** From Sunday to Saturday. */
  days: (HeldPeriod[] | null)[]
}

/** What Seam wants a thermostat to do, and how far that is. */
export interface Goal {
  kind: 'schedule' | 'fallback' | 'program' | 'edit'
  climate_preset_key: string
  thermostat_schedule_id: string | null
  /** Whether the thermostat has taken it. */
  is_reached: boolean
  /** Whether another preset was activated since: then it is over until the next boundary. */
  is_beaten: boolean
  /** When somebody last changed the thermostat in spite of it; null when nobody did. */
  overridden_at: number | null
}

export interface ThermostatEffort {
  kind: 'preset' | 'program'
  climate_preset_key: string | null
  since: number
  attempts: number
  answer_at: number | null
  retry_at: number | null
  error: { type: string; message: string } | null
  fault: Record<string, unknown> | null
  fault_id: string | null
}
