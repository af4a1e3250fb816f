/** Charge that falls with time and use, and what comes of it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bookCode } from '../support/booking.ts'
import { day, home, hour, iso, startPlaces, T0 } from '../support/place.ts'
import type { Place } from '../support/place.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

/** August: 720 days from full to empty when idle. */
const LIFETIME = 720 * day

const told = async (place: Place, device_id: string) =>
  (await place.events({ device_id }))
    .filter((it) => it.event_type.startsWith('device.'))
    .map((it) => [it.event_type, it.occurred_at, it['battery_status'], it['battery_level']])

test('an idle battery tells each threshold at its instant, and the lock goes dark at zero', async () => {
  const place = emulator.open()
  await place.advance(LIFETIME - 1)
  const critical = await place.seam.devices.get({ device_id: home.august })
  expect(critical.properties).toMatchObject({
    online: true,
    battery: { level: 0, status: 'critical' },
  })
  await place.advance(1)
  const dark = await place.seam.devices.get({ device_id: home.august })
  expect(dark.properties.online).toBe(false)
  expect(dark.properties).not.toHaveProperty('battery')
  expect(dark.errors.map((it) => it.error_code)).toEqual(['device_disconnected'])
  const around = (at: number): unknown =>
    expect.toSatisfy((text: string) => Math.abs(Date.parse(text) - at) <= 1)
  expect(await told(place, home.august)).toEqual([
    ['device.battery_status_changed', around(T0 + 0.25 * LIFETIME), 'good', 0.74],
    ['device.battery_status_changed', around(T0 + 0.7 * LIFETIME), 'low', 0.29],
    ['device.low_battery', around(T0 + 0.7 * LIFETIME + 1), undefined, 0.29],
    ['device.battery_status_changed', around(T0 + 0.9 * LIFETIME), 'critical', 0.09],
    ['device.disconnected', iso(T0 + LIFETIME), undefined, undefined],
  ])
})

test('a dark lock opens for nobody, takes no command, and is back with a fresh battery', async () => {
  const place = emulator.open()
  const code = await bookCode(place, { device_id: home.schlage, code: '1000' })
  await place.advance('1m')
  await place.control('locks/set_battery', { device_id: home.schlage, level: 0 })
  expect(await place.enter(home.schlage, '1000')).toEqual({ opened: false, reason: 'no_power' })
  const attempt = place.seam.locks.unlockDoor({ device_id: home.schlage })
  await expect(attempt).rejects.toMatchObject({
    actionAttempt: { status: 'error', error: { type: 'device_disconnected' } },
  })
  const waiting = await bookCode(place, { device_id: home.schlage, code: '2000' })
  await place.advance('1h')
  expect(await waiting.errors()).toEqual(['failed_to_set_on_device', 'device_disconnected'])

  await place.control('locks/set_battery', { device_id: home.schlage, level: 0.9 })
  await place.advance('1m')
  const { properties, errors } = await place.seam.devices.get({ device_id: home.schlage })
  expect(properties).toMatchObject({ online: true, battery: { level: 0.9, status: 'full' } })
  expect(errors).toEqual([])
  expect([await code.status(), await waiting.status()]).toEqual(['set', 'set'])
  expect(await code.opens('1000')).toBe(true)
  expect((await told(place, home.schlage)).map(([type]) => type)).toEqual([
    'device.disconnected',
    'device.connected',
  ])
})

test('use drains it too: enough turns of the bolt bring it below a threshold', async () => {
  const place = emulator.open()
  // August: a 3000th of the charge for each movement.
  await place.control('locks/set_battery', { device_id: home.august, level: 0.3004 })
  await place.seam.locks.unlockDoor({ device_id: home.august })
  expect((await told(place, home.august)).map(([type]) => type)).toEqual([
    'device.battery_status_changed',
  ])
  await place.seam.locks.lockDoor({ device_id: home.august })
  const news = await told(place, home.august)
  expect(news.map(([type, , status]) => [type, status])).toEqual([
    ['device.battery_status_changed', 'good'],
    ['device.battery_status_changed', 'low'],
    ['device.low_battery', undefined],
  ])
  expect(Number(news[2]?.[3])).toBeLessThan(0.3)
  expect((await place.lock(home.august)).battery?.status).toBe('low')
})

test('behind a dark bridge nothing is heard of it: the news comes with the connection', async () => {
  const place = emulator.open()
  await place.unplug(home.august_bridge)
  await place.control('locks/set_battery', { device_id: home.august, level: 0.2 })
  const hidden = await place.seam.devices.get({ device_id: home.august })
  expect(hidden.properties).not.toHaveProperty('battery')
  await place.plug(home.august_bridge)
  expect((await told(place, home.august)).map(([type]) => type)).toEqual([
    'device.disconnected',
    'device.connected',
    'device.battery_status_changed',
    'device.low_battery',
  ])
})

test('a battery that is replaced in time tells that it is full, and lives as long again', async () => {
  const place = emulator.open()
  await place.advance(LIFETIME - day)
  await place.control('locks/set_battery', { device_id: home.august, level: 1 })
  expect((await told(place, home.august)).at(-1)?.slice(0, 3)).toEqual([
    'device.battery_status_changed',
    iso(T0 + LIFETIME - day),
    'full',
  ])
  await place.advance(LIFETIME - hour)
  expect((await place.lock(home.august)).online).toBe(true)
  await place.advance(hour)
  expect((await place.lock(home.august)).online).toBe(false)
})

test('mains power never ends', async () => {
  const place = emulator.open()
  const device_id = await place.hang('salto_ks')
  await place.advance(10 * 365 * day)
  const { properties } = await place.seam.devices.get({ device_id })
  expect(properties).toMatchObject({ has_direct_power: true, online: true })
  expect(properties).not.toHaveProperty('battery')
})

test('a thousand idle locks over ten years run nothing but their batteries', async () => {
  const place = emulator.open()
  for (let made = 0; made < 1_000; made++) await place.hang('schlage')
  const began = performance.now()
  const { jobs } = await place.advance(10 * 365 * day)
  const took = Math.round(performance.now() - began)
  // Full to good, good to low, low to critical, critical to empty: four for each of them.
  const fixture = 5 * 4 + 2 * 4
  console.log(`1000 idle locks over ten years: ${jobs} jobs in ${took} ms`)
  expect(jobs).toBeGreaterThanOrEqual(4_000)
  expect(jobs).toBeLessThanOrEqual(4_000 + fixture)
  const types = new Set((await place.types()).filter((it) => it !== 'device.added'))
  expect(types).toEqual(
    new Set([
      'device.battery_status_changed',
      'device.low_battery',
      'device.connected',
      'device.disconnected',
    ]),
  )
}, 60_000)
