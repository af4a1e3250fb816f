/** Stories of noise sensors, with the official SDK, real webhooks and the microphone as judge. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { day, hour, iso, minute, second, startPlaces, T0 } from '../support/place.ts'
import type { Place } from '../support/place.ts'
import { startReceiver } from '../support/receiver.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

const TRIGGERED = 'noise_sensor.noise_threshold_triggered'

const alert = z.looseObject({
  event_type: z.literal(TRIGGERED),
  occurred_at: z.string(),
  created_at: z.string(),
  noise_threshold_id: z.string(),
  noise_threshold_name: z.string(),
  noise_level_decibels: z.number(),
  minut_metadata: z
    .looseObject({ minut_event_type: z.string(), event_name: z.string() })
    .optional(),
  noiseaware_metadata: z.looseObject({ noiseaware_alert_type: z.string() }).optional(),
})

/** What was told of noise: by the list and by a webhook alike. */
const follow = async (place: Place) => {
  const receiver = await startReceiver()
  const { secret } = await place.seam.webhooks.create({
    url: receiver.url,
    event_types: [TRIGGERED],
  })
  const told = () => receiver.received.map((it) => alert.parse(it.event))
  return {
    told,
    /** What each notice is called, and when it happened. */
    notices: () =>
      told().map((it) => [
        it.minut_metadata?.minut_event_type ?? it.noiseaware_metadata?.noiseaware_alert_type,
        it.occurred_at,
      ]),
    close: async () => {
      receiver.verifyAll(secret ?? '')
      const listed = await place.seam.events.list({ since: iso(0), event_type: TRIGGERED })
      expect(told()).toEqual(listed.toReversed())
      await receiver.close()
    },
  }
}

const at = (clock: string, days = 0): number => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return T0 + days * day + hours * hour + minutes * minute
}

const hang = async (place: Place, more: object = {}, model: 'minut' | 'noiseaware' = 'minut') => {
  const { device_id } = await place.emulator.noiseSensors.create({ model, name: 'Lounge', ...more })
  const thresholds = await place.seam.noiseSensors.noiseThresholds.list({ device_id })
  const [normal, quiet] = thresholds
  return { device_id, normal, quiet }
}

const play = (place: Place, device_id: string, from: number, lasts: number, decibels: number) =>
  place.emulator.noiseSensors.play({
    device_id,
    segments: [{ at: iso(from), for: lasts, decibels }],
  })

const refusal = async (place: Place, path: string, body: object) => {
  const answer = await place.raw(path, body)
  const { error } = z.looseObject({ error: z.looseObject({ type: z.string() }) }).parse(answer.body)
  return [answer.status, error.type]
}

const thresholds = '/noise_sensors/noise_thresholds'

test('a party in quiet hours is told four times, with the threshold for quiet hours', async () => {
  const place = emulator.open()
  const { device_id, quiet } = await hang(place)
  const told = await follow(place)
  await play(place, device_id, at('23:00'), 40 * minute, 75)
  await place.advance(2 * day)
  expect(told.notices()).toEqual([
    ['disturbance_first_notice', iso(at('23:10'))],
    ['disturbance_second_notice', iso(at('23:15'))],
    ['disturbance_third_notice', iso(at('23:25'))],
    ['disturbance_ended', iso(at('23:45'))],
  ])
  for (const event of told.told()) {
    expect(event).toMatchObject({
      device_id,
      noise_threshold_id: quiet?.noise_threshold_id,
      noise_threshold_name: 'builtin_quiet_hours',
    })
    expect(event.minut_metadata?.event_name).toBe(event.minut_metadata?.minut_event_type)
  }
  expect(told.told().map((it) => it.noise_level_decibels)).toEqual([75, 75, 75, 38])
  await told.close()
})

