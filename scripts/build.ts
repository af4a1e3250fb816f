// Builds what npm publishes: JavaScript bundled by esbuild and declarations by tsc, in dist/, with the
// SQL migrations beside the module that looks for them (it resolves them from import.meta.url).
// Why it is bundled: docs/decisions/0020-bundle-for-a-fast-start.md.
import { build } from 'esbuild'
import type { Plugin } from 'esbuild'
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const at = (...parts: string[]) => join(root, ...parts)

// Native: it stays a package of its own.
const external = ['better-sqlite3']

/** zod carries its messages in fifty languages; only English is ever used. */
const englishOnly: Plugin = {
  name: 'english-only',
  setup: (bundle) => {
    bundle.onLoad({ filter: /node_modules\/zod\/v4\/locales\/index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js'",
    }))
  },
}

rmSync(at('dist'), { recursive: true, force: true })
execFileSync(
  process.execPath,
  [at('node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'],
  { cwd: root, stdio: 'inherit' },
)
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['src/cli.ts', 'src/index.ts', 'src/testing/index.ts', 'src/testing/vitest.ts'],
  outbase: 'src',
  outdir: 'dist',
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node22.18',
  external: [...external, 'vitest'],
  plugins: [englishOnly],
  metafile: true,
  legalComments: 'none',
  // As it was written, so that an error of the library shows a line that can be read.
  logLevel: 'warning',
})
writeFileSync(at('dist/THIRD_PARTY_LICENSES.txt'), licences(Object.keys(metafile.inputs)))
cpSync(at('src/db/migrations'), at('dist/migrations'), { recursive: true })
chmodSync(at('dist/cli.js'), 0o755)

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
