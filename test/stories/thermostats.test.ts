/** Stories of thermostats, with the official SDK, real webhooks and the room as judge. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { day, hour, iso, minute, second, startPlaces, T0 } from '../support/place.ts'
import type { Place } from '../support/place.ts'
import {
  clock,
  dial,
  follow,
  hang,
  heat,
  refusal,
  roomOf,
  setRoom,
} from '../support/at-the-wall.ts'
import type { New } from '../support/at-the-wall.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

describe('a room of 16 °C that is heated to 21 °C', () => {
  const warmUp = async (place: Place) => {
    const device_id = await hang(place, {
      setting: { hvac_mode_setting: 'off' },
      room: { temperature: 16, outdoor: 16 },
    })
    const taken = await heat(place, device_id, 21)
    await setRoom(place, device_id, { temperature: 16, outdoor: 5 })
    return { device_id, taken }
  }

  test('is warm by arrival, at the instants of its formula, and silent for a year', async () => {
    const place = emulator.open()
    const told = await follow(place)
    const { device_id, taken } = await warmUp(place)
    await place.advance(5 * hour)
    const news = told.news(taken)
    expect(news[0]).toMatchObject({
      type: 'manually_adjusted',
      method: 'seam',
      hvac_mode_setting: 'heat',
      heating_set_point_celsius: 21,
      heating_set_point_fahrenheit: 69.8,
    })
    expect(news[0]).not.toHaveProperty('cooling_set_point_celsius')
    const changes = news.filter((it) => it.type === 'temperature_changed')
    expect(changes.map((it) => [it.temperature_celsius, it.after])).toEqual([
      [17, clock('0:16:51.877')],
      [18, clock('0:35:59.895')],
      [19, clock('0:56:47.428')],
      [20, clock('1:19:33.380')],
      [21, clock('1:44:42.614')],
    ])
    const reached = news.filter((it) => it.type === 'temperature_reached_set_point')
    expect(reached).toMatchObject([{ temperature_celsius: 20, desired_temperature_celsius: 21 }])
    expect(reached[0]?.after).toBeGreaterThanOrEqual(clock('1:19:33.380'))
    expect((reached[0]?.after ?? 0) - clock('1:19:33.380')).toBeLessThan(5)
    await place.advance(365 * day)
    expect(told.news()).toEqual([])
    const { properties } = await place.seam.devices.get({ device_id })
    expect(properties.temperature_celsius).toBeGreaterThanOrEqual(20.7)
    expect(properties.temperature_celsius).toBeLessThanOrEqual(21.3)
    await told.close()
  })

  test('has its burner on and off at the instants of its formula', async () => {
    const place = emulator.open()
    const { device_id, taken } = await warmUp(place)
    const isHeating = async (at: number) => {
      await place.advanceTo(taken + at)
      return (await place.seam.devices.get({ device_id })).properties.is_heating
    }
    const off = clock('1:54:10.574')
    expect(await isHeating(off - 1)).toBe(true)
    expect(await isHeating(off)).toBe(false)
    expect(await isHeating(off + clock('0:09:00.050'))).toBe(false)
    expect(await isHeating(off + clock('0:09:00.070'))).toBe(true)
    const cycle = clock('0:09:00.060') + clock('0:16:00.360')
    expect(await isHeating(off + cycle - 50)).toBe(true)
    expect(await isHeating(off + cycle + 50)).toBe(false)
  })
})

test('a room of 28 °C in summer is cooled to 24 °C', async () => {
  const place = emulator.open()
  const told = await follow(place)
  const device_id = await hang(place, {
    setting: { hvac_mode_setting: 'off' },
    room: { outdoor: 28, temperature: 28 },
  })
  await place.seam.thermostats.cool({ device_id, cooling_set_point_celsius: 24 })
  const taken = await place.now()
  await setRoom(place, device_id, { temperature: 28, outdoor: 33 })
  await place.advance(90 * minute)
  const reached = told.news(taken).find((it) => it.type === 'temperature_reached_set_point')
  expect(reached).toMatchObject({ temperature_celsius: 25, desired_temperature_celsius: 24 })
  expect((reached?.after ?? 0) - clock('1:01:46.225')).toBeLessThan(5)
  const off = clock('1:36:23.420')
  const cycle = 2 * clock('0:16:00.360')
  const isCooling = async () => (await place.seam.devices.get({ device_id })).properties.is_cooling
  await place.advanceTo(taken + off + 3 * cycle - 500)
  expect(await isCooling()).toBe(true)
  await place.advance(second)
  expect(await isCooling()).toBe(false)
  await told.close()
})

test('a stay has the preset for guests while it lasts, and the fallback before and after', async () => {
  const place = emulator.open()
  const told = await follow(place)
  const { thermostats } = place.seam
  const device_id = await hang(place)
  const preset = (climate_preset_key: string, heating_set_point_celsius: number) =>
    thermostats.createClimatePreset({
      device_id,
      climate_preset_key,
      hvac_mode_setting: 'heat',
      heating_set_point_celsius,
    })
  await preset('occupied', 21)
  await preset('empty', 12)
  const activeId = async () =>
    (await place.seam.devices.get({ device_id })).properties.active_thermostat_schedule_id
  await thermostats.setFallbackClimatePreset({ device_id, climate_preset_key: 'empty' })
  await place.advance(minute)
  const friday = Date.UTC(2025, 0, 3, 15)
  const sunday = Date.UTC(2025, 0, 5, 11)
  const { thermostat_schedule_id } = await thermostats.schedules.create({
    device_id,
    climate_preset_key: 'occupied',
    starts_at: iso(friday),
    ends_at: iso(sunday),
  })
  const presets = () => told.news().filter((it) => it.type === 'climate_preset_activated')
  expect(presets()).toMatchObject([
    { climate_preset_key: 'empty', is_fallback_climate_preset: true, thermostat_schedule_id: null },
  ])
  expect(await activeId()).toBeNull()
  await place.advanceTo(friday + minute)
  expect(await activeId()).toBe(thermostat_schedule_id)
  const [begun, ...more] = presets()
  expect(more).toEqual([])
  expect(begun).toMatchObject({
    climate_preset_key: 'occupied',
    is_fallback_climate_preset: false,
    thermostat_schedule_id,
  })
  expect(Date.parse(begun?.occurred_at ?? '') - friday).toBeLessThan(5 * second)
  expect((await place.seam.devices.get({ device_id })).properties).toMatchObject({
    current_climate_setting: { climate_preset_key: 'occupied', heating_set_point_celsius: 21 },
    is_temporary_manual_override_active: false,
  })
  await place.advanceTo(sunday + minute)
  expect(await activeId()).toBeNull()
  expect(presets()).toMatchObject([
    { climate_preset_key: 'empty', is_fallback_climate_preset: true, thermostat_schedule_id: null },
  ])
  expect(await thermostats.schedules.list({ device_id })).toHaveLength(1)
  await told.close()
})

/** A thermostat under a schedule that rules now and for a week. */
const ruled = async (
  place: Place,
  override: { is_override_allowed?: boolean; max_override_period_minutes?: number } = {},
  input: Partial<New> = {},
) => {
  const device_id = await hang(place, input)
  await place.seam.thermostats.createClimatePreset({
    device_id,
    climate_preset_key: 'guest',
    hvac_mode_setting: 'heat',
    heating_set_point_celsius: 21,
  })
  const { thermostat_schedule_id } = await place.seam.thermostats.schedules.create({
    device_id,
    climate_preset_key: 'guest',
    starts_at: iso(T0),
    ends_at: iso(T0 + 7 * day),
    ...override,
  })
  await place.advance(minute)
  return { device_id, thermostat_schedule_id }
}

