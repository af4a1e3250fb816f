import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { z } from 'zod'
import { flag, json, seq, workspaceId } from './column-kinds.ts'
import { id, instant, prose } from './meanings.ts'
import { tableWith } from './traits.ts'

/** When a preset rules a thermostat. */
export const thermostat_schedules = sqliteTable(
  'thermostat_schedules',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    thermostat_schedule_id: text('thermostat_schedule_id').notNull(),
    device_id: text('device_id').notNull(),
    name: text('name'),
    climate_preset_key: text('climate_preset_key').notNull(),
    starts_at: integer('starts_at').notNull(),
    ends_at: integer('ends_at').notNull(),
    is_override_allowed: flag('is_override_allowed').notNull(),
    max_override_period_minutes: integer('max_override_period_minutes'),
    created_at: integer('created_at').notNull(),
    /** Since when the thermostat could not be brought to it, and why; null when it could. */
    failure: json('failure').$type<{ since: number; message: string }>(),
  },
  (t) => [
    uniqueIndex('thermostat_schedules_id').on(t.workspace_id, t.thermostat_schedule_id),
    index('thermostat_schedules_by_device').on(t.workspace_id, t.device_id),
  ],
)

export const thermostatSchedulesTable = tableWith(thermostat_schedules, {
  id: ['thermostat_schedule_id'],
  at_hand: true,
  in_world: true,
  not_shown: 'of thermostats, which are shown',
  sandbox_reset: 'goes',
  refers: { device_id: 'thermostats' },
  means: () => ({
    thermostat_schedule_id: id(),
    device_id: id(),
    name: prose(),
    climate_preset_key: prose(),
    starts_at: instant(),
    ends_at: instant(),
    max_override_period_minutes: z.int().min(1).max(1_000_000_000),
    created_at: instant(),
    failure: z.strictObject({ since: instant(), message: prose() }),
  }),
})

/** A day's course of presets. */
export const thermostat_daily_programs = sqliteTable(
  'thermostat_daily_programs',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    thermostat_daily_program_id: text('thermostat_daily_program_id').notNull(),
    device_id: text('device_id').notNull(),
    name: text('name'),
    periods: json('periods').$type<ProgramPeriod[]>().notNull(),
    created_at: integer('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('thermostat_daily_programs_id').on(t.workspace_id, t.thermostat_daily_program_id),
    index('thermostat_daily_programs_by_device').on(t.workspace_id, t.device_id),
  ],
)

export const thermostatDailyProgramsTable = tableWith(thermostat_daily_programs, {
  id: ['thermostat_daily_program_id'],
  at_hand: true,
  in_world: true,
  not_shown: 'of thermostats, which are shown',
  sandbox_reset: 'goes',
  refers: { device_id: 'thermostats' },
  means: () => ({
    thermostat_daily_program_id: id(),
    device_id: id(),
    name: prose(),
    periods: z.array(
      z.strictObject({
        starts_at_time: z.string().regex(/^([01]\d|2[0-3]):([0-5]\d):([0-5]\d)$/),
        climate_preset_key: prose(),
      }),
    ),
    created_at: instant(),
  }),
})

export interface ProgramPeriod {
  /** `HH:mm:ss` on the wall. */
  starts_at_time: string
  climate_preset_key: string
}

export type ThermostatSchedule = typeof thermostat_schedules.$inferSelect
export type DailyProgram = typeof thermostat_daily_programs.$inferSelect
