/** Each sample app has one bug, which the explorer has to find, and to show in a short story. */
import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { exploreStories, shrinkStory } from '../../src/explorer/explore.ts'
import type { Explorer, Judged } from '../../src/explorer/explore.ts'
import { readConfig } from '../../src/explorer/config.ts'
import { openSession } from '../../src/explorer/session.ts'
import { appOf } from './sample-apps.ts'

const folder = new URL('../../examples/explorer/bugs/', import.meta.url)
const bugs = readdirSync(folder).map((file) => file.replace(/\.js$/, ''))

const STORIES = 500
const LONGEST = 4

/** Those that need no fault at a lock are found sooner where there are none. */
const atLevelOne = new Set(['alerts-twice', 'same-pin-for-next-guest', 'ignores-extension'])

/** Those that nothing shows but two things at once. */
const races = new Map([['revives-cancelled', 'changes_together']])

const firstFinding = async (explorer: Explorer, bug: string): Promise<Judged | undefined> => {
  const level = atLevelOne.has(bug) ? 1 : 3
  for await (const judged of exploreStories(explorer, { seed: 'first', level }, STORIES)) {
    if (judged.findings.length > 0) return shrinkStory(explorer, judged)
  }
  return undefined
}

describe('the explorer', () => {
  test('has twelve kinds of planted bugs at least to find', () => {
    expect(bugs.length).toBeGreaterThanOrEqual(12)
  })

  test.each(bugs)('finds %s', { timeout: 120_000 }, async (bug) => {
    const config = readConfig({ app: await appOf(`bugs/${bug}`), port: 0 }, bug)
    const session = await openSession(config, await appOf('reference-integration'))
    try {
      const found = await firstFinding(session.explorer, bug)
      expect(found, `${bug} in ${STORIES} stories`).toBeDefined()
      expect(found?.findings.length).toBeGreaterThan(0)
      expect(found?.story.steps.length).toBeLessThanOrEqual(LONGEST)
      const race = races.get(bug)
      if (race !== undefined) expect(found?.story.steps.map(({ does }) => does)).toContain(race)
    } finally {
      await session.close()
    }
  })
})
