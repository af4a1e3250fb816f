/** What the lock's own memory takes, keeps and loses. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bookCode } from '../support/booking.ts'
import { day, home, iso, minute, startPlaces, T0 } from '../support/place.ts'
import type { Place } from '../support/place.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

const pins = async (place: Place, device_id: string) =>
  (await place.slots(device_id)).map((it) => [it.slot, it.code])

test('a lock is not made with a field that lock profiles do not have', async () => {
  const place = emulator.open()
  const body = { model: 'schlage', profile: { memory_slots: 2, supported_code_lengths: [4] } }
  expect(await place.raw('/_emulator/locks/create', body)).toMatchObject({
    status: 400,
    body: {
      error: {
        validation_errors: {
          profile: { _errors: [expect.stringContaining('no supported_code_lengths')] },
        },
      },
    },
  })
  await place.hang('schlage', { profile: { memory_slots: 2, code_lengths: [4] } })
})

test('a lock is not made with values that lock profiles cannot have', async () => {
  const place = emulator.open()
  const wrong: [object, string][] = [
    [{ memory_slots: 'many' }, 'profile.memory_slots: Invalid input: expected number'],
    [{ memory_slots: -1 }, 'profile.memory_slots: Too small'],
    [{ code_lengths: ['4'] }, 'profile.code_lengths.0: Invalid input: expected number'],
    [{ scheduling: 'sometimes' }, 'profile.scheduling: Invalid option'],
    [{ latency: { set: { typical: 1e9 } } }, 'profile.latency.set: min, typical and max must'],
    [{ capabilities: { fly: true } }, 'profile.capabilities: Unrecognized key: \\"fly\\"'],
    [{ keypad_battery: { cells: 4 } }, 'profile.keypad_battery.per_use: Invalid input'],
  ]
  for (const [profile, words] of wrong) {
    const made = place.control('locks/create', { model: 'schlage', profile })
    await expect(made).rejects.toThrow(words)
  }
})

test('a lock may have one field of an object otherwise', async () => {
  const place = emulator.open()
  const second = 1_000
  const slow = { min: 10 * second, typical: 10 * second, max: 10 * second }
  const profile = { latency: { set: slow }, capabilities: { remotely_unlock: false } }
  const device_id = await place.hang('schlage', { profile })
  const device = await place.seam.devices.get({ device_id })
  expect(device).toMatchObject({ can_remotely_lock: true })
  expect(device).not.toHaveProperty('can_remotely_unlock')
  await bookCode(place, { device_id, code: '1000' })
  await place.advance('9s')
  expect(await pins(place, device_id)).toEqual([])
  await place.advance('1m')
  expect(await pins(place, device_id)).toEqual([[1, '1000']])
})

describe('a full memory', () => {
  test('refuses one more code at once, says so on code and device, and takes it when there is room', async () => {
    const place = emulator.open()
    const device_id = await place.hang('schlage', { memory_slots: 2 })
    const first = await bookCode(place, { device_id, code: '1000' })
    await bookCode(place, { device_id, code: '2000' })
    await place.advance('1m')
    const full = await place.seam.devices.get({ device_id })
    expect(full.properties.max_active_codes_supported).toBe(2)
    expect(full.warnings).toMatchObject([
      {
        warning_code: 'max_access_codes_reached',
        active_access_code_count: 2,
        max_active_access_code_count: 2,
      },
    ])

    const third = await bookCode(place, { device_id, code: '3000' })
    await place.advance('1m')
    expect(await third.get()).toMatchObject({
      status: 'setting',
      errors: [{ error_code: 'no_space_for_access_code_on_device', is_access_code_error: true }],
    })
    expect(await third.news()).toMatchObject([
      {
        event_type: 'access_code.failed_to_set_on_device',
        access_code_errors: [{ error_code: 'no_space_for_access_code_on_device' }],
        device_warnings: [{ warning_code: 'max_access_codes_reached' }],
      },
    ])
    expect(await third.opens('3000')).toBe(false)

    await first.delete()
    await place.advance('1m')
    expect(await third.get()).toMatchObject({ status: 'set', errors: [] })
    expect(await third.news()).toEqual([{ event_type: 'access_code.set_on_device', code: '3000' }])
    expect(await third.opens('3000')).toBe(true)
    expect(await pins(place, device_id)).toEqual([
      [1, '3000'],
      [2, '2000'],
    ])
  })

  test('counts codes that are scheduled for later', async () => {
    const place = emulator.open()
    const device_id = await place.hang('schlage', { memory_slots: 1 })
    await bookCode(place, {
      device_id,
      code: '1000',
      starts_at: iso(T0 + day),
      ends_at: iso(T0 + 2 * day),
    })
    await place.advance('1m')
    const second = await bookCode(place, { device_id, code: '2000' })
    await place.advance('1m')
    expect(await second.errors()).toEqual(['no_space_for_access_code_on_device'])
    // The first stay ends, and makes room.
    await place.advanceTo(T0 + 2 * day + minute)
    expect(await second.status()).toBe('set')
    const { warnings } = await place.seam.devices.get({ device_id })
    expect(warnings.map((it) => it.warning_code)).toEqual(['max_access_codes_reached'])
  })

  test('lets codes in one by one, oldest first, as room is made', async () => {
    const place = emulator.open()
    const device_id = await place.hang('schlage', { memory_slots: 1, poll_interval: 0 })
    const holder = await bookCode(place, { device_id, code: '1000' })
    await place.advance('1m')
    const second = await bookCode(place, { device_id, code: '2000' })
    const third = await bookCode(place, { device_id, code: '3000' })
    await place.advance('1h')
    await holder.delete()
    await place.advance('1m')
    expect([await second.status(), await third.status()]).toEqual(['set', 'setting'])
    await second.delete()
    await place.advance('1m')
    expect(await third.status()).toBe('set')
  })

  test('is no longer full when its warning has gone', async () => {
    const place = emulator.open()
    const device_id = await place.hang('schlage', { memory_slots: 1 })
    const code = await bookCode(place, { device_id, code: '1000' })
    await place.advance('1m')
    await code.delete()
    await place.advance('1m')
    expect((await place.seam.devices.get({ device_id })).warnings).toEqual([])
  })
})

describe('the same PIN', () => {
  test('is refused at once when another code of the device has it', async () => {
    const place = emulator.open()
    await bookCode(place, { device_id: home.schlage, code: '1000' })
    const answer = await place.raw('/access_codes/create', {
      device_id: home.schlage,
      code: '1000',
    })
    expect(answer).toMatchObject({
      status: 409,
      body: { error: { type: 'duplicate_access_code' } },
    })
  })

  test('put on the lock by somebody else is found by the lock, which names the code that has it', async () => {
    const place = emulator.open()
    const device_id = await place.hang('august')
    await place.control('manufacturer_app/create_code', { device_id, code: '1000' })
    const code = await bookCode(place, { device_id, code: '1000' })
    await place.advance('1m')
    expect(await code.get()).toMatchObject({
      status: 'setting',
      errors: [{ error_code: 'duplicate_code_on_device' }],
    })
    // After the provider's next poll Seam knows whose it is.
    await place.advance('30m')
    const [unmanaged] = await place.seam.accessCodes.unmanaged.list({ device_id })
    const { errors } = await code.get()
    expect(errors).toMatchObject([
      {
        error_code: 'duplicate_code_on_device',
        unmanaged_access_code_id: unmanaged?.access_code_id,
      },
    ])
    await place.control('manufacturer_app/delete_code', { device_id, slot: 1 })
    await place.advance('30m')
    expect(await code.get()).toMatchObject({ status: 'set', errors: [] })
    expect(await code.opens('1000')).toBe(true)
  })

  test('of a code that is about to leave the lock is taken once it has left', async () => {
    const place = emulator.open()
    const leaving = await bookCode(place, { device_id: home.august, code: '1000' })
    const moving = await bookCode(place, { device_id: home.august, code: '2000' })
    await place.advance('1m')
    await place.unplug(home.august_bridge)
    await leaving.update({ code: '3000' })
    await moving.update({ code: '1000' })
    await place.plug(home.august_bridge)
    await place.advance('1h')
    expect(await place.slots(home.august)).toMatchObject([{ code: '3000' }, { code: '1000' }])
    expect([await leaving.status(), await moving.status()]).toEqual(['set', 'set'])
  })
})

describe('slots', () => {
  test('are filled from the first, kept by a PIN that changes, and used again', async () => {
    const place = emulator.open()
    const [first, second] = [
      await bookCode(place, { device_id: home.schlage, code: '1000' }),
      await bookCode(place, { device_id: home.schlage, code: '2000' }),
    ]
    await bookCode(place, { device_id: home.schlage, code: '3000' })
    await place.advance('1m')
    await second.update({ code: '2222' })
    await place.advance('1m')
    expect(await pins(place, home.schlage)).toEqual([
      [1, '1000'],
      [2, '2222'],
      [3, '3000'],
    ])
    await first.delete()
    await place.advance('1m')
    expect(await pins(place, home.schlage)).toEqual([
      [2, '2222'],
      [3, '3000'],
    ])
  })

  test('survive their lock being out of reach', async () => {
    const place = emulator.open()
    const code = await bookCode(place, { device_id: home.august, code: '1000' })
    await place.advance('1m')
    await place.unplug(home.august_bridge)
    await place.advance(40 * day)
    expect(await code.opens('1000')).toBe(true)
    await place.plug(home.august_bridge)
    await place.advance('1h')
    expect(await code.status()).toBe('set')
    expect(await pins(place, home.august)).toEqual([[1, '1000']])
  })

  test('are empty after a factory reset, which Seam finds at the next poll and mends', async () => {
    const place = emulator.open()
    const ongoing = await bookCode(place, { device_id: home.schlage, code: '1000' })
    const booked = await bookCode(place, {
      device_id: home.schlage,
      code: '2000',
      starts_at: iso(T0 + day),
      ends_at: iso(T0 + 2 * day),
    })
    await place.advance('1m')
    await ongoing.news()
    await booked.news()
    await place.control('locks/factory_reset', { device_id: home.schlage })
    expect(await place.slots(home.schlage)).toEqual([])
    // The API does not know yet.
    expect(await ongoing.status()).toBe('set')
    expect(await ongoing.opens('1000')).toBe(false)
    await place.advance('11m')
    expect(await pins(place, home.schlage)).toEqual([
      [1, '1000'],
      [2, '2000'],
    ])
    expect(await ongoing.news()).toEqual([
      { event_type: 'access_code.deleted_external_to_seam' },
      { event_type: 'access_code.set_on_device', code: '1000' },
    ])
    expect(await booked.news()).toEqual([
      { event_type: 'access_code.deleted_external_to_seam' },
      { event_type: 'access_code.scheduled_on_device', code: '2000' },
    ])
    expect(await ongoing.get()).toMatchObject({ status: 'set', errors: [] })
    expect(await ongoing.opens('1000')).toBe(true)
  })

  test('are read at once where the polling lag is set to nothing', async () => {
    const place = emulator.open()
    await place.control('settings/update', { poll_interval: 0 })
    const code = await bookCode(place, { device_id: home.schlage, code: '1000' })
    await place.advance('1m')
    await code.news()
    await place.control('locks/factory_reset', { device_id: home.schlage })
    expect(await code.news()).toEqual([{ event_type: 'access_code.deleted_external_to_seam' }])
    expect(await place.now()).toBeLessThan(T0 + 2 * minute)
    expect(await code.get()).toMatchObject({
      status: 'setting',
      errors: [{ error_code: 'conflicting_external_modification', change_type: 'removed' }],
    })
  })

  test('are lost with a lock that is removed from its account, and Seam knows', async () => {
    const place = emulator.open()
    const kept = await bookCode(place, { device_id: home.august, code: '1000' })
    const booked = await bookCode(place, {
      device_id: home.august,
      code: '2000',
      starts_at: iso(T0 + day),
      ends_at: iso(T0 + 2 * day),
    })
    const dropped = await bookCode(place, { device_id: home.august, code: '3000' })
    await place.control('manufacturer_app/create_code', { device_id: home.august, code: '4000' })
    await place.advance('15m')
    for (const code of [kept, booked, dropped]) await code.news()
    await place.seam.devices.simulate.remove({ device_id: home.august })
    expect(await place.slots(home.august)).toEqual([])
    expect((await place.types({ device_id: home.august })).slice(-2)).toEqual([
      'device.removed',
      'access_code.unmanaged.removed',
    ])
    expect(await kept.get()).toMatchObject({
      status: 'unknown',
      pending_mutations: [],
      errors: [{ error_code: 'device_removed' }],
    })
    // There is nothing to take it off from.
    await dropped.delete()
    expect(await dropped.isGone()).toBe(true)
    await place.advanceTo(T0 + day)
    expect(await booked.status()).toBe('unknown')
    await place.advanceTo(T0 + 2 * day)
    expect(await booked.isGone()).toBe(true)
    expect((await booked.news()).map((it) => it['event_type'])).toEqual([
      'access_code.delay_in_setting_on_device',
      'access_code.failed_to_set_on_device',
      'access_code.deleted',
    ])
  })
})
