/** What happens at the keypad, and what is told of it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bookCode } from '../support/booking.ts'
import { day, home, hour, iso, second, startPlaces, T0 } from '../support/place.ts'
import type { Place } from '../support/place.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

/** The `lock.*` events of a device, without what all events carry. */
const lockEvents = async (place: Place, device_id: string) =>
  (await place.events({ device_id }))
    .filter((it) => it.event_type.startsWith('lock.'))
    .map((it) => ({
      type: it.event_type,
      at: it.occurred_at,
      method: it['method'],
      access_code_id: it['access_code_id'],
      reason: it['reason'],
    }))

const entry = (place: Place, device_id: string, code: string) =>
  place.seam.locks.simulate.keypadCodeEntry({ device_id, code })

describe('the code of a guest', () => {
  test('opens, and the event says who came where the brand reports it', async () => {
    const place = emulator.open()
    const code = await bookCode(place, { device_id: home.august, code: '1000' })
    await place.advance('1m')
    const attempt = await entry(place, home.august, '1000')
    expect(attempt).toMatchObject({
      status: 'success',
      action_type: 'SIMULATE_KEYPAD_CODE_ENTRY',
    })
    expect(await lockEvents(place, home.august)).toMatchObject([
      { type: 'lock.unlocked', method: 'keycode', access_code_id: code.access_code_id },
    ])
    expect((await place.seam.devices.get({ device_id: home.august })).properties.locked).toBe(false)
    expect(await place.types({ device_id: home.august })).toEqual([
      'access_code.created',
      'access_code.set_on_device',
      'lock.unlocked',
      'action_attempt.simulate_keypad_code_entry.succeeded',
    ])
  })

  test('opens without a name where the brand does not report it', async () => {
    const place = emulator.open()
    await bookCode(place, { device_id: home.smartthings, code: '1000' })
    await place.advance('1m')
    await entry(place, home.smartthings, '1000')
    expect(await lockEvents(place, home.smartthings)).toMatchObject([
      { type: 'lock.unlocked', method: 'keycode', access_code_id: undefined },
    ])
  })

  test('refuses with the reason: unknown, not yet valid, expired', async () => {
    const place = emulator.open()
    const code = await bookCode(place, {
      device_id: home.august,
      code: '1000',
      starts_at: iso(T0 + day),
      ends_at: iso(T0 + 2 * day),
    })
    await place.advance('1m')
    await entry(place, home.august, '9999')
    await entry(place, home.august, '1000')
    await place.advanceTo(T0 + 2 * day)
    await entry(place, home.august, '1000')
    expect(await lockEvents(place, home.august)).toMatchObject([
      { type: 'lock.access_denied', reason: { reason_code: 'unknown_code' } },
      // The event has no word for a code that is too early.
      {
        type: 'lock.access_denied',
        reason: { reason_code: 'unknown_code' },
        access_code_id: code.access_code_id,
      },
      { type: 'lock.access_denied', reason: { reason_code: 'expired_code' } },
    ])
  })
})

test('a keypad that was tried too often is deaf for a while, to the right code as well', async () => {
  const place = emulator.open()
  // Schlage: deaf for 30 s after four wrong codes.
  await bookCode(place, { device_id: home.schlage, code: '1000' })
  await place.advance('1m')
  const answers = []
  for (const code of ['9991', '9992', '9993', '9994', '1000']) {
    answers.push((await place.enter(home.schlage, code)).reason)
  }
  expect(answers).toEqual([
    'unknown_code',
    'unknown_code',
    'unknown_code',
    'unknown_code',
    'too_many_attempts',
  ])
  expect(await lockEvents(place, home.schlage)).toMatchObject([
    { reason: { reason_code: 'unknown_code' } },
    { reason: { reason_code: 'unknown_code' } },
    { reason: { reason_code: 'unknown_code' } },
    { reason: { reason_code: 'unknown_code' } },
    { reason: { reason_code: 'too_many_attempts' } },
  ])
  await place.advance(30 * second - 1)
  expect(await place.opens(home.schlage, '1000')).toBe(false)
  await place.advance(1)
  expect(await place.opens(home.schlage, '1000')).toBe(true)
})

test('a right code in between forgives the wrong ones', async () => {
  const place = emulator.open()
  await bookCode(place, { device_id: home.schlage, code: '1000' })
  await place.advance('1m')
  for (const code of ['9991', '9992', '9993', '1000', '9994', '9995', '9996', '1000']) {
    await place.enter(home.schlage, code)
  }
  expect(await place.opens(home.schlage, '1000')).toBe(true)
})

test('a Kwikset lock is silent about the first two wrong codes', async () => {
  const place = emulator.open()
  const device_id = await place.hang('kwikset')
  for (const code of ['9991', '9992']) await place.enter(device_id, code)
  expect(await lockEvents(place, device_id)).toEqual([])
  await place.enter(device_id, '9993')
  expect(await lockEvents(place, device_id)).toMatchObject([{ type: 'lock.access_denied' }])
})

