/** The job at the beginning of a period of a thermostat's week. */
import type { World } from '../kernel/world.ts'
import { bringThermostatForward } from './carry-out.ts'
import { wantPreset } from './goals.ts'
import { schedulePeriod, switchTo } from './held-week.ts'
import { noteChange } from './look.ts'
import { coversToday, periodAt } from './week.ts'
import { thermostatView } from './view.ts'

export const beginPeriod = (world: World, device_id: string): void => {
  const view = thermostatView(world, device_id)
  if (view === null || view.device.removed_at !== null) return
  const { program, goal, setting } = view.thermostat
  schedulePeriod(world, device_id)
  const period = program === null ? null : periodAt(program, world.now)
  if (program === null || period === null) return
  // Where a hold is over, the week goes on if it has something for the day.
  if (setting.held_until === world.now && !coversToday(program, world.now)) return
  if (view.profile.programs?.runs_on === 'seam') {
    if (goal?.kind === 'schedule') return
    wantPreset(world, device_id, 'program', period.preset.climate_preset_key)
    bringThermostatForward(world, device_id)
    return
  }
  if (switchTo(world, device_id, period.preset)) noteChange(world, device_id)
}
