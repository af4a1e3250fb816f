import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const run = promisify(execFile)

// The short form of `npm run crash`; that one has a hundred rounds and other seeds.
describe('an emulator on a file, killed under load', () => {
  it('has lost nothing, done nothing twice and delivered everything, three times over', async () => {
    const script = join(import.meta.dirname, '../../bench/crash.ts')
    const { stdout } = await run(process.execPath, [script, '--rounds', '3', '--seed', '3'])
    expect(stdout).toContain(
      'crash: 3 rounds, 0 lost, 0 repeated, 0 out of order, 0 undelivered, 0 wrong',
    )
  }, 180_000)
})
