// Takes registrations out and expects red: whoever forgets one must be told, by the compiler, by lint,
// by what looks for dead code, or by a test, which must all be green before. Every entry of every list is
// tried; `--only <name>` tries the lists of that name.
import { availableParallelism } from 'node:os'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { makeCopy } from './take-out/copy.ts'
import type { Copy, Entry } from './take-out/copy.ts'
import { elementsOf, nameOf } from './take-out/list-elements.ts'
import { compile, namedAsDead, namedByCompiler, namedByTest, passes } from './take-out/noticed.ts'
import { loneTests, registries } from './take-out/registries.ts'

const { values } = parseArgs({ options: { only: { type: 'string' } } })

const copy = makeCopy()
const entriesOf = (registry: (typeof registries)[number]): Entry[] => {
  const source = readFileSync(join(copy.folder, registry.file), 'utf8')
  return elementsOf(source, registry.begins, registry.of_lists).map((element) => ({
    registry,
    element,
    name: nameOf(element),
  }))
}
const all = registries
  .filter(({ name }) => values.only === undefined || name === values.only)
  .flatMap(entriesOf)
let open = all

const began = Date.now()
const noticed = (who: string, entries: readonly Entry[]): void => {
  const gone = new Set(entries)
  open = open.filter((entry) => !gone.has(entry))
  const seconds = Math.round((Date.now() - began) / 1_000)
  console.log(
    `${String(gone.size)} noticed by ${who}, ${String(open.length)} left (${String(seconds)} s)`,
  )
}

const shown = ({ registry, element, name }: Entry): string =>
  `${registry.name}: ${element.of === undefined ? '' : `${element.of} `}${name}`

/** The test that notices this one gap; the list's own, when it has none. */
const testOf = ({ registry, element }: Entry): string | undefined =>
  loneTests[`${element.of ?? ''} ${element.text}`.trim()] ?? registry.test

if (!(await compile(copy)).is_green) throw new Error('With everything in place, it is red already.')

const asking = (whom: 'types' | 'dead code') =>
  open.filter(({ registry }) => registry.asks === whom)

noticed('lint and dead code', await namedAsDead(copy, asking('dead code')))
/** Those that have been out. */
const tried = new Set<Entry>()
/** One of each name, as what is said of a name is said of one entry; those that have not been out first. */
const batch = (): Entry[] => {
  const byTurn = asking('types').toSorted((a, b) => Number(tried.has(b)) - Number(tried.has(a)))
  return [...new Map(byTurn.map((entry) => [entry.name, entry])).values()]
}
for (
  let found = asking('types');
  found.length > 2 || asking('types').some((it) => !tried.has(it));
) {
  const out = batch()
  for (const entry of out) tried.add(entry)
  found = await namedByCompiler(copy, out)
  noticed('the compiler', found)
}

for (const [test, entries] of Map.groupBy(open, ({ registry }) => registry.test))
  if (test !== undefined && entries.every(({ registry }) => registry.asks !== 'test'))
    noticed(test, await namedByTest(copy, test, entries))

/** Each of the rest alone, as many at a time as there are processors. */
const silent: Entry[] = []
const rest = [...open]
const tryRest = async (place: Copy): Promise<void> => {
  for (let entry = rest.pop(); entry !== undefined; entry = rest.pop()) {
    const test = testOf(entry)
    const is_silent = await place.without(
      [entry],
      async () =>
        (test === undefined || (await passes(place, [test]))) && (await compile(place)).is_green,
    )
    if (is_silent) silent.push(entry)
    else noticed(`${test ?? 'the compiler'}: ${shown(entry)}`, [entry])
  }
}
const copies = Array.from({ length: availableParallelism() - 1 }, makeCopy)
await Promise.all([copy, ...copies].map(tryRest))

for (const entry of silent) console.error(`${shown(entry)} can be forgotten, and nobody says so.`)
console.log(`${String(all.length)} entries, ${String(silent.length)} of which can be forgotten.`)
if (silent.length > 0) process.exitCode = 1
