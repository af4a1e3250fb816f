/** Says as tests that whatever holds a world holds all of it: a snapshot, and a reset. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { registry, worldTables } from '../../src/db/tables/index.ts'
import { clearFaults } from '../../src/sim/faults/operations.ts'
import { resetSandbox } from '../../src/sim/workspaces/reset-sandbox.ts'
import { openExperiment, runs, storyOf } from './experiment.ts'
import type { Experiment } from './experiment.ts'
import { hour, minute } from './place.ts'
import { inOneLeap } from './time-laws.ts'

const job = z.object({ kind: z.string(), subject: z.string() })

/** Numbers are never given twice. */
const rowsIn = (dump: Record<string, unknown[]>, table: string): unknown[] =>
  z
    .array(z.looseObject({}))
    .parse(dump[table])
    .map(({ seq: _seq, rowid: _rowid, ...row }) => row)

const jobsIn = ({ jobs }: Record<string, unknown[]>): string[] =>
  z
    .array(job)
    .parse(jobs)
    .map(({ kind, subject }) => `${kind} ${subject}`)

/** @param scale for experiments whose worlds take longer */
export const holdWorldLaws = <Deed>(experiment: Experiment<Deed>, { scale = 1 } = {}): void => {
  const story = storyOf(experiment)
  const times = (count: number): number => Math.max(1, Math.round(runs(count * scale)))

  test('a snapshot that another workspace takes in goes on as the first one does', async () => {
    await fc.assert(
      fc.asyncProperty(story, story, async (before, after) => {
        const first = openExperiment(experiment)
        for (const chapter of before) {
          await first.advance(chapter.after)
          first.perform(chapter)
        }
        const second = openExperiment(experiment, { seed: 'another' })
        const copied = first.snapshot()
        second.restore(copied)
        expect(second.snapshot()).toBe(copied)
        for (const chapter of after) {
          expect(await inOneLeap(second, chapter.after)).toEqual(
            await inOneLeap(first, chapter.after),
          )
          expect(JSON.stringify(second.perform(chapter))).toBe(
            JSON.stringify(first.perform(chapter)),
          )
        }
        await first.advance(100 * hour)
        await second.advance(100 * hour)
        expect(second.snapshot()).toBe(first.snapshot())
        first.close()
        second.close()
      }),
      { numRuns: times(12) },
    )
  }, 600_000)

  test('a reset of the sandbox leaves nothing of grants, people, spaces and stays behind', async () => {
    const goes = worldTables.filter((table) => registry[table].sandbox_reset === 'goes')
    await fc.assert(
      fc.asyncProperty(story, async (chapters) => {
        const used = openExperiment(experiment)
        for (const chapter of chapters) {
          await used.advance(chapter.after)
          used.perform(chapter)
        }
        const fresh = openExperiment(experiment)
        const elapsed = used.world().now - fresh.world().now
        await fresh.advance(elapsed)
        for (const laboratory of [used, fresh]) {
          // Faults stay, and what they hold down would stay down.
          laboratory.universe.write('laboratory', clearFaults)
          laboratory.universe.write('laboratory', resetSandbox)
          await laboratory.advance(minute)
        }
        const [found, expected] = [used.dump(), fresh.dump()]
        for (const table of goes)
          expect([table, rowsIn(found, table)]).toEqual([table, rowsIn(expected, table)])
        expect(jobsIn(found)).toEqual(jobsIn(expected))
        used.close()
        fresh.close()
      }),
      { numRuns: times(20) },
    )
  }, 600_000)
}
