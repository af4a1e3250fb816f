/** A whole run: rehearsal, stories, the shortest story for each kind of finding, and what was reached. */
import { doorsFor, exploreStories, shrinkStory } from './explore.ts'
import type { Explorer, Judged } from './explore.ts'
import { AppProblem } from './integration.ts'
import type { Finding } from './judge/findings.ts'
import { rehearse } from './rehearsal.ts'
import type { ExploreReport, ReportedFinding } from './report/report.ts'
import { timelineOf } from './report/timeline.ts'
import { namesOf, tellFinding, tellStory } from './report/sentences.ts'
import type { Level } from './story/steps/kind.ts'
import { packageVersion } from '../lib/version.ts'
import { countReached, playedLine, sealOf } from './report/played.ts'
import { kindsOf } from './kinds-of-level.ts'

export interface RunSettings {
  seed: string
  level: Level
  stories: number
  /** Findings that are made short and told; the rest is only counted. */
  most_findings: number
}

export interface Progress {
  stories: number
  findings: number
}

/** Findings of one kind that need the same kinds of steps are one. */
const likenessOf = ({ kind }: Finding, { story }: Judged): string =>
  [kind, ...new Set(story.steps.map(({ does }) => does).toSorted())].join(' ')

interface Found {
  shortest: Judged
  first: { story: number; steps: number }
  stories: number
}

/** Gathers findings: each kind in its shortest story, and in how many stories it came. */
const createCollection = (explorer: Explorer, most: number) => {
  const found = new Map<string, Found>()
  const kinds = new Map<string, number>()
  return {
    found,
    count: (): number => kinds.size,
    add: async (judged: Judged, number: number): Promise<void> => {
      for (const kind of new Set(judged.findings.map((it) => it.kind))) {
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
      }
      const [sought] = judged.findings
      if (sought === undefined || found.size >= most) return
      const shortest = await shrinkStory(explorer, judged)
      const [kept] = shortest.findings
      const likeness = likenessOf(kept ?? sought, shortest)
      const known = found.get(likeness)
      if (known !== undefined) known.stories += 1
      else {
        const first = { story: number, steps: judged.story.steps.length }
        found.set(likeness, { shortest, first, stories: 1 })
      }
    },
  }
}

const reported = (explorer: Explorer, all: readonly Found[]): ReportedFinding[] => {
  const doors = doorsFor(explorer)
  return all.map(({ shortest, first, stories }, n): ReportedFinding => {
    const [finding] = shortest.findings
    if (finding === undefined) throw new Error('A story without findings was kept')
    return {
      number: n + 1,
      summary: tellFinding(finding, namesOf(doors)),
      kind: finding.kind,
      told: tellStory(shortest.story, doors),
      story: shortest.story,
      found_in: first,
      stories,
      findings: shortest.findings,
      timeline: timelineOf(shortest, doors),
    }
  })
}

/** What a run found, and the shortest story of each finding as it was judged, in the same order. */
export interface Run {
  report: ExploreReport
  shortest: Judged[]
}

/** @throws AppProblem when the app cannot be judged */
export const run = async (
  explorer: Explorer,
  { seed, level, stories, most_findings }: RunSettings,
  onProgress: (progress: Progress) => void = () => undefined,
): Promise<Run> => {
  const [door] = doorsFor(explorer)
  if (door === undefined) {
    throw new AppProblem('The fixture has no lock with a keypad, so no guest could be let in.')
  }
  await rehearse(explorer.settings, explorer.app, door)
  const collection = createCollection(explorer, most_findings)
  const played: string[] = []
  let withFindings = 0
  for await (const judged of exploreStories(explorer, { seed, level }, stories)) {
    played.push(playedLine(judged))
    if (judged.findings.length > 0) {
      withFindings += 1
      await collection.add(judged, played.length)
    }
    onProgress({ stories: played.length, findings: collection.found.size })
  }
  const found = [...collection.found.values()]
  const reached = countReached(played)
  const has_webhooks = explorer.app.integration.webhook_url !== null
  const report: Omit<ExploreReport, 'seal'> = {
    emulator: packageVersion(),
    seed,
    level,
    stories,
    has_webhooks,
    stories_with_findings: withFindings,
    findings: reported(explorer, found),
    reached,
    not_reached: kindsOf(level, has_webhooks).filter((kind) => reached[kind] === undefined),
    played,
  }
  return {
    report: { ...report, seal: sealOf(report) },
    shortest: found.map(({ shortest }) => shortest),
  }
}
