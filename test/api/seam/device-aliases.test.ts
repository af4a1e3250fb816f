/** Facts that a device tells in two fields: the older name says what the newer one says. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lockProfiles } from '../../../src/sim/locks/models/index.ts'
import { home, startPlaces } from '../../support/place.ts'
import type { Place } from '../../support/place.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

/** What a lock can be in that takes a capability away or a link down. */
const states: Record<string, (place: Place, model: string) => Promise<string>> = {
  'as it comes': (place, model) => place.hang(model),
  'with a bridge': (place, model) => place.hang(model, { has_bridge: true }),
  'without a bridge': (place, model) => place.hang(model, { has_bridge: false }),
  'without a keypad': (place, model) => place.hang(model, { has_keypad: false }),
  'with an empty keypad': (place, model) => place.hang(model, { keypad_battery_level: 0 }),
  'off its network': (place, model) => place.hang(model, { is_online: false }),
  'with a lapsed plan': async (place, model) => {
    const device_id = await place.hang(model)
    if (lockProfiles[model]?.simulates.paid_subscription === true) {
      await place.seam.devices.simulate.paidSubscription({ device_id, is_expired: true })
      await place.advance('1h')
    }
    return device_id
  },
}

describe.each(Object.keys(lockProfiles))('%s', (model) => {
  test.each(Object.keys(states))(
    '%s: deprecated properties follow what they stand for',
    async (state) => {
      const place = emulator.open()
      const device_id = (await states[state]?.(place, model)) ?? ''
      const device = await place.seam.devices.get({ device_id })
      const { properties } = device
      expect(properties.online_access_codes_enabled).toBe(device.can_program_online_access_codes)
      expect(properties.offline_access_codes_enabled).toBe(device.can_program_offline_access_codes)
      expect(properties.battery_level).toBe(properties.battery?.level)
      expect(properties.name).toBe(device.display_name)
      expect(properties.supports_accessory_keypad).toBe(
        properties.model.can_connect_accessory_keypad,
      )
      expect(properties.keypad_battery?.level).toBe(properties.accessory_keypad?.battery?.level)
    },
  )
})

test('an igloohome lock without a bridge programs no online codes, by either name', async () => {
  const place = emulator.open()
  const device = await place.seam.devices.get({
    device_id: await place.hang('igloohome', { has_bridge: false }),
  })
  expect(device.can_program_online_access_codes).toBe(false)
  expect(device.properties.online_access_codes_enabled).toBe(false)
})

test('a new name is told by both fields, and the provider keeps its own', async () => {
  const place = emulator.open()
  const device_id = home.august
  const before = await place.seam.devices.get({ device_id })
  await place.seam.devices.update({ device_id, name: 'Attic' })
  const named = await place.seam.devices.get({ device_id })
  expect(named).toMatchObject({
    display_name: 'Attic',
    nickname: 'Attic',
    properties: { name: 'Attic', appearance: { name: before.display_name } },
  })
  await place.raw('/devices/update', { device_id, name: null })
  const unnamed = await place.seam.devices.get({ device_id })
  expect(unnamed.properties.name).toBe(before.display_name)
})

test('a name in the older spelling is told by both fields as well', async () => {
  const place = emulator.open()
  const device_id = await place.hang('august')
  await place.seam.devices.update({ device_id, properties: { name: 'Shed' } })
  expect(await place.seam.devices.get({ device_id })).toMatchObject({
    display_name: 'Shed',
    properties: { name: 'Shed' },
  })
})
