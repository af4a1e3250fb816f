/** What random stories do to noise sensors and thermostats. */
import * as fc from 'fast-check'
import { setRadio } from '../../src/sim/devices/link-changes.ts'
import type { World } from '../../src/sim/kernel/world.ts'
import { setSensorBattery } from '../../src/sim/noise-sensors/battery.ts'
import {
  createThreshold,
  deleteThreshold,
  updateThreshold,
} from '../../src/sim/noise-sensors/operations.ts'
import { playSounds, triggerThreshold } from '../../src/sim/noise-sensors/play.ts'
import { thresholdsOf } from '../../src/sim/noise-sensors/rows.ts'
import { changeRoom } from '../../src/sim/thermostats/change.ts'
import {
  activatePreset,
  editPreset,
  setFallbackPreset,
  setHvacMode,
  simulateHvacMode,
} from '../../src/sim/thermostats/operations.ts'
import { createPreset } from '../../src/sim/thermostats/presets.ts'
import { createDailyProgram, updateWeeklyProgram } from '../../src/sim/thermostats/programs.ts'
import { createSchedule } from '../../src/sim/thermostats/schedules.ts'
import { setTemperatureThreshold } from '../../src/sim/thermostats/threshold.ts'
import { requireThermostat } from '../../src/sim/thermostats/view.ts'
import { minute } from './place.ts'

export const climateFixture = {
  noise_sensors: [
    {
      device_id: 'lounge',
      model: 'minut',
      name: 'Lounge',
      location: { time_zone: 'America/New_York' },
    },
    { device_id: 'hall', model: 'noiseaware', name: 'Hall' },
  ],
  thermostats: [
    {
      device_id: 'wall',
      model: 'ecobee',
      name: 'Wall',
      location: { time_zone: 'America/New_York' },
    },
    { device_id: 'nest', model: 'nest', name: 'Nest' },
  ],
}

const sensor = fc.constantFrom('lounge', 'hall')
const decibels = fc.constantFrom(38, 55, 65, 75, 90)
const minutes = fc.oneof(fc.nat({ max: 40 }), fc.nat({ max: 60 * 24 }))
const clock = fc.integer({ min: 0, max: 23 }).map((it) => `${String(it).padStart(2, '0')}:00:00`)
const which = fc.nat({ max: 2 })
const wall = fc.constantFrom('wall', 'nest')
const celsius = fc.constantFrom(10, 18, 20.04, 21, 25)
const limit = fc.constantFrom(5, 16.5)
const key = fc.constantFrom('warm', 'cold')

/** Deeds with their weights. */
export const climateDeeds = [
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('play' as const),
      sensor,
      decibels,
      from: minutes,
      lasts: fc.integer({ min: 1, max: 120 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('threshold' as const),
      sensor,
      decibels,
      from: clock,
      until: clock,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('louder' as const), sensor, which, decibels }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('no threshold' as const), sensor, which }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('noise' as const), sensor }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('sensor radio' as const),
      sensor,
      on: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('sensor battery' as const),
      level: fc.constantFrom(0, 0.0001, 0.3, 1),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('room' as const),
      wall,
      temperature: fc.constantFrom(8, 15, 19.96, 24, 31),
      outdoor: fc.constantFrom(-10, 5, 22, 35),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('dial' as const), wall, celsius }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('heat' as const), wall, celsius }) },
  {
    weight: 1,
    // Limits inside the play of a thermostat would be told for ever.
    arbitrary: fc.record({ do: fc.constant('limits' as const), wall, limit }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('schedule' as const),
      wall,
      key,
      from: fc.integer({ min: -60, max: 60 * 30 }),
      lasts: fc.integer({ min: 1, max: 60 * 40 }),
      override: fc.constantFrom(0, 30, null),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('preset' as const), wall, key }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fallback' as const), wall, key }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('edit' as const), wall, key, celsius }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('week' as const), wall, key }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('wall radio' as const), wall, on: fc.boolean() }),
  },
] as const

type Deed = (typeof climateDeeds)[number]['arbitrary'] extends fc.Arbitrary<infer T> ? T : never

