import { expect, it } from 'vitest'
import { createPathTable } from '../../src/api/path-table.ts'

it('a path is found as it was added, and :name stands for one segment', () => {
  const table = createPathTable<number>()
  table.add('/a', 1)
  table.add('/a/:name', 2)
  table.add('/a.json/:x/end', 3)
  const paths = ['/a', '/a/b', '/a/b/c', '/a/', '/a.json/q/end', '/aXjson/q/end']
  const found = paths.map((path) => table.find(path))
  expect(found).toEqual([1, 2, undefined, undefined, 3, undefined])
  expect([...table.paths()]).toEqual(['/a', '/a/:name', '/a.json/:x/end'])
})

it('a fixed path goes before a pattern, and no path is there twice', () => {
  const table = createPathTable<number>()
  table.add('/a/:name', 1)
  table.add('/a/b', 2)
  expect(table.find('/a/b')).toBe(2)
  expect(() => table.add('/a/b', 3)).toThrow('Two endpoints have the path /a/b')
})
