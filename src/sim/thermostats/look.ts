/** Seam looks at a thermostat: what it holds, then what it reads. */
import { scheduleJob } from '../kernel/jobs.ts'
import type { World } from '../kernel/world.ts'
import { bringThermostatForward } from './carry-out.ts'
import { holdSetting, isSameSetting, seeSetting } from './change.ts'
import type { ClimateSetting } from '../../db/tables/thermostats.ts'
import { noteOverride, noteProgress } from './goals.ts'
import { pollAt } from '../devices/heard.ts'
import { observe } from './temperature-events.ts'
import { thermostatView } from './view.ts'

/** What the thermostat holds is compared with what is known of it. */
const lookAtSetting = (world: World, device_id: string): void => {
  const view = thermostatView(world, device_id)
  if (view === null) return
  const { setting, known_setting } = view.thermostat
  world.thermostats.update(device_id, { last_seen: null })
  if (isSameSetting(setting, known_setting)) return
  // It has begun another period of its own program.
  const isPreset =
    setting.climate_preset_key !== null &&
    setting.climate_preset_key !== known_setting.climate_preset_key
  if (isPreset) {
    const origin = { by: 'preset', is_fallback: false, thermostat_schedule_id: null } as const
    seeSetting(world, device_id, origin)
    noteProgress(world, device_id)
    return
  }
  seeSetting(world, device_id, { by: 'external' })
  noteOverride(world, device_id)
}

/** The job of a look that was waited for, and the reaction to a link that is back. */
export const lookAtThermostat = (world: World, device_id: string): void => {
  const view = thermostatView(world, device_id)
  if (view === null || !view.link.online) return
  lookAtSetting(world, device_id)
  observe(world, device_id)
  bringThermostatForward(world, device_id)
}

/** The thermostat can be reached again: what it did meanwhile is seen, and what waited is tried. */
export const greetThermostat = (world: World, device_id: string): void => {
  const view = thermostatView(world, device_id)
  if (view === null) return
  const { effort } = view.thermostat
  if (effort !== null && effort.answer_at === null) {
    world.thermostats.update(device_id, { effort: { ...effort, retry_at: null } })
  }
  lookAtThermostat(world, device_id)
}

const LOOK = 'thermostat.look'

/** The thermostat changed by itself, or by hand: Seam sees it at once, or at its next poll. */
export const noteChange = (world: World, device_id: string): void => {
  const view = thermostatView(world, device_id)
  if (view === null || !view.link.online) return
  const at = pollAt(world, view, world.now)
  if (at > world.now) scheduleJob(world, LOOK, device_id, at)
  else lookAtThermostat(world, device_id)
}

/** Somebody turns the dial on the wall. */
export const turnDial = (world: World, device_id: string, setting: ClimateSetting): void => {
  holdSetting(world, device_id, setting)
  noteChange(world, device_id)
}
