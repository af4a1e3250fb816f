/** What a run found, as data: the same for the same seed and app, byte for byte. */
import type { Level } from '../story/steps/kind.ts'
import type { Finding } from '../judge/findings.ts'
import type { Story } from '../story/story.ts'

/** One thing that an app gets wrong, in the shortest story that shows it. */
export interface ReportedFinding {
  number: number
  /** In a sentence. */
  summary: string
  kind: Finding['kind']
  /** The story in sentences. */
  told: string[]
  story: Story
  /** The story of the run in which it was found first, and how many steps that had. */
  found_in: { story: number; steps: number }
  /** In how many stories of the run something like it was found. */
  stories: number
  findings: Finding[]
  /** What the doors said, for the app and for the reference. */
  timeline: Timeline
}

/** Times in ISO 8601. */
export interface Span {
  from: string
  to: string
}

export interface DoorTimeline {
  stay: string
  guest: string
  door: string
  planned: Span[]
  open: Span[]
  shut: Span[]
  stayed_on: Span[]
}

export interface Timeline extends Span {
  steps: { at: string; does: string }[]
  app: DoorTimeline[]
  reference: DoorTimeline[]
}

export interface ExploreReport {
  /** The version of seam-emulator that told the stories: another one may tell others. */
  emulator: string
  seed: string
  level: Level
  stories: number
  /** Whether the app has a receiver of webhooks, so that trouble with them can reach it. */
  has_webhooks: boolean
  /** Stories in which something was found. */
  stories_with_findings: number
  findings: ReportedFinding[]
  /** How often each kind of step and trouble really happened. */
  reached: Record<string, number>
  /** Kinds of this level that never happened. */
  not_reached: string[]
  /** What became of each story, in a line (see `played.ts`): for whoever plays a part of them again. */
  played: string[]
  /** A digest of all the rest. */
  seal: string
}
