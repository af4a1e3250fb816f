/** Changes of what a thermostat holds and of its room, and how Seam gets to know of them. */
import type { ClimateSetting, Room, SetPoint } from '../../db/tables/thermostats.ts'
import { heardAt } from '../devices/heard.ts'
import { recordEvent } from '../events/record.ts'
import { scheduleJob } from '../kernel/jobs.ts'
import type { World } from '../kernel/world.ts'
import { bandsOf, decide, inForce } from './control.ts'
import { roomFrom, stateSince } from './room-course.ts'
import { noteRoom } from './temperature-events.ts'
import { requireThermostat, sightAt, thermostatView } from './view.ts'
import type { ThermostatView } from './view.ts'

/** Keeps what was last seen of a room that changes while nobody sees it: offline, or between two polls. */
const rememberSight = (world: World, view: ThermostatView): void => {
  const { device, thermostat } = view
  const at = heardAt(world, view)
  // What was seen before an earlier change is kept already.
  if (at >= world.now || at < thermostat.room.at) return
  world.thermostats.update(device.device_id, { last_seen: sightAt(thermostat, at) })
}

/** Something that the room's temperature depends on changes now. */
const turn = (
  world: World,
  view: ThermostatView,
  { setting, ...change }: Partial<Room> & { setting?: ClimateSetting },
): void => {
  const { device, thermostat } = view
  rememberSight(world, view)
  const { state_since: _, ...room } = roomFrom(thermostat, world.now, change)
  const state = decide(room.state, room.temperature, bandsOf(setting ?? thermostat.setting))
  // The weather interrupts nothing.
  const goesOn = setting === undefined && state === room.state
  const state_since = stateSince(thermostat.room, thermostat.setting, world.now)
  world.thermostats.update(device.device_id, {
    ...(setting !== undefined && { setting }),
    room: { ...room, state, ...(goesOn && { state_since }) },
  })
}

/** The thermostat holds another setting from now on; Seam has not heard of it yet. */
export const holdSetting = (world: World, device_id: string, setting: ClimateSetting): void => {
  turn(world, requireThermostat(world, device_id), { setting })
}

/** The room is another one from now on. */
export const changeRoom = (world: World, device_id: string, change: Partial<Room>): void => {
  turn(world, requireThermostat(world, device_id), change)
  scheduleOutdoor(world, device_id)
  noteRoom(world, device_id)
}

const OUTDOOR = 'thermostat.outdoor'

export const scheduleOutdoor = (world: World, device_id: string): void => {
  const [step] = requireThermostat(world, device_id).thermostat.room.outdoor_steps
  scheduleJob(world, OUTDOOR, device_id, step?.at ?? null)
}

/** The job at a change of the outdoor temperature. */
export const stepOutdoors = (world: World, device_id: string): void => {
  const view = thermostatView(world, device_id)
  if (view === null) return
  const { outdoor_steps, outdoor } = view.thermostat.room
  const past = outdoor_steps.filter(({ at }) => at <= world.now)
  changeRoom(world, device_id, {
    outdoor: past.at(-1)?.celsius ?? outdoor,
    outdoor_steps: outdoor_steps.slice(past.length),
  })
}

const isSamePoint = (a: SetPoint | null, b: SetPoint | null): boolean =>
  a?.celsius === b?.celsius && a?.fahrenheit === b?.fahrenheit

/** Whether two settings make the thermostat do the same. */
export const isSameSetting = (a: ClimateSetting, b: ClimateSetting): boolean =>
  a.hvac_mode_setting === b.hvac_mode_setting &&
  a.fan_mode_setting === b.fan_mode_setting &&
  a.climate_preset_key === b.climate_preset_key &&
  isSamePoint(a.heating, b.heating) &&
  isSamePoint(a.cooling, b.cooling)

/** How Seam got to know of a setting. */
export type Origin =
  | { by: 'seam' | 'external' }
  | { by: 'preset'; is_fallback: boolean; thermostat_schedule_id: string | null }
  /** A preset was changed, and nobody is told. */
  | { by: 'edit' }

const fieldsOf = (setting: ClimateSetting) => {
  const { heating, cooling } = inForce(setting)
  return {
    hvac_mode_setting: setting.hvac_mode_setting,
    fan_mode_setting: setting.fan_mode_setting,
    ...(heating !== null && {
      heating_set_point_celsius: heating.celsius,
      heating_set_point_fahrenheit: heating.fahrenheit,
    }),
    ...(cooling !== null && {
      cooling_set_point_celsius: cooling.celsius,
      cooling_set_point_fahrenheit: cooling.fahrenheit,
    }),
  }
}

const tell = (world: World, device_id: string, setting: ClimateSetting, origin: Origin): void => {
  if (origin.by === 'edit') return
  if (origin.by !== 'preset') {
    const told = { device_id, method: origin.by, ...fieldsOf(setting) }
    recordEvent(world, 'thermostat.manually_adjusted', told)
    return
  }
  recordEvent(world, 'thermostat.climate_preset_activated', {
    device_id,
    climate_preset_key: setting.climate_preset_key ?? '',
    is_fallback_climate_preset: origin.is_fallback,
    thermostat_schedule_id: origin.thermostat_schedule_id,
  })
}

/** Seam hears now what the thermostat holds: that is told, and what follows from it. */
export const seeSetting = (world: World, device_id: string, origin: Origin): void => {
  const { setting, known_setting } = requireThermostat(world, device_id).thermostat
  const target = inForce(setting)
  const before = inForce(known_setting)
  const isNewTarget =
    (target.heating !== null || target.cooling !== null) &&
    (setting.hvac_mode_setting !== known_setting.hvac_mode_setting ||
      !isSamePoint(target.heating, before.heating) ||
      !isSamePoint(target.cooling, before.cooling))
  const isOff = target.heating === null && target.cooling === null
  world.thermostats.update(device_id, {
    known_setting: setting,
    last_seen: null,
    ...(isOff ? { awaited: null } : isNewTarget ? { awaited: target } : {}),
  })
  tell(world, device_id, setting, origin)
}