test('a loud afternoon reaches the threshold for normal hours', async () => {
  const place = emulator.open()
  const { device_id, normal } = await hang(place)
  const told = await follow(place)
  await play(place, device_id, at('15:00'), 40 * minute, 75)
  await place.advance(day)
  expect(told.told()).toHaveLength(4)
  for (const event of told.told()) {
    expect(event.noise_threshold_id).toBe(normal?.noise_threshold_id)
  }
  await told.close()
})

test('a clap of half a minute is seen and told of by nobody', async () => {
  const place = emulator.open()
  const { device_id, normal } = await hang(place)
  await play(place, device_id, at('12:00'), 30 * second, 90)
  await place.advanceTo(at('12:00'))
  const during = await place.seam.devices.get({ device_id })
  expect(during.properties).toMatchObject({
    noise_level_decibels: 90,
    currently_triggering_noise_threshold_ids: [normal?.noise_threshold_id],
    minut_metadata: {
      latest_sensor_values: { sound: { time: iso(at('12:00')), value: 90 } },
    },
  })
  await place.advance(30 * second)
  const after = await place.seam.devices.get({ device_id })
  expect(after.properties).toMatchObject({
    noise_level_decibels: 38,
    currently_triggering_noise_threshold_ids: [],
  })
  await place.advance(day)
  expect(await place.types({ device_id })).not.toContain(TRIGGERED)
})

test('noise before quiet hours begin does not count', async () => {
  const place = emulator.open()
  const { device_id } = await hang(place)
  const told = await follow(place)
  await play(place, device_id, at('21:55'), 25 * minute, 65)
  await place.advance(day)
  expect(told.notices()).toEqual([
    ['disturbance_first_notice', iso(at('22:10'))],
    ['disturbance_second_notice', iso(at('22:15'))],
    ['disturbance_ended', iso(at('22:25'))],
  ])
  await told.close()
})

test('a disturbance is over where its window closes', async () => {
  const place = emulator.open()
  const { device_id } = await hang(place)
  const told = await follow(place)
  await play(place, device_id, at('06:45'), hour, 65)
  await place.advance(day)
  expect(told.notices()).toEqual([
    ['disturbance_first_notice', iso(at('06:55'))],
    ['disturbance_ended', iso(at('07:00'))],
  ])
  await told.close()
})

test('a pause shorter than the quiet that ends it puts the next notice off', async () => {
  const place = emulator.open()
  const { device_id } = await hang(place)
  const told = await follow(place)
  await play(place, device_id, at('23:00'), 12 * minute, 75)
  await play(place, device_id, at('23:14'), 20 * minute, 75)
  await place.advance(day)
  expect(told.notices()).toEqual([
    ['disturbance_first_notice', iso(at('23:10'))],
    ['disturbance_second_notice', iso(at('23:19'))],
    ['disturbance_third_notice', iso(at('23:29'))],
    ['disturbance_ended', iso(at('23:39'))],
  ])
  await told.close()
})

describe('a threshold in a time zone', () => {
  const zoned = {
    starts_daily_at: '22:00:00[America/Los_Angeles]',
    ends_daily_at: '07:00:00[America/Los_Angeles]',
  }

  test('rules by the clocks on the walls there', async () => {
    const place = emulator.open()
    const { device_id, quiet } = await hang(place)
    const told = await follow(place)
    const { noise_threshold_id = '' } = quiet ?? {}
    await place.seam.noiseSensors.noiseThresholds.update({
      device_id,
      noise_threshold_id,
      ...zoned,
    })
    // 22:00 in Los Angeles is 06:00 in UTC in winter.
    await play(place, device_id, at('05:50', 1), 40 * minute, 65)
    await place.advance(3 * day)
    expect(told.notices()[0]).toEqual(['disturbance_first_notice', iso(at('06:10', 1))])
    await told.close()
  })

  test('lasts eight hours in the night in which clocks go forward', async () => {
    const place = emulator.open()
    const { device_id, quiet } = await hang(place, {
      location: { time_zone: 'America/Los_Angeles' },
    })
    const { noise_threshold_id = '' } = quiet ?? {}
    const told = await follow(place)
    // 22:00 PST on 8 March 2025 until 07:00 PDT on 9 March.
    const from = Date.UTC(2025, 2, 9, 6)
    const until = Date.UTC(2025, 2, 9, 14)
    expect(until - from).toBe(8 * hour)
    await play(place, device_id, from - hour, 12 * hour, 65)
    await place.advanceTo(until + hour)
    expect(told.notices()[0]).toEqual(['disturbance_first_notice', iso(from + 10 * minute)])
    expect(told.notices().at(-1)).toEqual(['disturbance_ended', iso(until)])
    expect(told.told().every((it) => it.noise_threshold_id === noise_threshold_id)).toBe(true)
    await told.close()
  })
})

