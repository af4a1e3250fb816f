/** The search: plays stories, and compares what the doors say with what they said to the reference integration. */
import { findingsOf, isFlawless, webhookFindings } from './judge/findings.ts'
import type { Finding, Tolerance } from './judge/findings.ts'
import { storyOf } from './incidents/story-of.ts'
import { incidents } from './incidents/index.ts'
import { levelOf } from './story/steps/index.ts'
import { makeStory } from './story/generate.ts'
import { judge } from './judge/judge.ts'
import type { Verdict } from './judge/judge.ts'
import { isSameFinding, shrink } from './story/shrink.ts'
import { play } from './play/play.ts'
import type { Player } from './play/player.ts'
import type { PlaySettings } from './play/playing.ts'
import { doorsOf } from './play/stage.ts'
import type { Door } from './play/stage.ts'
import type { Level } from './story/steps/kind.ts'
import type { Story } from './story/story.ts'

export interface Explorer {
  settings: PlaySettings
  app: Player
  reference: Player
  tolerance: Tolerance
}

/** One story, judged. */
export interface Judged {
  story: Story
  app: Verdict
  /** null where the app was flawless, so that nobody had to ask. */
  reference: Verdict | null
  findings: Finding[]
}

const verdictOf = async (explorer: Explorer, player: Player, story: Story): Promise<Verdict> =>
  judge(await play(explorer.settings, player, story))

const isAboutWebhooks = (kind: string): boolean => kind.startsWith('webhook_')

/** The same story in which every webhook arrives once, at once and in order. */
const withoutWebhookTrouble = (story: Story): Story => ({
  ...story,
  steps: story.steps.filter(({ does }) => !isAboutWebhooks(does)),
})

/** What the app got wrong, apart from what lost or late webhooks did to it. */
const againstReference = async (
  explorer: Explorer,
  story: Story,
  app: Verdict,
): Promise<Pick<Judged, 'reference' | 'findings'>> => {
  const { app: player, tolerance } = explorer
  if (isFlawless(app, tolerance)) return { reference: null, findings: [] }
  const reference = await verdictOf(explorer, explorer.reference, story)
  const findings = findingsOf(app, reference, tolerance, player.integration.has_alerts)
  return { reference, findings }
}

/** Plays a story with both, whether or not the app was flawless. @throws AppProblem */
export const judgeAll = async (explorer: Explorer, story: Story): Promise<Judged> => {
  const { app: player, tolerance } = explorer
  const app = await verdictOf(explorer, player, story)
  const reference = await verdictOf(explorer, explorer.reference, story)
  const findings = findingsOf(app, reference, tolerance, player.integration.has_alerts)
  return { story, app, reference, findings }
}

/**
 * Plays a story with the app; with the reference where the app was not flawless; and once more without
 * trouble for webhooks where there was some.
 *
 * @throws AppProblem
 */
export const judgeStory = async (explorer: Explorer, story: Story): Promise<Judged> => {
  const app = await verdictOf(explorer, explorer.app, story)
  const { reference, findings } = await againstReference(explorer, story, app)
  if (findings.length > 0 || !app.reached.some(isAboutWebhooks)) {
    return { story, app, reference, findings }
  }
  const calm = await verdictOf(explorer, explorer.app, withoutWebhookTrouble(story))
  return { story, app, reference, findings: webhookFindings(app, calm) }
}

export const doorsFor = ({ app }: Explorer): Door[] =>
  app.emulator.universe.read(app.workspace_id, doorsOf)

/** Known incidents whose troubles are of this level, at the doors of this world. */
const knownStories = (doors: readonly Door[], level: Level): Story[] => {
  const [first] = doors
  if (first === undefined || level === 1) return []
  return incidents
    .map((incident) =>
      storyOf(incident, doors.find(({ model }) => model === incident.model) ?? first),
    )
    .filter(({ steps }) => steps.every((one) => levelOf(one) <= level))
}

export interface RunOfStories {
  seed: string
  level: Level
}

/** The stories of a run by their numbers: what is known to happen first, then what nobody has thought of. */
export const storiesOf = (explorer: Explorer, run: RunOfStories): ((number: number) => Story) => {
  const doors = doorsFor(explorer)
  const known = knownStories(doors, run.level)
  return (number) => known[number - 1] ?? makeStory(run, doors, number)
}

/** The stories of a run, in order. */
export async function* exploreStories(
  explorer: Explorer,
  run: RunOfStories,
  stories: number,
): AsyncGenerator<Judged> {
  const storyOfNumber = storiesOf(explorer, run)
  for (let number = 1; number <= stories; number++) {
    yield await judgeStory(explorer, storyOfNumber(number))
  }
}

/** The shortest story that goes wrong as `judged` does, by its first finding. */
export const shrinkStory = async (explorer: Explorer, judged: Judged): Promise<Judged> => {
  const [sought] = judged.findings
  if (sought === undefined) return judged
  let shortest = judged
  await shrink(judged.story, async (story) => {
    const again = await judgeStory(explorer, story)
    const isFound = again.findings.some((finding) => isSameFinding(finding, sought))
    if (isFound) shortest = again
    return isFound
  })
  return shortest
}