const isOverridden = async (place: Place, device_id: string) => {
  const answer = await place.raw('/devices/get', { device_id })
  return z
    .object({
      device: z.object({
        properties: z.object({ is_temporary_manual_override_active: z.boolean() }),
      }),
    })
    .parse(answer.body).device.properties.is_temporary_manual_override_active
}

test('a guest who turns it up has ninety minutes from the last turn', async () => {
  const place = emulator.open()
  const { device_id, thermostat_schedule_id } = await ruled(place, {
    max_override_period_minutes: 90,
  })
  const told = await follow(place)
  const start = await place.now()
  const settings = () => told.news(start).filter((it) => !it.type.startsWith('temperature'))
  await dial(place, device_id, 26)
  expect(await isOverridden(place, device_id)).toBe(true)
  await place.advance(hour)
  await dial(place, device_id, 25)
  await place.advance(89 * minute)
  expect(settings()).toMatchObject([
    { type: 'manually_adjusted', method: 'external', heating_set_point_celsius: 26 },
    { type: 'manually_adjusted', method: 'external', heating_set_point_celsius: 25 },
  ])
  expect(await isOverridden(place, device_id)).toBe(true)
  await place.advance(2 * minute)
  const [restored, ...more] = settings()
  expect(more).toEqual([])
  expect(restored).toMatchObject({ type: 'climate_preset_activated', thermostat_schedule_id })
  expect((restored?.after ?? 0) - 150 * minute).toBeLessThan(5 * second)
  expect(await isOverridden(place, device_id)).toBe(false)
  await told.close()
})

