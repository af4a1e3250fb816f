import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makePlace, repository } from './blocks.ts'
import type { Place } from './blocks.ts'

const examples = [
  { language: 'JavaScript', file: 'javascript/guest-stay.js', run: process.execPath },
  { language: 'curl', file: 'curl/guest-stay.sh', run: 'sh' },
  { language: 'Python', file: 'python/guest_stay.py', run: 'python3' },
  { language: 'Ruby', file: 'ruby/guest_stay.rb', run: 'ruby' },
  { language: 'PHP', file: 'php/guest_stay.php', run: 'php' },
]

const isInstalled = (program: string): boolean =>
  spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0

/** Shells have no --version in common, and Node runs this very test. */
const canRun = (program: string): boolean =>
  program === 'sh' || program === process.execPath || isInstalled(program)

let place: Place
beforeAll(() => {
  place = makePlace()
})
afterAll(() => place.remove())

describe('the examples', { timeout: 120_000 }, () => {
  for (const { language, file, run } of examples) {
    const path = join(repository, 'examples', file)
    const reason = canRun(run) ? '' : ` (skipped: ${run} is not installed here)`
    test.skipIf(reason !== '')(`in ${language} play a guest’s stay${reason}`, async () => {
      const ran = await place.sh(`seam-emulator exec --clock frozen -- '${run}' '${path}'`)
      expect(ran.output).toMatch(/Booked[\s\S]*opens: true[\s\S]*opens: false/i)
      expect(ran.code).toBe(0)
    })
  }

  test('say in their README how each is run', () => {
    const readme = readFileSync(join(repository, 'examples/README.md'), 'utf8')
    for (const { file } of examples) expect(readme).toContain(`examples/${file}`)
  })
})
