/** The timeline's rows: which there are, which are in the page, and what is drawn of them. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blocksOf, joined, statusBlocks } from '../../src/console/timeline/lanes.ts'
import { overviewBins } from '../../src/console/timeline/overview.ts'
import { codesAt, doorAt, instantsOf, openingAt, rowsOf } from '../../src/console/timeline/rows.ts'
import type { DoorPast, RowChoice } from '../../src/console/timeline/rows.ts'
import { scaleOf } from '../../src/console/timeline/time-scale.ts'
import { scrolledTo, visibleRows } from '../../src/console/timeline/visible-rows.ts'
import type { CodeTimeline } from '../../src/contract/timeline.ts'
import { T0, hour, iso, minute } from '../support/place.ts'

const at = (hours: number): string => iso(T0 + hours * hour)
const span = (from: number, to: number | null) => ({
  from: at(from),
  to: to === null ? null : at(to),
})

const codeOf = (access_code_id: string, more: Partial<CodeTimeline> = {}): CodeTimeline => ({
  access_code_id,
  device_id: 'front',
  name: null,
  code: null,
  is_managed: true,
  is_gone: false,
  declared: [],
  held: [],
  on_lock: [],
  status: [],
  locked_out: [],
  overstay: [],
  ...more,
})

const pastOf = (codes: CodeTimeline[]): DoorPast => ({
  door: { device_id: 'front', outages: [], link: [] },
  codes,
  density: null,
  now: T0,
})

const all: RowChoice = {
  folded: new Set(),
  differing: new Set(),
  onlyTrouble: false,
  search: '',
}
const doors = [
  { device_id: 'front', name: 'Front Door' },
  { device_id: 'back', name: 'Back Door' },
]
const ada = codeOf('ada', { name: 'Ada', code: '4821' })
const bob = codeOf('bob', {
  name: 'Bob',
  code: '9999',
  locked_out: [{ from: at(1), to: at(2), reason: 'code_not_on_lock' }],
})
const past = new Map([['front', pastOf([ada, bob])]])
const seen = (choice: Partial<RowChoice>) =>
  rowsOf(doors, past, { ...all, ...choice }).map((row) =>
    row.kind === 'door' ? row.name : row.code.access_code_id,
  )

describe('rows', () => {
  test.each<[string, Partial<RowChoice>, string[]]>([
    ['every door with its codes', {}, ['Front Door', 'ada', 'bob', 'Back Door']],
    ['a folded door alone', { folded: new Set(['front']) }, ['Front Door', 'Back Door']],
    ['only what was in trouble', { onlyTrouble: true }, ['Front Door', 'bob']],
    [
      'and what is in trouble now',
      { onlyTrouble: true, differing: new Set(['ada']) },
      ['Front Door', 'ada', 'bob'],
    ],
    ['what a PIN finds', { search: '482' }, ['Front Door', 'ada']],
    ['what a name finds, in any case', { search: 'bob' }, ['Front Door', 'bob']],
    ['all of a door that is looked for', { search: 'front' }, ['Front Door', 'ada', 'bob']],
    ['a door without codes that is looked for', { search: 'back' }, ['Back Door']],
    ['nothing', { search: 'zzz' }, []],
  ])('are %s', (_name, choice, rows) => {
    expect(seen(choice)).toEqual(rows)
  })

  test('of a window are those that are seen and a few around', () => {
    const list = { height: 340, row: 34, count: 2_000 }
    expect(visibleRows(0, list)).toEqual({ first: 0, end: 16 })
    expect(visibleRows(34_000, list)).toEqual({ first: 994, end: 1_016 })
    expect(visibleRows(2_000 * 34 - 340, list).end).toBe(2_000)
    expect(visibleRows(0, { ...list, count: 0 })).toEqual({ first: 0, end: 0 })
  })

  test('every row that is seen is in the page, and never many more', () => {
    fc.assert(
      fc.property(
        fc.nat(100_000),
        fc.integer({ min: 1, max: 2_000 }),
        fc.nat(3_000),
        (top, height, count) => {
          const { first, end } = visibleRows(top, { height, row: 34, count })
          for (let row = 0; row < count; row++) {
            const isSeen = (row + 1) * 34 > top && row * 34 < top + height
            if (isSeen) expect(row >= first && row < end).toBe(true)
          }
          expect(end - first).toBeLessThanOrEqual(Math.ceil(height / 34) + 14)
        },
      ),
      { numRuns: 50 },
    )
  })

  test('are scrolled to no farther than is needed', () => {
    const list = { top: 340, height: 340, row: 34 }
    expect(scrolledTo(12, list)).toBe(340)
    expect(scrolledTo(2, list)).toBe(68)
    expect(scrolledTo(30, list)).toBe(31 * 34 - 340)
  })
})

describe('blocks', () => {
  const scale = scaleOf({ from: T0, to: T0 + 10 * hour }, 1_000)
  test('are cut where the view ends, and say so', () => {
    expect(blocksOf([span(-5, 2), span(3, 20)], scale, T0)).toEqual([
      { x: 0, width: 200, begins: false, ends: true },
      { x: 300, width: 700, begins: true, ends: false },
    ])
    expect(blocksOf([span(-5, -2), span(11, 20)], scale, T0)).toEqual([])
  })
  test('without an end reach to now', () => {
    expect(blocksOf([span(1, null)], scale, T0 + 4 * hour)).toEqual([
      { x: 100, width: 300, begins: true, ends: false },
    ])
  })
  test('that cannot be told apart are one', () => {
    const many = Array.from({ length: 500 }, (_, index) => ({
      from: iso(T0 + index * minute),
      to: iso(T0 + index * minute + minute / 2),
    }))
    expect(blocksOf(many, scale, T0)).toHaveLength(1)
  })
  test('of short spans are still seen', () => {
    const [block] = blocksOf([{ from: at(1), to: at(1) }], scale, T0)
    expect(block?.width).toBe(2)
  })
  test('of statuses are never one, however short', () => {
    const spans = [
      { ...span(1, 2), status: 'setting' as const },
      { ...span(2, null), status: 'set' as const },
    ]
    expect(statusBlocks(spans, scale, T0 + 3 * hour).map(({ status }) => status)).toEqual([
      'setting',
      'set',
    ])
  })
  test('of a door are the joined ones of its codes', () => {
    expect(joined([span(5, 6), span(1, 3), span(2, 4)])).toEqual([span(1, 4), span(5, 6)])
    expect(joined([span(1, null), span(2, 4)])).toEqual([span(1, null)])
  })
})

test('the strip counts each code once in each part of the time', () => {
  const view = { from: T0, to: T0 + 10 * hour }
  const code = codeOf('it', {
    declared: [span(0, 2), span(1, 3)],
    overstay: [{ from: at(3), to: at(4) }],
  })
  const bins = overviewBins([code, code], view, 10)
  expect(bins.map(({ declared }) => declared)).toEqual([2, 2, 2, 0, 0, 0, 0, 0, 0, 0])
  expect(bins.map(({ overstay }) => overstay)).toEqual([0, 0, 0, 2, 0, 0, 0, 0, 0, 0])
})

test('a door stands as it stood at a past instant', () => {
  const door = {
    door: {
      device_id: 'front',
      outages: [{ ...span(3, 4), cause: 'no_power' as const }],
      link: [
        { ...span(0, 2), online: true },
        { ...span(2, null), online: false },
      ],
    },
    codes: [bob],
    density: null,
    now: T0 + 9 * hour,
  }
  const then = (hours: number) => {
    const instant = T0 + hours * hour
    const { online, outage } = doorAt(door, instant)
    const [out] = codesAt(door, 'locked_out', instant)
    return [out?.reason ?? null, online, outage]
  }
  expect(then(0.5)).toEqual([null, true, null])
  expect(then(1)).toEqual(['code_not_on_lock', true, null])
  expect(then(2)).toEqual([null, false, null])
  expect(openingAt(door, T0 + hour)).toBe(false)
  const opening = { ...door, codes: [codeOf('it', { on_lock: [span(1, null)] })] }
  expect(openingAt(opening, T0 + hour)).toBe(true)
  expect(then(3.5)).toEqual([null, false, 'no_power'])
})

test('every edge of every lane is an instant at which something happens', () => {
  const code = codeOf('it', { declared: [span(1, 4)], on_lock: [span(2, null)] })
  expect([...instantsOf([code])].map((it) => (it - T0) / hour)).toEqual([1, 4, 2])
})
