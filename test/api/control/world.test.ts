/** A whole world in one answer. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { notShown, worldParts } from '../../../src/api/control/world/parts.ts'
import { worldParts as partSchemas } from '../../../src/contract/world.ts'
import { worldTables } from '../../../src/db/tables/index.ts'
import { startPlaces, home, hour, iso, minute, T0 } from '../../support/place.ts'
import type { Places } from '../../support/place.ts'

let places: Places
beforeAll(async () => {
  places = await startPlaces()
})
afterAll(() => places.stop())

test('every table of a world is in one of its parts, or it is said why it is in none', () => {
  const shown = Object.values(worldParts).flatMap(({ tables }) => tables)
  const told = [...new Set<string>([...shown, ...notShown])]
  expect([...worldTables].filter((name) => !told.includes(name))).toEqual([])
  expect(notShown.filter((name) => shown.some((it) => it === name))).toEqual([])
  expect(Object.keys(worldParts)).toEqual(Object.keys(partSchemas()))
})

describe('a world', () => {
  test('has everything that the single routes have', async () => {
    const place = places.open()
    await place.seam.accessCodes.create({ device_id: home.august, name: 'Ada', code: '4821' })
    await place.emulator.faults.create({ on: 'access_code.remove', effect: { kind: 'fail' } })
    await place.emulator.webhookTo('http://127.0.0.1:9/nobody')
    await place.unplug(home.smartthings_hub)
    await place.advance('1h')
    const world = await place.emulator.world()
    expect(world.stream).toBeNull()
    expect(world.clock).toEqual(await place.emulator.clock.get())
    expect(world.from).toBe(iso(T0 + hour - 7 * 24 * hour))
    expect(world.to).toBe(iso(T0 + hour + 4 * 24 * hour))
    expect(world.bridges).toEqual(await place.emulator.bridges.list())
    expect(world.faults).toEqual(await place.emulator.faults.list())
    expect(world.disagreements).toEqual(await place.emulator.disagreements())
    expect(world.locks).toHaveLength(5)
    for (const { memory_bank, access_codes, ...shown } of world.locks ?? []) {
      const { memory_bank: bank, ...lock } = await place.lock(shown.device_id)
      expect(shown).toMatchObject(lock)
      expect(memory_bank).toEqual({ capacity: bank.capacity, used: bank.slots.length })
      const device = await place.seam.devices.get({ device_id: shown.device_id })
      const codes = (errors: readonly { error_code?: string }[]) =>
        errors.map((it) => it.error_code)
      expect(codes(shown.errors)).toEqual(codes(device.errors))
      expect(access_codes.shown).toBe(access_codes.total)
    }
    const [code] = await place.seam.accessCodes.list({ device_id: home.august })
    expect(world.access_codes).toEqual({
      access_code_id: [code?.access_code_id],
      device_id: [home.august],
      name: ['Ada'],
      code: ['4821'],
      starts_at: [null],
      ends_at: [null],
      status: ['set'],
      is_managed: [true],
      slot: [1],
    })
    expect(world.webhooks).toMatchObject([{ is_enabled: true, event_types: ['*'] }])
    expect(JSON.stringify(world.webhooks)).not.toContain('whsec_')
    const { counts } = world
    expect(counts).toMatchObject({ locked_out: 0, overstay: 0, other: 0, access_codes: 1 })
    expect(counts.requests).toBeGreaterThan(0)
    expect(counts.events).toBe((await place.events()).length)
  })

  test('shows the codes of the time that is looked at and those in trouble, and counts the others', async () => {
    const place = places.open()
    const create = (from: number, code: string) =>
      place.seam.accessCodes.create({
        device_id: home.august,
        code,
        starts_at: iso(T0 + from),
        ends_at: iso(T0 + from + 2 * hour),
      })
    await place.unplug(home.august_bridge)
    await create(0, '1111')
    await create(30 * 24 * hour, '2222')
    await place.advance('10m')
    const now = await place.emulator.world()
    expect(now.access_codes?.code).toEqual(['1111'])
    expect(now.locks?.[0]?.access_codes).toEqual({ total: 2, shown: 1 })
    const later = await place.emulator.world({
      from: iso(T0 + 29 * 24 * hour),
      to: iso(T0 + 31 * 24 * hour),
    })
    // The first one is still in trouble.
    expect(later.access_codes?.code).toEqual(['1111', '2222'])
    expect(later.counts.locked_out).toBe(1)
  })

  test('is told in parts, and of some locks only', async () => {
    const place = places.open()
    const world = await place.emulator.world({
      parts: ['locks', 'access_codes'],
      device_ids: [home.schlage],
    })
    expect(world.locks?.map((it) => it.device_id)).toEqual([home.schlage])
    expect(world.bridges).toBeUndefined()
    expect(world.disagreements).toBeUndefined()
  })

  test('bad questions are refused', async () => {
    const place = places.open()
    for (const [body, status] of [
      [{ parts: [] }, 400],
      [{ parts: ['doors'] }, 400],
      [{ device_ids: ['00000000-0000-4000-8000-000000000000'] }, 404],
      [{ device_ids: ['x'] }, 400],
      [{ from: iso(T0), to: iso(T0 - minute) }, 400],
      [{ from: 'soon' }, 400],
      [{ to: 7 }, 400],
    ] as const) {
      const answer = await place.raw('/_emulator/world', body)
      expect(answer.status, JSON.stringify(body)).toBe(status)
    }
  })
})
