/** Bridges, radios and accounts: whose absence is told of whom, and how everything heals. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { reconnectAccount } from '../../src/sim/connected-accounts/operations.ts'
import { bookCode } from '../support/booking.ts'
import { day, home, hour, iso, minute, startPlaces, T0 } from '../support/place.ts'
import type { Place } from '../support/place.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

const errorsOf = async (place: Place, device_id: string) =>
  (await place.seam.devices.get({ device_id })).errors.map((it) => it.error_code)

describe('a hub that serves several locks', () => {
  const twoLocks = async () => {
    const place = emulator.open()
    const second = await place.hang('smartthings', { bridge_id: home.smartthings_hub })
    return { place, locks: [home.smartthings, second] }
  }

  test('takes all of them offline when it is unplugged, each with its own event', async () => {
    const { place, locks } = await twoLocks()
    await place.unplug(home.smartthings_hub)
    for (const device_id of locks) {
      const device = await place.seam.devices.get({ device_id })
      expect(device).toMatchObject({
        can_remotely_unlock: false,
        can_remotely_lock: false,
        // A lock that is merely offline still takes codes, later.
        can_program_online_access_codes: true,
        properties: { online: false },
        errors: [{ error_code: 'hub_disconnected', is_device_error: true }],
      })
      expect(device.properties).not.toHaveProperty('locked')
      const [event] = (await place.events({ device_id })).slice(-1)
      expect(event).toMatchObject({
        event_type: 'device.disconnected',
        error_code: 'hub_disconnected',
        device_errors: [{ error_code: 'hub_disconnected' }],
        device_warnings: [],
        connected_account_errors: [],
        connected_account_warnings: [],
      })
    }
    // Locks on other bridges notice nothing.
    expect(await errorsOf(place, home.august)).toEqual([])
  })

  test('fails remote commands while it is away', async () => {
    const { place, locks } = await twoLocks()
    await place.unplug(home.smartthings_hub)
    for (const device_id of locks) {
      const attempt = place.seam.locks.unlockDoor({ device_id })
      await expect(attempt).rejects.toMatchObject({
        actionAttempt: {
          status: 'error',
          result: null,
          error: { type: 'hub_disconnected' },
        },
      })
      expect((await place.lock(device_id)).bolt.locked).toBe(true)
      expect((await place.types({ device_id })).slice(-1)).toEqual([
        'action_attempt.unlock_door.failed',
      ])
    }
  })

  test('does all pending work on its return, lock by lock in the order of asking', async () => {
    const { place, locks } = await twoLocks()
    await place.unplug(home.smartthings_hub)
    const codes = []
    for (const code of ['1000', '2000']) {
      for (const device_id of locks) codes.push(await bookCode(place, { device_id, code }))
    }
    await place.advance('3h')
    await place.plug(home.smartthings_hub)
    await place.advance('1m')
    for (const code of codes) expect(await code.status()).toBe('set')
    for (const device_id of locks) {
      expect((await place.slots(device_id)).map((it) => it.code)).toEqual(['1000', '2000'])
      const types = await place.types({ device_id })
      expect(types.filter((it) => it.startsWith('device.')).slice(-2)).toEqual([
        'device.disconnected',
        'device.connected',
      ])
      expect(await errorsOf(place, device_id)).toEqual([])
    }
  })

  test('is full when its model says so', async () => {
    const place = emulator.open()
    const answer = await place.raw('/_emulator/locks/create', {
      model: 'august',
      bridge_id: home.august_bridge,
    })
    expect(answer).toMatchObject({ status: 400, body: { error: { type: 'bridge_full' } } })
  })
})

test('a lock whose own radio is off is device_disconnected, and behind a dark bridge that comes first', async () => {
  const place = emulator.open()
  await place.control('locks/disconnect', { device_id: home.august })
  expect(await errorsOf(place, home.august)).toEqual(['device_disconnected'])
  await place.unplug(home.august_bridge)
  expect(await errorsOf(place, home.august)).toEqual(['hub_disconnected'])
  await place.plug(home.august_bridge)
  expect(await errorsOf(place, home.august)).toEqual(['device_disconnected'])
  await place.control('locks/connect', { device_id: home.august })
  expect(await errorsOf(place, home.august)).toEqual([])
  // It was offline once, whatever the cause.
  expect(await place.types({ device_id: home.august })).toEqual([
    'device.disconnected',
    'device.connected',
  ])
})

test('unplugging twice and plugging in twice is told once', async () => {
  const place = emulator.open()
  await place.unplug(home.august_bridge)
  await place.unplug(home.august_bridge)
  await place.plug(home.august_bridge)
  await place.plug(home.august_bridge)
  expect(await place.types({ device_id: home.august })).toEqual([
    'device.disconnected',
    'device.connected',
  ])
})

test('a connection that comes and goes is called flaky, and stable when it has held for an hour', async () => {
  const place = emulator.open()
  let last = T0
  for (let times = 0; times < 3; times++) {
    last = await place.now()
    await place.unplug(home.august_bridge)
    await place.advance('2m')
    await place.plug(home.august_bridge)
    await place.advance('2m')
  }
  const flaky = await place.seam.devices.get({ device_id: home.august })
  expect(flaky.properties.online).toBe(true)
  expect(flaky.warnings.map((it) => it.warning_code)).toEqual(['device_has_flaky_connection'])
  await place.advance('2h')
  const stable = await place.seam.devices.get({ device_id: home.august })
  expect(stable.warnings).toEqual([])
  const story = (await place.events({ device_id: home.august })).map((it) => [
    it.event_type,
    it.occurred_at,
  ])
  expect(story.slice(4)).toEqual([
    ['device.disconnected', iso(last)],
    ['device.connection_became_flaky', iso(last + 1)],
    ['device.connected', iso(last + 2 * minute)],
    ['device.connection_stabilized', iso(last + 2 * minute + hour)],
  ])
})

test('a flaky connection that stays down is not called stable', async () => {
  const place = emulator.open()
  for (let times = 0; times < 3; times++) {
    await place.unplug(home.august_bridge)
    await place.plug(home.august_bridge)
  }
  await place.unplug(home.august_bridge)
  await place.advance(day)
  expect(await place.types({ device_id: home.august })).not.toContain(
    'device.connection_stabilized',
  )
  await place.plug(home.august_bridge)
  await place.advance(hour)
  expect((await place.types({ device_id: home.august })).slice(-2)).toEqual([
    'device.connected',
    'device.connection_stabilized',
  ])
})

describe('an account whose login no longer works', () => {
  const simulate = (place: Place) =>
    place.seam.connectedAccounts.simulate.disconnect({
      connected_account_id: home.august_account,
    })

  test('makes everything behind it unknown, and locks go on by themselves', async () => {
    const place = emulator.open()
    const set = await bookCode(place, { device_id: home.august, code: '1000' })
    const booked = await bookCode(place, {
      device_id: home.august,
      code: '2000',
      starts_at: iso(T0 + day),
      ends_at: iso(T0 + 2 * day),
    })
    await place.advance('1m')
    await booked.news()
    await simulate(place)

    const device = await place.seam.devices.get({ device_id: home.august })
    expect(device).toMatchObject({
      properties: { online: false },
      errors: [
        {
          error_code: 'account_disconnected',
          is_connected_account_error: true,
          is_device_error: false,
        },
      ],
    })
    expect(await set.get()).toMatchObject({
      status: 'unknown',
      errors: [{ error_code: 'account_disconnected' }],
    })
    expect(await booked.status()).toBe('unknown')
    const account = await place.seam.connectedAccounts.get({
      connected_account_id: home.august_account,
    })
    expect(account.errors.map((it) => it.error_code)).toEqual(['account_disconnected'])
    const told = await place.events({ connected_account_id: home.august_account })
    expect(told.map((it) => it.event_type)).toContain('connected_account.disconnected')
    expect(told.filter((it) => it.event_type === 'device.disconnected')).toMatchObject([
      { device_id: home.august, error_code: 'account_disconnected' },
      { device_id: home.august_without_keypad, error_code: 'account_disconnected' },
    ])

    // The lock needs no account to keep its own schedule; the API hears nothing of it.
    await place.advanceTo(T0 + day)
    expect(await booked.opens('2000')).toBe(true)
    expect(await booked.news()).toEqual([])
    expect(await booked.status()).toBe('unknown')
    await place.advanceTo(T0 + 2 * day)
    expect(await booked.opens('2000')).toBe(false)
  })

  test('heals when it is connected again', async () => {
    const place = emulator.open()
    const set = await bookCode(place, { device_id: home.august, code: '1000' })
    await place.advance('1m')
    await simulate(place)
    const later = await bookCode(place, { device_id: home.august, code: '3000' })
    await place.advance('5h')
    expect(await later.status()).toBe('unknown')
    const before = (await place.events()).length
    const { running } = emulator
    running.universe.write(running.workspaceOf(place.api_key), (world) =>
      reconnectAccount(world, home.august_account),
    )
    await place.advance('1m')
    expect(await errorsOf(place, home.august)).toEqual([])
    expect(await set.get()).toMatchObject({ status: 'set', errors: [] })
    expect(await later.status()).toBe('set')
    expect(await later.opens('3000')).toBe(true)
    const types = (await place.events()).slice(before).map((it) => it.event_type)
    expect(types).toContain('connected_account.connected')
    expect(types).toContain('connected_account.completed_first_sync_after_reconnection')
    expect(types.filter((it) => it === 'device.connected')).toHaveLength(2)
  })
})
