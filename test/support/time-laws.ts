/** Time is one: however it is cut, repeated or interrupted, the same things happen. */
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { lines, openExperiment, runs, storyOf } from './experiment.ts'
import type { Chapter, Experiment, Laboratory } from './experiment.ts'
import { hour } from './place.ts'

/** Long enough for all retries, reports and lead times after the last deed. */
const EPILOGUE = 130 * hour

type Leap = (
  laboratory: Pick<Laboratory<unknown>, 'advance' | 'next' | 'toNext' | 'world'>,
  by: number,
) => Promise<string[]>

export const inOneLeap: Leap = async (laboratory, by) =>
  lines((await laboratory.advance(by)).entries)

export const tell = async <Deed>(
  laboratory: Laboratory<Deed>,
  chapters: readonly Chapter<Deed>[],
  leap: Leap,
) => {
  const transcript: string[] = []
  for (const chapter of chapters) {
    transcript.push(...(await leap(laboratory, chapter.after)))
    transcript.push(JSON.stringify(laboratory.perform(chapter)))
  }
  transcript.push(...(await leap(laboratory, EPILOGUE)))
  return transcript
}

/** With each row's number as its place: a restart may go on counting lower, in the same order. */
const inPlaces = (tables: Record<string, unknown[]>): Record<string, unknown[]> =>
  Object.fromEntries(
    Object.entries(tables).map(([name, rows]) => [
      name,
      rows.map((row, place) => withoutNumber(row, place)),
    ]),
  )

/** `seq`, or SQLite's own number where a table has no such column. */
const withoutNumber = (row: unknown, place: number): unknown => {
  if (typeof row !== 'object' || row === null) return row
  if ('seq' in row) return { ...row, seq: place }
  return 'rowid' in row ? { ...row, rowid: place } : row
}

/** Copies what a process that is killed now leaves of its file. */
const copyOf = (file: string, copy: string): string => {
  for (const end of ['', '-wal']) if (existsSync(file + end)) copyFileSync(file + end, copy + end)
  return copy
}

/**
 * Says as tests that time is one in this experiment.
 *
 * @param scale for experiments whose worlds take longer
 * @param keepsNumbers false where deeds write beside the tables: when such a one fails, counting may
 *   go on lower afterwards, in the same order, as after a restart
 */
