// Builds what npm publishes: JavaScript bundled by esbuild and declarations by tsc, in dist/, with the
// SQL migrations beside the module that looks for them (it resolves them from import.meta.url).
// Why it is bundled: docs/decisions/0020-bundle-for-a-fast-start.md.
import Database from 'better-sqlite3'
import { build } from 'esbuild'
import type { BuildOptions, Plugin } from 'esbuild'
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { calledByStart, markEarly } from './build/early-functions.ts'
import { migrate, schemaOf } from '../src/db/migrate.ts'
import { registry } from '../src/db/tables/index.ts'
import type { Traits } from '../src/db/tables/traits.ts'
import { bundleConsole } from '../src/api/pages/console/bundle.ts'

const root = join(import.meta.dirname, '..')
const at = (...parts: string[]) => join(root, ...parts)

// Native: it stays a package of its own. The console is bundled below, and by nobody later.
const external = ['better-sqlite3', './bundle.ts']

/** zod carries its messages in fifty languages; only English is ever used. */
const englishOnly: Plugin = {
  name: 'english-only',
  setup: (bundle) => {
    bundle.onLoad({ filter: /node_modules\/zod\/v4\/locales\/index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js'",
    }))
  },
}

/**
 * Node's modules by their own door: an `import` of one reads all its exports, and with some of them
 * loads whole other modules (docs/decisions/0101). Names that nobody imports are left out.
 */
const builtins: Plugin = {
  name: 'builtins',
  setup: (bundle) => {
    bundle.onResolve({ filter: /^node:/ }, ({ path }) => ({ path, namespace: 'builtin' }))
    bundle.onLoad({ filter: /./, namespace: 'builtin' }, ({ path }) => ({ contents: doorTo(path) }))
  },
}

/** What is seldom called, and large: it is loaded by the first call. */
const seldom = new Set(['node:child_process', 'node:crypto'])

const doorTo = (name: string): string => {
  const module = `process.getBuiltinModule(${JSON.stringify(name)})`
  if (seldom.has(name)) return lateDoorTo(name, module)
  const names = Object.keys(process.getBuiltinModule(name) ?? {}).filter((it) => it !== 'default')
  return [
    `const builtin = ${module}`,
    'export default builtin',
    ...names.map((it) => `const ${it}_ = /* @__PURE__ */ (() => builtin.${it})()`),
    `export { ${names.map((it) => `${it}_ as ${it}`).join(', ')} }`,
  ].join('\n')
}

/**
 * What sources load late is in the one file as well: otherwise esbuild would make a function of each
 * module that it can reach, which leaves nothing of libraries away and is slower.
 */
const nothingLate: Plugin = {
  name: 'nothing-late',
  setup: (bundle) => {
    bundle.onLoad({ filter: /src\/.*\.ts$/ }, ({ path }) => {
      const imports: string[] = []
      const source = readFileSync(path, 'utf8').replaceAll(
        /(?<=await |^ +)import\('(\.[^']+)'\)/gm,
        (whole, from: string) => {
          if (external.includes(from)) return whole
          imports.push(`import * as late_${imports.length} from '${from}'\n`)
          return `late_${imports.length - 1}`
        },
      )
      return { contents: imports.join('') + source, loader: 'ts' }
    })
  },
}

/** Without a character beyond ASCII, V8 has the source in one byte for each, and not in two. */
const inAscii = (source: string): string =>
  source.replaceAll(
    /[^\0-\x7f]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/** The same for functions alone; a class can be found as a property of the module. */
function lateDoorTo(name: string, module: string): string {
  const functions = Object.entries(process.getBuiltinModule(name) ?? {}).flatMap(([key, value]) =>
    typeof value === 'function' && /^[a-z]/.test(key) ? [key] : [],
  )
  return [
    `export default new Proxy({}, { get: (_, key) => ${module}[key] })`,
    ...functions.map((key) => `export const ${key} = (...given) => ${module}.${key}(...given)`),
  ].join('\n')
}

rmSync(at('dist'), { recursive: true, force: true })
execFileSync(
  process.execPath,
  [at('node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'],
  { cwd: root, stdio: 'inherit' },
)
const shared = {
  absWorkingDir: root,
  outbase: 'src',
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node22.18',
  plugins: [englishOnly, builtins],
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
} satisfies BuildOptions

/** `start`, and `exec` with it, is one file of its own. Nobody imports it, so it may say in fewer bytes what it says. */
const startAlone = './cli/start-alone.ts'
const started = await build({
  ...shared,
  entryPoints: [`src/${startAlone}`],
  // Beside the others: files next to the program are found from there.
  entryNames: '[name]',
  external,
  plugins: [...shared.plugins, nothingLate],
  minifySyntax: true,
  minifyWhitespace: true,
  // An uncaught error shows a line that can be read.
  lineLimit: 160,
})
const whole = await build({
  ...shared,
  entryPoints: ['src/cli.ts', 'src/index.ts', 'src/testing/index.ts', 'src/testing/vitest.ts'],
  splitting: true,
  external: [...external, 'vitest', startAlone],
})
const cli = at('dist/cli.js')
writeFileSync(cli, readFileSync(cli, 'utf8').replace(startAlone, './start-alone.js'))
const page = await bundleConsole(at('src/console'))
mkdirSync(at('dist/console'))
for (const [name, bytes] of page.files) writeFileSync(at('dist/console', name), bytes)
const pageInputs = page.inputs.map((path) => relative(root, resolve(at('src/console'), path)))
const metafile = { inputs: { ...started.metafile.inputs, ...whole.metafile.inputs } }
writeFileSync(
  at('dist/THIRD_PARTY_LICENSES.txt'),
  licences([...Object.keys(metafile.inputs), ...pageInputs]),
)
cpSync(at('src/db/migrations'), at('dist/migrations'), { recursive: true })
writeFileSync(at('dist/migrations/whole.sql'), newSchema())
chmodSync(at('dist/cli.js'), 0o755)
const program = at('dist/start-alone.js')
writeFileSync(program, inAscii(readFileSync(program, 'utf8')))
writeFileSync(program, markEarly(readFileSync(program, 'utf8'), await calledByStart(program)))

/** What a new database is made of: all migrations in one, without the indexes that come late. */
function newSchema(): string {
  const tables: readonly Traits[] = Object.values(registry)
  const late = tables.flatMap((traits) => Object.keys(traits.late_indexes ?? {}))
  const db = new Database(':memory:')
  migrate(db, 0)
  return schemaOf(db, late)
}

/** The licences of the packages whose code is in the bundle. */
function licences(inputs: string[]): string {
  const packages = new Set<string>()
  for (const input of inputs) {
    const name = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1]
    if (name !== undefined) packages.add(name)
  }
  return [...packages]
    .toSorted()
    .map((name) => {
      const folder = at('node_modules', name)
      const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
      const text =
        file === undefined
          ? 'Its package carries no licence file; its manifest names the licence.'
          : readFileSync(join(folder, file), 'utf8').trim()
      return `${name}\n${'='.repeat(name.length)}\n\n${text}\n`
    })
    .join('\n\n')
}
