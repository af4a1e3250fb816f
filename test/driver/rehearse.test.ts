/** A rehearsal tells exactly what the leap then does, and leaves no trace. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { rehearse } from '../../src/driver/rehearse.ts'
import { partsOf } from '../../src/api/control/world/parts.ts'
import { createCollector } from '../../src/driver/live/collector.ts'
import { insertWebhook } from '../../src/sim/webhooks/operations.ts'
import { runs } from '../support/experiment.ts'
import { openLaboratory, story } from '../support/laboratory.ts'
import type { Chapter, Laboratory } from '../support/laboratory.ts'
import { T0, hour } from '../support/place.ts'

const aCode: Chapter = {
  after: 0,
  deed: { do: 'create', door: 'native', pin: '1111', frame: null },
}

const wall = (): number => T0

/** One with receivers that take every message. */
const openHeard = (db: string): Laboratory => {
  const laboratory = openLaboratory({ db })
  laboratory.universe.write('laboratory', (world) => {
    insertWebhook(world, 'http://two.test', ['*'])
    insertWebhook(world, 'http://three.test', ['access_code.set_on_device'])
  })
  return laboratory
}

const tryLeap = ({ universe }: Laboratory, by: number) =>
  rehearse(universe, wall, 'laboratory', { to: universe.now('laboratory') + by, patience: 1_000 })

const tellStory = async (chapters: readonly Chapter[], db: string): Promise<number> => {
  const [tried, plain] = [openHeard(db), openHeard(':memory:')]
  let seen = 0
  for (const chapter of chapters) {
    tried.universe.catchUp('laboratory')
    const before = tried.dump()
    const told = tryLeap(tried, chapter.after)
    expect(tried.dump()).toEqual(before)
    const { entries, jobs, truncated } = await tried.advance(chapter.after)
    expect(truncated).toBe(false)
    const events = entries.filter(({ kind }) => kind === 'event').length
    expect(told).toEqual({ jobs, events, deliveries: entries.length - events, is_whole: true })
    seen += jobs
    tried.perform(chapter)
    await plain.advance(chapter.after)
    plain.perform(chapter)
  }
  expect(tried.dump()).toEqual(plain.dump())
  expect(tried.sent).toEqual(plain.sent)
  tried.close()
  plain.close()
  return seen
}

test('it counts what the leap then does, and changes nothing', async () => {
  let seen = 0
  await fc.assert(
    fc.asyncProperty(story, async (chapters) => {
      seen += await tellStory(chapters, ':memory:')
    }),
    { numRuns: runs(12) },
  )
  expect(seen).toBeGreaterThan(100)
}, 120_000)

test('so it does in a file', async () => {
  await fc.assert(
    fc.asyncProperty(story, async (chapters) => {
      const folder = mkdtempSync(path.join(tmpdir(), 'rehearsal-'))
      try {
        await tellStory(chapters, path.join(folder, 'world.db'))
      } finally {
        rmSync(folder, { recursive: true })
      }
    }),
    { numRuns: runs(3) },
  )
}, 120_000)

test('nobody who watches hears of it', async () => {
  await fc.assert(
    fc.asyncProperty(story, async (chapters) => {
      const laboratory = openHeard(':memory:')
      const collector = createCollector(laboratory.world(), partsOf)
      for (const chapter of chapters) {
        laboratory.universe.catchUp('laboratory')
        collector.noteEvents([])
        collector.take()
        const nothing = collector.take()
        tryLeap(laboratory, chapter.after)
        collector.noteEvents([])
        expect(collector.take()).toEqual(nothing)
        await laboratory.advance(chapter.after)
        laboratory.perform(chapter)
      }
      collector.stop()
      laboratory.close()
    }),
    { numRuns: runs(6) },
  )
}, 120_000)

test('what happened before it is told after it', () => {
  const laboratory = openHeard(':memory:')
  const collector = createCollector(laboratory.world(), partsOf)
  laboratory.perform(aCode)
  tryLeap(laboratory, hour)
  const { changed } = collector.take()
  expect(changed.parts).toContain('access_codes')
  expect(changed.devices).toEqual(['native'])
  collector.stop()
  laboratory.close()
})

test('one that takes too long says that it is not whole', () => {
  const laboratory = openHeard(':memory:')
  laboratory.perform(aCode)
  let at = T0
  const slow = (): number => (at += 1_000)
  const told = rehearse(laboratory.universe, slow, 'laboratory', {
    to: T0 + 1_000 * hour,
    patience: 2_000,
  })
  expect(told.is_whole).toBe(false)
  laboratory.close()
})
