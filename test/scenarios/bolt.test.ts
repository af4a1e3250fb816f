/** Commands to the bolt from afar. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { home, second, startPlaces, T0 } from '../support/place.ts'
import type { Place } from '../support/place.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

const order = async (place: Place, path: string, device_id: string, extra: object = {}) =>
  z
    .object({
      action_attempt: z.looseObject({ action_attempt_id: z.string(), status: z.string() }),
    })
    .parse((await place.raw(path, { device_id, ...extra })).body).action_attempt

const lockedOnWire = async (place: Place, device_id: string) =>
  (await place.seam.devices.get({ device_id })).properties.locked

describe('unlock_door', () => {
  test('with sync: true answers once the lock has answered', async () => {
    const place = emulator.open()
    const attempt = await order(place, '/locks/unlock_door', home.august, { sync: true })
    expect(attempt).toMatchObject({ status: 'success', result: { was_confirmed_by_device: true } })
    expect(await lockedOnWire(place, home.august)).toBe(false)
  })

  test('is pending until the lock has answered, which takes its time', async () => {
    const place = emulator.open()
    const attempt = await order(place, '/locks/unlock_door', home.august)
    expect(attempt).toMatchObject({
      status: 'pending',
      action_type: 'UNLOCK_DOOR',
      result: null,
      error: null,
    })
    expect(await lockedOnWire(place, home.august)).toBe(true)
    const { clock, transcript } = await place.toNext()
    const took = Date.parse(clock.now) - T0
    expect(took).toBeGreaterThanOrEqual(600)
    expect(took).toBeLessThanOrEqual(4 * second)
    expect(transcript.map((it) => it.event_type)).toEqual([
      'lock.unlocked',
      'action_attempt.unlock_door.succeeded',
    ])
    expect(await lockedOnWire(place, home.august)).toBe(false)
    expect((await place.lock(home.august)).bolt.locked).toBe(false)
    const settled = await place.seam.actionAttempts.get({
      action_attempt_id: attempt.action_attempt_id,
    })
    expect(settled).toMatchObject({
      status: 'success',
      result: { was_confirmed_by_device: true },
      error: null,
    })
    const [unlocked, succeeded] = await place.events({ device_id: home.august })
    expect(unlocked).toMatchObject({
      event_type: 'lock.unlocked',
      method: 'remote',
      action_attempt_id: attempt.action_attempt_id,
    })
    expect(succeeded).toMatchObject({
      action_attempt_id: attempt.action_attempt_id,
      action_type: 'UNLOCK_DOOR',
      status: 'success',
    })
  })

  test('and lock_door move the bolt there and back', async () => {
    const place = emulator.open()
    await place.seam.locks.unlockDoor({ device_id: home.schlage })
    expect(await lockedOnWire(place, home.schlage)).toBe(false)
    await place.seam.locks.lockDoor({ device_id: home.schlage })
    expect(await lockedOnWire(place, home.schlage)).toBe(true)
    expect(await place.types({ device_id: home.schlage })).toEqual([
      'lock.unlocked',
      'action_attempt.unlock_door.succeeded',
      'lock.locked',
      'action_attempt.lock_door.succeeded',
    ])
  })

  test('fails on a jammed bolt, which does not move', async () => {
    const place = emulator.open()
    await place.control('locks/jam', { device_id: home.august })
    const attempt = place.seam.locks.unlockDoor({ device_id: home.august })
    await expect(attempt).rejects.toMatchObject({
      actionAttempt: { status: 'error', error: { type: 'jammed' } },
    })
    expect(await lockedOnWire(place, home.august)).toBe(true)
    await place.control('locks/jam', { device_id: home.august, jammed: false })
    await place.seam.locks.unlockDoor({ device_id: home.august })
    expect(await lockedOnWire(place, home.august)).toBe(false)
    expect(await place.types({ device_id: home.august })).toEqual([
      'action_attempt.unlock_door.failed',
      'lock.unlocked',
      'action_attempt.unlock_door.succeeded',
    ])
  })

  test('fails when the lock goes offline while the command is on its way', async () => {
    const place = emulator.open()
    const { action_attempt_id } = await order(place, '/locks/unlock_door', home.august)
    await place.unplug(home.august_bridge)
    await place.advance('10s')
    const settled = await place.seam.actionAttempts.get(
      { action_attempt_id },
      { waitForActionAttempt: false },
    )
    expect(settled).toMatchObject({ status: 'error', error: { type: 'hub_disconnected' } })
    expect((await place.lock(home.august)).bolt.locked).toBe(true)
  })

  test('is refused where the model cannot do it', async () => {
    const place = emulator.open()
    const device_id = await place.hang('yale')
    const answer = await place.raw('/locks/lock_door', { device_id })
    expect(answer).toMatchObject({
      status: 400,
      body: { error: { type: 'device_type_not_supported' } },
    })
  })
})

test('configure_auto_lock takes 1 to 60 seconds and nothing else', async () => {
  const place = emulator.open()
  for (const auto_lock_delay_seconds of [0, 61]) {
    const answer = await place.raw('/locks/configure_auto_lock', {
      device_id: home.august,
      auto_lock_enabled: true,
      auto_lock_delay_seconds,
    })
    expect(answer).toMatchObject({ status: 400, body: { error: { type: 'invalid_input' } } })
  }
  const attempt = await place.seam.locks.configureAutoLock({
    device_id: home.august,
    auto_lock_enabled: true,
    auto_lock_delay_seconds: 60,
  })
  expect(attempt).toMatchObject({ status: 'success', action_type: 'CONFIGURE_AUTO_LOCK' })
})

test('a door that stands open is told as a property', async () => {
  const place = emulator.open()
  const isOpen = async () =>
    (await place.seam.devices.get({ device_id: home.august })).properties.door_open
  expect(await isOpen()).toBeUndefined()
  await place.control('locks/set_door', { device_id: home.august, open: true })
  expect(await isOpen()).toBe(true)
  await place.control('locks/set_door', { device_id: home.august, open: false })
  expect(await isOpen()).toBe(false)
})
