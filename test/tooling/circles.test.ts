/** No file of src/ depends on itself by way of others, not even for its types. */
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')

/** What each file imports: values and types alike. */
type Graph = ReadonlyMap<string, readonly string[]>

const graphOf = (sources: ReadonlyMap<string, string>): Graph =>
  new Map(
    [...sources].map(([file, text]) => [
      file,
      [...text.matchAll(/(?:from|import|import\()\s*'(\.[^']+)'/g)]
        .map(([, specifier = '']) => resolve(dirname(file), specifier))
        .filter((target) => sources.has(target)),
    ]),
  )

/** A circle as its files in their order, the first one again at its end; null where there is none. */
const circleIn = (graph: Graph): string[] | null => {
  const done = new Set<string>()
  const path: string[] = []
  const visit = (file: string): string[] | null => {
    if (done.has(file)) return null
    const begins = path.indexOf(file)
    if (begins !== -1) return [...path.slice(begins), file]
    path.push(file)
    for (const target of graph.get(file) ?? []) {
      const found = visit(target)
      if (found !== null) return found
    }
    path.pop()
    done.add(file)
    return null
  }
  for (const file of graph.keys()) {
    const found = visit(file)
    if (found !== null) return found
  }
  return null
}

test('a circle of types is found', () => {
  const sources = new Map([
    ['/a.ts', `import type { B } from './b.ts'`],
    ['/b.ts', `export { c } from './c.ts'`],
    ['/c.ts', `type A = import('./a.ts').A`],
  ])
  expect(circleIn(graphOf(sources))).toEqual(['/a.ts', '/b.ts', '/c.ts', '/a.ts'])
  sources.set('/c.ts', `import './d.ts'`)
  expect(circleIn(graphOf(sources))).toBeNull()
})

test('src/ has no circle, of values or of types', () => {
  const files = globSync('src/**/*.{ts,tsx}', { cwd: root }).map((file) => join(root, file))
  expect(files.length).toBeGreaterThan(300)
  const graph = graphOf(new Map(files.map((file) => [file, readFileSync(file, 'utf8')])))
  expect([...graph.values()].flat().length).toBeGreaterThan(1_000)
  expect(circleIn(graph)?.map((file) => relative(root, file)) ?? []).toEqual([])
})
