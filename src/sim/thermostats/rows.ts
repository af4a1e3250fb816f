import type { DailyProgram, ThermostatSchedule } from '../../db/tables/thermostat-schedules.ts'
import { notFound } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'

interface OfDevice {
  device_id: string
}

/** Rows by their thermostat, read once and kept as long as their table does not change: lists ask for each device. */
const byDevice = <Row extends OfDevice>(
  table: (world: World) => { version: number; all(): Row[] },
) => {
  const kept = new WeakMap<World, { version: number; rows: Map<string, Row[]> }>()
  return (world: World, device_id: string): readonly Row[] => {
    const { version } = table(world)
    let known = kept.get(world)
    if (known?.version !== version) {
      const rows = Map.groupBy(table(world).all(), (row) => row.device_id)
      known = { version: table(world).version, rows }
      kept.set(world, known)
    }
    return known.rows.get(device_id) ?? none
  }
}

const none: readonly never[] = []

/** The schedules of a thermostat in the order of their creation, also those that are over. */
export const schedulesOf: (world: World, device_id: string) => readonly ThermostatSchedule[] =
  byDevice((world) => world.thermostat_schedules)

/** @throws thermostat_schedule_not_found */
export const requireSchedule = (world: World, id: string): ThermostatSchedule => {
  const found = world.thermostat_schedules.get(id)
  if (found !== undefined) return found
  throw notFound('thermostat_schedule', { thermostat_schedule_id: id })
}

/** The daily programs of a thermostat in the order of their creation. */
export const dailyProgramsOf: (world: World, device_id: string) => readonly DailyProgram[] =
  byDevice((world) => world.thermostat_daily_programs)

/** @throws thermostat_daily_program_not_found */
export const requireDailyProgram = (world: World, id: string): DailyProgram => {
  const found = world.thermostat_daily_programs.get(id)
  if (found !== undefined) return found
  throw notFound('thermostat_daily_program', { thermostat_daily_program_id: id })
}
