/** Runs written vitest files with vitest's own runner, in a folder of their own. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'

const run = promisify(execFile)

export interface RecordedTests {
  /** Puts a file beside the tests. */
  readonly write: (name: string, text: string) => Promise<void>
  /** Runs a test; answers what vitest says. */
  readonly outcomeOf: (name: string, text: string) => Promise<string>
  readonly remove: () => Promise<void>
}

export const openRecordedTests = async (): Promise<RecordedTests> => {
  const folder = await mkdtemp(join(tmpdir(), 'recorded-'))
  await symlink(resolve('node_modules'), join(folder, 'node_modules'))
  const alias = JSON.stringify({ 'seam-emulator': resolve('src/index.ts') })
  const write = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text)
  await write('package.json', '{"type":"module"}')
  await write('vitest.config.js', `export default { resolve: { alias: ${alias} } }`)
  const outcomeOf = async (name: string, text: string): Promise<string> => {
    await write(`${name}.test.js`, text)
    const vitest = resolve('node_modules/vitest/vitest.mjs')
    const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', NODE_OPTIONS: '' }
    const args = [vitest, 'run', '--root', folder, name]
    const done = await run(process.execPath, args, { env }).catch((error: unknown) =>
      z.object({ stdout: z.string(), stderr: z.string() }).parse(error),
    )
    return `${done.stdout}${done.stderr}`
  }
  return { write, outcomeOf, remove: () => rm(folder, { recursive: true }) }
}