test('where no override is allowed, a turn is undone within seconds, and so is a command', async () => {
  const place = emulator.open()
  const { device_id } = await ruled(place, { is_override_allowed: false })
  const told = await follow(place)
  await dial(place, device_id, 26)
  await place.advance(5 * second)
  const types = () =>
    told.news().flatMap((it) => (it.type.startsWith('temperature') ? [] : [it.type]))
  expect(types()).toEqual(['manually_adjusted', 'climate_preset_activated'])
  expect((await place.emulator.thermostats.get({ device_id })).held).toMatchObject({
    heating_set_point_celsius: 21,
  })
  await heat(place, device_id, 26)
  await place.advance(5 * second)
  expect(types()).toEqual(['manually_adjusted', 'climate_preset_activated'])
  await told.close()
})

test('an activated preset beats a schedule until the next boundary', async () => {
  const place = emulator.open()
  const { device_id } = await ruled(place, { is_override_allowed: false })
  await place.seam.thermostats.activateClimatePreset({ device_id, climate_preset_key: 'away' })
  await place.advance(day)
  expect((await place.emulator.thermostats.get({ device_id })).held).toMatchObject({
    climate_preset_key: 'away',
  })
  expect(await isOverridden(place, device_id)).toBe(false)
  const twoDays = { device_id, climate_preset_key: 'guest' }
  await place.seam.thermostats.schedules.create({
    ...twoDays,
    starts_at: iso(T0 + 2 * day),
    ends_at: iso(T0 + 3 * day),
  })
  await place.advanceTo(T0 + 2 * day + minute)
  expect((await place.emulator.thermostats.get({ device_id })).held).toMatchObject({
    climate_preset_key: 'guest',
  })
})

test('of schedules that overlap the last one rules, and the older one again when it ends', async () => {
  const place = emulator.open()
  const { device_id, thermostat_schedule_id } = await ruled(place)
  const inner = await place.seam.thermostats.schedules.create({
    device_id,
    climate_preset_key: 'away',
    starts_at: iso(T0 + day),
    ends_at: iso(T0 + 2 * day),
  })
  const rules = async (at: number) => {
    await place.advanceTo(at)
    const { properties } = await place.seam.devices.get({ device_id })
    return [
      properties.active_thermostat_schedule_id,
      properties.current_climate_setting?.climate_preset_key,
    ]
  }
  expect(await rules(T0 + day + minute)).toEqual([inner.thermostat_schedule_id, 'away'])
  expect(await rules(T0 + 2 * day + minute)).toEqual([thermostat_schedule_id, 'guest'])
})

