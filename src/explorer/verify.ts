/** Plays a part of a report again, and tells where somebody who does so sees something else. */
import { z } from 'zod'
import { once } from '../lib/once.ts'
import { packageVersion } from '../lib/version.ts'
import { judgeStory, storiesOf } from './explore.ts'
import type { Explorer } from './explore.ts'
import { kindsOf } from './kinds-of-level.ts'
import { countReached, playedLine, readPlayed, sealOf } from './report/played.ts'
import { createDice } from './story/dice.ts'
import { story } from './story/story.ts'

/** What is read of a report; the rest is under its seal. */
const report = once(() =>
  z.looseObject({
    /** Those of earlier versions have none. */
    emulator: z.string().optional(),
    seed: z.string(),
    level: z.union([z.literal(1), z.literal(2), z.literal(3)]),
    stories: z.int().min(0),
    has_webhooks: z.boolean(),
    stories_with_findings: z.int(),
    reached: z.record(z.string(), z.number()),
    not_reached: z.array(z.string()),
    findings: z.array(
      z.looseObject({ number: z.int(), story: story(), findings: z.array(z.unknown()) }),
    ),
    played: z.array(z.string()),
    seal: z.string(),
  }),
)
export type GivenReport = z.output<ReturnType<typeof report>>

/** @throws ZodError for what is no report */
export const readReport = (given: unknown): GivenReport => report().parse(given)

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** What contradicts itself in a report, without playing anything. */
export const contradictionsIn = (given: GivenReport): string[] => {
  const { seal, played, stories, findings, level, has_webhooks } = given
  const withFindings = played.filter((line) => readPlayed(line).findings.length > 0).length
  const reached = countReached(played)
  const missing = kindsOf(level, has_webhooks).filter((kind) => reached[kind] === undefined)
  const checks: [boolean, string][] = [
    [sealOf(given) === seal, 'Its seal does not fit: something in it was changed.'],
    [played.length === stories, `It tells of ${played.length} stories, and says ${stories}.`],
    [
      withFindings === given.stories_with_findings && withFindings > 0 === findings.length > 0,
      `${withFindings} of its stories went wrong; it says ${given.stories_with_findings}, and has ${findings.length} findings.`,
    ],
    [
      same(reached, given.reached) && same(missing, given.not_reached),
      'What it says was reached is not what its stories reached.',
    ],
  ]
  return checks.filter(([holds]) => !holds).map(([, problem]) => problem)
}

/** Why stories may be others here than where the report was made; null when they may not. */
export const otherVersion = ({ emulator = 'an earlier version' }: GivenReport): string | null => {
  const own = packageVersion()
  return emulator === own
    ? null
    : `The report was made by seam-emulator ${emulator}, and this is ${own}, which may tell other stories.`
}

/** So many different numbers of stories, drawn by a seed, in their order. */
export const sampleOf = (stories: number, part: number, sample: string): number[] => {
  const dice = createDice(sample, 'sample')
  const all = Array.from({ length: stories }, (_, n) => ({ number: n + 1, lot: dice.fraction() }))
  const many = Math.min(stories, Math.max(1, Math.ceil(stories * part)))
  return all
    .toSorted((a, b) => a.lot - b.lot)
    .slice(0, many)
    .map(({ number }) => number)
    .toSorted((a, b) => a - b)
}

/**
 * Plays these stories again, and every finding, and compares byte by byte.
 *
 * @throws AppProblem
 */
export const playAgain = async (
  explorer: Explorer,
  given: GivenReport,
  numbers: readonly number[],
): Promise<string[]> => {
  const problems: string[] = []
  const storyOfNumber = storiesOf(explorer, given)
  for (const number of numbers) {
    const judged = await judgeStory(explorer, storyOfNumber(number))
    const line = playedLine(judged)
    const told = given.played[number - 1] ?? 'nothing'
    if (line !== told) problems.push(`Story ${number} is "${line}"; the report says "${told}".`)
  }
  for (const { number, story: told, findings } of given.findings) {
    const judged = await judgeStory(explorer, told)
    if (!same(judged.findings, findings)) {
      problems.push(`Finding ${number} is another one, or none, when its story is played.`)
    }
  }
  return problems
}
