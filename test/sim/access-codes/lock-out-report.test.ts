import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAccessCode, updateAccessCode } from '../../../src/sim/access-codes/operations.ts'
import { plugBridge, unplugBridge } from '../../../src/sim/devices/bridges.ts'
import { askKeypad, enterCode } from '../../../src/sim/locks/at-the-door.ts'
import { setJammed } from '../../../src/sim/locks/jam.ts'
import { lockOutReport, openingTimes } from '../../../src/sim/access-codes/lock-out-report.ts'
import { and, eq, isNotNull, where } from '../../../src/db/conditions.ts'
import { door_history } from '../../../src/db/tables/locks.ts'
import { openFrozenWorld, start } from '../../support/frozen-world.ts'
import type { FrozenWorld } from '../../support/frozen-world.ts'
import { action, perform } from '../../support/random-history.ts'
import type { Action } from '../../support/random-history.ts'

const minute = 60_000
const hour = 60 * minute
const pins = ['4711', '2580', '1379', '8642']
const devices = ['wifi-lock', 'bridge-lock', 'keypad-lock']

const typedAt = where(door_history, ['device_id'], (entry, its) =>
  and(eq(entry.device_id, its.device_id), isNotNull(entry.code)),
)

const opens = (world: FrozenWorld, device_id: string, code: string): boolean =>
  world.read(
    (inner) =>
      askKeypad(inner, device_id, code).opened && inner.locks.get(device_id)?.jammed === false,
  )

/** Plays the actions, with a stop at each of the given instants on the way. */
const play = (
  actions: readonly Action[],
  stops: readonly number[],
  stop: (world: FrozenWorld) => void,
) => {
  const world = openFrozenWorld()
  const rest = stops.toSorted((a, b) => a - b)
  for (const it of actions) {
    if (it.do !== 'advance') {
      perform(world, it)
      continue
    }
    const to = world.now() + it.by
    while (rest[0] !== undefined && rest[0] <= to) {
      const next = rest.shift() ?? to
      if (next >= world.now()) {
        world.advance(next - world.now())
        // At the very end of an advance, the next actions still belong to this instant.
        if (next < to) stop(world)
      }
    }
    world.advance(to - world.now())
  }
  return world
}

/** How often a door opened in all runs: a property about doors that never open would prove nothing. */
let opened = 0

describe('opening times', () => {
  it('are what the keypad says, to the millisecond', () => {
    fc.assert(
      fc.property(fc.array(action, { minLength: 3, maxLength: 25 }), (actions) => {
        const first = play(actions, [], () => undefined)
        const end = first.now()
        const doors = first.read((inner) => [
          ...devices.flatMap((device_id) => pins.map((code) => ({ device_id, code }))),
          ...inner.door_history.all(typedAt({ device_id: 'offline-lock' })),
        ])
        const times = new Map(
          doors.map(({ device_id, code }) => [
            `${device_id} ${code ?? ''}`,
            first.read((inner) => openingTimes(inner, device_id, code ?? '')),
          ]),
        )
        const edges = [...times.values()].flat().flatMap(({ from, to }) => [from, to])
        const evenly = Array.from(
          { length: 20 },
          (_, n) => start + Math.floor(((end - start) * n) / 20),
        )
        const stops = [...new Set([...edges.flatMap((at) => [at - 1, at]), ...evenly])]
        let asked = 0
        play(actions, stops, (world) => {
          const now = world.now()
          for (const { device_id, code } of doors) {
            const pin = code ?? ''
            const expected = times
              .get(`${device_id} ${pin}`)
              ?.some(({ from, to }) => from <= now && now < to)
            const answer = opens(world, device_id, pin)
            expect([device_id, pin, now - start, answer]).toEqual([
              device_id,
              pin,
              now - start,
              expected,
            ])
            asked++
            if (answer) opened++
          }
        })
        fc.pre(asked > 0)
      }),
      { numRuns: 30 },
    )
    expect(opened).toBeGreaterThan(0)
  })
})

describe('opening times of offline codes', () => {
  const make = (is_one_time_use: boolean) => {
    const world = openFrozenWorld()
    const { access_code_id } = world.write((inner) =>
      createAccessCode(inner, {
        device_id: 'offline-lock',
        is_offline_access_code: true,
        is_one_time_use,
        starts_at: start,
        ends_at: is_one_time_use ? undefined : start + 60 * hour,
        max_time_rounding: '1day',
      }),
    ).access_code
    world.advance(minute)
    const code = world.read((inner) => inner.access_codes.get(access_code_id))
    if (typeof code?.code !== 'string') throw new Error('no PIN yet')
    const pin = code.code
    const times = () => world.read((inner) => openingTimes(inner, 'offline-lock', pin))
    return { world, code, pin, times }
  }

  it('a code for one use opens once', () => {
    const { world, pin, times } = make(true)
    world.advance(hour)
    const used_at = world.now()
    world.write((inner) => enterCode(inner, 'offline-lock', pin))
    world.advance(hour)
    expect(times().at(-1)?.to).toBe(used_at)
  })

  it('a code that must be used soon dies unused, and lives on when it was used', () => {
    const unused = make(false)
    const deadline = unused.code.offline_issue?.must_be_used_by
    expect(deadline).toBeLessThan(start + 60 * hour)
    unused.world.advance(50 * hour)
    expect(unused.times().at(-1)?.to).toBe(deadline)
    const used = make(false)
    used.world.write((inner) => enterCode(inner, 'offline-lock', used.pin))
    used.world.advance(50 * hour)
    expect(used.times().at(-1)?.to).toBe(used.world.now())
  })
})

