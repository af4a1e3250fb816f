/** What random stories do to noise sensors. */
import * as fc from 'fast-check'
import { setRadio } from '../../src/sim/devices/connectivity.ts'
import type { World } from '../../src/sim/kernel/world.ts'
import { setSensorBattery } from '../../src/sim/noise-sensors/battery.ts'
import {
  createThreshold,
  deleteThreshold,
  updateThreshold,
} from '../../src/sim/noise-sensors/operations.ts'
import { playSounds, triggerThreshold } from '../../src/sim/noise-sensors/play.ts'
import { thresholdsOf } from '../../src/sim/noise-sensors/rows.ts'
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
}

const sensor = fc.constantFrom('lounge', 'hall')
const decibels = fc.constantFrom(38, 55, 65, 75, 90)
const minutes = fc.oneof(fc.nat({ max: 40 }), fc.nat({ max: 60 * 24 }))
const clock = fc.integer({ min: 0, max: 23 }).map((it) => `${String(it).padStart(2, '0')}:00:00`)
const which = fc.nat({ max: 2 })

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
] as const

type Deed = (typeof climateDeeds)[number]['arbitrary'] extends fc.Arbitrary<infer T> ? T : never

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
    default:
      return setSensorBattery(world, 'lounge', deed.level)
  }
}
