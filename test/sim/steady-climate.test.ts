import { expect, test } from 'vitest'
import { openFrozenWorld } from '../support/frozen-world.ts'

const account = (connected_account_id: string, account_type: string) => ({
  connected_account_id,
  account_type,
})

/** What is due, by its kind. */
const jobsAfter = (ms: number, fixture: object) => {
  const { advance, read } = openFrozenWorld({ name: 'steady', loose_ids: true, ...fixture })
  advance(ms)
  return read((world) => world.jobs.all().map(({ kind }) => kind))
}

const day = 86_400_000

test.each(['off', 'heat', 'cool', 'heat_cool'] as const)(
  'a thermostat set to %s costs nothing once its room is steady: there is no job',
  (hvac_mode_setting) => {
    const jobs = jobsAfter(day, {
      connected_accounts: [account('home', 'ecobee')],
      thermostats: [
        {
          device_id: 'wall',
          model: 'ecobee',
          name: 'Wall',
          connected_account_id: 'home',
          setting: { hvac_mode_setting },
          room: { temperature: 12 },
        },
      ],
    })
    expect(jobs).toEqual([])
  },
)

test('a silent noise sensor costs nothing but the next threshold of its battery', () => {
  const jobs = jobsAfter(day, {
    connected_accounts: [account('home', 'minut'), account('office', 'noiseaware')],
    noise_sensors: [
      { device_id: 'hall', model: 'minut', name: 'Hall', connected_account_id: 'home' },
      { device_id: 'desk', model: 'noiseaware', name: 'Desk', connected_account_id: 'office' },
    ],
  })
  expect(jobs).toEqual(['noise_sensor.battery'])
})