test('a Minut sensor has two thresholds at most, and never loses that for normal hours', async () => {
  const place = emulator.open()
  const { device_id, normal, quiet } = await hang(place)
  const { noiseThresholds } = place.seam.noiseSensors
  const nights = {
    device_id,
    starts_daily_at: '23:00:00',
    ends_daily_at: '06:00:00',
    noise_threshold_decibels: 55,
  }
  expect(await refusal(place, `${thresholds}/create`, nights)).toEqual([
    400,
    'noise_threshold_limit_reached',
  ])
  await noiseThresholds.delete({
    device_id,
    noise_threshold_id: quiet?.noise_threshold_id ?? '',
  })
  expect(await noiseThresholds.list({ device_id })).toEqual([normal])
  const made = await noiseThresholds.create(nights)
  expect(made).toMatchObject({ ...nights, name: 'builtin_quiet_hours' })
  expect(await noiseThresholds.list({ device_id })).toEqual([normal, made])
  await place.advance(minute)
  expect((await place.emulator.noiseSensors.get({ device_id })).slots).toMatchObject([
    { name: 'builtin_normal_hours' },
    { decibels: 55 },
  ])
  const which = { device_id, noise_threshold_id: normal?.noise_threshold_id }
  expect(await refusal(place, `${thresholds}/delete`, which)).toEqual([
    400,
    'noise_threshold_required',
  ])
  expect(await noiseThresholds.list({ device_id })).toEqual([normal, made])
})

test('NoiseAware thresholds may touch but not overlap, and a long party is told once', async () => {
  const place = emulator.open()
  const { device_id } = await hang(place, {}, 'noiseaware')
  const { noiseThresholds } = place.seam.noiseSensors
  const told = await follow(place)
  const evening = await noiseThresholds.create({
    device_id,
    starts_daily_at: '18:00:00',
    ends_daily_at: '22:00:00',
    noise_threshold_nrs: 60,
  })
  expect(evening).toMatchObject({
    name: 'Noise Threshold',
    noise_threshold_nrs: 60,
    noise_threshold_decibels: 70,
  })
  const overlapping = {
    device_id,
    starts_daily_at: '21:30:00',
    ends_daily_at: '23:00:00',
    noise_threshold_decibels: 60,
  }
  expect(await refusal(place, `${thresholds}/create`, overlapping)).toEqual([
    400,
    'noise_thresholds_overlap',
  ])
  await noiseThresholds.create({ ...overlapping, starts_daily_at: '22:00:00' })
  await play(place, device_id, at('19:00'), 2 * hour, 80)
  await place.advance(day)
  expect(told.notices()).toEqual([['newNoise', iso(at('19:10'))]])
  expect(told.told()[0]).toMatchObject({
    noise_level_decibels: 80,
    noise_level_nrs: 80,
    noise_threshold_id: evening.noise_threshold_id,
  })
  await told.close()
})

