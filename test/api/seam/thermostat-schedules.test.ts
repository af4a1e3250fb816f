import { afterAll, beforeAll, expect, test } from 'vitest'
import { hour, iso, startPlaces, T0 } from '../../support/place.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

test('schedules are listed of the thermostats in the accounts of a user', async () => {
  const place = emulator.open()
  const { seam } = place
  const { device_id } = await place.emulator.thermostats.create({ model: 'ecobee' })
  const { connected_account_id } = await seam.devices.get({ device_id })
  const window = { starts_at: iso(T0 + hour), ends_at: iso(T0 + 2 * hour) }
  const { schedules } = seam.thermostats
  await schedules.create({ device_id, climate_preset_key: 'home', ...window })
  await seam.clientSessions.create({
    user_identifier_key: 'ada',
    connected_account_ids: [connected_account_id],
  })
  expect(await schedules.list({ device_id, user_identifier_key: 'ada' })).toHaveLength(1)
  expect(await schedules.list({ device_id, user_identifier_key: 'bea' })).toEqual([])
})