test('a code for one use burns: the lock forgets it, and so does Seam', async () => {
  const place = emulator.open()
  const code = await bookCode(place, {
    device_id: home.august,
    code: '1000',
    is_one_time_use: true,
  })
  await place.advance('1m')
  expect(await code.opens('1000')).toBe(true)
  expect(await place.slots(home.august)).toEqual([])
  expect(await code.opens('1000')).toBe(false)
  expect(await code.isGone()).toBe(true)
  expect((await code.types()).slice(-3)).toEqual([
    'lock.unlocked',
    'access_code.removed_from_device',
    'access_code.deleted',
  ])
})

describe('auto-lock', () => {
  test('bolts the door again after its delay, and tells it as automatic', async () => {
    const place = emulator.open()
    await bookCode(place, { device_id: home.august, code: '1000' })
    await place.advance('1m')
    const attempt = await place.seam.locks.configureAutoLock({
      device_id: home.august,
      auto_lock_enabled: true,
      auto_lock_delay_seconds: 45,
    })
    expect(attempt.status).toBe('success')
    const { properties } = await place.seam.devices.get({ device_id: home.august })
    expect(properties).toMatchObject({ auto_lock_enabled: true, auto_lock_delay_seconds: 45 })
    const opened = await place.now()
    await place.enter(home.august, '1000')
    await place.advance(45 * second - 1)
    expect((await place.lock(home.august)).bolt.locked).toBe(false)
    await place.advance(1)
    expect((await place.lock(home.august)).bolt.locked).toBe(true)
    expect(await lockEvents(place, home.august)).toMatchObject([
      { type: 'lock.unlocked', method: 'keycode' },
      { type: 'lock.locked', method: 'automatic', at: iso(opened + 45 * second) },
    ])
  })

  test('counts anew from the last opening, and not at all once somebody locked', async () => {
    const place = emulator.open()
    const device_id = await place.hang('kwikset')
    await bookCode(place, { device_id, code: '1000' })
    await place.advance('1m')
    await place.enter(device_id, '1000')
    await place.advance('20s')
    await place.enter(device_id, '1000')
    await place.advance('20s')
    expect((await place.lock(device_id)).bolt.locked).toBe(false)
    await place.seam.locks.simulate.manualLockViaKeypad({ device_id })
    await place.advance('1h')
    expect((await lockEvents(place, device_id)).map((it) => [it.type, it.method])).toEqual([
      ['lock.unlocked', 'keycode'],
      ['lock.unlocked', 'keycode'],
      ['lock.locked', 'keycode'],
    ])
  })

  test('does not move a bolt whose battery has died meanwhile', async () => {
    const place = emulator.open()
    const device_id = await place.hang('kwikset')
    await bookCode(place, { device_id, code: '1000' })
    await place.advance('1m')
    await place.enter(device_id, '1000')
    await place.control('locks/set_battery', { device_id, level: 0 })
    await place.advance('1h')
    expect((await place.lock(device_id)).bolt.locked).toBe(false)
  })
})