test('what a sensor hears while it is offline is told when it is back, with its own times', async () => {
  const place = emulator.open()
  const { device_id } = await hang(place)
  const told = await follow(place)
  await place.advanceTo(at('22:30'))
  await place.seam.devices.simulate.disconnect({ device_id })
  await play(place, device_id, at('23:00'), 40 * minute, 75)
  await place.advanceTo(at('02:00', 1))
  expect(told.told()).toEqual([])
  expect((await place.emulator.noiseSensors.explain({ device_id })).untold).toBe(4)
  expect((await place.seam.devices.get({ device_id })).properties).toMatchObject({
    online: false,
    noise_level_decibels: 38,
  })
  await place.seam.devices.simulate.connect({ device_id })
  await place.advance(second)
  expect(told.notices()).toEqual([
    ['disturbance_first_notice', iso(at('23:10'))],
    ['disturbance_second_notice', iso(at('23:15'))],
    ['disturbance_third_notice', iso(at('23:25'))],
    ['disturbance_ended', iso(at('23:45'))],
  ])
  for (const { created_at } of told.told()) {
    expect(Date.parse(created_at) - at('02:00', 1)).toBeLessThan(second)
  }
  await told.close()
})

test('a sensor that is offline judges by its old threshold, until the new one is on it', async () => {
  const place = emulator.open()
  const { device_id, quiet } = await hang(place)
  const { noise_threshold_id = '' } = quiet ?? {}
  const { noiseThresholds } = place.seam.noiseSensors
  const told = await follow(place)
  await place.seam.devices.simulate.disconnect({ device_id })
  await noiseThresholds.update({ device_id, noise_threshold_id, noise_threshold_decibels: 50 })
  await place.advance(minute)
  expect(await noiseThresholds.get({ noise_threshold_id })).toMatchObject({
    noise_threshold_decibels: 50,
  })
  const unprogrammed = await place.raw(`${thresholds}/list`, { device_id, is_programmed: false })
  expect(unprogrammed.body).toMatchObject({ noise_thresholds: [{ noise_threshold_id }] })
  await play(place, device_id, at('23:00'), 20 * minute, 55)
  await place.advanceTo(at('23:30'))
  await place.seam.devices.simulate.connect({ device_id })
  await place.advance(minute)
  expect(told.told()).toEqual([])
  const programmed = await place.raw(`${thresholds}/list`, { device_id, is_programmed: false })
  expect(programmed.body).toMatchObject({ noise_thresholds: [] })
  await play(place, device_id, at('23:40'), 20 * minute, 55)
  await place.advance(hour)
  expect(told.notices()[0]).toEqual(['disturbance_first_notice', iso(at('23:50'))])
  await told.close()
})

test('a simulated noise is told once, and only in a sandbox', async () => {
  const place = emulator.open()
  const { device_id, quiet } = await hang(place)
  const told = await follow(place)
  await place.seam.noiseSensors.simulate.triggerNoiseThreshold({ device_id })
  await place.advance(second)
  expect(told.told()).toMatchObject([
    { noise_threshold_id: quiet?.noise_threshold_id, noise_level_decibels: 65 },
  ])
  const during = await place.seam.devices.get({ device_id })
  expect(during.properties.noise_level_decibels).toBe(65)
  await place.advance(day)
  expect(told.told()).toHaveLength(1)
  await told.close()
})

test('a fault at the sensor ends the attempt with an error, and the threshold is tried again', async () => {
  const place = emulator.open()
  const { device_id } = await hang(place, {}, 'noiseaware')
  await place.emulator.faults.create({
    on: 'noise_threshold.set',
    times: 1,
    name: 'deaf',
    effect: { kind: 'fail' },
  })
  const threshold = await place.seam.noiseSensors.noiseThresholds.create({
    device_id,
    starts_daily_at: '18:00:00',
    ends_daily_at: '22:00:00',
    noise_threshold_decibels: 60,
  })
  await place.advance(minute)
  const { body } = await place.raw('/action_attempts/list', { device_id })
  expect(body).toMatchObject({
    action_attempts: [
      {
        action_type: 'CREATE_NOISE_THRESHOLD',
        status: 'error',
        error: { type: 'uncategorized_error' },
      },
    ],
  })
  const explained = await place.emulator.noiseSensors.explain({ device_id })
  expect(explained).toMatchObject({
    thresholds: [{ on_sensor: null, is_programmed: false, waits_for: { reason: 'retry' } }],
    faults: [{ name: 'deaf', hits: 1 }],
  })
  expect(explained.summary.join(' ')).toContain('The fault deaf (fail) has a hand in it.')
  await place.advance(10 * minute)
  expect((await place.emulator.noiseSensors.get({ device_id })).slots).toMatchObject([
    { noise_threshold_id: threshold.noise_threshold_id },
  ])
  expect((await place.emulator.noiseSensors.explain({ device_id })).thresholds).toMatchObject([
    { is_programmed: true, waits_for: null },
  ])
})

