/** The timeline's scale: pan, zoom, folds and calendar ticks. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { idleStretches } from '../../src/console/timeline/fold-idle.ts'
import { ticksOf } from '../../src/console/timeline/ticks.ts'
import {
  LONGEST,
  SHORTEST,
  centred,
  fitted,
  flat,
  panned,
  scaleOf,
  warpOf,
  zoomed,
} from '../../src/console/timeline/time-scale.ts'
import type { View } from '../../src/console/timeline/time-scale.ts'
import { T0, day, hour, minute } from '../support/place.ts'

const WIDTH = 800

const view = fc
  .record({
    from: fc.integer({ min: -30 * day, max: 30 * day }),
    lasts: fc.integer({ min: minute, max: 60 * day }),
  })
  .map(({ from, lasts }): View => ({ from: T0 + from, to: T0 + from + lasts }))

const instants = fc.array(fc.integer({ min: T0 - 40 * day, max: T0 + 60 * day }), { maxLength: 30 })

const story = fc.record({ view, instants, x: fc.integer({ min: 0, max: WIDTH }) })

const warpFor = (shown: View, at: readonly number[]) => warpOf(idleStretches(at, shown))

/** Numbers as large as instants have their last digits by chance. */
const near = (a: number, b: number): boolean => Math.abs(a - b) <= 2

test('a place is where its instant is, folded or not', () => {
  fc.assert(
    fc.property(story, ({ view: shown, instants: at, x }) => {
      for (const warp of [flat, warpFor(shown, at)]) {
        const scale = scaleOf(shown, WIDTH, warp)
        const ms = (shown.to - shown.from) / WIDTH
        expect(Math.abs(scale.x(scale.at(x)) - x)).toBeLessThan(0.5 + 2 / ms)
        expect(near(scale.at(0), shown.from)).toBe(true)
        expect(near(scale.at(WIDTH), shown.to)).toBe(true)
      }
    }),
  )
})

test('later is farther right, in folds too', () => {
  fc.assert(
    fc.property(story, instants, ({ view: shown, instants: at }, others) => {
      const scale = scaleOf(shown, WIDTH, warpFor(shown, at))
      const places = others.toSorted((a, b) => a - b).map((it) => scale.x(it))
      expect(places).toEqual(places.toSorted((a, b) => a - b))
    }),
  )
})

test('moving there and back shows the same, and zooming leaves the place under the pointer', () => {
  fc.assert(
    fc.property(story, fc.integer({ min: -500, max: 500 }), (it, px) => {
      const warp = warpFor(it.view, it.instants)
      const scale = scaleOf(it.view, WIDTH, warp)
      const moved = panned(scaleOf(panned(scale, px), WIDTH, warp), -px)
      expect(near(moved.from, it.view.from) && near(moved.to, it.view.to)).toBe(true)
      const fixed = scale.at(it.x)
      for (const factor of [0.5, 1.25, 3]) {
        const next = scaleOf(zoomed(scale, factor, it.x), WIDTH, warp)
        expect(Math.abs(next.x(fixed) - it.x)).toBeLessThan(1)
      }
    }),
  )
})

test('nobody gets lost by zooming', () => {
  const scale = scaleOf({ from: T0, to: T0 + minute }, WIDTH)
  const lengthOf = ({ from, to }: View): number => to - from
  expect(lengthOf(zoomed(scale, 1e-9, 10))).toBeCloseTo(SHORTEST, 0)
  expect(lengthOf(zoomed(scale, 1e9, 10))).toBeCloseTo(LONGEST, -2)
})

test('fits everything with room around, and stays where nothing is', () => {
  const shown = fitted([T0, T0 + 10 * hour, T0 + hour], { from: 0, to: 1 })
  expect(shown.from).toBeLessThan(T0)
  expect(shown.to).toBeGreaterThan(T0 + 10 * hour)
  expect(shown.to - shown.from).toBeLessThan(11 * hour)
  expect(fitted([], { from: 1, to: 2 })).toEqual({ from: 1, to: 2 })
})

test('comes to an instant only where it is out of sight', () => {
  const scale = scaleOf({ from: T0, to: T0 + 9 * hour }, 900)
  expect(centred(scale, T0 + hour)).toBe(scale.view)
  expect(centred(scale, T0 + day)).toEqual({ from: T0 + 21 * hour, to: T0 + 30 * hour })
})

describe('folds', () => {
  test('a stay with two busy evenings keeps those, and little of the days between', () => {
    const shown = { from: T0, to: T0 + 10 * day }
    const busy = [T0 + day, T0 + day + minute, T0 + 8 * day, T0 + 8 * day + hour]
    const warp = warpFor(shown, busy)
    expect(warp.folds).toHaveLength(3)
    const scale = scaleOf(shown, WIDTH, warp)
    const between = scale.x(T0 + 8 * day) - scale.x(T0 + day + minute)
    expect(between).toBeLessThan(WIDTH / 3)
  })

  test('lie in order, over no instant at which something happens, and make time shorter', () => {
    fc.assert(
      fc.property(view, instants, (shown, at) => {
        let before = shown.from
        for (const fold of idleStretches(at, shown)) {
          expect(fold.from).toBeGreaterThanOrEqual(before)
          expect(fold.to).toBeGreaterThan(fold.from)
          expect(fold.to).toBeLessThanOrEqual(shown.to)
          expect(fold.shown).toBeLessThan(fold.to - fold.from)
          expect(at.some((it) => it > fold.from && it < fold.to)).toBe(false)
          before = fold.to
        }
      }),
    )
  })
})

describe('ticks', () => {
  test.each([
    ['a minute', minute, 4],
    ['a day', day, 4],
    ['a month', 30 * day, 4],
    ['two years', 730 * day, 4],
  ])('of %s are round and not crowded', (_name, lasts, least) => {
    const ticks = ticksOf(scaleOf({ from: T0 + 7_777, to: T0 + 7_777 + lasts }, WIDTH))
    expect(ticks.length).toBeGreaterThanOrEqual(least)
    for (const { at } of ticks) expect(at % 1_000).toBe(0)
    for (const [index, { x }] of ticks.entries()) {
      expect(x - (ticks[index - 1]?.x ?? -1e9)).toBeGreaterThanOrEqual(76)
    }
  })

  test('within days say the time, and where a day begins the day', () => {
    const ticks = ticksOf(scaleOf({ from: T0 + 20 * hour, to: T0 + 28 * hour }, WIDTH))
    const begins = ticks.filter(({ isMajor }) => isMajor)
    expect(begins).toHaveLength(1)
    expect(begins[0]?.label).not.toContain(':')
    expect(ticks.find(({ isMajor }) => !isMajor)?.label).toContain(':')
  })

  test('stand in no fold, nor outside', () => {
    fc.assert(
      fc.property(view, instants, (shown, at) => {
        const warp = warpFor(shown, at)
        for (const tick of ticksOf(scaleOf(shown, WIDTH, warp))) {
          expect(tick.x >= 0 && tick.x <= WIDTH).toBe(true)
          expect(warp.folds.some(({ from, to }) => tick.at > from && tick.at < to)).toBe(false)
        }
      }),
    )
  })
})