describe('an accessory keypad', () => {
  test('that is unplugged turns the flag false, and codes wait for its return', async () => {
    const place = emulator.open()
    const waiting = await bookCode(place, {
      device_id: home.august,
      code: '1000',
      starts_at: iso(T0 + 5 * day),
      ends_at: iso(T0 + 6 * day),
    })
    const present = await bookCode(place, { device_id: home.august, code: '2000' })
    await place.advance('1m')
    await place.control('locks/set_keypad', { device_id: home.august, connected: false })

    const device = await place.seam.devices.get({ device_id: home.august })
    expect(device).toMatchObject({
      can_program_online_access_codes: false,
      can_unlock_with_code: false,
      can_remotely_unlock: true,
      properties: { online: true, accessory_keypad: { is_connected: false } },
    })
    expect(await place.enter(home.august, '2000')).toEqual({
      opened: false,
      reason: 'keypad_unavailable',
    })
    const refused = await place.raw('/access_codes/create', {
      device_id: home.august,
      code: '3000',
    })
    expect(refused.status).toBe(400)
    await place.advanceTo(T0 + 5 * day)
    expect(await waiting.status()).toBe('setting')
    expect(await waiting.errors()).toEqual(['failed_to_set_on_device'])
    expect(await present.status()).toBe('set')
    const attempt = await place.raw('/locks/simulate/keypad_code_entry', {
      device_id: home.august,
      code: '2000',
    })
    expect(attempt.status).toBe(200)
    await place.advance('1s')

    await place.control('locks/set_keypad', { device_id: home.august, connected: true })
    await place.advance('1m')
    expect(await waiting.status()).toBe('set')
    expect(await waiting.opens('1000')).toBe(true)
    expect(await waiting.opens('2000')).toBe(true)
    const told = (await place.events({ device_id: home.august })).filter(
      (it) => !it.event_type.startsWith('access_code.'),
    )
    expect(told.map((it) => it.event_type)).toEqual([
      'device.accessory_keypad_disconnected',
      'action_attempt.simulate_keypad_code_entry.failed',
      'device.accessory_keypad_connected',
      'lock.unlocked',
      'lock.unlocked',
    ])
    expect(told[0]).toMatchObject({
      device_warnings: [{ warning_code: 'accessory_keypad_setup_required' }],
      device_errors: [],
      connected_account_errors: [],
    })
  })

  test('with an empty battery of its own is as good as unplugged, until the battery is replaced', async () => {
    const place = emulator.open()
    const device_id = await place.hang('august', { keypad_battery_level: 0.01 })
    const code = await bookCode(place, { device_id, code: '1000' })
    await place.advance('1m')
    expect((await place.seam.devices.get({ device_id })).properties.accessory_keypad).toMatchObject(
      { is_connected: true, battery: { level: 0.01 } },
    )
    await place.advance(60 * day)
    expect(await place.seam.devices.get({ device_id })).toMatchObject({
      can_program_online_access_codes: false,
      properties: { online: true, accessory_keypad: { is_connected: false } },
      warnings: [{ warning_code: 'accessory_keypad_setup_required' }],
    })
    expect(await code.opens('1000')).toBe(false)
    expect((await place.lock(device_id)).keypad).toEqual({ is_connected: true, has_power: false })

    // Unplugging what is dead, and plugging it in again, is no news.
    await place.control('locks/set_keypad', { device_id, connected: false })
    await place.control('locks/set_keypad', { device_id, connected: true })
    const changed = await place.raw('/access_codes/update', {
      access_code_id: code.access_code_id,
      code: '2000',
    })
    expect(changed.status).toBe(200)
    await place.advance('1h')
    expect(await code.status()).toBe('setting')

    await place.control('locks/set_battery', { device_id, keypad: true, level: 1 })
    await place.advance('1m')
    expect(await place.seam.devices.get({ device_id })).toMatchObject({
      can_program_online_access_codes: true,
      properties: { accessory_keypad: { is_connected: true, battery: { level: 1 } } },
      warnings: [],
    })
    expect(await code.status()).toBe('set')
    expect(await code.opens('2000')).toBe(true)
    const keypad = (await place.types({ device_id })).filter((it) => it.includes('keypad'))
    expect(keypad).toEqual([
      'device.accessory_keypad_disconnected',
      'device.accessory_keypad_connected',
    ])
  })

  test('that is unplugged behind a dark bridge is heard of on return', async () => {
    const place = emulator.open()
    await place.unplug(home.august_bridge)
    await place.advance('1h')
    await place.control('locks/set_keypad', { device_id: home.august, connected: false })
    expect(await place.types({ device_id: home.august })).toEqual(['device.disconnected'])
    await place.advance('1h')
    await place.plug(home.august_bridge)
    expect((await place.events({ device_id: home.august })).slice(1)).toMatchObject([
      { event_type: 'device.connected', occurred_at: iso(T0 + 2 * hour) },
      {
        event_type: 'device.accessory_keypad_disconnected',
        occurred_at: iso(T0 + hour),
        created_at: iso(T0 + 2 * hour + 1),
      },
    ])
  })

  test('loses its charge by use as well', async () => {
    const place = emulator.open()
    const device_id = await place.hang('august', { keypad_battery_level: 0.000_12 })
    expect((await place.lock(device_id)).keypad.has_power).toBe(true)
    const reasons = []
    for (const code of ['1001', '1002', '1003', '1004']) {
      reasons.push((await place.enter(device_id, code)).reason)
    }
    expect(reasons).toEqual(['unknown_code', 'unknown_code', 'unknown_code', 'keypad_unavailable'])
    await place.advance(hour)
    expect((await place.types({ device_id })).filter((it) => it.includes('keypad'))).toEqual([
      'device.accessory_keypad_disconnected',
    ])
  })
})

test('what the keypad saw behind a dark bridge is told on return, with the instants of the lock', async () => {
  const place = emulator.open()
  await bookCode(place, { device_id: home.august, code: '1000' })
  await place.advance('1m')
  await place.unplug(home.august_bridge)
  await place.advance('1h')
  const opened = await place.now()
  await place.enter(home.august, '1000')
  await place.advance('1h')
  expect(await lockEvents(place, home.august)).toEqual([])
  await place.plug(home.august_bridge)
  const [unlocked] = (await place.events({ device_id: home.august })).slice(-1)
  expect(unlocked).toMatchObject({
    event_type: 'lock.unlocked',
    occurred_at: iso(opened),
    created_at: iso(opened + hour + 1),
  })
})

test('a lock without a keypad has nothing to type on', async () => {
  const place = emulator.open()
  const answer = await place.raw('/locks/simulate/keypad_code_entry', {
    device_id: home.august_without_keypad,
    code: '1000',
  })
  expect(answer.status).toBe(200)
  expect(await place.enter(home.august_without_keypad, '1000')).toMatchObject({
    opened: false,
    reason: 'keypad_unavailable',
  })
})