describe('what does not fit is refused, and changes nothing:', () => {
  const fitting = { starts_daily_at: '23:00:00', ends_daily_at: '06:00:00' }
  const loud = { noise_threshold_decibels: 60 }

  test.each([
    ['no loudness', 'minut', fitting, 'invalid_input'],
    [
      'a Noise Risk Score on a Minut sensor',
      'minut',
      { ...fitting, noise_threshold_nrs: 40 },
      'invalid_input',
    ],
    [
      'a Noise Risk Score beyond 100',
      'noiseaware',
      { ...fitting, noise_threshold_nrs: 101 },
      'invalid_input',
    ],
    [
      'an instant in place of a time of day',
      'noiseaware',
      { ...fitting, ...loud, starts_daily_at: '2025-01-01T22:00:00Z' },
      'invalid_input',
    ],
    [
      'a time zone that does not exist',
      'noiseaware',
      { ...fitting, ...loud, starts_daily_at: '22:00:00[Mars/Base]' },
      'invalid_input',
    ],
    [
      'two time zones',
      'noiseaware',
      { ...loud, starts_daily_at: '22:00:00[Europe/Paris]', ends_daily_at: '23:00:00[Asia/Tokyo]' },
      'invalid_input',
    ],
    ['a third threshold', 'minut', { ...fitting, ...loud }, 'noise_threshold_limit_reached'],
  ] as const)('%s', async (_, model, input, type) => {
    const place = emulator.open()
    const { device_id } = await hang(place, {}, model)
    const before = await place.raw(`${thresholds}/list`, { device_id })
    const path = `${thresholds}/create`
    expect(await refusal(place, path, { device_id, ...input })).toEqual([400, type])
    expect(await place.raw(`${thresholds}/list`, { device_id })).toEqual(before)
    const { body } = await place.raw('/action_attempts/list', { device_id })
    expect(body).toMatchObject({ action_attempts: [] })
  })

  test('hours for quiet that lie outside of the normal ones', async () => {
    const place = emulator.open()
    const { device_id, normal } = await hang(place)
    const { noise_threshold_id = '' } = normal ?? {}
    const change = { device_id, noise_threshold_id, starts_daily_at: '08:00:00' }
    expect(await refusal(place, `${thresholds}/update`, change)).toEqual([400, 'invalid_input'])
    expect(await place.seam.noiseSensors.noiseThresholds.get({ noise_threshold_id })).toEqual(
      normal,
    )
  })

  test('a threshold of another sensor, and a lock', async () => {
    const place = emulator.open()
    const { quiet } = await hang(place)
    const other = await hang(place)
    const { noise_threshold_id } = quiet ?? {}
    const which = { device_id: other.device_id, noise_threshold_id }
    expect(await refusal(place, `${thresholds}/update`, which)).toEqual([
      404,
      'noise_threshold_not_found',
    ])
    expect(await refusal(place, `${thresholds}/delete`, which)).toEqual([
      404,
      'noise_threshold_not_found',
    ])
    const lock = await place.hang('schlage')
    expect(await refusal(place, `${thresholds}/list`, { device_id: lock })).toEqual([
      404,
      'device_not_found',
    ])
    const path = '/noise_sensors/simulate/trigger_noise_threshold'
    expect(await refusal(place, path, { device_id: lock })).toEqual([404, 'device_not_found'])
  })
})

