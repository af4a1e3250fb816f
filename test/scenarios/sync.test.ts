/** `sync: true`: the server waits for the lock, and answers the action attempt as it ended. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { day, home, iso, minute, startPlaces, T0 } from '../support/place.ts'
import type { Place } from '../support/place.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

const answer = z.object({
  action_attempt: z.object({ action_type: z.string(), status: z.string() }),
  access_code: z.looseObject({ access_code_id: z.string(), status: z.string() }).optional(),
})

const call = async (place: Place, path: string, body: object) =>
  answer.parse((await place.raw(path, body)).body)

const create = (place: Place, more: object = {}) =>
  call(place, '/access_codes/create', { device_id: home.august, code: '1357', ...more })

describe('an access code with sync: true', () => {
  test('is created, updated and deleted on the lock when the answer comes', async () => {
    const place = emulator.open()
    const made = await create(place, { sync: true })
    expect(made).toMatchObject({
      action_attempt: { action_type: 'CREATE_ACCESS_CODE', status: 'success' },
      access_code: { status: 'set' },
    })
    const { access_code_id } = made.access_code ?? {}
    const pins = async () => (await place.slots(home.august)).map((slot) => slot.code)
    expect(await pins()).toEqual(['1357'])

    const change = { access_code_id, code: '2468', sync: true }
    expect(await call(place, '/access_codes/update', change)).toMatchObject({
      action_attempt: { action_type: 'UPDATE_ACCESS_CODE', status: 'success' },
    })
    expect(await pins()).toEqual(['2468'])

    expect(await call(place, '/access_codes/delete', { access_code_id, sync: true })).toMatchObject(
      { action_attempt: { action_type: 'DELETE_ACCESS_CODE', status: 'success' } },
    )
    expect(await pins()).toEqual([])
    expect(await place.now()).toBeLessThan(T0 + minute)
  })

  test('without it is on its way when the answer comes, and no time has passed', async () => {
    const place = emulator.open()
    const made = await create(place)
    expect(made).toMatchObject({
      action_attempt: { status: 'pending' },
      access_code: { status: 'setting' },
    })
    expect(await place.now()).toBe(T0)
  })

  test('does not wait for a stay that is weeks away', async () => {
    const place = emulator.open()
    const stay = { starts_at: iso(T0 + 20 * day), ends_at: iso(T0 + 22 * day), sync: true }
    expect(await create(place, stay)).toMatchObject({ access_code: { status: 'unset' } })
    expect(await place.now()).toBe(T0)
  })

  test('answers what is still pending when the lock did not take it at once', async () => {
    const place = emulator.open()
    await place.control('faults/create', { on: 'access_code.set', effect: { kind: 'fail' } })
    expect(await create(place, { sync: true })).toMatchObject({
      action_attempt: { status: 'pending' },
      access_code: { status: 'setting' },
    })
    expect(await place.now()).toBeLessThan(T0 + minute)
  })

  test('is waited for in a running world', async () => {
    const place = emulator.open()
    await place.control('clock/resume', { rate: 100 })
    expect(await create(place, { sync: true })).toMatchObject({
      action_attempt: { status: 'success' },
      access_code: { status: 'set' },
    })
    await place.control('clock/freeze')
  })

  test('that Seam did not write is gone from the lock when the answer comes', async () => {
    const place = emulator.open()
    const by_hand = { device_id: home.august, code: '9999', name: 'Cleaner' }
    await place.control('manufacturer_app/create_code', by_hand)
    await place.advance('2h')
    const [found] = await place.seam.accessCodes.unmanaged.list({ device_id: home.august })
    const { access_code_id } = found ?? {}
    const body = { access_code_id, sync: true }
    expect(await call(place, '/access_codes/unmanaged/delete', body)).toMatchObject({
      action_attempt: { status: 'success' },
    })
    expect(await place.slots(home.august)).toEqual([])
  })
})
