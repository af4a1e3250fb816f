/** A lock that stands open locks by itself after its delay, whatever came in between. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { home, startPlaces } from '../support/place.ts'
import type { Place } from '../support/place.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

const isLocked = async (place: Place, device_id: string): Promise<boolean> =>
  (await place.lock(device_id)).bolt.locked

/** A lock whose auto-lock is on, with a delay of 30 seconds. */
const kwikset = (place: Place, extra: object = {}) => place.hang('kwikset', { ...extra })

test('a bolt that was jammed when the delay was over locks after another one, once it is free', async () => {
  const place = emulator.open()
  const device_id = await kwikset(place, { locked: false })
  await place.control('locks/jam', { device_id })
  await place.advance('1h')
  expect(await isLocked(place, device_id)).toBe(false)
  await place.control('locks/jam', { device_id, jammed: false })
  await place.advance('29s')
  expect(await isLocked(place, device_id)).toBe(false)
  await place.advance('1s')
  expect(await isLocked(place, device_id)).toBe(true)
})

test('freeing the bolt does not put off a delay that still runs', async () => {
  const place = emulator.open()
  const device_id = await kwikset(place, { locked: false })
  await place.advance('20s')
  await place.control('locks/jam', { device_id })
  await place.control('locks/jam', { device_id, jammed: false })
  await place.advance('10s')
  expect(await isLocked(place, device_id)).toBe(true)
})

test('a lock without power when the delay was over locks after another one, once it has power', async () => {
  const place = emulator.open()
  const device_id = await kwikset(place, { locked: false })
  await place.control('locks/set_battery', { device_id, level: 0 })
  await place.advance('1h')
  expect(await isLocked(place, device_id)).toBe(false)
  await place.control('locks/set_battery', { device_id, level: 1 })
  await place.advance('30s')
  expect(await isLocked(place, device_id)).toBe(true)
})

test('configure_auto_lock on a lock that stands open counts from then on', async () => {
  const place = emulator.open()
  const device_id = home.august
  await place.seam.locks.unlockDoor({ device_id })
  const configure = (auto_lock_enabled: boolean, auto_lock_delay_seconds: number) =>
    place.seam.locks.configureAutoLock({ device_id, auto_lock_enabled, auto_lock_delay_seconds })
  await configure(true, 60)
  await place.advance('50s')
  await configure(true, 20)
  await place.advance('19s')
  expect(await isLocked(place, device_id)).toBe(false)
  await place.advance('1s')
  expect(await isLocked(place, device_id)).toBe(true)
  await place.seam.locks.unlockDoor({ device_id })
  await configure(false, 20)
  await place.advance('1h')
  expect(await isLocked(place, device_id)).toBe(false)
})

test('a factory reset leaves an open lock to the delay that it came with', async () => {
  const place = emulator.open()
  const device_id = await kwikset(place, { locked: false })
  await place.advance('10s')
  await place.control('locks/factory_reset', { device_id })
  await place.advance('30s')
  expect(await isLocked(place, device_id)).toBe(true)
})

test('a lock that hangs open from the beginning locks as well', async () => {
  const place = emulator.open()
  const device_id = await kwikset(place, { locked: false })
  await place.advance('30s')
  expect(await isLocked(place, device_id)).toBe(true)
  expect((await place.events({ device_id })).at(-1)).toMatchObject({
    event_type: 'lock.locked',
    method: 'automatic',
  })
})
