// Builds what npm publishes: JavaScript and declarations in dist/, with the SQL migrations beside
// the module that looks for them (the database client resolves them from import.meta.url).
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const at = (...parts: string[]) => join(root, ...parts)

rmSync(at('dist'), { recursive: true, force: true })
execFileSync(
  process.execPath,
  [at('node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'],
  {
    cwd: root,
    stdio: 'inherit',
  },
)

for (const assets of ['db/migrations']) {
  if (existsSync(at('src', assets))) {
    cpSync(at('src', assets), at('dist', assets), { recursive: true })
  }
}
if (existsSync(at('dist/cli.js'))) chmodSync(at('dist/cli.js'), 0o755)
