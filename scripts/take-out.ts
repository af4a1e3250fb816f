// Takes registrations out, one at a time, and expects red: whoever forgets one must be told, by the
// compiler or by a fast test. By itself it tries one entry of every list; `--all` tries each of them,
// `--only <name>` the lists of that name.
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  globSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { cut, elementsOf } from './list-elements.ts'
import type { Element } from './list-elements.ts'

interface Registry {
  readonly name: string
  readonly file: string
  /** How the list begins, up to its bracket. */
  readonly begins: RegExp
  /** Whether each entry is a list itself, whose elements are what is registered. */
  readonly of_lists?: boolean
  /** What notices a gap that the compiler does not. */
  readonly tests: readonly string[]
  /** Where `tests` take minutes: the entries whose gap these few notice in seconds. */
  readonly quick?: { readonly entries: ReadonlySet<string>; readonly tests: readonly string[] }
}

const documents = ['test/api/control/contract.test.ts', 'test/docs/control-api.test.ts']
const coverage = ['test/api/http/coverage.test.ts']
const endpointsIn = (file: string, tests: readonly string[]): Registry => ({
  name: 'routes',
  file,
  begins: /^export const \w*[eE]ndpoints\b[^=]*= \[/m,
  tests,
})

const registries: readonly Registry[] = [
  {
    name: 'tables',
    file: 'src/db/tables/index.ts',
    begins: /^export const registry = \{/m,
    tests: ['test/db/registry.test.ts'],
  },
  {
    name: 'events',
    file: 'src/sim/events/catalog.ts',
    begins: /^export const eventCatalog = \{/m,
    tests: ['test/sim/events/catalog.test.ts'],
  },
  {
    name: 'parts of a world',
    file: 'src/api/control/world/parts.ts',
    begins: /^export const worldParts[^=]*= \{/m,
    tests: ['test/api/control/world.test.ts'],
  },
  {
    name: 'jobs',
    file: 'src/sim/job-handlers.ts',
    begins: /^export const jobHandlers[^=]*= \{/m,
    tests: [],
  },
  {
    name: 'actions',
    file: 'src/sim/actions.ts',
    begins: /^export const actions[^\n]*= \{/m,
    tests: [],
  },
  {
    name: 'fault occasions',
    file: 'src/contract/fault-occasions.ts',
    begins: /^const occasions = \{/m,
    tests: ['test/docs/faults.test.ts'],
  },
  ...['push', 'encoder', 'entrance'].map((group) => ({
    name: 'fault effects',
    file: 'src/contract/fault-effects-acs.ts',
    begins: new RegExp(
      `^export const ${group} = once\\(\\(\\) =>\\s+z\\.discriminatedUnion\\('kind', \\[`,
      'm',
    ),
    tests: ['test/docs/faults.test.ts'],
  })),
  ...['setting', 'bolt', 'link', 'http', 'webhook'].map((group) => ({
    name: 'fault effects',
    file: 'src/contract/fault-effects.ts',
    begins: new RegExp(
      `^const ${group} = once\\(\\(\\) =>\\s+z\\.discriminatedUnion\\('kind', \\[`,
      'm',
    ),
    tests: ['test/docs/faults.test.ts'],
  })),
  {
    name: 'history',
    file: 'src/sim/history/kinds.ts',
    begins: /^export const historyKinds[^=]*= \{/m,
    tests: [],
  },
  {
    name: 'reactions',
    file: 'src/sim/reactions.ts',
    begins: /^export const reactions[^=]*= \{/m,
    tests: [],
  },
  {
    name: 'those who react',
    file: 'src/sim/reactions.ts',
    begins: /^export const reactions[^=]*= \{/m,
    of_lists: true,
    tests: ['test/sim', 'test/scenarios', 'test/api/seam', 'test/fidelity'],
    quick: {
      entries: new Set([
        'startLinkFault',
        'stopLinkFault',
        'touchDevicesOfAccount',
        'deleteDevicesOfAccount',
        'refreshLinksBehindBridge',
        'abandonLock',
      ]),
      tests: ['test/sim/reactions.test.ts', 'test/sim/faults/links.test.ts'],
    },
  },
  {
    name: 'fixture parts',
    file: 'src/sim/workspaces/fixture-parts.ts',
    begins: /^export const fixtureParts = \{/m,
    tests: ['test/fixtures/parts.test.ts'],
  },
  {
    name: 'lock models',
    file: 'src/sim/locks/models/index.ts',
    begins: /^export const lockProfiles[^=]*= \{/m,
    tests: documents,
  },
  {
    name: 'contract',
    file: 'src/contract/index.ts',
    begins: /^export const controlRoutes[^=]*= \[/m,
    tests: documents,
  },
  endpointsIn('src/api/seam/index.ts', coverage),
  endpointsIn('src/api/control/index.ts', documents),
  ...globSync('src/api/seam/*/routes*.ts').map((file) => endpointsIn(file, coverage)),
]

const { values } = parseArgs({
  options: { all: { type: 'boolean', default: false }, only: { type: 'string' } },
})

const root = join(import.meta.dirname, '..')
const copy = mkdtempSync(join(tmpdir(), 'seam-emulator-take-out-'))
process.on('exit', () => rmSync(copy, { recursive: true, force: true }))

const files = [
  'src',
  'test',
  'scripts',
  'bench',
  'docs',
  'fixtures',
  'examples',
  'tsconfig.json',
  'package.json',
  'vitest.config.ts',
  'README.md',
]
for (const file of files) cpSync(join(root, file), join(copy, file), { recursive: true })
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))

const isGreen = (command: string, args: readonly string[]): boolean =>
  spawnSync(join(root, 'node_modules/.bin', command), args, { cwd: copy, stdio: 'ignore' })
    .status === 0

const compiles = (): boolean =>
  isGreen('tsc', ['--noEmit', '--incremental', '--tsBuildInfoFile', join(copy, 'build-info')])
const passes = (tests: readonly string[]): boolean =>
  tests.length === 0 || isGreen('vitest', ['run', '--bail', '1', ...tests])

/** The same one of several as long as the text is the same. */
const pick = <T>(several: readonly T[], text: string): T[] => {
  const at = createHash('sha256').update(text).digest().readUInt32BE() % several.length
  return several.slice(at, at + 1)
}

/** Who noticed that the entry is gone. */
const noticedBy = (registry: Registry, source: string, entry: Element): string => {
  const { quick, tests } = registry
  const path = join(copy, registry.file)
  writeFileSync(path, cut(source, entry))
  try {
    if (!compiles()) return 'the compiler'
    const isQuick = quick?.entries.has(entry.text) === true
    return passes(isQuick ? quick.tests : tests) ? 'nobody' : 'a test'
  } finally {
    writeFileSync(path, source)
  }
}

const named = Map.groupBy(
  registries.filter(({ name }) => values.only === undefined || name === values.only),
  ({ name }) => name,
)
/** All lists, or one of each name. */
const tried = [...named.values()].flatMap((lists) =>
  values.all ? lists : pick(lists, JSON.stringify(lists)),
)
const guards = [...new Set(tried.flatMap(({ quick, tests }) => quick?.tests ?? tests))]
if (!compiles() || !passes(guards)) throw new Error('With everything in place, it is red already.')

let silent = 0
for (const registry of tried) {
  const source = readFileSync(join(copy, registry.file), 'utf8')
  const entries = elementsOf(source, registry.begins, registry.of_lists)
  const { quick } = registry
  const quickly = entries.filter(({ text }) => quick === undefined || quick.entries.has(text))
  for (const entry of values.all ? entries : pick(quickly, source)) {
    const who = noticedBy(registry, source, entry)
    if (who === 'nobody') silent++
    const shown = entry.text.replaceAll(/\s+/g, ' ').slice(0, 60)
    console.log(`${registry.name}, without ${shown}: noticed by ${who}`)
  }
}
if (silent > 0) {
  console.error(`${silent} can be forgotten, and nobody says so.`)
  process.exitCode = 1
}