export const holdTimeLaws = <Deed>(
  experiment: Experiment<Deed>,
  { scale = 1, keepsNumbers = true }: { scale?: number; keepsNumbers?: boolean } = {},
): void => {
  const numbered = keepsNumbers ? (tables: Record<string, unknown[]>) => tables : inPlaces
  const story = storyOf(experiment)
  const times = (count: number): number => Math.max(1, Math.round(runs(count * scale)))
  const open = (options: Parameters<typeof openExperiment>[1] = {}) =>
    openExperiment(experiment, options)

  test('one leap and many steps give the same transcript, the same deliveries in the same order, and the same rows', async () => {
    const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }))
    await fc.assert(
      fc.asyncProperty(story, cuts, async (chapters, cuts) => {
        const whole = open({ receivers: true })
        const cut = open({ receivers: true })
        const inSteps: Leap = async (laboratory, by) => {
          const instants = [...new Set([...cuts.map((it) => Math.floor(it * by)), by])]
          const transcript: string[] = []
          let at = 0
          for (const instant of instants.toSorted((a, b) => a - b)) {
            transcript.push(...lines((await laboratory.advance(instant - at)).entries))
            at = instant
          }
          return transcript
        }
        const expected = await tell(whole, chapters, inOneLeap)
        const found = await tell(cut, chapters, inSteps)
        expect(found).toEqual(expected)
        expect(cut.sent).toEqual(whole.sent)
        expect(cut.dump()).toEqual(whole.dump())
        whole.close()
        cut.close()
      }),
      { numRuns: times(30) },
    )
  }, 600_000)

  test('going from one job to the next gives the same as one leap', async () => {
    await fc.assert(
      fc.asyncProperty(story, async (chapters) => {
        const whole = open({ receivers: true })
        const stepped = open({ receivers: true })
        const byJobs: Leap = async (laboratory, by) => {
          const transcript: string[] = []
          const to = laboratory.world().now + by
          for (;;) {
            const next = laboratory.next()
            if (next === null || next > to) break
            transcript.push(...lines((await laboratory.toNext()).entries))
          }
          transcript.push(...lines((await laboratory.advance(to - laboratory.world().now)).entries))
          return transcript
        }
        expect(await tell(stepped, chapters, byJobs)).toEqual(
          await tell(whole, chapters, inOneLeap),
        )
        expect(stepped.dump()).toEqual(whole.dump())
        whole.close()
        stepped.close()
      }),
      { numRuns: times(12) },
    )
  }, 600_000)

  test('the same seed and deeds give the same history, the same deliveries and the same rows', async () => {
    await fc.assert(
      fc.asyncProperty(story, async (chapters) => {
        const one = open({ receivers: true })
        const two = open({ receivers: true })
        expect(await tell(two, chapters, inOneLeap)).toEqual(await tell(one, chapters, inOneLeap))
        expect(two.sent).toEqual(one.sent)
        expect(two.dump()).toEqual(one.dump())
        one.close()
        two.close()
      }),
      { numRuns: times(12) },
    )
  }, 600_000)

  test.each(['memory', 'a file'])(
    'what failed, and when rows reach their tables, changes nothing: in %s',
    async (where) => {
      const folder = mkdtempSync(join(tmpdir(), 'seam-emulator-'))
      let files = 0
      const disturbance = fc.record({
        place: fc.nat({ max: 24 }),
        looks: fc.boolean(),
        rows: fc.nat({ max: 20 }),
      })
      await fc.assert(
        fc.asyncProperty(story, fc.array(disturbance, { minLength: 1 }), async (chapters, all) => {
          const calm = open({ receivers: true })
          const db = where === 'memory' ? ':memory:' : join(folder, `${files++}.db`)
          const disturbed = open({ receivers: true, db })
          const expected: string[] = []
          const found: string[] = []
          for (const [index, chapter] of chapters.entries()) {
            expected.push(...(await inOneLeap(calm, chapter.after)))
            found.push(...(await inOneLeap(disturbed, chapter.after)))
            for (const { place, looks, rows } of all) {
              if (place !== index) continue
              disturbed.rest(rows)
              disturbed.performInVain(chapter, looks)
            }
            expected.push(JSON.stringify(calm.perform(chapter)))
            found.push(JSON.stringify(disturbed.perform(chapter)))
          }
          expected.push(...(await inOneLeap(calm, EPILOGUE)))
          found.push(...(await inOneLeap(disturbed, EPILOGUE)))
          expect(found).toEqual(expected)
          expect(numbered(disturbed.dump())).toEqual(numbered(calm.dump()))
          calm.close()
          disturbed.close()
        }),
        { numRuns: times(8) },
      )
      rmSync(folder, { recursive: true })
    },
    600_000,
  )

  test('a restart from the file, anywhere, changes nothing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'seam-emulator-'))
    let files = 0
    const restart = fc.record({
      place: fc.nat({ max: 24 }),
      // Some rows are on their way into their tables then.
      rows: fc.nat({ max: 20 }),
      isKilled: fc.boolean(),
    })
    const newFile = (): string => join(folder, `${files++}.db`)
    await fc.assert(
      fc.asyncProperty(story, fc.array(restart, { minLength: 1 }), async (chapters, restarts) => {
        let db = newFile()
        const straight = open({ receivers: true })
        let restarted = open({ receivers: true, db })
        const expected: string[] = []
        const found: string[] = []
        for (const [index, chapter] of chapters.entries()) {
          expected.push(...(await inOneLeap(straight, chapter.after)))
          found.push(...(await inOneLeap(restarted, chapter.after)))
          expected.push(JSON.stringify(straight.perform(chapter)))
          found.push(JSON.stringify(restarted.perform(chapter)))
          for (const { rows, isKilled } of restarts.filter(({ place }) => place === index)) {
            restarted.rest(rows)
            const left = isKilled ? copyOf(db, newFile()) : db
            restarted.close()
            db = left
            restarted = open({ db })
          }
        }
        expected.push(...(await inOneLeap(straight, EPILOGUE)))
        found.push(...(await inOneLeap(restarted, EPILOGUE)))
        expect(found).toEqual(expected)
        expect(inPlaces(restarted.dump())).toEqual(inPlaces(straight.dump()))
        straight.close()
        restarted.close()
      }),
      { numRuns: times(12) },
    )
    rmSync(folder, { recursive: true })
  }, 600_000)
}
