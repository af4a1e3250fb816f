// Makes everything anew that is made of something else: tables of routes, vocabulary, schemas, documents.
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What they make is part of what others read. */
const first = ['known-routes', 'routes', 'vocabulary'].map((name) => `scripts/generate-${name}.ts`)

const run = (...command: string[]): void => {
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

const all = globSync('scripts/generate-*.ts', { cwd: root })
  .map((file) => file.replaceAll('\\', '/'))
  .sort()
for (const script of new Set([...first, ...all])) run(script)
