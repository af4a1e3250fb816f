import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fixtureNames } from '../../src/fixture-files.ts'
import { createEmulator } from '../../src/index.ts'
import type { Emulator } from '../../src/index.ts'
import { blocksOf, makePlace, repository } from './blocks.ts'
import type { Place } from './blocks.ts'

let place: Place
let emulator: Emulator
beforeAll(async () => {
  place = makePlace()
  emulator = await createEmulator({ clock: 'realtime' })
})
afterAll(async () => {
  await emulator.close()
  place.remove()
})

const guides = readdirSync(join(repository, 'docs/guides')).map((file) => `docs/guides/${file}`)

/** Where a comment behind a `console.log` says what it prints. */
const promised = (code: string): string[] =>
  [...code.matchAll(/console\.log\(.*\) \/\/ (.+)$/gm)].map(([, output]) => output ?? '')

/** Commands act on an emulator that runs, as they do for a reader. */
const reached = (): Record<string, string> => ({ SEAM_EMULATOR_URL: emulator.endpoint })

/** What else must be seen of the blocks under a heading. */
const expected: Readonly<Record<string, RegExp>> = {
  'Controlling a running emulator': /Front Door/,
  'In code': /on: 'access_code.set', hits: 2, state: 'exhausted'[\s\S]*on: 'http', hits: 2/,
  'From the command line': /faults ended\./,
  'A world of your own': /Cabin/,
  'What goes wrong': /booking-7[\s\S]*Its door is[\s\S]*1 stay/,
}

describe('the guides', { timeout: 120_000 }, () => {
  for (const guide of guides) {
    for (const { section, language, note, code } of blocksOf(guide)) {
      if (note !== '' || (language !== 'js' && language !== 'sh')) continue
      test(`${guide}, ${section}: runs, and prints what it says`, async () => {
        const ran = await (language === 'js' ? place.js(code) : place.sh(code, reached()))
        expect(ran.output, code).not.toMatch(/Error:|"ok":false/)
        expect({ code: ran.code, output: ran.code === 0 ? '' : ran.output }).toEqual({
          code: 0,
          output: '',
        })
        for (const output of promised(code)) expect(ran.output).toContain(output)
        expect(ran.output).toMatch(expected[section] ?? /(?:)/)
      })
    }
  }

  test('name every fixture', () => {
    const text = readFileSync(join(repository, 'docs/guides/fixtures.md'), 'utf8')
    for (const name of fixtureNames()) expect(text).toContain(`| \`${name}\``)
  })
})
