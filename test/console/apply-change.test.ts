/** The page's world follows the stream: after each frame it is what a fresh `world` would say. */
import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  applied,
  isWhole,
  joined,
  questionsAfter,
  windowAt,
} from '../../src/console/model/apply-change.ts'
import type { Question } from '../../src/console/model/apply-change.ts'
import type { WorldModel } from '../../src/console/model/types.ts'
import type { Changed } from '../../src/contract/stream.ts'
import type { ControlClient } from '../../src/client/control-client.ts'
import { isDomainError } from '../../src/sim/kernel/errors.ts'
import { startTestEmulator } from '../support/emulator.ts'
import type { TestEmulator } from '../support/emulator.ts'
import { runs } from '../support/experiment.ts'
import { codes, story } from '../support/laboratory.ts'
import type { Chapter } from '../support/laboratory.ts'

let emulator: TestEmulator
beforeAll(async () => {
  emulator = await startTestEmulator({ fixture: { ...codes.fixture }, check_responses: false })
})
afterAll(() => emulator.close())

const wholeOf = async (client: ControlClient, window: object): Promise<WorldModel> => {
  const world = await client.world(window)
  if (!isWhole(world)) throw new Error('a part is missing')
  return world
}

const byId = <T extends { device_id: string }>(rows: readonly T[]): T[] =>
  rows.toSorted((a, b) => a.device_id.localeCompare(b.device_id))

/** Rows have no order that anybody relies on. */
const comparable = ({ access_codes, ...world }: WorldModel) => ({
  ...world,
  stream: null,
  locks: byId(world.locks),
  disagreements: world.disagreements.map((it) => JSON.stringify(it)).toSorted(),
  access_codes: access_codes.access_code_id
    .map((id, at) => JSON.stringify([id, Object.values(access_codes).map((column) => column[at])]))
    .toSorted(),
})

/** Reads the stream up to all that has happened: whoever opens another one has the last frame sent. */
const openStream = async (client: ControlClient) => {
  const ends = new AbortController()
  const frames = await client.stream({ signal: ends.signal })
  let seq = 0
  const lastSeq = async (): Promise<number> => {
    const second = new AbortController()
    const other = await client.stream({ signal: second.signal })
    const { value } = await other.next()
    second.abort()
    if (value?.event !== 'hello') throw new Error('no hello')
    return value.data.seq
  }
  const first = await frames.next()
  if (first.value?.event !== 'hello') throw new Error('no hello')
  seq = first.value.data.seq
  return {
    /** What changed since it was asked last; null for nothing. */
    news: async (): Promise<Changed | null> => {
      const last = await lastSeq()
      let changed: Changed | null = null
      while (seq < last) {
        const { value } = await frames.next()
        if (value?.event !== 'change') continue
        ;({ seq } = value.data)
        changed = changed === null ? value.data.changed : joined(changed, value.data.changed)
      }
      return changed
    },
    close: () => ends.abort(),
  }
}

let stories = 0
const seen = { partial: 0, timed: 0 }

const tell = async (chapters: readonly Chapter[]): Promise<void> => {
  const key = `seam_test_story${++stories}`
  const client = emulator.as(key)
  const workspace_id = emulator.workspaceOf(key)
  const now = (): number => emulator.universe.now(workspace_id)
  const perform = ({ deed }: Chapter): void => {
    try {
      emulator.universe.write(workspace_id, (world) => codes.perform(world, deed))
    } catch (error) {
      if (!isDomainError(error)) throw error
    }
  }
  // The page's window moves with the day; here it is one that holds the whole story.
  const { from } = windowAt(now())
  const window = { from, to: new Date(now() + 400 * 86_400_000).toISOString() }
  const stream = await openStream(client)
  let mine = await wholeOf(client, window)
  let askedAt = now()
  const follow = async (): Promise<void> => {
    const changed = await stream.news()
    if (changed !== null) {
      const hasTimePassed = now() !== askedAt
      for (const question of questionsAfter(mine, changed, hasTimePassed)) {
        mine = applied(mine, question, await client.world(question satisfies Question))
      }
      seen[hasTimePassed ? 'timed' : 'partial']++
      askedAt = now()
    }
    expect(comparable(mine)).toEqual(comparable(await wholeOf(client, window)))
  }
  for (const chapter of chapters.slice(0, 14)) {
    await client.clock.advance({ by: chapter.after })
    await follow()
    perform(chapter)
    await follow()
  }
  stream.close()
}

test('the page that follows the stream knows what a fresh world says', async () => {
  await fc.assert(fc.asyncProperty(story, tell), { numRuns: runs(8) })
  // Both ways of asking were used.
  expect(Math.min(seen.partial, seen.timed)).toBeGreaterThan(10)
}, 120_000)
