/** What thermostats, noise sensors, their accounts and schedules say of themselves, as far as anything leads there. */
import { expect, test } from 'vitest'
import { climateIssuesTable } from '../fidelity/climate-issues-table.ts'
import { placesThatReach } from '../fidelity/reaches.ts'
import { hang, heat } from '../support/at-the-wall.ts'
import { day, hour, iso, minute, T0 } from '../support/place.ts'
import type { Place } from '../support/place.ts'

const emulator = placesThatReach(climateIssuesTable)

const listen = async (place: Place): Promise<string> =>
  (await place.emulator.noiseSensors.create({ model: 'minut', name: 'Hall' })).device_id

const codes = (issues: readonly { error_code?: string; warning_code?: string }[]): unknown[] =>
  issues.map((issue) => issue.error_code ?? issue.warning_code)

const errors = async (place: Place, device_id: string) =>
  codes((await place.seam.devices.get({ device_id })).errors)

const warnings = async (place: Place, device_id: string) =>
  codes((await place.seam.devices.get({ device_id })).warnings)

const accountOf = async (place: Place, device_id: string) =>
  (await place.seam.devices.get({ device_id })).connected_account_id

test('a thermostat and a noise sensor say which part of their link is broken', async () => {
  const place = emulator.open()
  const { simulate } = place.seam.devices
  for (const device_id of [await hang(place), await listen(place)]) {
    const connected_account_id = await accountOf(place, device_id)
    await simulate.disconnect({ device_id })
    expect(await errors(place, device_id)).toEqual(['device_disconnected'])
    await simulate.connect({ device_id })
    expect(await errors(place, device_id)).toEqual([])
    await simulate.remove({ device_id })
    expect(await errors(place, device_id)).toEqual(['device_removed'])
    await place.seam.connectedAccounts.simulate.disconnect({ connected_account_id })
    expect(await errors(place, device_id)).toContain('account_disconnected')
    const account = await place.seam.connectedAccounts.get({ connected_account_id })
    expect(codes(account.errors)).toEqual(['account_disconnected'])
  }
})

test('a link that comes and goes is flaky, of a thermostat and of a noise sensor', async () => {
  const place = emulator.open()
  const { simulate } = place.seam.devices
  for (const device_id of [await hang(place), await listen(place)]) {
    for (let nth = 0; nth < 3; nth++) {
      await simulate.disconnect({ device_id })
      await place.advance(minute)
      await simulate.connect({ device_id })
      await place.advance(minute)
    }
    expect(await warnings(place, device_id)).toEqual(['device_has_flaky_connection'])
    await place.advance(2 * hour)
    expect(await warnings(place, device_id)).toEqual([])
    expect(await place.types({ device_id })).toEqual(
      expect.arrayContaining(['device.connection_became_flaky', 'device.connection_stabilized']),
    )
  }
})

test('a heat pump that is much too cold calls for its auxiliary heat, and says so', async () => {
  const place = emulator.open()
  const device_id = await hang(place, { model: 'sensi' })
  expect(await errors(place, device_id)).toEqual([])
  await heat(place, device_id, 21.8)
  const { errors: found } = await place.seam.devices.get({ device_id })
  expect(found).toMatchObject([{ error_code: 'auxiliary_heat_running' }])
  const since = found[0]?.created_at
  await place.advance(minute)
  // The weather does not make it another one.
  await place.emulator.thermostats.setRoom({ device_id, outdoor: 4 })
  await place.advance(1_000)
  const still = (await place.seam.devices.get({ device_id })).errors
  expect(still.map((it) => it.created_at)).toEqual([since])
  await place.advance(day)
  expect(await errors(place, device_id)).toEqual([])
})

test('a room beyond its limits warns of that until it is back', async () => {
  const place = emulator.open()
  const device_id = await hang(place)
  await place.seam.thermostats.setTemperatureThreshold({ device_id, upper_limit_celsius: 25 })
  await place.emulator.thermostats.setRoom({ device_id, temperature: 27 })
  expect(await warnings(place, device_id)).toEqual(['temperature_threshold_exceeded'])
  await place.advance(day)
  expect(await warnings(place, device_id)).toEqual([])
})

test('a week without a time zone warns of that', async () => {
  const place = emulator.open()
  const device_id = await hang(place)
  const { thermostats } = place.seam
  const { thermostat_daily_program_id } = await thermostats.dailyPrograms.create({
    device_id,
    name: 'Day',
    periods: [{ starts_at_time: '06:00:00', climate_preset_key: 'home' }],
  })
  expect(await warnings(place, device_id)).toEqual([])
  await thermostats.updateWeeklyProgram({
    device_id,
    monday_program_id: thermostat_daily_program_id,
  })
  expect(await warnings(place, device_id)).toEqual(['time_zone_unknown'])
})

test('a provider that asks its owner to sign in again warns of that', async () => {
  const place = emulator.open()
  for (const device_id of [await hang(place), await listen(place)]) {
    const connected_account_id = await accountOf(place, device_id)
    await place.control('connected_accounts/request_reauthorization', { connected_account_id })
    const account = await place.seam.connectedAccounts.get({ connected_account_id })
    expect(codes(account.warnings)).toEqual(['account_reauthorization_requested'])
  }
})

test('a schedule that cannot be brought to its thermostat says so until it can', async () => {
  const place = emulator.open()
  const device_id = await hang(place)
  await place.seam.devices.simulate.disconnect({ device_id })
  const { schedules } = place.seam.thermostats
  const { thermostat_schedule_id } = await schedules.create({
    device_id,
    climate_preset_key: 'home',
    starts_at: iso(T0),
    ends_at: iso(T0 + day),
  })
  const failures = async () => codes((await schedules.get({ thermostat_schedule_id })).errors)
  expect(await failures()).toEqual(['failed_to_activate'])
  await place.seam.devices.simulate.connect({ device_id })
  await place.advance(minute)
  expect(await failures()).toEqual([])
})
