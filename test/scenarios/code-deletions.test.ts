/** Deleting a code at every stage of its life. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bookCode } from '../support/booking.ts'
import { day, home, hour, iso, startPlaces, T0 } from '../support/place.ts'

const start = T0 + 10 * day
const end = start + 2 * day
const window = { starts_at: iso(start), ends_at: iso(end) }

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

const removed = { event_type: 'access_code.removed_from_device' }
const deleted = { event_type: 'access_code.deleted', code: '1111' }

test('in the far future it is gone at once, and the lock is never bothered', async () => {
  const place = emulator.open()
  const code = await bookCode(place, { device_id: home.august, code: '1111', ...window })
  await code.delete()
  expect(await code.isGone()).toBe(true)
  expect(await code.news()).toEqual([deleted])
  await place.advanceTo(end)
  expect(await code.news()).toEqual([])
})

test('a scheduled code is removed from the memory before its start', async () => {
  const place = emulator.open()
  const code = await bookCode(place, { device_id: home.august, code: '1111', ...window })
  await place.advanceTo(start - day)
  await code.news()
  await code.delete()
  expect(await code.get()).toMatchObject({
    status: 'removing',
    pending_mutations: [{ mutation_code: 'deleting', created_at: iso(start - day) }],
    warnings: [{ warning_code: 'being_deleted' }],
  })
  expect(await place.slots(home.august)).toHaveLength(1)
  await place.advance('1m')
  expect(await code.isGone()).toBe(true)
  expect(await place.slots(home.august)).toEqual([])
  expect(await code.news()).toEqual([removed, deleted])
  await place.advanceTo(start)
  expect(await place.opens(home.august, '1111')).toBe(false)
})

test('a code on its way to the lock is taken off again as soon as it has arrived', async () => {
  const place = emulator.open()
  const code = await bookCode(place, { device_id: home.august, code: '1111' })
  await code.delete()
  expect(await code.status()).toBe('removing')
  await place.advance('1m')
  expect(await code.isGone()).toBe(true)
  expect(await place.slots(home.august)).toEqual([])
  expect(await place.opens(home.august, '1111')).toBe(false)
  expect(await code.news()).toEqual([removed, deleted])
})

test('a code that waits for a dark bridge and never reached the lock is gone at once', async () => {
  const place = emulator.open()
  await place.unplug(home.august_bridge)
  const code = await bookCode(place, { device_id: home.august, code: '1111' })
  await place.advance('30m')
  await code.news()
  await code.delete()
  expect(await code.isGone()).toBe(true)
  expect(await code.news()).toEqual([deleted])
  await place.plug(home.august_bridge)
  await place.advance('1m')
  expect(await place.slots(home.august)).toEqual([])
})

test('a set code opens until the lock has confirmed its removal', async () => {
  const place = emulator.open()
  const code = await bookCode(place, { device_id: home.august, code: '1111' })
  await place.advance('1m')
  await code.news()
  const answer = await place.raw('/access_codes/delete', {
    access_code_id: code.access_code_id,
  })
  expect(answer.body).toMatchObject({
    action_attempt: { action_type: 'DELETE_ACCESS_CODE', status: 'pending' },
    ok: true,
  })
  expect(await code.status()).toBe('removing')
  expect(await code.opens('1111')).toBe(true)
  await place.advance('1m')
  expect(await code.isGone()).toBe(true)
  expect(await code.opens('1111')).toBe(false)
  expect(await code.news()).toEqual([removed, deleted])
})

test('a code that is being removed already can be deleted again, and goes once', async () => {
  const place = emulator.open()
  const code = await bookCode(place, { device_id: home.august, code: '1111' })
  await place.advance('1m')
  await code.news()
  await code.delete()
  await code.delete()
  await place.advance('1m')
  expect(await code.news()).toEqual([removed, deleted])
  const again = await place.raw('/access_codes/delete', { access_code_id: code.access_code_id })
  expect(again).toMatchObject({ status: 404, body: { error: { type: 'access_code_not_found' } } })
})

test('a code that is being removed takes no updates', async () => {
  const place = emulator.open()
  const code = await bookCode(place, { device_id: home.august, code: '1111' })
  await place.advance('1m')
  await code.delete()
  await expect(code.update({ name: 'Too late' })).rejects.toMatchObject({ statusCode: 400 })
})

test('a code that is being updated goes, whichever PIN the lock holds', async () => {
  const place = emulator.open()
  const code = await bookCode(place, { device_id: home.august, code: '1111' })
  await place.advance('1m')
  await code.update({ code: '2222' })
  await code.delete()
  await place.advance('2m')
  expect(await code.isGone()).toBe(true)
  expect(await place.slots(home.august)).toEqual([])
  expect((await code.news()).at(-1)).toEqual({ event_type: 'access_code.deleted', code: '2222' })
})

test('behind a dark bridge it keeps opening, is removing with delay and failure, and goes on return', async () => {
  const place = emulator.open()
  const code = await bookCode(place, { device_id: home.august, code: '1111' })
  await place.advance('1m')
  await place.unplug(home.august_bridge)
  await code.news()
  await code.delete()
  await place.advance(hour)
  expect(await code.get()).toMatchObject({
    status: 'removing',
    errors: [{ error_code: 'failed_to_remove_from_device' }, { error_code: 'hub_disconnected' }],
    warnings: [
      { warning_code: 'delay_in_removing_from_device' },
      { warning_code: 'being_deleted' },
    ],
  })
  expect(await code.opens('1111')).toBe(true)
  await place.plug(home.august_bridge)
  await place.advance('1m')
  expect(await code.isGone()).toBe(true)
  expect(await code.opens('1111')).toBe(false)
  expect((await code.news()).map((it) => it['event_type'])).toEqual([
    'access_code.delay_in_removing_from_device',
    'access_code.failed_to_remove_from_device',
    'access_code.removed_from_device',
    'access_code.deleted',
  ])
})

test('the PIN of a deleted code can be given to the next one', async () => {
  const place = emulator.open()
  const code = await bookCode(place, { device_id: home.august, code: '1111' })
  await place.advance('1m')
  await code.delete()
  await place.advance('1m')
  const next = await bookCode(place, { device_id: home.august, code: '1111' })
  await place.advance('1m')
  expect(await next.status()).toBe('set')
  expect(await next.opens('1111')).toBe(true)
})
