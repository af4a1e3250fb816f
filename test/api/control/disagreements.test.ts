/** Who is locked out, who still gets in, and what else the API and a lock disagree about. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startPlaces, home, hour, iso, minute, T0 } from '../../support/place.ts'
import type { Place, Places } from '../../support/place.ts'

let places: Places
beforeAll(async () => {
  places = await startPlaces()
})
afterAll(() => places.stop())

const found = (place: Place) => place.emulator.disagreements()
const kinds = async (place: Place) => (await found(place)).map(({ kind }) => kind)

const stay = (place: Place, device_id: string, from: number, to: number, code = '4821') =>
  place.seam.accessCodes.create({
    device_id,
    name: 'Ada',
    code,
    starts_at: iso(T0 + from),
    ends_at: iso(T0 + to),
  })

describe('disagreements', () => {
  test('there are none in a new world, nor while a command is under way', async () => {
    const place = places.open()
    expect(await found(place)).toEqual([])
    await place.seam.accessCodes.create({ device_id: home.august, name: 'Ada', code: '4821' })
    expect((await place.enter(home.august, '4821')).opened).toBe(false)
    expect(await found(place)).toEqual([])
    await place.advance('1m')
    expect(await found(place)).toEqual([])
  })

  test('a guest whose code never reached the lock is locked out, as long as the report says', async () => {
    const place = places.open()
    const { access_code_id } = await stay(place, home.august, 80 * hour, 120 * hour)
    await place.unplug(home.august_bridge)
    // Days before, it is told that it could not be loaded.
    await place.advanceTo(T0 + 80 * hour - 1)
    expect(await found(place)).toMatchObject([{ kind: 'stuck', since: iso(T0 + 8 * hour) }])
    await place.advanceTo(T0 + 140 * minute + 80 * hour)
    const report = await place.emulator.report({
      bookings: [
        {
          device_id: home.august,
          access_code_id,
          starts_at: iso(T0 + 80 * hour),
          ends_at: iso(T0 + 120 * hour),
        },
      ],
    })
    const [only, ...more] = await found(place)
    expect(more).toEqual([])
    expect(only).toMatchObject({
      kind: 'locked_out',
      since: iso(T0 + 80 * hour),
      minutes: report.total.locked_out_minutes,
      device_id: home.august,
      access_code_id,
      code: '4821',
      name: 'Ada',
      refusal: 'unknown_code',
      waits_for: { reason: 'lock_unreachable' },
    })
    expect(only?.minutes).toBe(140)
    expect(only?.sentence).toBe(
      `Ada stands before Front Door since ${iso(T0 + 80 * hour)}, 2h 20m. The lock does not hold 4821.`,
    )
    // Back on the network, it is loaded at once.
    await place.plug(home.august_bridge)
    await place.advance('1m')
    expect(await found(place)).toEqual([])
  })

  test('a guest who waits since before the command was sent is locked out until it is answered', async () => {
    const place = places.open()
    await stay(place, home.august, 0, 40 * hour)
    await place.advance('1m')
    await place.unplug(home.august_bridge)
    const { access_code_id } = await stay(place, home.august, 2 * hour, 40 * hour, '5555')
    await place.advance('3h')
    expect(await found(place)).toMatchObject([{ kind: 'locked_out', access_code_id, minutes: 61 }])
    await place.plug(home.august_bridge)
    expect(await kinds(place)).toEqual(['locked_out'])
  })

  test('a former guest still gets in where nobody could take the code off', async () => {
    const place = places.open()
    await stay(place, home.smartthings, 0, 2 * hour)
    await place.advance('1h')
    await place.unplug(home.smartthings_hub)
    await place.advance('2h')
    expect((await place.enter(home.smartthings, '4821')).opened).toBe(true)
    const [only] = await found(place)
    expect(only).toMatchObject({
      kind: 'overstay',
      kinds: ['overstay', 'stuck'],
      since: iso(T0 + 2 * hour),
      minutes: 60,
      refusal: null,
      waits_for: { reason: 'lock_unreachable' },
    })
    expect(only?.sentence).toContain("Ada's PIN 4821 still opens Studio Door, 1h after check-out")
  })

  test('a code whose time the lock keeps itself is stored, and no overstay', async () => {
    const place = places.open()
    await stay(place, home.august, 0, 2 * hour)
    await place.advance('1h')
    await place.unplug(home.august_bridge)
    await place.advance(2 * hour - 59 * minute)
    expect((await place.enter(home.august, '4821')).opened).toBe(false)
    expect(await found(place)).toMatchObject([{ kind: 'stored', refusal: 'expired_code' }])
    await place.advance('5h')
    expect(await found(place)).toMatchObject([{ kind: 'stuck', kinds: ['stuck', 'stored'] }])
  })

  test('what was deleted at the lock is told before Seam finds out', async () => {
    const place = places.open()
    const { access_code_id } = await stay(place, home.august, 0, 40 * hour)
    await stay(place, home.august, 20 * hour, 40 * hour, '7777')
    await place.advance('1m')
    for (const slot of [1, 2]) {
      await place.emulator.manufacturerApp.deleteCode({ device_id: home.august, slot })
    }
    const [guest, later] = await found(place)
    expect(guest).toMatchObject({
      kind: 'locked_out',
      kinds: ['locked_out', 'lost'],
      access_code_id,
      since: iso(T0 + minute),
      waits_for: { reason: 'poll' },
    })
    expect(guest?.sentence).toContain('The API says set.')
    expect(later).toMatchObject({ kind: 'lost', code: '7777', waits_for: { reason: 'poll' } })
    expect(later?.sentence).toContain('scheduled on the device. The lock lost 7777')
    await place.advance('30m')
    expect(await found(place)).toEqual([])
  })

  test('what was changed at the lock, and what the API does not list', async () => {
    const place = places.open()
    await stay(place, home.august, 20 * hour, 40 * hour)
    await place.advance('1m')
    await place.emulator.manufacturerApp.createCode({ device_id: home.august, code: '9090' })
    await place.emulator.manufacturerApp.updateCode({
      device_id: home.august,
      slot: 1,
      code: '1212',
    })
    const all = await found(place)
    expect(all).toMatchObject([
      { kind: 'different', code: '4821', since: iso(T0 + minute) },
      { kind: 'stranger', code: '9090', access_code_id: null, waits_for: { reason: 'poll' } },
    ])
    expect(all[0]?.sentence).toContain('the lock holds 1212 from')
    expect(all[1]?.sentence).toBe(
      'Front Door takes the PIN 9090 in slot 2, which the API does not list.',
    )
    expect(await place.emulator.disagreements({ kind: 'stranger' })).toHaveLength(1)
    await place.advance('30m')
    expect(await found(place)).toEqual([])
  })

  test('a code that a lock refuses is stuck once that is told, before its guest comes', async () => {
    const place = places.open()
    await place.emulator.faults.create({ on: 'access_code.set', effect: { kind: 'fail' } })
    await stay(place, home.august, 20 * hour, 40 * hour)
    await place.advance('1m')
    expect(await found(place)).toEqual([])
    await place.advance('12h')
    const [only] = await found(place)
    expect(only?.kind).toBe('stuck')
    expect(only?.sentence).toContain('The lock refused the command.')
    await place.advance('10h')
    expect(await kinds(place)).toEqual(['locked_out'])
  })

  test('the door itself keeps guests out: power, keypad, bolt', async () => {
    const place = places.open()
    await stay(place, home.august, 0, 40 * hour)
    await place.advance('1m')
    await place.emulator.locks.jam({ device_id: home.august })
    expect(await found(place)).toMatchObject([
      { kind: 'locked_out', refusal: 'jammed', waits_for: { reason: 'door', until: null } },
    ])
    await place.emulator.locks.jam({ device_id: home.august, jammed: false })
    for (let n = 0; n < 20; n++) await place.enter(home.august, '1')
    const [deaf] = await found(place)
    expect(deaf).toMatchObject({ refusal: 'too_many_attempts', waits_for: { reason: 'door' } })
    await place.advanceTo(Date.parse(deaf?.waits_for?.until ?? ''))
    expect(await found(place)).toEqual([])
  })

  test('bad questions are refused', async () => {
    const place = places.open()
    const nobody = '00000000-0000-4000-8000-000000000000'
    for (const [body, status] of [
      [{ device_id: nobody }, 404],
      [{ device_id: 'x' }, 400],
      [{ kind: 'asleep' }, 400],
      [{ kind: [] }, 400],
      [{ at: 'now' }, 400],
    ] as const) {
      expect((await place.raw('/_emulator/disagreements', body)).status, JSON.stringify(body)).toBe(
        status,
      )
    }
  })
})

test('of an instant that is past: who was locked out then, and who still got in', async () => {
  const place = places.open()
  const { access_code_id } = await place.seam.accessCodes.create({
    device_id: home.august,
    name: 'Ada',
    code: '4821',
    starts_at: iso(T0 + 2 * hour),
    ends_at: iso(T0 + 40 * hour),
  })
  await place.advance('5h')
  await place.emulator.locks.jam({ device_id: home.august })
  await place.advance('1h')
  const then = await place.emulator.disagreements()
  await place.emulator.locks.jam({ device_id: home.august, jammed: false })
  await place.advance('3h')
  expect(await place.emulator.disagreements()).toEqual([])
  const at = iso(T0 + 5 * hour + 30 * minute)
  expect(await place.emulator.disagreements({ at })).toMatchObject([
    {
      kind: 'locked_out',
      since: then[0]?.since,
      access_code_id,
      refusal: 'jammed',
      minutes: 30,
      waits_for: null,
      sentence: `Ada stood before Front Door since ${iso(T0 + 5 * hour)}, 30m. The bolt is jammed.`,
    },
  ])
  expect(await place.emulator.disagreements({ at: iso(T0 + 7 * hour) })).toEqual([])
})

test('what is to come, and what nobody kept of the past, is refused', async () => {
  const place = places.open()
  await place.advance('1h')
  await expect(place.emulator.disagreements({ at: iso(T0 + 2 * hour) })).rejects.toThrow(
    /what is to come nobody knows/,
  )
  await expect(place.emulator.disagreements({ at: iso(T0), kind: 'stuck' })).rejects.toThrow(
    /Of the past only locked_out and overstay can be told/,
  )
})