test('a threshold that was confirmed and forgotten is written again', async () => {
  const place = emulator.open()
  const { device_id } = await hang(place, {}, 'noiseaware')
  await place.emulator.faults.create({
    on: 'noise_threshold.set',
    times: 1,
    effect: { kind: 'lose_later', after: '2h' },
  })
  await place.seam.noiseSensors.noiseThresholds.create({
    device_id,
    starts_daily_at: '18:00:00',
    ends_daily_at: '22:00:00',
    noise_threshold_decibels: 60,
  })
  const slots = async () => (await place.emulator.noiseSensors.get({ device_id })).slots.length
  await place.advance(minute)
  expect(await slots()).toBe(1)
  await place.advanceTo(T0 + 2 * hour + 6 * second)
  await place.advance(minute)
  expect(await slots()).toBe(1)
})

test('a call that waits leaps to its own answer, not to when the sensor will forget', async () => {
  const place = emulator.open()
  const { device_id } = await hang(place, {}, 'noiseaware')
  await place.emulator.faults.create({
    on: 'noise_threshold.set',
    times: 1,
    effect: { kind: 'lose_later', after: '2h' },
  })
  const { noise_threshold_id } = await place.seam.noiseSensors.noiseThresholds.create({
    device_id,
    starts_daily_at: '18:00:00',
    ends_daily_at: '22:00:00',
    noise_threshold_decibels: 60,
  })
  await place.advance(minute)
  // The SDK's types do not know `sync`.
  const { body } = await place.raw(`${thresholds}/update`, {
    device_id,
    noise_threshold_id,
    noise_threshold_decibels: 65,
    sync: true,
  })
  expect(body).toMatchObject({ action_attempt: { status: 'success' } })
  expect(await place.now()).toBeLessThan(T0 + 2 * minute)
})

test('a battery runs down over a year, and the sensor goes dark', async () => {
  const place = emulator.open()
  const { device_id } = await hang(place, { name: 'Hall' })
  await place.advance(366 * day)
  expect(await place.types({ device_id })).toEqual([
    'device.added',
    'device.connected',
    'device.battery_status_changed',
    'device.battery_status_changed',
    'device.low_battery',
    'device.battery_status_changed',
    'device.disconnected',
  ])
  await place.emulator.noiseSensors.setBattery({ device_id, level: 1 })
  expect((await place.seam.devices.get({ device_id })).properties).toMatchObject({
    online: true,
    battery: { level: 1, status: 'full' },
  })
})

test('a login brings the sensors of its account, with what they come with', async () => {
  const place = emulator.open()
  const { connect_webview_id } = await place.seam.connectWebviews.create({
    accepted_providers: ['minut'],
  })
  await place.emulator.connectWebviews.complete({ connect_webview_id, provider: 'minut' })
  const [sensor] = await place.seam.noiseSensors.list()
  expect(sensor).toMatchObject({
    device_type: 'minut_sensor',
    capabilities_supported: ['noise_detection', 'battery'],
    can_simulate_removal: true,
    properties: { online: true, manufacturer: 'minut' },
  })
  const { device_id = '' } = sensor ?? {}
  expect(await place.seam.noiseSensors.noiseThresholds.list({ device_id })).toHaveLength(2)
  expect(await place.seam.devices.list({ device_type: 'minut_sensor' })).toHaveLength(1)
})

test('a sensor that nobody hears keeps its newest thousand notices', async () => {
  const place = emulator.open()
  const { device_id } = await hang(place)
  await place.seam.devices.simulate.disconnect({ device_id })
  // Four notices for each night.
  const nights = Array.from({ length: 260 }, (_, night) => ({
    at: iso(at('23:00', night)),
    for: 40 * minute,
    decibels: 75,
  }))
  await place.emulator.noiseSensors.play({ device_id, segments: nights })
  await place.advance(261 * day)
  expect((await place.emulator.noiseSensors.get({ device_id })).untold).toBe(1_000)
})
