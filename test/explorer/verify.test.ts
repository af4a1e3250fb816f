/** A report can be checked by anyone who plays a part of it again; one that was tampered with is found out. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../../src/explorer/config.ts'
import { badgeOf, badgeText } from '../../src/explorer/report/badge.ts'
import { sealOf } from '../../src/explorer/report/played.ts'
import type { ExploreReport } from '../../src/explorer/report/report.ts'
import { run } from '../../src/explorer/run.ts'
import { openSession } from '../../src/explorer/session.ts'
import type { Session } from '../../src/explorer/session.ts'
import {
  contradictionsIn,
  otherVersion,
  playAgain,
  readReport,
  sampleOf,
} from '../../src/explorer/verify.ts'
import { appOf } from './sample-apps.ts'

let session: Session
let report: ExploreReport

beforeAll(async () => {
  const app = await appOf('bugs/forgets-cancel')
  session = await openSession(
    readConfig({ app, port: 0 }, 'the test'),
    await appOf('reference-integration'),
  )
  const settings = { seed: 'verify', level: 1, stories: 12, most_findings: 2 } as const
  report = (await run(session.explorer, settings)).report
}, 60_000)
afterAll(() => session.close())

/** Somebody else's change, who knows how a report is sealed. */
const resealed = (changes: Partial<ExploreReport>) => {
  const changed = { ...report, ...changes }
  const { seal: _seal, ...rest } = changed
  return readReport(JSON.parse(JSON.stringify({ ...rest, seal: sealOf(rest) })))
}
const read = () => readReport(JSON.parse(JSON.stringify(report)))

test('what was not touched holds, all of it', { timeout: 60_000 }, async () => {
  expect(report.findings.length).toBeGreaterThan(0)
  expect(contradictionsIn(read())).toEqual([])
  expect(await playAgain(session.explorer, read(), sampleOf(12, 1, 'all'))).toEqual([])
})

test('a report names the version that told its stories, and a check says when it is another one', () => {
  expect(otherVersion(read())).toBeNull()
  expect(otherVersion(resealed({ emulator: '0.0.1' }))).toContain('made by seam-emulator 0.0.1')
  const { emulator: _emulator, seal: _seal, ...rest } = report
  const earlier = readReport({ ...rest, seal: sealOf(rest) })
  expect(otherVersion(earlier)).toContain('an earlier version')
  expect(contradictionsIn(earlier)).toEqual([])
})

test('a number that was made prettier breaks the seal, and contradicts the stories', () => {
  const changed = { ...read(), stories_with_findings: 0 }
  expect(contradictionsIn(changed).length).toBe(2)
  expect(contradictionsIn(resealed({ stories_with_findings: 0 }))).toHaveLength(1)
  expect(contradictionsIn(resealed({ reached: {} })).join(' ')).toMatch(/reached/)
  expect(contradictionsIn(resealed({ stories: 500 })).join(' ')).toMatch(/tells of 12 stories/)
})

test('a report without its findings is found out when its stories are played', async () => {
  const played = report.played.map((line) => line.replace(/\S+$/, '-'))
  const clean = resealed({ played, findings: [], stories_with_findings: 0 })
  expect(contradictionsIn(clean)).toEqual([])
  const problems = await playAgain(session.explorer, clean, sampleOf(12, 1, 'all'))
  expect(problems).toHaveLength(report.stories_with_findings)
  expect(problems[0]).toMatch(/code_left.*the report says/)
})

test('a finding that is none is found out', async () => {
  const [first] = report.findings
  if (first === undefined) throw new Error('There is no finding')
  const invented = resealed({ findings: [{ ...first, findings: [] }] })
  expect(await playAgain(session.explorer, invented, [])).toHaveLength(1)
})

test('the sample is drawn by its seed, and is as large as it was to be', () => {
  expect(sampleOf(500, 0.1, 'a')).toEqual(sampleOf(500, 0.1, 'a'))
  expect(sampleOf(500, 0.1, 'a')).not.toEqual(sampleOf(500, 0.1, 'b'))
  expect(new Set(sampleOf(500, 0.1, 'a')).size).toBe(50)
  expect(sampleOf(3, 0.01, 'a')).toHaveLength(1)
})

test('the badge says what the run was', () => {
  expect(badgeText(report)).toMatch(
    /^guest-stay explorer level 1 · 12 stories · seed verify · \d+ finding/,
  )
  expect(badgeOf(report)).toContain(`aria-label="${badgeText(report)}"`)
  const passed = { ...report, findings: [], not_reached: [] }
  expect(badgeText(passed)).toMatch(/passed$/)
  expect(badgeText({ ...passed, not_reached: ['cancel'] })).toMatch(/not all reached$/)
})
