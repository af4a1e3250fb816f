/** What noise sensors hear, hold and tell: the level at the microphone is the judge. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { refusal } from '../support/at-the-wall.ts'
import { day, hour, iso, minute, second, startPlaces, T0 } from '../support/place.ts'
import type { Place } from '../support/place.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

const TRIGGERED = 'noise_sensor.noise_threshold_triggered'
const path = '/noise_sensors/noise_thresholds'

const hang = async (place: Place, model: 'minut' | 'noiseaware' = 'minut', more: object = {}) =>
  (await place.emulator.noiseSensors.create({ model, name: 'Lounge', ...more })).device_id

const play = (place: Place, device_id: string, from: number, lasts: number, decibels: number) =>
  place.emulator.noiseSensors.play({
    device_id,
    segments: [{ at: iso(from), for: lasts, decibels }],
  })

const alert = z.looseObject({
  occurred_at: z.string(),
  created_at: z.string(),
  noise_threshold_id: z.string(),
  noise_threshold_name: z.string(),
  noise_level_decibels: z.number(),
  minut_metadata: z.looseObject({ minut_event_type: z.string() }).optional(),
})

const alerts = async (place: Place, device_id: string) =>
  (await place.events({ device_id }))
    .filter((it) => it.event_type === TRIGGERED)
    .map((it) => alert.parse(it))

const notices = async (place: Place, device_id: string) =>
  (await alerts(place, device_id)).map((it) => [
    it.minut_metadata?.minut_event_type.replace('disturbance_', ''),
    (Date.parse(it.occurred_at) - T0) / minute,
  ])

const propertiesOf = async (place: Place, device_id: string) =>
  (await place.seam.devices.get({ device_id })).properties

const evening = {
  starts_daily_at: '18:00:00',
  ends_daily_at: '22:00:00',
  noise_threshold_decibels: 60,
}

describe('the level', () => {
  test('is a silent flat where nothing is heard, and what was played last where something is', async () => {
    const place = emulator.open()
    const device_id = await hang(place)
    expect(await propertiesOf(place, device_id)).toMatchObject({ noise_level_decibels: 38 })
    await place.emulator.noiseSensors.play({
      device_id,
      segments: [
        { for: '30m', decibels: 50 },
        { after: '10m', for: '10m', decibels: 65 },
      ],
    })
    const level = async (at: number) => {
      await place.advanceTo(T0 + at * minute)
      return (await place.emulator.noiseSensors.get({ device_id })).level
    }
    expect([await level(9), await level(10), await level(20), await level(30)]).toEqual([
      50, 65, 50, 38,
    ])
  })

  test('is seen at the next poll where Seam asks every ten minutes, and alerts at once', async () => {
    const place = emulator.open()
    await place.emulator.settings.update({ poll_interval: '10m' })
    const device_id = await hang(place)
    await play(place, device_id, T0 + 3 * minute, 4 * minute, 90)
    await play(place, device_id, T0 + 12 * minute, 20 * minute, 80)
    const shown = async (at: number) => {
      await place.advanceTo(T0 + at * minute)
      return (await propertiesOf(place, device_id)).noise_level_decibels
    }
    expect([await shown(5), await shown(10), await shown(19), await shown(20)]).toEqual([
      38, 38, 38, 80,
    ])
    await place.advanceTo(T0 + hour)
    expect(await notices(place, device_id)).toEqual([
      ['first_notice', 22],
      ['second_notice', 27],
      ['ended', 37],
    ])
  })

  test('comes with all that a Minut sensor measures, of the instant of its last report', async () => {
    const place = emulator.open()
    const device_id = await hang(place)
    await play(place, device_id, T0 + minute, hour, 55)
    await place.advance(2 * minute)
    const time = iso(T0 + minute)
    const value: unknown = expect.any(Number)
    const any = { time, value }
    expect(await propertiesOf(place, device_id)).toMatchObject({
      battery: { status: 'full' },
      has_direct_power: false,
      minut_metadata: {
        latest_sensor_values: {
          sound: { time, value: 55 },
          temperature: any,
          humidity: any,
          pressure: any,
          accelerometer_z: any,
        },
      },
    })
  })

  test('is a Noise Risk Score as well on a NoiseAware sensor, which is wired', async () => {
    const place = emulator.open()
    const device_id = await hang(place, 'noiseaware')
    const score = async (decibels: number) => {
      await place.emulator.noiseSensors.play({ device_id, segments: [{ for: '1h', decibels }] })
      const { noiseaware_metadata, ...rest } = await propertiesOf(place, device_id)
      expect(rest).toMatchObject({ has_direct_power: true })
      expect(rest).not.toHaveProperty('battery')
      return noiseaware_metadata?.noise_level_nrs
    }
    expect([
      await score(30),
      await score(40),
      await score(62.3),
      await score(90),
      await score(120),
    ]).toEqual([0, 0, 45, 100, 100])
  })
})

describe('a threshold', () => {
  test('that is reached exactly is triggered', async () => {
    const place = emulator.open()
    const device_id = await hang(place)
    await play(place, device_id, T0 + 12 * hour, 11 * minute, 69.9)
    await play(place, device_id, T0 + 14 * hour, 11 * minute, 70)
    await place.advance(day)
    expect(await notices(place, device_id)).toEqual([
      ['first_notice', 14 * 60 + 10],
      ['ended', 14 * 60 + 16],
    ])
  })

  test('for quiet hours that is deleted leaves the night to the one for normal hours', async () => {
    const place = emulator.open()
    const device_id = await hang(place)
    const [normal, quiet] = await place.seam.noiseSensors.noiseThresholds.list({ device_id })
    await place.seam.noiseSensors.noiseThresholds.delete({
      device_id,
      noise_threshold_id: quiet?.noise_threshold_id ?? '',
    })
    await play(place, device_id, T0 + 23 * hour, 20 * minute, 65)
    await play(place, device_id, T0 + day + hour, 14 * minute, 75)
    await place.advance(2 * day)
    expect((await alerts(place, device_id)).map((it) => it.noise_threshold_id)).toEqual([
      normal?.noise_threshold_id,
      normal?.noise_threshold_id,
    ])
  })

  test('that is changed while it is loud counts anew from when the sensor has it', async () => {
    const place = emulator.open()
    const device_id = await hang(place)
    const [normal] = await place.seam.noiseSensors.noiseThresholds.list({ device_id })
    await play(place, device_id, T0 + 12 * hour, 40 * minute, 75)
    await place.advanceTo(T0 + 12 * hour + 8 * minute)
    await place.seam.noiseSensors.noiseThresholds.update({
      device_id,
      noise_threshold_id: normal?.noise_threshold_id ?? '',
      noise_threshold_decibels: 72,
    })
    await place.advance(day)
    const [first] = await alerts(place, device_id)
    const after = Date.parse(first?.occurred_at ?? '') - (T0 + 12 * hour + 18 * minute)
    expect(after).toBeGreaterThanOrEqual(second)
    expect(after).toBeLessThanOrEqual(5 * second)
  })

  test('takes one to five seconds to be on the sensor, which triggers nothing before', async () => {
    const place = emulator.open()
    const device_id = await hang(place, 'noiseaware')
    const taken: number[] = []
    for (let nth = 0; nth < 20; nth++) {
      const hours = `${String(nth).padStart(2, '0')}:00:00`
      const { body } = await place.raw(`${path}/create`, {
        device_id,
        starts_daily_at: hours,
        ends_daily_at: hours.replace(':00:', ':59:'),
        noise_threshold_decibels: 60,
      })
      const { action_attempt, noise_threshold } = z
        .looseObject({
          action_attempt: z.looseObject({ action_attempt_id: z.string() }),
          noise_threshold: z.looseObject({ noise_threshold_id: z.string() }),
        })
        .parse(body)
      expect(action_attempt).toMatchObject({
        action_type: 'CREATE_NOISE_THRESHOLD',
        status: 'pending',
      })
      const ofSensor = { device_id, is_programmed: false }
      expect((await place.raw(`${path}/list`, ofSensor)).body).toMatchObject({
        noise_thresholds: [noise_threshold],
      })
      const from = await place.now()
      const { action_attempt_id } = action_attempt
      const settled = await place.raw('/action_attempts/get', { action_attempt_id })
      expect(settled.body).toMatchObject({ action_attempt: { status: 'success' } })
      taken.push((await place.now()) - from)
    }
    expect(Math.min(...taken)).toBeGreaterThanOrEqual(1_000)
    expect(Math.max(...taken)).toBeLessThanOrEqual(5_000)
    expect(new Set(taken).size).toBeGreaterThan(15)
  })

  test('of both units keeps the Noise Risk Score, and answers its decibels', async () => {
    const place = emulator.open()
    const device_id = await hang(place, 'noiseaware')
    const both = { device_id, ...evening, noise_threshold_nrs: 40 }
    expect(await place.seam.noiseSensors.noiseThresholds.create(both)).toMatchObject({
      noise_threshold_nrs: 40,
      noise_threshold_decibels: 60,
      name: 'Noise Threshold',
    })
  })

  test('that ends when it begins rules all day, and so does one until 23:59:59', async () => {
    const place = emulator.open()
    for (const ends_daily_at of ['00:00:00', '23:59:59']) {
      const device_id = await hang(place, 'noiseaware', { name: ends_daily_at })
      await place.seam.noiseSensors.noiseThresholds.create({
        device_id,
        starts_daily_at: '00:00:00',
        ends_daily_at,
        noise_threshold_decibels: 60,
      })
      await place.advance(minute)
      const from = await place.now()
      // Across midnight, without a cut.
      const midnight = Math.ceil(from / day) * day
      await play(place, device_id, midnight - 5 * minute, 20 * minute, 70)
      await place.advanceTo(midnight + hour)
      const [only, ...more] = await alerts(place, device_id)
      expect(more).toEqual([])
      expect(only?.occurred_at).toBe(iso(midnight + 5 * minute))
    }
  })

  test('for quiet hours must lie inside those of the normal one, and be fewer', async () => {
    const place = emulator.open()
    const device_id = await hang(place)
    const [, quiet] = await place.seam.noiseSensors.noiseThresholds.list({ device_id })
    const noise_threshold_id = quiet?.noise_threshold_id
    const whole = { starts_daily_at: '00:00:00', ends_daily_at: '23:59:59' }
    const change = { device_id, noise_threshold_id, ...whole }
    expect(await refusal(place, `${path}/update`, change)).toEqual([400, 'invalid_input'])
  })

  test.each([
    ['set', 'create', 'CREATE_NOISE_THRESHOLD'],
    ['update', 'update', 'UPDATE_NOISE_THRESHOLD'],
    ['remove', 'delete', 'DELETE_NOISE_THRESHOLD'],
  ] as const)('whose %s a fault refuses is tried again by itself', async (on, call, type) => {
    const place = emulator.open()
    const device_id = await hang(place, 'noiseaware')
    const { noiseThresholds } = place.seam.noiseSensors
    const existing =
      call === 'create' ? null : await noiseThresholds.create({ device_id, ...evening })
    await place.advance(minute)
    await place.emulator.faults.create({
      on: `noise_threshold.${on}`,
      times: 1,
      effect: { kind: 'provider_unavailable' },
    })
    const louder = { noise_threshold_decibels: 66 }
    await place.raw(`${path}/${call}`, {
      device_id,
      ...evening,
      ...(call === 'update' && louder),
      noise_threshold_id: existing?.noise_threshold_id,
    })
    await place.advance(minute)
    const { body } = await place.raw('/action_attempts/list', { device_id })
    const { action_attempts } = z
      .object({ action_attempts: z.array(z.looseObject({ action_type: z.string() })) })
      .parse(body)
    expect(action_attempts.filter((it) => it.action_type === type)).toMatchObject([
      { status: 'error', error: { type: 'uncategorized_error' } },
    ])
    const held = async () =>
      (await place.emulator.noiseSensors.get({ device_id })).slots.map((it) => it.decibels)
    expect(await held()).toEqual(call === 'create' ? [] : [60])
    await place.advance(hour)
    expect(await held()).toEqual({ create: [60], update: [66], delete: [] }[call])
  })

  test('is listed in the order of creation', async () => {
    const place = emulator.open()
    const device_id = await hang(place, 'noiseaware')
    const { noiseThresholds } = place.seam.noiseSensors
    for (const hours of ['20', '04', '12']) {
      const window = { starts_daily_at: `${hours}:00:00`, ends_daily_at: `${hours}:59:00` }
      await noiseThresholds.create({ device_id, ...evening, ...window, name: hours })
    }
    const names = (await noiseThresholds.list({ device_id })).map((it) => it.name)
    expect(names).toEqual(['20', '04', '12'])
  })
})

describe('a sensor', () => {
  test('that is told to be noisy outside of all windows triggers its first threshold', async () => {
    const place = emulator.open()
    const device_id = await hang(place, 'noiseaware')
    const { noiseThresholds, simulate } = place.seam.noiseSensors
    const { noise_threshold_id } = await noiseThresholds.create({ device_id, ...evening })
    await place.advance(minute)
    await simulate.triggerNoiseThreshold({ device_id })
    expect(await propertiesOf(place, device_id)).toMatchObject({ noise_level_decibels: 65 })
    await place.advance(minute)
    expect(await propertiesOf(place, device_id)).toMatchObject({ noise_level_decibels: 38 })
    expect(await alerts(place, device_id)).toMatchObject([{ noise_threshold_id }])
  })

  test('whose battery is empty hears nothing, and nothing of it is told later', async () => {
    const place = emulator.open()
    const device_id = await hang(place)
    await place.emulator.noiseSensors.setBattery({ device_id, level: 0 })
    await play(place, device_id, T0 + 12 * hour, hour, 90)
    await place.advance(day)
    await place.emulator.noiseSensors.setBattery({ device_id, level: 1 })
    await place.advance(minute)
    expect(await alerts(place, device_id)).toEqual([])
  })

  test('that was taken out of its account says nothing any more', async () => {
    const place = emulator.open()
    const device_id = await hang(place)
    await place.seam.devices.simulate.remove({ device_id })
    await play(place, device_id, T0 + 12 * hour, hour, 90)
    await place.advance(day)
    expect(await place.types({ device_id })).not.toContain(TRIGGERED)
  })

  test('of each brand is what its brand is', async () => {
    const place = emulator.open()
    const minut = await hang(place)
    const { noiseThresholds } = place.seam.noiseSensors
    expect(await noiseThresholds.list({ device_id: minut })).toMatchObject([
      {
        name: 'builtin_normal_hours',
        starts_daily_at: '00:00:00',
        ends_daily_at: '23:59:59',
        noise_threshold_decibels: 70,
      },
      {
        name: 'builtin_quiet_hours',
        starts_daily_at: '22:00:00',
        ends_daily_at: '07:00:00',
        noise_threshold_decibels: 60,
      },
    ])
    const noiseaware = await hang(place, 'noiseaware')
    expect(await noiseThresholds.list({ device_id: noiseaware })).toEqual([])
    const sensors = await place.seam.noiseSensors.list()
    expect(sensors.map((it) => [it.device_type, it.capabilities_supported])).toEqual(
      expect.arrayContaining([
        ['minut_sensor', ['noise_detection', 'battery']],
        ['noiseaware_activity_zone', ['noise_detection']],
      ]),
    )
  })
})