describe('the lock-out report', () => {
  it('counts a bridge that was unplugged at check-in, a jam, and a code that outstays its guest', () => {
    const world = openFrozenWorld()
    const starts_at = start + 10 * hour
    const ends_at = start + 20 * hour
    // Just in time, so that only a working bridge puts the code on and takes it off.
    const { access_code_id } = world.write((inner) =>
      createAccessCode(inner, {
        device_id: 'bridge-lock',
        code: '4711',
        name: 'Guest',
        starts_at,
        ends_at,
        prefer_native_scheduling: false,
      }),
    ).access_code
    world.write((inner) => unplugBridge(inner, 'bridge'))
    world.advance(11 * hour)
    world.write((inner) => plugBridge(inner, 'bridge'))
    world.advance(hour)
    world.write((inner) => setJammed(inner, 'bridge-lock', true))
    world.advance(30 * minute)
    world.write((inner) => setJammed(inner, 'bridge-lock', false))
    world.advance(5 * hour)
    world.write((inner) => unplugBridge(inner, 'bridge'))
    world.advance(5 * hour)
    world.write((inner) => plugBridge(inner, 'bridge'))
    world.advance(hour)

    const [row] = world.read((inner) =>
      lockOutReport(
        inner,
        [{ device_id: 'bridge-lock', access_code_id, starts_at, ends_at }],
        start,
      ),
    )
    if (row === undefined) throw new Error('no report')
    const [late, jam] = row.locked_out
    // The lock itself needs some seconds to take the code.
    expect(late).toMatchObject({ from: starts_at, reason: 'code_not_on_lock' })
    expect(late?.to).toBeGreaterThan(start + 11 * hour)
    expect(late?.to).toBeLessThan(start + 11 * hour + minute)
    expect(jam).toEqual({
      from: start + 12 * hour,
      to: start + 12 * hour + 30 * minute,
      reason: 'jammed',
    })
    expect(row.locked_out).toHaveLength(2)
    expect(row.overstay).toHaveLength(1)
    const [after] = row.overstay
    expect(after?.from).toBe(ends_at)
    expect(after?.to).toBeGreaterThan(start + 22.5 * hour)
    expect(after?.to).toBeLessThan(start + 22.5 * hour + minute)
    expect(row.code).toBe('4711')
  })

  it('counts the former PIN of a code whose new one never arrived', () => {
    const world = openFrozenWorld()
    const starts_at = start + hour
    const ends_at = start + 5 * hour
    const { access_code_id } = world.write((inner) =>
      createAccessCode(inner, {
        device_id: 'bridge-lock',
        code: '4711',
        starts_at,
        ends_at,
        prefer_native_scheduling: false,
      }),
    ).access_code
    world.advance(2 * hour)
    world.write((inner) => unplugBridge(inner, 'bridge'))
    world.write((inner) => updateAccessCode(inner, { access_code_id, code: '2580' }))
    world.advance(4 * hour)
    const bookings = [{ device_id: 'bridge-lock', access_code_id, starts_at, ends_at }]
    const [row] = world.read((inner) => lockOutReport(inner, bookings, start))
    expect(world.read((inner) => askKeypad(inner, 'bridge-lock', '4711').opened)).toBe(true)
    expect(row?.code).toBe('2580')
    expect(row?.overstay).toEqual([{ from: ends_at, to: world.now() }])
    // Who asks for a PIN is told of that PIN alone.
    const pin = { device_id: 'bridge-lock', code: '2580', starts_at, ends_at }
    const [named] = world.read((inner) => lockOutReport(inner, [pin], start))
    expect(named?.overstay).toEqual([])
  })

  it('looks no further than now', () => {
    const world = openFrozenWorld()
    const booking = {
      device_id: 'wifi-lock',
      code: '4711',
      starts_at: start,
      ends_at: start + hour,
    }
    world.advance(10 * minute)
    const [row] = world.read((inner) => lockOutReport(inner, [booking], start))
    expect(row).toMatchObject({
      locked_out: [{ from: start, to: start + 10 * minute, reason: 'code_not_on_lock' }],
      overstay: [],
    })
  })

  it('refuses an access code that never was', () => {
    const world = openFrozenWorld()
    const booking = { device_id: 'wifi-lock', access_code_id: 'x', starts_at: 1, ends_at: 2 }
    expect(() => world.read((inner) => lockOutReport(inner, [booking], start))).toThrow(
      'access code not found: x',
    )
  })
})
