/** A table that gets its rows late ends up with the same rows in the same order as one that gets them at once. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPending } from '../../src/db/pending.ts'
import type { Change } from '../../src/db/pending.ts'
import { runs } from '../support/laboratory.ts'

interface Row {
  made: number
  changed: number
}
type Table = Map<string, Row>

const apply = (table: Table, key: string, change: Change<Row>): void => {
  switch (change.do) {
    case 'insert':
      if (table.has(key)) throw new Error(`${key} is there already`)
      table.set(key, change.row)
      break
    case 'replace':
      table.delete(key)
      table.set(key, change.row)
      break
    case 'update': {
      const row = table.get(key)
      if (row === undefined) throw new Error(`${key} is not there`)
      table.set(key, { ...row, ...change.patch })
      break
    }
    case 'delete':
    default:
      table.delete(key)
  }
}

const keys = ['a', 'b', 'c', 'd', 'e']
const deed = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      key: fc.constantFrom(...keys),
      do: fc.constantFrom('put', 'update', 'delete', 'replace'),
    }),
  },
  { weight: 2, arbitrary: fc.constant('end' as const) },
  { weight: 1, arbitrary: fc.constantFrom('fail' as const, 'bring open' as const) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 4 }) },
)

test('late rows come out as if each had been written at once', () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 60 }), (deeds) => {
      const pending = createPending<Row>()
      // What ought to be, and what it was before the transaction; what the late table holds.
      let ought: Table = new Map()
      let oughtBefore: Table = new Map()
      let table: Table = new Map()
      let tableBefore: Table | null = null
      let waiting = 0
      let count = 0

      const put = (key: string, change: Change<Row>) => {
        apply(ought, key, change)
        pending.write(key, change, ought.get(key))
      }
      const end = (): void => {
        if (tableBefore === null) {
          waiting += pending.settle()
        } else {
          pending.takeOpen((key, change) => apply(table, key, change))
          tableBefore = null
        }
        oughtBefore = new Map(ought)
      }
      const bring = (most: number): void => {
        const taken = pending.takeSettled(most, (key, change) => apply(table, key, change))
        expect(taken).toBe(Math.min(most, waiting))
        waiting -= taken
        expect(pending.hasSettled).toBe(waiting > 0)
      }

      for (const next of deeds) {
        count++
        if (next === 'end') end()
        else if (next === 'fail') {
          pending.drop()
          ought = new Map(oughtBefore)
          if (tableBefore !== null) table = tableBefore
          tableBefore = null
        } else if (next === 'bring open') {
          // As a unit of work does it for SQL in a transaction: first what is settled for good.
          bring(Number.POSITIVE_INFINITY)
          tableBefore ??= new Map(table)
          pending.takeOpen((key, change) => apply(table, key, change))
        } else if (typeof next === 'number') {
          if (!pending.hasOpen) bring(next)
        } else {
          const { key } = next
          const isThere = ought.has(key)
          const row = { made: count, changed: 0 }
          if (next.do === 'replace') put(key, { do: 'replace', row })
          else if (next.do === 'put' && !isThere) put(key, { do: 'insert', row })
          else if (next.do === 'update' && isThere)
            put(key, { do: 'update', patch: { changed: count } })
          else if (next.do === 'delete' && isThere) put(key, { do: 'delete' })
        }
        for (const key of keys) {
          const change = pending.find(key)
          const seen = new Map([...table].filter(([other]) => other === key))
          if (change !== undefined) apply(seen, key, change)
          expect(seen.get(key)).toEqual(ought.get(key))
        }
      }
      end()
      bring(Number.POSITIVE_INFINITY)
      expect([...table]).toEqual([...ought])
      expect(pending.hasOpen).toBe(false)
    }),
    { numRuns: runs(2_000) },
  )
})
