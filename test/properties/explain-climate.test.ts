/** What is explained of thermostats and noise sensors is true of what they hold, whatever has happened. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isDomainError } from '../../src/sim/kernel/errors.ts'
import type { World } from '../../src/sim/kernel/world.ts'
import { explainSensor } from '../../src/sim/noise-sensors/explain.ts'
import { explainThermostat } from '../../src/sim/thermostats/explain.ts'
import { requireThermostat } from '../../src/sim/thermostats/view.ts'
import { climateDeeds, climateFixture, performInClimate } from '../support/climate-deeds.ts'
import { openFrozenWorld } from '../support/frozen-world.ts'
import { minute } from '../support/place.ts'

const chapter = fc.record({
  after: fc.oneof(fc.nat({ max: 10_000 }), fc.nat({ max: 600 * minute })),
  deed: fc.oneof(...climateDeeds),
})

const isSentence = (line: string): boolean =>
  /^[A-Z]/.test(line) && line.endsWith('.') && !/undefined|null|NaN|\[object/.test(line)

const holdThermostat = (world: World, device_id: string): void => {
  const { summary, waits_for, goal, held, known } = explainThermostat(world, device_id)
  const { thermostat, link } = requireThermostat(world, device_id)
  expect(summary.filter((line) => !isSentence(line))).toEqual([])
  // What is wanted and not there is waited for.
  const isOpen = goal !== null && !goal.is_reached && thermostat.goal?.is_beaten === false
  if (isOpen || thermostat.is_program_due) expect(waits_for).not.toBeNull()
  if (link.online) expect(known).toBe(held)
  else expect(summary.join(' ')).toContain('Nobody can reach')
}

const holdSensor = (world: World, device_id: string): void => {
  const { summary, thresholds, ruling_noise_threshold_id } = explainSensor(world, device_id)
  const names = /^[a-z_]+, wanted as/
  expect(summary.filter((line) => !isSentence(line) && !names.test(line))).toEqual([])
  for (const { declared, on_sensor, waits_for, deletion_requested_at } of thresholds) {
    // Where nothing is waited for, the sensor holds what is wanted.
    if (waits_for === null) expect([on_sensor, deletion_requested_at]).toEqual([declared, null])
  }
  if (ruling_noise_threshold_id !== null) {
    const ruling = thresholds.find((it) => it.noise_threshold_id === ruling_noise_threshold_id)
    expect(ruling?.on_sensor).not.toBeNull()
  }
}

test('what is explained of thermostats and noise sensors is what they hold', () => {
  fc.assert(
    fc.property(fc.array(chapter, { minLength: 1, maxLength: 12 }), (story) => {
      const { write, read, advance } = openFrozenWorld({
        name: 'explained',
        loose_ids: true,
        ...climateFixture,
      })
      for (const { after, deed } of story) {
        advance(after)
        try {
          write((world) => performInClimate(world, deed))
        } catch (error) {
          if (!isDomainError(error)) throw error
        }
        read((world) => {
          for (const { device_id } of world.thermostats.all()) holdThermostat(world, device_id)
          for (const { device_id } of world.noise_sensors.all()) holdSensor(world, device_id)
        })
      }
    }),
    { numRuns: 60 },
  )
})
