import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { blocksOf, makePlace, repository } from './blocks.ts'
import type { Place } from './blocks.ts'

let place: Place
beforeAll(() => {
  place = makePlace()
})
afterAll(() => place.remove())

const guides = readdirSync(join(repository, 'docs/guides')).map((file) => `docs/guides/${file}`)

/** Where a comment behind a `console.log` says what it prints. */
const promised = (code: string): string[] =>
  [...code.matchAll(/console\.log\(.*\) \/\/ (.+)$/gm)].map(([, output]) => output ?? '')

describe('the guides', { timeout: 120_000 }, () => {
  for (const guide of guides) {
    for (const { section, code } of blocksOf(guide).filter(({ language }) => language === 'js')) {
      test(`${guide}, ${section}: runs, and prints what it says`, async () => {
        const ran = await place.js(code)
        expect(ran).toMatchObject({ code: 0 })
        for (const output of promised(code)) expect(ran.output).toContain(output)
      })
    }
  }
})
