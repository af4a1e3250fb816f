/** Thermostats behind a hub: nobody reaches them without it, and what they hold goes on. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { settled } from '../support/hotel.ts'
import { home, hour, iso, minute, startPlaces, T0 } from '../support/place.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

test('a SmartThings thermostat is behind the hub of its account, with the locks there', async () => {
  const place = emulator.open()
  const { device_id } = await place.emulator.thermostats.create({ model: 'smartthings' })
  const hub = (await place.emulator.bridges.list()).find(
    ({ bridge_id }) => bridge_id === home.smartthings_hub,
  )
  expect(hub?.device_ids).toEqual(expect.arrayContaining([home.smartthings, device_id]))
  expect(await place.emulator.thermostats.get({ device_id })).toMatchObject({
    bridge_id: home.smartthings_hub,
  })
  const own = await place.emulator.thermostats.create({ model: 'ecobee' })
  expect(await place.emulator.thermostats.get({ device_id: own.device_id })).toMatchObject({
    bridge_id: null,
  })
  const wrong = { model: 'ecobee', bridge_id: home.smartthings_hub }
  await expect(place.control('thermostats/create', wrong)).rejects.toThrow(/400.*bridge_id/)
  const unknown = { model: 'smartthings', bridge_id: home.schlage }
  await expect(place.control('thermostats/create', unknown)).rejects.toThrow(
    /404.*bridge_not_found/,
  )
})

test('without its hub it is offline for that reason, keeps its room warm, and takes what was due when the hub is back', async () => {
  const place = emulator.open()
  const { device_id } = await place.emulator.thermostats.create({ model: 'smartthings' })
  const { thermostats } = place.seam
  await thermostats.createClimatePreset({
    device_id,
    climate_preset_key: 'guest',
    hvac_mode_setting: 'heat',
    heating_set_point_celsius: 23,
  })
  const { thermostat_schedule_id } = await thermostats.schedules.create({
    device_id,
    climate_preset_key: 'guest',
    starts_at: iso(T0 + hour),
    ends_at: iso(T0 + 10 * hour),
  })
  await place.unplug(home.smartthings_hub)
  const { properties, errors } = await place.seam.devices.get({ device_id })
  expect(properties.online).toBe(false)
  expect(errors.map(({ error_code }) => error_code)).toEqual(['hub_disconnected'])
  expect(await settled(place, '/thermostats/off', { device_id })).toMatchObject({
    status: 'error',
    error: { type: 'device_offline' },
  })
  await place.advanceTo(T0 + 2 * hour)
  const { temperature_celsius } = await place.emulator.thermostats.get({ device_id })
  expect(temperature_celsius).toBeCloseTo(20, 0)
  const schedule = await thermostats.schedules.get({ thermostat_schedule_id })
  expect(schedule.errors.map(({ error_code }) => error_code)).toEqual(['failed_to_activate'])
  await place.plug(home.smartthings_hub)
  await place.advance(minute)
  expect((await thermostats.schedules.get({ thermostat_schedule_id })).errors).toEqual([])
  expect(
    (await place.types({ device_id })).filter((type) => !type.includes('temperature')),
  ).toEqual([
    'device.added',
    'device.connected',
    'device.disconnected',
    'device.connected',
    'thermostat.climate_preset_activated',
  ])
})
