import { z } from 'zod'
import { thermostatModelRoutes, thermostatRoutes } from '../../contract/thermostats.ts'
import type { ClimateSetting } from '../../db/tables/thermostats.ts'
import { announceDevice } from '../../sim/devices/operations.ts'
import { requireDevice } from '../../sim/devices/rows.ts'
import { invalidInput } from '../../sim/kernel/errors.ts'
import type { World } from '../../sim/kernel/world.ts'
import { changeRoom } from '../../sim/thermostats/change.ts'
import { inForce } from '../../sim/thermostats/control.ts'
import { roomAt } from '../../sim/thermostats/room-course.ts'
import { createThermostat } from '../../sim/thermostats/create.ts'
import { explainThermostat } from '../../sim/thermostats/explain.ts'
import { settingOf } from '../../sim/thermostats/fixture.ts'
import { turnDial } from '../../sim/thermostats/look.ts'
import { thermostatProfiles } from '../../sim/thermostats/models/index.ts'
import { requireThermostat, sightAt } from '../../sim/thermostats/view.ts'
import { presentDevice, presentUnmanagedDevice } from '../seam/devices/present.ts'
import { device, unmanagedDevice } from '../seam/devices/wire.ts'
import { answerRoute } from './endpoint.ts'

const presentSetting = (setting: ClimateSetting) => {
  const { heating, cooling } = inForce(setting)
  return {
    hvac_mode_setting: setting.hvac_mode_setting,
    fan_mode_setting: setting.fan_mode_setting,
    heating_set_point_celsius: heating?.celsius ?? null,
    cooling_set_point_celsius: cooling?.celsius ?? null,
    climate_preset_key: setting.climate_preset_key,
  }
}

const presentThermostat = (world: World, device_id: string) => {
  const view = requireThermostat(world, device_id)
  const { thermostat } = view
  const { room, setting } = thermostat
  const { temperature, state } = roomAt(room, setting, world.now)
  return {
    device_id,
    model: view.profile.model,
    name: view.device.name,
    online: view.link.online,
    bridge_id: view.bridge?.bridge_id ?? null,
    temperature_celsius: temperature,
    state,
    is_fan_running: sightAt(thermostat, world.now).is_fan_running,
    held: presentSetting(setting),
    known: presentSetting(thermostat.known_setting),
    room: {
      outdoor: room.outdoor,
      tau: room.tau,
      heating_gain: room.heating_gain,
      cooling_gain: room.cooling_gain,
    },
    has_program: thermostat.program !== null,
  }
}

const create = answerRoute(
  thermostatRoutes.create,
  {
    effect: 'write',
    handler: ({ world }, { setting, ...input }) => {
      const { device_id } = createThermostat(world, { ...input, setting: settingOf(setting) })
      announceDevice(world, device_id)
      const row = requireDevice(world, device_id)
      return { device: (row.is_managed ? presentDevice : presentUnmanagedDevice)(world, row) }
    },
  },
  { exact: () => ({ device: z.union([device(), unmanagedDevice()]) }) },
)

const get = answerRoute(thermostatRoutes.get, {
  effect: 'read',
  handler: ({ world }, { device_id }) => ({ thermostat: presentThermostat(world, device_id) }),
})

const room = answerRoute(thermostatRoutes.set_room, {
  effect: 'write',
  handler: ({ world }, { device_id, ...given }) => {
    requireThermostat(world, device_id)
    const change = Object.fromEntries(
      Object.entries(given).filter(([, value]) => value !== undefined),
    )
    const { outdoor_steps } = given
    changeRoom(world, device_id, {
      ...change,
      ...(outdoor_steps !== undefined && {
        outdoor_steps: outdoor_steps.toSorted((a, b) => a.at - b.at),
      }),
    })
    return { thermostat: presentThermostat(world, device_id) }
  },
})

const dial = answerRoute(thermostatRoutes.turn_dial, {
  effect: 'write',
  handler: ({ world }, { device_id, ...given }) => {
    const { profile, thermostat } = requireThermostat(world, device_id)
    const { hvac_mode_setting: mode } = given
    if (mode !== undefined && !profile.hvac_modes.includes(mode)) {
      throw invalidInput(
        'hvac_mode_setting',
        `A ${profile.display_name} has no mode ${mode}. It has: ${profile.hvac_modes.join(', ')}`,
      )
    }
    turnDial(world, device_id, {
      ...thermostat.setting,
      ...settingOf(given),
      climate_preset_key: null,
    })
    return { thermostat: presentThermostat(world, device_id) }
  },
})

const explain = answerRoute(thermostatRoutes.explain, {
  effect: 'read',
  handler: ({ world }, { device_id }) => ({ explanation: explainThermostat(world, device_id) }),
})

const models = answerRoute(thermostatModelRoutes.list, {
  effect: 'read',
  handler: () => ({
    thermostat_models: Object.values(thermostatProfiles).map((profile) => ({
      ...profile,
      hvac_modes: [...profile.hvac_modes],
      fan_modes: [...profile.fan_modes],
      quirks: [...profile.quirks],
      sources: { ...profile.sources },
    })),
  }),
})

export const thermostatControlEndpoints = [create, get, room, dial, explain, models]
