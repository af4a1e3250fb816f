import { expect, test } from 'vitest'
import { updateThreshold } from '../../../src/sim/noise-sensors/operations.ts'
import { openFrozenWorld } from '../../support/frozen-world.ts'

const openHall = () =>
  openFrozenWorld({
    name: 'hall',
    loose_ids: true,
    connected_accounts: [{ connected_account_id: 'home', account_type: 'minut' }],
    noise_sensors: [
      { device_id: 'hall', model: 'minut', name: 'Hall', connected_account_id: 'home' },
    ],
  })

test('a threshold that is changed again and again before it is programmed keeps no more of it than of one change', () => {
  const { write, read, advance } = openHall()
  const [threshold] = read((world) => world.noise_thresholds.all())
  const noise_threshold_id = threshold?.noise_threshold_id ?? ''
  const change = (noise_threshold_decibels: number) =>
    write((world) =>
      updateThreshold(world, { device_id: 'hall', noise_threshold_id, noise_threshold_decibels }),
    ).action_attempt_id
  const size = () =>
    JSON.stringify(read((world) => world.noise_thresholds.get(noise_threshold_id))).length
  const ids = [change(61), change(62)]
  const once = size()
  for (let count = 0; count < 200; count++) ids.push(change(63 + (count % 7)))
  expect(size()).toBe(once)
  advance(60_000)
  const ended = read((world) => ids.map((id) => world.action_attempts.get(id)?.status))
  expect(new Set(ended)).toEqual(new Set(['success']))
  expect(read((world) => world.noise_thresholds.get(noise_threshold_id))).toMatchObject({
    is_programmed: true,
    asked: [],
    effort: null,
  })
})
