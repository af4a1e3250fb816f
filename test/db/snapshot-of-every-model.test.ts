import { afterAll, beforeAll, expect, test } from 'vitest'
import { acsModels } from '../../src/sim/acs-systems/models/index.ts'
import { lockProfiles } from '../../src/sim/locks/models/index.ts'
import { noiseSensorProfiles } from '../../src/sim/noise-sensors/models/index.ts'
import { thermostatProfiles } from '../../src/sim/thermostats/models/index.ts'
import { startPlaces } from '../support/place.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

test.each([
  ['locks', Object.keys(lockProfiles)],
  ['thermostats', Object.keys(thermostatProfiles)],
  ['noise_sensors', Object.keys(noiseSensorProfiles)],
  ['acs_systems', Object.keys(acsModels)],
])(
  'a world with every model of %s goes out as a snapshot, and comes in again',
  async (list, models) => {
    const place = emulator.open()
    for (const model of models) await place.control(`${list}/create`, { model })
    const { snapshot } = await place.control('snapshots/export')
    expect(await place.control('snapshots/import', { snapshot })).toMatchObject({ ok: true })
    const { snapshot: again } = await place.control('snapshots/export')
    expect(again).toEqual(snapshot)
  },
)
