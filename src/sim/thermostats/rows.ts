import { is } from '../../db/conditions.ts'
import {
  thermostat_daily_programs,
  thermostat_schedules,
} from '../../db/tables/thermostat-schedules.ts'
import type { DailyProgram, ThermostatSchedule } from '../../db/tables/thermostat-schedules.ts'
import { notFound } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'

const schedulesOn = is(thermostat_schedules.device_id)
const programsOn = is(thermostat_daily_programs.device_id)

/** The schedules of a thermostat in the order of their creation, also those that are over. */
export const schedulesOf = (world: World, device_id: string): ThermostatSchedule[] =>
  world.thermostat_schedules.all(schedulesOn(device_id))

/** @throws thermostat_schedule_not_found */
export const requireSchedule = (world: World, id: string): ThermostatSchedule => {
  const found = world.thermostat_schedules.get(id)
  if (found !== undefined) return found
  throw notFound('thermostat_schedule', { thermostat_schedule_id: id })
}

export const dailyProgramsOf = (world: World, device_id: string): DailyProgram[] =>
  world.thermostat_daily_programs.all(programsOn(device_id))

/** @throws thermostat_daily_program_not_found */
export const requireDailyProgram = (world: World, id: string): DailyProgram => {
  const found = world.thermostat_daily_programs.get(id)
  if (found !== undefined) return found
  throw notFound('thermostat_daily_program', { thermostat_daily_program_id: id })
}