test('a thermostat that is offline at check-in leaves the room cold until it is back', async () => {
  const place = emulator.open()
  const device_id = await hang(place, { setting: { hvac_mode_setting: 'off' } })
  const told = await follow(place)
  const { schedules } = place.seam.thermostats
  await place.advanceTo(T0 + 14 * hour)
  await place.seam.devices.simulate.disconnect({ device_id })
  const { thermostat_schedule_id } = await schedules.create({
    device_id,
    climate_preset_key: 'home',
    starts_at: iso(T0 + 15 * hour),
    ends_at: iso(T0 + 3 * day),
  })
  await place.advanceTo(T0 + 18 * hour)
  expect(await schedules.get({ thermostat_schedule_id })).toMatchObject({
    errors: [{ error_code: 'failed_to_activate', created_at: iso(T0 + 15 * hour) }],
  })
  expect((await place.seam.devices.get({ device_id })).properties).toMatchObject({
    active_thermostat_schedule_id: thermostat_schedule_id,
    online: false,
  })
  expect(await roomOf(place, device_id)).toBeLessThan(6)
  const activated = () =>
    told.news(T0 + 18 * hour).filter((it) => it.type === 'climate_preset_activated')
  expect(activated()).toEqual([])
  expect((await place.emulator.thermostats.explain({ device_id })).waits_for).toMatchObject({
    reason: 'link',
  })
  await place.seam.devices.simulate.connect({ device_id })
  await place.advance(minute)
  const [event, ...more] = activated()
  expect(more).toEqual([])
  expect(event).toMatchObject({ thermostat_schedule_id })
  expect(event?.after).toBeLessThan(5 * second)
  expect(await schedules.get({ thermostat_schedule_id })).toMatchObject({ errors: [] })
  await told.close()
})

test('a program runs alone while its account is disconnected, also where clocks go forward', async () => {
  const place = emulator.open()
  const { thermostats } = place.seam
  const device_id = await hang(place, { location: { time_zone: 'America/New_York' } })
  // Clocks go forward at 02:00 on Sunday, 9 March 2025.
  await place.advanceTo(Date.UTC(2025, 2, 6, 12))
  const { thermostat_daily_program_id: id } = await thermostats.dailyPrograms.create({
    device_id,
    name: 'Day',
    periods: [
      { starts_at_time: '02:30:00', climate_preset_key: 'home' },
      { starts_at_time: '22:00:00', climate_preset_key: 'sleep' },
    ],
  })
  await thermostats.updateWeeklyProgram({
    device_id,
    monday_program_id: id,
    tuesday_program_id: id,
    wednesday_program_id: id,
    thursday_program_id: id,
    friday_program_id: id,
    saturday_program_id: id,
    sunday_program_id: id,
  })
  const heldKey = async () =>
    (await place.emulator.thermostats.get({ device_id })).held.climate_preset_key
  const shownKey = async () =>
    (await place.seam.devices.get({ device_id })).properties.current_climate_setting
      ?.climate_preset_key
  expect(await heldKey()).toBe('home')
  const told = await follow(place)
  const { connected_account_id } = await place.seam.devices.get({ device_id })
  await place.seam.connectedAccounts.simulate.disconnect({ connected_account_id })
  // 22:00 EST on Saturday; 03:00 EDT is the first instant after what is skipped.
  const sunday = Date.UTC(2025, 2, 9, 7)
  await place.advanceTo(sunday - 1)
  expect([await heldKey(), await shownKey()]).toEqual(['sleep', 'home'])
  await place.advanceTo(sunday)
  expect(await heldKey()).toBe('home')
  await place.advanceTo(Date.UTC(2025, 2, 10, 3))
  expect([await heldKey(), await shownKey()]).toEqual(['sleep', 'home'])
  expect(told.news()).toEqual([])
  const webview = await place.seam.connectWebviews.create({ accepted_providers: ['ecobee'] })
  const { connect_webview_id } = webview
  await place.emulator.connectWebviews.complete({ connect_webview_id })
  await place.advance(minute)
  expect(await shownKey()).toBe('sleep')
  expect(told.news().map((it) => it.type)).toContain('climate_preset_activated')
  await told.close()
})

