/** Thermostats as a kind of device. */
import { kindWithOwnNetwork } from '../devices/kinds.ts'
import type { DeviceKind } from '../devices/kinds.ts'
import { cancelJobsAbout } from '../kernel/jobs.ts'
import type { World } from '../kernel/world.ts'
import { refreshThermostatLink } from './link.ts'
import { thermostatProfiles } from './models/index.ts'
import { dailyProgramsOf, schedulesOf } from './rows.ts'

/** Those behind a hub can be simulated as any other can: no vendor's hub of theirs can. */
export const thermostatKind: DeviceKind = {
  ...kindWithOwnNetwork(refreshThermostatLink, thermostatProfiles),
  bridgeOf: (world, { device_id }) => world.thermostats.get(device_id)?.bridge_id ?? null,
}

/** It was taken out of its account at the provider: Seam wants nothing of it any more. */
export const stopRemovedThermostat = (world: World, device_id: string): void => {
  if (world.thermostats.get(device_id) === undefined) return
  cancelJobsAbout(world, device_id)
  world.thermostats.update(device_id, { goal: null, effort: null, is_program_due: false })
}

/** Its device is to be deleted with its account. */
export const forgetThermostat = (world: World, device_id: string): void => {
  if (world.thermostats.get(device_id) === undefined) return
  for (const { thermostat_schedule_id } of schedulesOf(world, device_id)) {
    world.thermostat_schedules.delete(thermostat_schedule_id)
  }
  for (const { thermostat_daily_program_id } of dailyProgramsOf(world, device_id)) {
    world.thermostat_daily_programs.delete(thermostat_daily_program_id)
  }
  world.thermostats.delete(device_id)
}
