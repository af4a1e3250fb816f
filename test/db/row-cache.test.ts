import { expect, test } from 'vitest'
import { createRowCaches } from '../../src/db/row-cache.ts'

const MANY = 50_000

test('the rows at hand are bounded over all workspaces, and those in use stay', () => {
  const caches = createRowCaches<number>()
  const idle = caches.open()
  const busy = caches.open()
  idle.set('left alone', 1)
  busy.set('asked for', 1)
  for (let n = 0; n < MANY; n++) {
    busy.set(`row ${n}`, n)
    if (n % 1_000 === 0) expect(busy.get('asked for')).toBe(1)
  }
  expect(idle.get('left alone')).toBeUndefined()
  expect(busy.get('row 0')).toBeUndefined()
  expect(busy.get(`row ${MANY - 1}`)).toBe(MANY - 1)
  const left = Array.from({ length: MANY }, (_, n) => busy.get(`row ${n}`)).filter(
    (row) => row !== undefined,
  )
  expect(left.length).toBeLessThan(20_000)
})

test('a row that is written or deleted is not found in its former state', () => {
  const cache = createRowCaches<number>().open()
  cache.set('row', 1)
  cache.set('row', 2)
  expect(cache.get('row')).toBe(2)
  cache.delete('row')
  expect(cache.get('row')).toBeUndefined()
  cache.set('row', 3)
  cache.clear()
  expect(cache.get('row')).toBeUndefined()
})