test('a broken furnace heats and the room gets cold: the limit is told once, and so is its end', async () => {
  const place = emulator.open()
  const { thermostats } = place.seam
  const device_id = await hang(place, { room: { temperature: 21 } })
  const told = await follow(place)
  await heat(place, device_id, 21)
  await thermostats.setTemperatureThreshold({ device_id, lower_limit_celsius: 16 })
  const broken = await place.now()
  await setRoom(place, device_id, { temperature: 21, heating_gain: 0 })
  await place.advance(3 * hour)
  const limits = (from: number) =>
    told.news(from).filter((it) => it.type.startsWith('temperature_threshold'))
  const [exceeded, ...more] = limits(broken)
  expect(more).toEqual([])
  expect(exceeded).toMatchObject({
    type: 'temperature_threshold_exceeded',
    temperature_celsius: 15.9,
    lower_limit_celsius: 16,
    lower_limit_fahrenheit: 60.8,
    upper_limit_celsius: null,
  })
  expect((exceeded?.after ?? 0) - clock('1:31:01.190')).toBeLessThan(5)
  const during = await place.seam.devices.get({ device_id })
  expect(during.warnings).toMatchObject([{ warning_code: 'temperature_threshold_exceeded' }])
  expect(during.properties).toMatchObject({ is_heating: true })
  await setRoom(place, device_id, { heating_gain: 25 })
  await place.advance(6 * hour)
  expect(limits(broken)).toMatchObject([
    { type: 'temperature_threshold_no_longer_exceeded', temperature_celsius: 16 },
  ])
  expect((await place.seam.devices.get({ device_id })).warnings).toEqual([])
  await told.close()
})

test('a limit inside the play of the thermostat is told once an hour at most', async () => {
  const place = emulator.open()
  const device_id = await hang(place)
  await place.seam.thermostats.setTemperatureThreshold({ device_id, lower_limit_celsius: 20 })
  const told = await follow(place)
  await place.advance(day)
  const exceeded = told.news().filter((it) => it.type === 'temperature_threshold_exceeded')
  expect(exceeded.length).toBeGreaterThan(10)
  expect(exceeded.length).toBeLessThanOrEqual(24)
  const gaps = exceeded.slice(1).map((it, nth) => it.after - (exceeded[nth]?.after ?? 0))
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(hour)
  await told.close()
})

