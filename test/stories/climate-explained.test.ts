/** Each state of a thermostat, its schedules and programs, and of noise and thresholds has its sentence. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hang, setRoom } from '../support/at-the-wall.ts'
import { day, hour, iso, minute, second, startPlaces, T0 } from '../support/place.ts'
import type { Place } from '../support/place.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

const why = async (place: Place, device_id: string): Promise<string> =>
  (await place.emulator.thermostats.explain({ device_id })).summary.join('\n')

const schedule = (place: Place, device_id: string, more: object = {}) =>
  place.seam.thermostats.schedules.create({
    device_id,
    climate_preset_key: 'home',
    name: 'Stay',
    starts_at: iso(T0 + hour),
    ends_at: iso(T0 + day),
    ...more,
  })

describe('a thermostat says', () => {
  test('what its schedule wants, from before it begins until it is over', async () => {
    const place = emulator.open()
    const device_id = await hang(place)
    const { thermostats } = place.seam
    await schedule(place, device_id, { max_override_period_minutes: 30 })
    expect(await why(place, device_id)).toContain(
      `The schedule Stay of the preset home begins at ${iso(T0 + hour)}; what is changed meanwhile is undone after 30 minutes.`,
    )
    await place.advanceTo(T0 + hour)
    expect(await why(place, device_id)).toContain(
      'A schedule wants the preset home of it, which the thermostat is yet to take.',
    )
    await place.advance(minute)
    expect(await why(place, device_id)).toContain('which the thermostat has taken.')
    await place.emulator.thermostats.turnDial({ device_id, heating_set_point_celsius: 25 })
    expect(await why(place, device_id)).toContain('which somebody has changed since.')
    expect(await why(place, device_id)).toContain('It waits: somebody changed it')
    await thermostats.activateClimatePreset({ device_id, climate_preset_key: 'away' })
    expect(await why(place, device_id)).toContain('but another one was activated')
    await place.advanceTo(T0 + day + minute)
    expect(await why(place, device_id)).not.toContain('schedule')
  })

  test('that a schedule failed, and why', async () => {
    const place = emulator.open()
    const device_id = await hang(place)
    await place.emulator.faults.create({
      on: 'thermostat.command',
      name: 'stuck',
      effect: { kind: 'fail' },
    })
    await schedule(place, device_id, { starts_at: iso(T0), is_override_allowed: false })
    await place.advance(minute)
    const text = await why(place, device_id)
    expect(text).toContain(
      'what is changed meanwhile is undone. It failed: The thermostat refused the command.',
    )
    expect(text).toContain('It waits: it is tried again')
    expect(text).toContain('The fault stuck (fail) has a hand in it.')
  })

  test('how far its week is', async () => {
    const place = emulator.open()
    const device_id = await hang(place, { location: { time_zone: 'UTC' } })
    const { thermostats } = place.seam
    const { thermostat_daily_program_id: id } = await thermostats.dailyPrograms.create({
      device_id,
      name: 'Day',
      periods: [{ starts_at_time: '06:00:00', climate_preset_key: 'home' }],
    })
    expect(await why(place, device_id)).toContain('no week has them: nothing runs them.')
    const week = { device_id, thursday_program_id: id }
    await place.raw('/thermostats/update_weekly_program', week)
    expect(await why(place, device_id)).toContain('A week is wanted of it, and is not on the')
    expect(await why(place, device_id)).toContain(
      'A command (PUSH_THERMOSTAT_PROGRAMS) is on its way to the thermostat.',
    )
    await place.advance(minute)
    expect(await why(place, device_id)).toContain(
      `A week is in its memory; the next period, of the preset home, begins at ${iso(T0 + day + 6 * hour)}.`,
    )
    await place.seam.devices.simulate.disconnect({ device_id })
    await thermostats.updateClimatePreset({
      device_id,
      climate_preset_key: 'home',
      heating_set_point_celsius: 18,
    })
    const text = await why(place, device_id)
    expect(text).toContain('The week in its memory is older than the one that is wanted')
    expect(text).toContain('Nobody can reach the thermostat: it is off its own network')
    expect(text).toContain('It waits: the thermostat cannot be reached.')
    await place.seam.devices.simulate.connect({ device_id })
    await schedule(place, device_id, { starts_at: iso(T0) })
    await place.advance(minute)
    expect(await why(place, device_id)).toContain(
      `Until ${iso(T0 + day)} it holds what a schedule has set, whatever its week says.`,
    )
  })

  test('what its limits and its set point are, and how the last command went', async () => {
    const place = emulator.open()
    const device_id = await hang(place)
    await place.seam.thermostats.setTemperatureThreshold({ device_id, lower_limit_celsius: 16 })
    expect(await why(place, device_id)).toContain(
      'Its limits are 16.0 °C to nothing: the room keeps them.',
    )
    await setRoom(place, device_id, { temperature: 12 })
    expect(await why(place, device_id)).toContain('the room is beyond them since 2025')
    await place.seam.thermostats.heat({ device_id, heating_set_point_celsius: 22 })
    expect(await why(place, device_id)).toContain('The set point 22.0 °C is yet to be reached.')
    await place.seam.devices.simulate.disconnect({ device_id })
    await place.raw('/thermostats/off', { device_id, sync: true })
    expect(await why(place, device_id)).toContain(
      'The last command (SET_HVAC_MODE) failed: The thermostat could not be reached: it is offline.',
    )
  })
})

test('a thermostat and a noise sensor say what is wrong with them', async () => {
  const place = emulator.open()
  const pump = await hang(place, { model: 'sensi', room: { temperature: 12 } })
  expect(await why(place, pump)).toContain('The heat pump needs its auxiliary heat')
  const { device_id: sensor } = await place.emulator.noiseSensors.create({ model: 'minut' })
  for (let nth = 0; nth < 3; nth++) {
    for (const device_id of [pump, sensor]) {
      await place.seam.devices.simulate.disconnect({ device_id })
      await place.seam.devices.simulate.connect({ device_id })
    }
    await place.advance(minute)
  }
  const flaky = 'The device goes offline and online again and again.'
  expect(await why(place, pump)).toContain(flaky)
  const { summary } = await place.emulator.noiseSensors.explain({ device_id: sensor })
  expect(summary).toContain(flaky)
})

test('a noise sensor says how far a disturbance is, and what is to be done to its thresholds', async () => {
  const place = emulator.open()
  const { device_id } = await place.emulator.noiseSensors.create({ model: 'noiseaware' })
  const says = async () =>
    (await place.emulator.noiseSensors.explain({ device_id })).summary.join('\n')
  const { noiseThresholds } = place.seam.noiseSensors
  const { noise_threshold_id } = await noiseThresholds.create({
    device_id,
    name: 'All day',
    starts_daily_at: '00:00:00',
    ends_daily_at: '23:59:59',
    noise_threshold_decibels: 60,
  })
  expect(await says()).toContain('is not on the sensor, and is to be written to the sensor')
  await place.advance(minute)
  await place.emulator.noiseSensors.play({
    device_id,
    segments: [{ for: '20m', decibels: 75 }],
  })
  await place.advance(minute)
  expect(await says()).toContain(
    `it has not lasted long enough to be told of; it is looked at again at ${iso(T0 + 11 * minute)}.`,
  )
  await place.advance(10 * minute)
  expect(await says()).toContain('1 notice given: it is told of.')
  await place.advance(10 * minute)
  expect(await says()).toContain('it is over soon, if it stays quiet')
  await noiseThresholds.update({ device_id, noise_threshold_id, noise_threshold_decibels: 61 })
  expect(await says()).toContain('and is to be changed on the sensor')
  await place.advance(10 * second)
  await noiseThresholds.delete({ device_id, noise_threshold_id })
  expect(await says()).toContain('and is to be taken off the sensor')
  await place.seam.devices.simulate.disconnect({ device_id })
  expect(await says()).toContain('Nobody can hear the sensor: it is off its own network')
})
