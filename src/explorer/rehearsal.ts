/**
 * Before the first story: one stay without any trouble. An app that cannot do that cannot be judged, and
 * is told in a sentence what to do.
 */
import { z } from 'zod'
import { once } from '../lib/once.ts'
import type { World } from '../sim/kernel/world.ts'
import { AppProblem } from './integration.ts'
import { judge, minutesOf } from './judge/judge.ts'
import type { Door } from './play/stage.ts'
import { play } from './play/play.ts'
import type { Player } from './play/player.ts'
import type { PlaySettings } from './play/playing.ts'
import type { Stage } from './play/stage.ts'
import { DAY, HOUR, instantOf } from './story/story.ts'
import type { Story } from './story/story.ts'

const ID = 'rehearsal-1'

/** A stay at the first door, booked four hours ahead. */
export const rehearsalStory = (door: Door): Story => ({
  seed: 'rehearsal',
  begins_at: '2025-01-14T08:00:00.000Z',
  steps: [
    {
      at: HOUR,
      does: 'book',
      stay: ID,
      guest: 'Ada',
      device_ids: [door.device_id],
      from: 5 * HOUR,
      to: DAY + 3 * HOUR,
    },
  ],
})

const asked = once(() =>
  z.looseObject({ name: z.string().optional(), starts_at: z.string().optional() }),
)

/** The codes and grants that the app has asked for: in the story's end they are gone from the API. */
const askedFor = ({ emulator, workspace_id }: Stage) =>
  emulator.services.journal
    .list(workspace_id)
    .filter(({ path, status }) => status === 200 && /\/create(?:_multiple)?$/.test(path))
    .map(({ body }) => asked().parse(JSON.parse(body)))

/** What the receiver answered instead of taking a webhook. */
const refusedWebhook = (world: World): string | undefined =>
  world.webhook_attempts
    .all()
    .map(({ status, error }) => (status === null ? (error ?? 'no answer') : `HTTP ${status}`))
    .find((said) => !said.startsWith('HTTP 2'))

const whyNoPin = (stage: Stage): string => {
  const { endpoint } = stage.emulator
  const [first] = askedFor(stage)
  if (stage.attention.calls === 0) {
    return `The app took the booking and has not called the emulator once. Is its Seam client set to ${endpoint}, with this API key?`
  }
  if (first === undefined) {
    return `The app called the emulator ${stage.attention.calls} times and made no access code or access grant for the booking.`
  }
  return `The app made "${first.name ?? 'a code without a name'}", in whose name the booking's id (${ID}) is not. Put the id into the name, or give the adapter a verb pin_of.`
}

const isOtherTime = (stage: Stage): string | null => {
  const begins = instantOf(stage.story, 5 * HOUR)
  const far = askedFor(stage).find(
    ({ starts_at }) =>
      starts_at !== undefined && Math.abs(Date.parse(starts_at) - begins) > 30 * DAY * 60_000,
  )
  if (far === undefined) return null
  return `The app's code begins at ${String(far.starts_at)}, the stay at ${new Date(begins).toISOString()}: the app goes by the machine's clock. Let it take the time from the verbs' field \`now\`, or from the header \`seam-emulator-now\`.`
}

/** @throws AppProblem with what to do */
export const rehearse = async (
  settings: PlaySettings,
  player: Player,
  door: Door,
): Promise<void> => {
  const stage = await play(settings, player, rehearsalStory(door))
  const { doors } = judge(stage)
  if (stage.reached.has('verb_refused')) {
    throw new AppProblem(
      'The app refused a booking without any trouble, so nothing can be judged. Its own log says why.',
    )
  }
  const shut = doors.reduce((sum, one) => sum + minutesOf(one.shut), 0)
  const hadPin = stage.holders.some(({ told }) =>
    told.some(({ pins }) => Object.values(pins).some((pin) => pin !== null)),
  )
  if (shut > 0 || !hadPin) {
    throw new AppProblem(
      isOtherTime(stage) ??
        (hadPin
          ? `In a stay without any trouble the PIN that the app tells does not open the door for ${Math.round(shut)} minutes.`
          : whyNoPin(stage)),
    )
  }
  const refusal = stage.look(refusedWebhook)
  if (refusal !== undefined && player.integration.webhook_url !== null) {
    throw new AppProblem(
      `The app does not accept webhooks at ${player.integration.webhook_url}: ${refusal}. Its secret has to be ${String(player.integration.webhook_secret)}.`,
    )
  }
}