describe('what does not fit is refused by its type, and changes nothing:', () => {
  const heating = { heating_set_point_celsius: 20 }

  test.each([
    [
      'a set point out of range',
      'ecobee',
      'heat',
      { heating_set_point_celsius: 40 },
      'heating_set_point_out_of_range',
    ],
    [
      'cooling out of range',
      'ecobee',
      'cool',
      { cooling_set_point_celsius: 10 },
      'cooling_set_point_out_of_range',
    ],
    [
      'set points too near to each other',
      'ecobee',
      'heat_cool',
      { ...heating, cooling_set_point_celsius: 22 },
      'invalid_heating_cooling_delta',
    ],
    [
      'set points the wrong way round',
      'ecobee',
      'heat_cool',
      { heating_set_point_celsius: 26, cooling_set_point_celsius: 20 },
      'invalid_heating_cooling_delta',
    ],
    [
      'cooling where there is only heat',
      'tado',
      'cool',
      { cooling_set_point_celsius: 22 },
      'cool_mode_not_available',
    ],
    [
      'both units',
      'ecobee',
      'heat',
      { ...heating, heating_set_point_fahrenheit: 68 },
      'invalid_input',
    ],
    ['no set point', 'ecobee', 'heat', {}, 'invalid_input'],
    ['one of two set points', 'ecobee', 'heat_cool', heating, 'invalid_input'],
    [
      'a fan mode that is not there',
      'tado',
      'set_fan_mode',
      { fan_mode_setting: 'on' },
      'fan_mode_not_available',
    ],
    [
      'eco where there is none',
      'ecobee',
      'set_hvac_mode',
      { hvac_mode_setting: 'eco' },
      'hvac_mode_not_available',
    ],
    [
      'both units of a limit',
      'ecobee',
      'set_temperature_threshold',
      { lower_limit_celsius: 1, lower_limit_fahrenheit: 33 },
      'invalid_input',
    ],
    [
      'limits the wrong way round',
      'ecobee',
      'set_temperature_threshold',
      { lower_limit_celsius: 20, upper_limit_celsius: 19 },
      'invalid_input',
    ],
    [
      'deleting a preset of its own',
      'ecobee',
      'delete_climate_preset',
      { climate_preset_key: 'home' },
      'climate_preset_not_deletable',
    ],
    [
      'a program off the grid',
      'ecobee',
      'daily_programs/create',
      { name: 'Odd', periods: [{ starts_at_time: '06:10:00', climate_preset_key: 'home' }] },
      'invalid_input',
    ],
    [
      'a program of an unknown preset',
      'ecobee',
      'daily_programs/create',
      { name: 'Odd', periods: [{ starts_at_time: '06:30:00', climate_preset_key: 'none' }] },
      'invalid_input',
    ],
    [
      'two periods at one time',
      'ecobee',
      'daily_programs/create',
      {
        name: 'Odd',
        periods: [
          { starts_at_time: '06:30:00', climate_preset_key: 'home' },
          { starts_at_time: '06:30:00', climate_preset_key: 'away' },
        ],
      },
      'invalid_input',
    ],
    [
      'a program where none runs',
      'tado',
      'daily_programs/create',
      { name: 'Day', periods: [{ starts_at_time: '06:30:00', climate_preset_key: 'home' }] },
      'device_type_not_supported',
    ],
    [
      'a daily program that is not there',
      'ecobee',
      'update_weekly_program',
      { monday_program_id: '00000000-0000-4000-8000-000000000001' },
      'invalid_input',
    ],
    [
      'a schedule that ends before it starts',
      'ecobee',
      'schedules/create',
      { climate_preset_key: 'home', starts_at: iso(T0 + day), ends_at: iso(T0) },
      'invalid_input',
    ],
    [
      'a schedule that is over',
      'ecobee',
      'schedules/create',
      { climate_preset_key: 'home', starts_at: iso(T0 - day), ends_at: iso(T0 - hour) },
      'invalid_input',
    ],
    [
      'a mode on the dial that is not there',
      'tado',
      'simulate/hvac_mode_adjusted',
      { hvac_mode: 'cool', cooling_set_point_celsius: 22 },
      'device_type_not_supported',
    ],
    ['no temperature', 'ecobee', 'simulate/temperature_reached', {}, 'invalid_input'],
  ] as const)('%s', async (_, model, route, input, type) => {
    const place = emulator.open()
    const device_id = await hang(place, { model })
    const before = await place.raw('/devices/get', { device_id })
    expect(await refusal(place, `/thermostats/${route}`, { device_id, ...input })).toEqual([
      400,
      type,
    ])
    expect(await place.raw('/devices/get', { device_id })).toEqual(before)
    const { body } = await place.raw('/action_attempts/list', { device_id })
    expect(body).toMatchObject({ action_attempts: [] })
  })

  test('unknown presets, taken starts, and things that are in use', async () => {
    const place = emulator.open()
    const { device_id } = await ruled(place)
    const path = '/thermostats/activate_climate_preset'
    const unknown = { device_id, climate_preset_key: 'none' }
    expect(await refusal(place, path, unknown)).toEqual([404, 'climate_preset_not_found'])
    const taken = { starts_at: iso(T0), ends_at: iso(T0 + day), climate_preset_key: 'home' }
    expect(await refusal(place, '/thermostats/schedules/create', { device_id, ...taken })).toEqual([
      400,
      'invalid_input',
    ])
    const guest = { device_id, climate_preset_key: 'guest' }
    expect(await refusal(place, '/thermostats/delete_climate_preset', guest)).toEqual([
      400,
      'climate_preset_in_use',
    ])
    expect(await refusal(place, '/thermostats/create_climate_preset', guest)).toEqual([
      409,
      'climate_preset_already_exists',
    ])
    const lock = await place.hang('schlage')
    expect(await refusal(place, '/thermostats/off', { device_id: lock })).toEqual([
      404,
      'device_not_found',
    ])
  })
})