type AtWall = Extract<Deed, { wall: string }>

/** The presets that deeds speak of, made when they are first needed. */
const ensurePresets = (world: World, device_id: string): void => {
  const { climate_presets } = requireThermostat(world, device_id).thermostat
  if (climate_presets.some((it) => it.climate_preset_key === 'warm')) return
  for (const [climate_preset_key, heating_set_point_celsius] of [
    ['warm', 22],
    ['cold', 14],
  ] as const) {
    createPreset(world, {
      device_id,
      climate_preset_key,
      hvac_mode_setting: 'heat',
      heating_set_point_celsius,
    })
  }
}

const planWeek = (world: World, device_id: string, first: string): unknown => {
  const { thermostat_daily_program_id: id } = createDailyProgram(world, {
    device_id,
    name: 'Day',
    periods: [
      { starts_at_time: '02:30:00', climate_preset_key: first },
      { starts_at_time: '20:00:00', climate_preset_key: first === 'warm' ? 'cold' : 'warm' },
    ],
  })
  const days = [id, id, null, id, id, id, null]
  return updateWeeklyProgram(world, device_id, days).action_attempt_id
}

const performAtWall = (world: World, deed: AtWall): unknown => {
  const { wall: device_id } = deed
  ensurePresets(world, device_id)
  const points = 'celsius' in deed ? { heating_set_point_celsius: deed.celsius } : {}
  switch (deed.do) {
    case 'room':
      return changeRoom(world, device_id, { temperature: deed.temperature, outdoor: deed.outdoor })
    case 'dial':
      return simulateHvacMode(world, device_id, 'heat', points)
    case 'heat':
      return setHvacMode(world, device_id, 'heat', points).action_attempt_id
    case 'limits':
      return setTemperatureThreshold(world, device_id, { lower_limit_celsius: deed.limit })
    case 'schedule':
      return createSchedule(world, {
        device_id,
        climate_preset_key: deed.key,
        starts_at: world.now + deed.from * minute,
        ends_at: world.now + (deed.from + deed.lasts) * minute,
        is_override_allowed: deed.override !== 0,
        ...(deed.override !== 0 && { max_override_period_minutes: deed.override }),
      }).thermostat_schedule_id
    case 'preset':
      return activatePreset(world, device_id, deed.key).action_attempt_id
    case 'fallback':
      return setFallbackPreset(world, device_id, deed.key)
    case 'edit':
      return editPreset(world, { device_id, climate_preset_key: deed.key, ...points })
    case 'week':
      return planWeek(world, device_id, deed.key)
    case 'wall radio':
    default:
      return setRadio(world, device_id, deed.on)
  }
}

const thresholdAt = (world: World, device_id: string, nth: number): string => {
  const all = thresholdsOf(world, device_id)
  return all[nth % Math.max(1, all.length)]?.noise_threshold_id ?? 'none'
}

export const performInClimate = (world: World, deed: Deed): unknown => {
  switch (deed.do) {
    case 'play': {
      const from = world.now + deed.from * minute
      const sound = { from, until: from + deed.lasts * minute, decibels: deed.decibels }
      return playSounds(world, deed.sensor, [sound])
    }
    case 'threshold':
      return createThreshold(world, {
        device_id: deed.sensor,
        starts_daily_at: deed.from,
        ends_daily_at: deed.until,
        noise_threshold_decibels: deed.decibels,
      }).action_attempt.action_attempt_id
    case 'louder':
      return updateThreshold(world, {
        device_id: deed.sensor,
        noise_threshold_id: thresholdAt(world, deed.sensor, deed.which),
        noise_threshold_decibels: deed.decibels,
      }).action_attempt_id
    case 'no threshold': {
      const id = thresholdAt(world, deed.sensor, deed.which)
      return deleteThreshold(world, deed.sensor, id).action_attempt_id
    }
    case 'noise':
      return triggerThreshold(world, deed.sensor)
    case 'sensor radio':
      return setRadio(world, deed.sensor, deed.on)
    case 'sensor battery':
      return setSensorBattery(world, 'lounge', deed.level)
    default:
      return performAtWall(world, deed)
  }
}
