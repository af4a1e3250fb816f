/** Presets, schedules, programs and models of thermostats: what is wanted, and what the wall really holds. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { dial, follow, hang, heat, refusal } from '../support/at-the-wall.ts'
import { day, hour, iso, minute, second, startPlaces, T0 } from '../support/place.ts'
import type { Place } from '../support/place.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

const propertiesOf = async (place: Place, device_id: string) =>
  (await place.seam.devices.get({ device_id })).properties

const held = async (place: Place, device_id: string) =>
  (await place.emulator.thermostats.get({ device_id })).held

const heldKey = async (place: Place, device_id: string) =>
  (await held(place, device_id)).climate_preset_key

const preset = (place: Place, device_id: string, climate_preset_key: string, celsius: number) =>
  place.seam.thermostats.createClimatePreset({
    device_id,
    climate_preset_key,
    hvac_mode_setting: 'heat',
    heating_set_point_celsius: celsius,
  })

const schedule = async (
  place: Place,
  device_id: string,
  from: number,
  until: number,
  more: object = {},
) =>
  (
    await place.seam.thermostats.schedules.create({
      device_id,
      climate_preset_key: 'guest',
      starts_at: iso(from),
      ends_at: iso(until),
      ...more,
    })
  ).thermostat_schedule_id

const settings = <T extends { type: string }>(news: readonly T[]): T[] =>
  news.filter(({ type }) => !type.startsWith('temperature'))

describe('a climate preset', () => {
  test('is created, changed and deleted without an event, and has a name for people', async () => {
    const place = emulator.open()
    const device_id = await hang(place)
    const told = await follow(place)
    await preset(place, device_id, 'guest', 21)
    const which = { device_id, climate_preset_key: 'guest' }
    const found = async () =>
      (await propertiesOf(place, device_id)).available_climate_presets?.find(
        (it) => it.climate_preset_key === 'guest',
      )
    expect(await found()).toMatchObject({
      display_name: 'Guest',
      can_edit: true,
      can_delete: true,
      can_use_with_thermostat_daily_programs: true,
      heating_set_point_celsius: 21,
      heating_set_point_fahrenheit: 69.8,
    })
    await place.seam.thermostats.updateClimatePreset({ ...which, name: 'For guests' })
    expect(await found()).toMatchObject({ display_name: 'For guests', name: 'For guests' })
    await place.seam.thermostats.deleteClimatePreset(which)
    expect(await found()).toBeUndefined()
    await place.advance(day)
    expect(told.news()).toEqual([])
    await told.close()
  })

  test('is in force until somebody touches the thermostat, which has a manual setting then', async () => {
    const place = emulator.open()
    const device_id = await hang(place)
    const told = await follow(place)
    await place.seam.thermostats.activateClimatePreset({ device_id, climate_preset_key: 'home' })
    expect(settings(told.news())).toMatchObject([
      {
        type: 'climate_preset_activated',
        climate_preset_key: 'home',
        is_fallback_climate_preset: false,
        thermostat_schedule_id: null,
      },
    ])
    expect(await propertiesOf(place, device_id)).toMatchObject({
      current_climate_setting: { climate_preset_key: 'home', display_name: 'Home' },
    })
    await dial(place, device_id, 23)
    const { current_climate_setting } = await propertiesOf(place, device_id)
    expect(current_climate_setting).toMatchObject({
      display_name: 'Manual Setting',
      heating_set_point_celsius: 23,
    })
    expect(current_climate_setting).not.toHaveProperty('climate_preset_key')
    await told.close()
  })

  test('that is the fallback, in a schedule that is not over or in a program cannot be deleted', async () => {
    const place = emulator.open()
    const device_id = await hang(place)
    const { thermostats } = place.seam
    for (const key of ['fallback', 'guest', 'daily']) await preset(place, device_id, key, 20)
    await thermostats.setFallbackClimatePreset({ device_id, climate_preset_key: 'fallback' })
    await schedule(place, device_id, T0 + hour, T0 + 2 * hour)
    const periods = [{ starts_at_time: '06:00:00', climate_preset_key: 'daily' }]
    const program = await thermostats.dailyPrograms.create({ device_id, name: 'Day', periods })
    const path = '/thermostats/delete_climate_preset'
    const deleted = (climate_preset_key: string) =>
      refusal(place, path, { device_id, climate_preset_key })
    for (const key of ['fallback', 'guest', 'daily']) {
      expect([key, await deleted(key)]).toEqual([key, [400, 'climate_preset_in_use']])
    }
    await place.advance(3 * hour)
    const { thermostat_daily_program_id } = program
    await thermostats.dailyPrograms.delete({ thermostat_daily_program_id })
    for (const climate_preset_key of ['guest', 'daily']) {
      await thermostats.deleteClimatePreset({ device_id, climate_preset_key })
    }
  })
})

describe('a command', () => {
  test('is told when the thermostat has taken it, with what is in force now', async () => {
    const place = emulator.open()
    const device_id = await hang(place)
    const told = await follow(place)
    const started = await place.raw('/thermostats/heat', {
      device_id,
      heating_set_point_fahrenheit: 70,
    })
    expect(started.body).toMatchObject({
      action_attempt: { action_type: 'SET_HVAC_MODE', status: 'pending', result: null },
    })
    expect(told.news()).toEqual([])
    expect(await held(place, device_id)).toMatchObject({ heating_set_point_celsius: 20 })
    await place.advance(4 * second)
    const { body } = await place.raw('/action_attempts/list', { device_id })
    expect(body).toMatchObject({ action_attempts: [{ status: 'success', result: {} }] })
    expect(settings(told.news())).toMatchObject([
      {
        type: 'manually_adjusted',
        method: 'seam',
        hvac_mode_setting: 'heat',
        fan_mode_setting: 'auto',
        heating_set_point_celsius: 21.11111111111111,
        heating_set_point_fahrenheit: 70,
      },
    ])
    await place.seam.thermostats.setFanMode({ device_id, fan_mode_setting: 'on' })
    expect(settings(told.news())).toMatchObject([
      { type: 'manually_adjusted', method: 'seam', fan_mode_setting: 'on' },
    ])
    await told.close()
  })

  test('of set_hvac_mode leaves out the set points that the mode does not use', async () => {
    const place = emulator.open()
    const device_id = await hang(place, { model: 'nest' })
    await place.seam.thermostats.setHvacMode({ device_id, hvac_mode_setting: 'eco' })
    const { current_climate_setting } = await propertiesOf(place, device_id)
    expect(current_climate_setting).toMatchObject({ hvac_mode_setting: 'eco' })
    expect(current_climate_setting).not.toHaveProperty('heating_set_point_celsius')
    const { status, body } = await place.raw('/thermostats/set_hvac_mode', {
      device_id,
      hvac_mode_setting: 'off',
      heating_set_point_celsius: 20,
    })
    expect([status, body]).toMatchObject([200, { action_attempt: { status: 'pending' } }])
  })

  test('takes 0.6 to 4 seconds, and a program 2 to 8', async () => {
    const place = emulator.open()
    const device_id = await hang(place)
    const taken = async (send: () => Promise<unknown>): Promise<number> => {
      const from = await place.now()
      await send()
      return (await place.now()) - from
    }
    const commands: number[] = []
    const pushes: number[] = []
    for (let nth = 0; nth < 30; nth++) {
      commands.push(await taken(() => heat(place, device_id, 15 + nth / 10)))
      pushes.push(await taken(() => place.seam.thermostats.updateWeeklyProgram({ device_id })))
    }
    expect(Math.min(...commands)).toBeGreaterThanOrEqual(600)
    expect(Math.max(...commands)).toBeLessThanOrEqual(4_000)
    expect(Math.min(...pushes)).toBeGreaterThanOrEqual(2_000)
    expect(Math.max(...pushes)).toBeLessThanOrEqual(8_000)
    expect(new Set(commands).size).toBeGreaterThan(20)
  })

  test.each([
    ['provider_unavailable', 'provider_unavailable'],
    ['fail', 'uncategorized_error'],
  ] as const)('that a fault makes %s ends with %s', async (kind, type) => {
    const place = emulator.open()
    const device_id = await hang(place)
    await place.emulator.faults.create({ on: 'thermostat.command', times: 1, effect: { kind } })
    await place.raw('/thermostats/off', { device_id })
    await place.advance(10 * second)
    const { body } = await place.raw('/action_attempts/list', { device_id })
    expect(body).toMatchObject({ action_attempts: [{ status: 'error', error: { type } }] })
    expect(await held(place, device_id)).toMatchObject({ hvac_mode_setting: 'heat' })
  })

  test('that a fault delays comes later', async () => {
    const place = emulator.open()
    const device_id = await hang(place)
    const effect = { kind: 'delay', by: '30s' } as const
    await place.emulator.faults.create({ on: 'thermostat.command', times: 1, effect })
    await place.raw('/thermostats/off', { device_id })
    await place.advance(30 * second)
    expect(await held(place, device_id)).toMatchObject({ hvac_mode_setting: 'heat' })
    await place.advance(4 * second)
    expect(await held(place, device_id)).toMatchObject({ hvac_mode_setting: 'off' })
  })
})

describe('a schedule', () => {
  const guestRoom = async (more: object = {}) => {
    const place = emulator.open()
    const device_id = await hang(place, more)
    await preset(place, device_id, 'guest', 21)
    await preset(place, device_id, 'empty', 12)
    return { place, device_id, thermostats: place.seam.thermostats }
  }

  test('that is refused by the thermostat is tried again until it works', async () => {
    const { place, device_id, thermostats } = await guestRoom()
    const told = await follow(place)
    await place.emulator.faults.create({
      on: 'thermostat.command',
      times: 2,
      effect: { kind: 'fail' },
    })
    const thermostat_schedule_id = await schedule(place, device_id, T0, T0 + day)
    await place.advance(minute)
    expect(await thermostats.schedules.get({ thermostat_schedule_id })).toMatchObject({
      errors: [{ error_code: 'failed_to_activate' }],
    })
    await place.advance(hour)
    expect(await thermostats.schedules.get({ thermostat_schedule_id })).toMatchObject({
      errors: [],
    })
    expect(await heldKey(place, device_id)).toBe('guest')
    const news = settings(told.news())
    expect(news).toMatchObject([{ type: 'climate_preset_activated', thermostat_schedule_id }])
    await told.close()
  })

  test('that is over before its thermostat is back never comes about', async () => {
    const { place, device_id } = await guestRoom()
    const told = await follow(place)
    await place.seam.devices.simulate.disconnect({ device_id })
    await schedule(place, device_id, T0 + hour, T0 + 2 * hour)
    await place.advance(3 * hour)
    await place.seam.devices.simulate.connect({ device_id })
    await place.advance(hour)
    expect(settings(told.news())).toEqual([])
    expect(await heldKey(place, device_id)).toBeNull()
    await told.close()
  })

  test('is changed at once while it rules, and let go of when it is deleted', async () => {
    const { place, device_id, thermostats } = await guestRoom()
    await thermostats.setFallbackClimatePreset({ device_id, climate_preset_key: 'empty' })
    const thermostat_schedule_id = await schedule(place, device_id, T0, T0 + day)
    await place.advance(minute)
    await thermostats.schedules.update({ thermostat_schedule_id, climate_preset_key: 'away' })
    await place.advance(minute)
    expect(await heldKey(place, device_id)).toBe('away')
    await thermostats.schedules.delete({ thermostat_schedule_id })
    await place.advance(minute)
    expect(await heldKey(place, device_id)).toBe('empty')
    expect(await propertiesOf(place, device_id)).toMatchObject({
      active_thermostat_schedule_id: null,
    })
  })

  test('leaves an override alone until another preset comes, where no period is given', async () => {
    const { place, device_id } = await guestRoom()
    await schedule(place, device_id, T0, T0 + 3 * day, { max_override_period_minutes: null })
    await place.advance(minute)
    await dial(place, device_id, 25)
    await place.advance(2 * day)
    expect(await held(place, device_id)).toMatchObject({ heating_set_point_celsius: 25 })
    await schedule(place, device_id, T0 + 2.5 * day, T0 + 2.75 * day)
    await place.advanceTo(T0 + 2.5 * day + minute)
    expect(await heldKey(place, device_id)).toBe('guest')
  })

  test('ends with the fallback once, and what is changed then is left alone', async () => {
    const { place, device_id, thermostats } = await guestRoom()
    await thermostats.setFallbackClimatePreset({ device_id, climate_preset_key: 'empty' })
    await schedule(place, device_id, T0 + hour, T0 + 2 * hour)
    await place.advance(3 * hour)
    expect(await heldKey(place, device_id)).toBe('empty')
    await dial(place, device_id, 24)
    await place.advance(10 * day)
    expect(await held(place, device_id)).toMatchObject({ heating_set_point_celsius: 24 })
  })

  test('ends with nothing where there is no fallback and no program', async () => {
    const { place, device_id } = await guestRoom()
    const told = await follow(place)
    await schedule(place, device_id, T0 + hour, T0 + 2 * hour)
    await place.advance(day)
    expect(await heldKey(place, device_id)).toBe('guest')
    expect(settings(told.news())).toHaveLength(1)
    await told.close()
  })
})

describe('a program', () => {
  const days = [
    'sunday',
    'monday',
    'tuesday',
    'wednesday',
    'thursday',
    'friday',
    'saturday',
  ] as const

  const programmed = async (
    more: object = {},
    week: readonly (typeof days)[number][] = days,
    times: readonly [string, string][] = [
      ['06:00:00', 'warm'],
      ['22:00:00', 'cold'],
    ],
  ) => {
    const place = emulator.open()
    const device_id = await hang(place, { location: { time_zone: 'America/New_York' }, ...more })
    await preset(place, device_id, 'warm', 21)
    await preset(place, device_id, 'cold', 15)
    await preset(place, device_id, 'guest', 23)
    const { thermostat_daily_program_id: id } = await place.seam.thermostats.dailyPrograms.create({
      device_id,
      name: 'Day',
      periods: times.map(([starts_at_time, climate_preset_key]) => ({
        starts_at_time,
        climate_preset_key,
      })),
    })
    const plan = (chosen: readonly (typeof days)[number][]) =>
      place.seam.thermostats.updateWeeklyProgram({
        device_id,
        ...Object.fromEntries(chosen.map((it) => [`${it}_program_id`, id])),
      })
    return { place, device_id, id, plan, week }
  }

  const hasProgram = async (place: Place, device_id: string) =>
    (await place.emulator.thermostats.get({ device_id })).has_program

  test('is on the thermostat when it was pushed as a week, and not before', async () => {
    const { place, device_id, id, plan, week } = await programmed()
    expect(await hasProgram(place, device_id)).toBe(false)
    const weekly = Object.fromEntries(week.map((it) => [`${it}_program_id`, id]))
    const pushed = await place.raw('/thermostats/update_weekly_program', { device_id, ...weekly })
    expect(pushed.body).toMatchObject({
      action_attempt: { action_type: 'PUSH_THERMOSTAT_PROGRAMS', status: 'pending' },
    })
    expect(await hasProgram(place, device_id)).toBe(false)
    await place.advance(8 * second)
    expect(await hasProgram(place, device_id)).toBe(true)
    // Each push takes the place of the whole week.
    await plan(['monday'])
    expect(await propertiesOf(place, device_id)).toMatchObject({
      thermostat_weekly_program: { monday_program_id: id, tuesday_program_id: null },
    })
    const which = { thermostat_daily_program_id: id }
    expect(await refusal(place, '/thermostats/daily_programs/delete', which)).toEqual([
      400,
      'thermostat_daily_program_in_use',
    ])
    await plan([])
    expect(await hasProgram(place, device_id)).toBe(false)
    expect(await propertiesOf(place, device_id)).toMatchObject({ thermostat_weekly_program: null })
    await place.seam.thermostats.dailyPrograms.delete(which)
  })

  test('tells each of its periods, and none of them twice', async () => {
    const { place, plan, week } = await programmed()
    await plan(week)
    const told = await follow(place)
    await place.advanceTo(T0 + 5 * hour - minute)
    told.news()
    await place.advance(2 * day)
    const news = settings(told.news())
    expect(news.map((it) => ({ ...it }))).toMatchObject(
      ['warm', 'cold', 'warm', 'cold'].map((climate_preset_key) => ({
        type: 'climate_preset_activated',
        climate_preset_key,
        is_fallback_climate_preset: false,
        thermostat_schedule_id: null,
      })),
    )
    await told.close()
  })

  test('has the last period of the programmed day before until the first one of a day', async () => {
    // 1 January 2025 is a Wednesday.
    const { place, device_id, plan } = await programmed()
    await plan(['monday', 'thursday'])
    const at = async (date: number, time: number) => {
      await place.advanceTo(Date.UTC(2025, 0, date, time + 5))
      return heldKey(place, device_id)
    }
    expect(await at(2, 5)).toBe('cold')
    expect(await at(2, 6)).toBe('warm')
    expect(await at(2, 22)).toBe('cold')
    expect(await at(5, 12)).toBe('cold')
    expect(await at(6, 12)).toBe('warm')
  })

  test('begins a period in an hour that comes twice only once', async () => {
    const { place, device_id, plan, week } = await programmed({}, days, [
      ['01:30:00', 'warm'],
      ['22:00:00', 'cold'],
    ])
    // Clocks go back from 02:00 EDT to 01:00 EST on 2 November 2025, at 06:00 UTC.
    const first = Date.UTC(2025, 10, 2, 5, 30)
    await place.advanceTo(first - hour)
    await plan(week)
    const told = await follow(place)
    await place.advanceTo(first + minute)
    expect(await heldKey(place, device_id)).toBe('warm')
    await place.advance(2 * hour)
    expect(settings(told.news())).toHaveLength(1)
    await told.close()
  })

  test('rules again where a schedule ends, if it has something for the day', async () => {
    const { place, device_id, plan } = await programmed()
    const away = { device_id, climate_preset_key: 'away' }
    await place.seam.thermostats.setFallbackClimatePreset(away)
    await plan(['wednesday'])
    const noon = T0 + 17 * hour
    await schedule(place, device_id, noon, noon + hour)
    await schedule(place, device_id, noon + day, noon + day + hour)
    const key = async (at: number) => {
      await place.advanceTo(at)
      return heldKey(place, device_id)
    }
    expect(await key(noon + minute)).toBe('guest')
    expect(await key(noon + hour + minute)).toBe('warm')
    expect(await key(noon + day + minute)).toBe('guest')
    expect(await key(noon + day + hour + minute)).toBe('away')
  })

  test('goes on where a hold is over, also where nobody can reach the thermostat', async () => {
    const { place, device_id, plan, week } = await programmed()
    await plan(week)
    const told = await follow(place)
    const noon = T0 + 17 * hour
    await schedule(place, device_id, noon, noon + hour)
    await schedule(place, device_id, noon + day, noon + day + hour)
    await place.advanceTo(noon + hour + minute)
    // Once, by the thermostat itself or by Seam.
    expect(settings(told.news()).map((it) => it.climate_preset_key)).toEqual([
      'cold',
      'warm',
      'guest',
      'warm',
    ])
    await place.advanceTo(noon + day + minute)
    await place.seam.devices.simulate.disconnect({ device_id })
    await place.advanceTo(noon + day + hour - 1)
    expect(await heldKey(place, device_id)).toBe('guest')
    await place.advance(1)
    expect(await heldKey(place, device_id)).toBe('warm')
    expect(await propertiesOf(place, device_id)).toMatchObject({
      current_climate_setting: { climate_preset_key: 'guest' },
    })
    told.news()
    await place.seam.devices.simulate.connect({ device_id })
    await place.advance(minute)
    expect(settings(told.news())).toMatchObject([
      { climate_preset_key: 'warm', is_fallback_climate_preset: false },
    ])
  })

  test('does not interrupt a schedule', async () => {
    const { place, device_id, plan, week } = await programmed()
    await plan(week)
    const noon = T0 + 17 * hour
    await schedule(place, device_id, noon, noon + day)
    await place.advanceTo(noon + minute)
    expect(await heldKey(place, device_id)).toBe('guest')
    await place.advanceTo(noon + 11 * hour)
    expect(await heldKey(place, device_id)).toBe('guest')
  })

  test('of Nest is run by Seam: it stands still while the thermostat is offline', async () => {
    const { place, device_id, plan, week } = await programmed({ model: 'nest' })
    await plan(week)
    await place.advanceTo(T0 + 12 * hour)
    expect(await heldKey(place, device_id)).toBe('warm')
    await place.seam.devices.simulate.disconnect({ device_id })
    await place.advanceTo(T0 + 30 * hour)
    expect(await heldKey(place, device_id)).toBe('warm')
    await place.seam.devices.simulate.connect({ device_id })
    await place.advance(minute)
    expect(await heldKey(place, device_id)).toBe('cold')
  })

  test('is pushed again where one of its presets is changed', async () => {
    const { place, device_id, plan, week } = await programmed()
    await plan(week)
    await place.seam.thermostats.updateClimatePreset({
      device_id,
      climate_preset_key: 'warm',
      heating_set_point_celsius: 19,
    })
    await place.advance(minute)
    await place.seam.devices.simulate.disconnect({ device_id })
    await place.advanceTo(T0 + 12 * hour)
    expect(await held(place, device_id)).toMatchObject({
      climate_preset_key: 'warm',
      heating_set_point_celsius: 19,
    })
  })

  test('is pushed all the same where another command overtakes a changed preset', async () => {
    const { place, device_id, plan, week } = await programmed()
    await plan(week)
    const climate_preset_key = 'warm'
    const path = '/thermostats/activate_climate_preset'
    await place.raw(path, { device_id, climate_preset_key })
    await place.advance(minute)
    // The answer comes after the preset was changed, and before the change has got there.
    await place.raw(path, { device_id, climate_preset_key })
    await place.seam.thermostats.updateClimatePreset({
      device_id,
      climate_preset_key,
      heating_set_point_celsius: 19,
    })
    await place.advance(minute)
    const changed = { climate_preset_key, heating_set_point_celsius: 19 }
    expect(await held(place, device_id)).toMatchObject(changed)
    await place.seam.devices.simulate.disconnect({ device_id })
    await place.advanceTo(T0 + 4 * hour)
    expect(await heldKey(place, device_id)).toBe('cold')
    await place.advanceTo(T0 + 12 * hour)
    expect(await held(place, device_id)).toMatchObject(changed)
  })

  test('does not bring back what a schedule wanted before another preset came', async () => {
    const { place, device_id, plan, week } = await programmed()
    await plan(week)
    const effect = { kind: 'delay', by: '1m' } as const
    await place.emulator.faults.create({ on: 'thermostat.command', times: 1, effect })
    await schedule(place, device_id, T0 + hour, T0 + 3 * hour)
    await place.advanceTo(T0 + hour)
    const path = '/thermostats/activate_climate_preset'
    await place.raw(path, { device_id, climate_preset_key: 'cold' })
    await place.advance(10 * second)
    await place.seam.thermostats.updateClimatePreset({
      device_id,
      climate_preset_key: 'warm',
      heating_set_point_celsius: 19,
    })
    await place.advance(10 * minute)
    expect(await heldKey(place, device_id)).not.toBe('guest')
  })

  test('that could not be pushed is pushed later', async () => {
    const { place, device_id, id } = await programmed()
    await place.seam.devices.simulate.disconnect({ device_id })
    const path = '/thermostats/update_weekly_program'
    await place.raw(path, { device_id, wednesday_program_id: id })
    await place.advance(minute)
    const { body } = await place.raw('/action_attempts/list', { device_id })
    expect(body).toMatchObject({
      action_attempts: [{ status: 'error', error: { type: 'device_offline' } }],
    })
    expect(await hasProgram(place, device_id)).toBe(false)
    await place.seam.devices.simulate.connect({ device_id })
    await place.advance(minute)
    expect(await hasProgram(place, device_id)).toBe(true)
  })

  test('runs in UTC where nobody has told the time zone, with a warning for as long', async () => {
    const { place, device_id, plan, week } = await programmed({ location: undefined })
    const warnings = async () => (await place.seam.devices.get({ device_id })).warnings
    expect(await warnings()).toEqual([])
    await plan(week)
    expect(await warnings()).toMatchObject([{ warning_code: 'time_zone_unknown' }])
    await place.advanceTo(T0 + 6 * hour - 1)
    expect(await heldKey(place, device_id)).toBe('cold')
    await place.advance(1)
    expect(await heldKey(place, device_id)).toBe('warm')
    await plan([])
    expect(await warnings()).toEqual([])
  })

  test('has four periods a day at most, on a grid of fifteen minutes, on a Honeywell', async () => {
    const place = emulator.open()
    const device_id = await hang(place, { model: 'honeywell_resideo' })
    await preset(place, device_id, 'guest', 20)
    const create = (times: readonly string[]) => {
      const periods = times.map((starts_at_time) => ({
        starts_at_time,
        climate_preset_key: 'guest',
      }))
      return refusal(place, '/thermostats/daily_programs/create', {
        device_id,
        name: 'Day',
        periods,
      }).catch(() => 'taken')
    }
    const four = ['06:15:00', '09:00:00', '17:45:00', '22:00:00']
    expect(await create(four)).toBe('taken')
    expect(await create([...four, '23:00:00'])).toEqual([400, 'invalid_input'])
    expect(await create(['06:10:00'])).toEqual([400, 'invalid_input'])
    expect(await propertiesOf(place, device_id)).toMatchObject({
      max_thermostat_daily_program_periods_per_day: 4,
      thermostat_daily_program_period_precision_minutes: 15,
      max_unique_climate_presets_per_thermostat_weekly_program: 4,
    })
  })
})

describe('what no week and no schedule can be is refused, and changes nothing:', () => {
  const dayOf = async (place: Place, device_id: string, keys: readonly string[]) => {
    for (const key of keys) await preset(place, device_id, key, 20)
    const periods = keys.map((climate_preset_key, nth) => ({
      starts_at_time: `0${nth}:00:00`,
      climate_preset_key,
    }))
    const { dailyPrograms } = place.seam.thermostats
    return (await dailyPrograms.create({ device_id, name: 'Day', periods }))
      .thermostat_daily_program_id
  }

  test('a week of more presets than fit, or with the day of another thermostat', async () => {
    const place = emulator.open()
    const device_id = await hang(place, { model: 'honeywell_resideo' })
    const monday_program_id = await dayOf(place, device_id, ['a', 'b', 'c', 'd'])
    const tuesday_program_id = await dayOf(place, device_id, ['e'])
    const path = '/thermostats/update_weekly_program'
    const five = { device_id, monday_program_id, tuesday_program_id }
    expect(await refusal(place, path, five)).toEqual([400, 'invalid_input'])
    const other = await hang(place, { model: 'honeywell_resideo' })
    const foreign = { device_id: other, monday_program_id }
    expect(await refusal(place, path, foreign)).toEqual([400, 'invalid_input'])
    for (const id of [device_id, other]) {
      expect(await propertiesOf(place, id)).toMatchObject({ thermostat_weekly_program: null })
    }
  })

  test('a schedule that is moved to the start of another one, or to its own end', async () => {
    const place = emulator.open()
    const device_id = await hang(place)
    await preset(place, device_id, 'guest', 21)
    await schedule(place, device_id, T0 + hour, T0 + 2 * hour)
    const thermostat_schedule_id = await schedule(place, device_id, T0 + day, T0 + 2 * day)
    const { schedules } = place.seam.thermostats
    const before = await schedules.get({ thermostat_schedule_id })
    const path = '/thermostats/schedules/update'
    for (const starts_at of [iso(T0 + hour), iso(T0 + 2 * day)]) {
      expect(await refusal(place, path, { thermostat_schedule_id, starts_at })).toEqual([
        400,
        'invalid_input',
      ])
    }
    expect(await schedules.get({ thermostat_schedule_id })).toEqual(before)
  })
})

const flags = z.looseObject({ properties: z.looseObject({}) })

const heatAndCool = { can_hvac_heat: true, can_hvac_cool: true, can_turn_off_hvac: true }
const anyWeek = {
  can_run_thermostat_programs: true,
  can_program_thermostat_programs_as_weekday_weekend: true,
  can_program_thermostat_programs_as_different_each_day: true,
  can_program_thermostat_programs_as_same_each_day: true,
}
const near = (value: number, digits: number): unknown => expect.closeTo(value, digits)
const ranges = {
  min_heating_set_point_celsius: near(7.22, 2),
  max_heating_set_point_celsius: near(26.11, 2),
  min_cooling_set_point_celsius: near(18.33, 2),
  max_cooling_set_point_celsius: near(33.33, 2),
  min_heating_cooling_delta_celsius: near(2.78, 2),
  min_heating_set_point_fahrenheit: near(45, 9),
  max_heating_set_point_fahrenheit: near(79, 9),
  min_cooling_set_point_fahrenheit: near(65, 9),
  max_cooling_set_point_fahrenheit: near(92, 9),
  min_heating_cooling_delta_fahrenheit: near(5, 9),
}

test.each([
  [
    'ecobee',
    { device_type: 'ecobee_thermostat', can_hvac_heat_cool: true, ...heatAndCool, ...anyWeek },
    {
      ...ranges,
      available_hvac_mode_settings: ['heat', 'cool', 'heat_cool', 'off'],
      available_fan_mode_settings: ['auto', 'on'],
      has_direct_power: true,
      model: { display_name: 'Thermostat' },
      available_climate_presets: ['home', 'away', 'sleep'].map((climate_ref) => ({
        climate_preset_key: climate_ref,
        can_edit: true,
        can_delete: false,
        ecobee_metadata: { climate_ref, is_optimized: true, owner: 'system' },
      })),
      thermostat_daily_program_period_precision_minutes: 30,
    },
    [],
  ],
  [
    'nest',
    { device_type: 'nest_thermostat', can_hvac_heat_cool: true, ...heatAndCool, ...anyWeek },
    {
      available_hvac_mode_settings: ['heat', 'cool', 'heat_cool', 'off', 'eco'],
      available_fan_mode_settings: ['auto', 'on'],
      available_climate_presets: [],
    },
    ['min_heating_set_point_celsius', 'max_cooling_set_point_fahrenheit'],
  ],
  [
    'honeywell_resideo',
    {
      device_type: 'honeywell_resideo_thermostat',
      can_hvac_heat_cool: true,
      ...heatAndCool,
      ...anyWeek,
    },
    {
      ...ranges,
      available_hvac_mode_settings: ['heat', 'cool', 'heat_cool', 'off'],
      available_fan_mode_settings: ['auto', 'on', 'circulate'],
      available_climate_presets: [],
    },
    [],
  ],
  [
    'sensi',
    { device_type: 'sensi_thermostat', ...heatAndCool, ...anyWeek },
    {
      ...ranges,
      available_hvac_mode_settings: ['heat', 'cool', 'off'],
      available_fan_mode_settings: ['auto', 'on'],
      sensi_metadata: { dual_setpoints_not_supported: true },
    },
    ['battery', 'battery_level', 'can_hvac_heat_cool'],
  ],
  [
    'tado',
    { device_type: 'tado_thermostat', can_hvac_heat: true, can_turn_off_hvac: true },
    {
      ...ranges,
      available_hvac_mode_settings: ['heat', 'off'],
      available_fan_mode_settings: ['auto'],
    },
    ['can_hvac_cool', 'can_run_thermostat_programs'],
  ],
  [
    'smartthings',
    { device_type: 'smartthings_thermostat', can_hvac_heat_cool: true, ...heatAndCool },
    {
      ...ranges,
      available_hvac_mode_settings: ['heat', 'cool', 'heat_cool', 'off'],
      available_fan_mode_settings: ['auto', 'on'],
    },
    ['can_run_thermostat_programs'],
  ],
] as const)(
  'a thermostat of the model %s is what its brand is',
  async (model, device, own, none) => {
    const place = emulator.open()
    const device_id = await hang(place, { model })
    const found = flags.parse(await place.seam.devices.get({ device_id }))
    expect(found).toMatchObject(device)
    expect(found.properties).toMatchObject(own)
    for (const name of none) {
      expect(found).not.toHaveProperty(name)
      expect(found.properties).not.toHaveProperty(name)
    }
  },
)

test('a thermostat shows all that thermostats have', async () => {
  const place = emulator.open()
  const device_id = await hang(place)
  await place.seam.thermostats.setTemperatureThreshold({ device_id, lower_limit_celsius: 5 })
  expect(Object.keys(await propertiesOf(place, device_id))).toEqual(
    expect.arrayContaining([
      'temperature_celsius',
      'temperature_fahrenheit',
      'relative_humidity',
      'is_heating',
      'is_cooling',
      'is_fan_running',
      'current_climate_setting',
      'available_climate_presets',
      'available_hvac_mode_settings',
      'available_fan_mode_settings',
      'fallback_climate_preset_key',
      'active_thermostat_schedule',
      'active_thermostat_schedule_id',
      'temperature_threshold',
      'is_temporary_manual_override_active',
      'fan_mode_setting',
      'thermostat_daily_programs',
      'thermostat_weekly_program',
    ]),
  )
})

test.each([
  ['ecobee', 1, 'ecobee_thermostat'],
  ['nest', 3, 'nest_thermostat'],
  ['google_nest', 3, 'nest_thermostat'],
  ['honeywell_resideo', 1, 'honeywell_resideo_thermostat'],
  ['first_alert', 1, 'honeywell_resideo_thermostat'],
  ['sensi', 1, 'sensi_thermostat'],
  ['tado', 1, 'tado_thermostat'],
] as const)('a login at %s brings %i of the type %s', async (provider, many, device_type) => {
  const place = emulator.open()
  const { body } = await place.raw('/connect_webviews/create', { accepted_providers: [provider] })
  const { connect_webview } = z
    .looseObject({ connect_webview: z.looseObject({ connect_webview_id: z.string() }) })
    .parse(body)
  const { connect_webview_id } = connect_webview
  await place.emulator.connectWebviews.complete({ connect_webview_id, provider })
  await place.advance(minute)
  const found = await place.seam.thermostats.list()
  expect(found.map((it) => it.device_type)).toEqual(Array.from({ length: many }, () => device_type))
})