test('a command that is lost leaves the thermostat as it is, and the next one works', async () => {
  const place = emulator.open()
  const device_id = await hang(place)
  const told = await follow(place)
  await place.emulator.faults.create({
    on: 'thermostat.command',
    name: 'lost',
    times: 1,
    effect: { kind: 'fail' },
  })
  const before = await place.emulator.thermostats.get({ device_id })
  await expect(heat(place, device_id, 23)).rejects.toThrow('The thermostat refused the command.')
  expect((await place.emulator.thermostats.get({ device_id })).held).toEqual(before.held)
  expect(told.news()).toEqual([])
  const { summary } = await place.emulator.thermostats.explain({ device_id })
  expect(summary.join(' ')).toContain('The fault lost (fail) has a hand in it.')
  await heat(place, device_id, 23)
  await place.emulator.faults.create({
    on: 'thermostat.command',
    times: 1,
    effect: { kind: 'never_confirm' },
  })
  await expect(heat(place, device_id, 19)).rejects.toThrow('did not answer')
  await place.advance(second)
  expect(told.news().flatMap((it) => (it.type === 'manually_adjusted' ? [it.method] : []))).toEqual(
    ['seam', 'external'],
  )
  expect((await place.emulator.thermostats.get({ device_id })).held).toMatchObject({
    heating_set_point_celsius: 19,
  })
  await told.close()
})

test('a thermostat that is offline answers commands with an error, and keeps what it had', async () => {
  const place = emulator.open()
  const device_id = await hang(place)
  await place.seam.devices.simulate.disconnect({ device_id })
  const { body } = await place.raw('/thermostats/off', { device_id, sync: true })
  expect(body).toMatchObject({
    action_attempt: { status: 'error', error: { type: 'device_offline' } },
  })
  expect((await place.emulator.thermostats.get({ device_id })).held).toMatchObject({
    hvac_mode_setting: 'heat',
  })
})

test('a preset that is edited while it is in force reaches the thermostat', async () => {
  const place = emulator.open()
  const { device_id } = await ruled(place)
  await place.seam.thermostats.updateClimatePreset({
    device_id,
    climate_preset_key: 'guest',
    heating_set_point_fahrenheit: 70,
  })
  await place.advance(minute)
  expect(
    (await place.seam.devices.get({ device_id })).properties.current_climate_setting,
  ).toMatchObject({
    climate_preset_key: 'guest',
    heating_set_point_fahrenheit: 70,
    heating_set_point_celsius: 21.11111111111111,
  })
})

test('a login brings the thermostats of its account', async () => {
  const place = emulator.open()
  const { connect_webview_id } = await place.seam.connectWebviews.create({
    accepted_providers: ['ecobee'],
  })
  await place.emulator.connectWebviews.complete({ connect_webview_id })
  const [found] = await place.seam.thermostats.list()
  expect(found).toMatchObject({
    device_type: 'ecobee_thermostat',
    can_hvac_heat_cool: true,
    can_run_thermostat_programs: true,
    properties: { available_climate_presets: [{ climate_preset_key: 'home' }, {}, {}] },
  })
})

test('a heat pump calls for auxiliary heat while the room is much too cold', async () => {
  const place = emulator.open()
  const device_id = await hang(place, { model: 'sensi', room: { temperature: 15 } })
  const errors = async () =>
    (await place.seam.devices.get({ device_id })).errors.map((it) => it.error_code)
  expect(await errors()).toEqual(['auxiliary_heat_running'])
  await place.advance(3 * hour)
  expect(await errors()).toEqual([])
})

test('a fan runs when it is told to, and by itself while the room is heated', async () => {
  const place = emulator.open()
  const device_id = await hang(place, {
    model: 'honeywell_resideo',
    setting: { hvac_mode_setting: 'off' },
  })
  const isRunning = async () =>
    (await place.seam.devices.get({ device_id })).properties.is_fan_running
  expect(await isRunning()).toBe(false)
  await place.seam.thermostats.setFanMode({ device_id, fan_mode: 'on' })
  expect(await isRunning()).toBe(true)
  await place.seam.thermostats.setFanMode({ device_id, fan_mode_setting: 'circulate' })
  await place.advanceTo(T0 + hour + 14 * minute)
  expect(await isRunning()).toBe(true)
  await place.advanceTo(T0 + hour + 15 * minute)
  expect(await isRunning()).toBe(false)
  await place.seam.thermostats.setFanMode({ device_id, fan_mode_setting: 'auto' })
  await heat(place, device_id, 25)
  expect(await isRunning()).toBe(true)
})
