/** The past of doors and codes, over HTTP. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { home, hour, iso, minute, startPlaces, T0 } from '../../support/place.ts'
import type { Place, Places } from '../../support/place.ts'

let places: Places
beforeAll(async () => {
  places = await startPlaces()
})
afterAll(() => places.stop())

const stay = (place: Place, device_id: string, from: number, to: number, code = '4821') =>
  place.seam.accessCodes.create({
    device_id,
    name: 'Ada',
    code,
    starts_at: iso(T0 + from),
    ends_at: iso(T0 + to),
  })

describe('the timeline', () => {
  test('tells a stay whose lock was out of reach when it ended', async () => {
    const place = places.open()
    const { access_code_id } = await stay(place, home.smartthings, 2 * hour, 4 * hour)
    await place.advance('3h')
    await place.unplug(home.smartthings_hub)
    await place.advance('3h')
    await place.plug(home.smartthings_hub)
    await place.advance('1h')
    const { codes, devices, truncated, density, now } = await place.emulator.timeline({
      device_id: home.smartthings,
    })
    expect({ truncated, density, now }).toEqual({
      truncated: false,
      density: null,
      now: iso(T0 + 7 * hour),
    })
    const [code] = codes
    const end = code?.on_lock[0]?.to ?? ''
    expect(Date.parse(end)).toBeGreaterThan(T0 + 6 * hour)
    expect(Date.parse(end)).toBeLessThan(T0 + 6 * hour + minute)
    expect(code).toMatchObject({
      access_code_id,
      is_gone: true,
      locked_out: [],
      held: [{ slot: 1, code: '4821', to: end }],
    })
    const [door] = devices
    expect(door?.outages).toEqual([])
    expect(door?.link.map((it) => it.online)).toEqual([true, false, true])
    expect(door?.link.at(-1)?.to).toBeNull()
  })

  test('tells what is declared for the future, and of one code alone', async () => {
    const place = places.open()
    const { access_code_id } = await stay(place, home.august, 20 * hour, 40 * hour)
    await stay(place, home.august, 50 * hour, 60 * hour, '5555')
    await place.advance('1m')
    const { codes } = await place.emulator.timeline({ access_code_id })
    expect(codes).toHaveLength(1)
    expect(codes[0]).toMatchObject({
      code: '4821',
      name: 'Ada',
      is_gone: false,
      declared: [{ from: iso(T0 + 20 * hour), to: iso(T0 + 40 * hour) }],
      on_lock: [],
      locked_out: [],
      status: [{ status: 'unset', from: iso(T0), to: null }],
    })
    expect(codes[0]?.held[0]?.to).toBeNull()
  })

  test('tells the lock-outs that the report tells', async () => {
    const place = places.open()
    await place.unplug(home.august_bridge)
    const { access_code_id } = await stay(place, home.august, hour, 9 * hour)
    await place.advance('2h')
    await place.plug(home.august_bridge)
    await place.advance('1h')
    await place.emulator.locks.jam({ device_id: home.august })
    await place.advance('1h')
    await place.emulator.locks.jam({ device_id: home.august, jammed: false })
    await place.advance('1h')
    const { codes, devices } = await place.emulator.timeline({ device_id: home.august })
    const report = await place.emulator.report({
      bookings: [
        {
          device_id: home.august,
          access_code_id,
          starts_at: iso(T0 + hour),
          ends_at: iso(T0 + 9 * hour),
        },
      ],
    })
    expect(codes[0]?.locked_out).toEqual(report.bookings[0]?.locked_out)
    expect(codes[0]?.locked_out.map((it) => it.reason)).toEqual(['code_not_on_lock', 'jammed'])
    expect(devices[0]?.outages).toEqual([
      { from: iso(T0 + 3 * hour), to: iso(T0 + 4 * hour), cause: 'jammed' },
    ])
  })

  test('tells how many there are where they are too many', async () => {
    const place = places.open()
    for (const [index, code] of ['1111', '2222', '3333'].entries()) {
      await stay(place, home.august, index * hour, (index + 2) * hour, code)
    }
    await place.advance('30m')
    const told = await place.emulator.timeline({
      from: iso(T0),
      to: iso(T0 + 10 * hour),
      limit: 3,
    })
    expect(told).toMatchObject({ truncated: true, codes: [] })
    const [only] = told.density ?? []
    expect(only?.device_id).toBe(home.august)
    // An hour is twenty of two hundred parts: one guest, two, two, one, none.
    expect([10, 30, 50, 70, 90].map((part) => only?.declared[part])).toEqual([1, 2, 2, 1, 0])
    expect(Math.max(...(only?.locked_out ?? [0]))).toBeLessThanOrEqual(1)
  })

  test('tells of some locks alone', async () => {
    const place = places.open()
    for (const id of [home.august, home.schlage, home.smartthings])
      await stay(place, id, 2 * hour, 4 * hour)
    const device_ids = [home.schlage, home.smartthings]
    const { codes, devices } = await place.emulator.timeline({ device_ids })
    expect(devices.map((it) => it.device_id)).toEqual(device_ids)
    expect(codes.map((it) => it.device_id)).toEqual(device_ids)
    const { access_code_id } = await stay(place, home.august, 5 * hour, 6 * hour, '5555')
    const elsewhereId = 'd0000000-0000-4000-8000-00000000ffff'
    const elsewhere = await place.emulator.timeline({ device_ids, access_code_id })
    expect(elsewhere.codes).toEqual([])
    await expect(place.emulator.timeline({ device_ids: [elsewhereId] })).rejects.toThrow('404')
  })

  test('bad questions are refused', async () => {
    const place = places.open()
    const nobody = '00000000-0000-4000-8000-000000000000'
    for (const [body, status] of [
      [{ device_id: nobody }, 404],
      [{ access_code_id: nobody }, 404],
      [{ from: iso(T0), to: iso(T0) }, 400],
      [{ limit: 0 }, 400],
      [{ limit: 1e9 }, 400],
      [{ since: iso(T0) }, 400],
    ] as const) {
      const answer = await place.raw('/_emulator/timeline', body)
      expect(answer.status, JSON.stringify(body)).toBe(status)
    }
  })
})
