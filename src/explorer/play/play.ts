/**
 * Plays a story with an integration, in a world of its own. Nothing happens between two instants at
 * which something is due: a step, a tick of the app, a guest at a door, the host's arrival.
 */
import { asBookingStep, bookingAfter } from '../story/bookings.ts'
import type { BookingStep } from '../story/bookings.ts'
import { guestsAct, lookForLeftCodes, visit } from './people.ts'
import { AFTERWARDS, TOLD_AHEAD, currentHolder, declare } from './playing.ts'
import type { Player } from './player.ts'
import type { Play, PlaySettings, Verb } from './playing.ts'
import { hostArrivesAt, openStage } from './stage.ts'
import type { Stage } from './stage.ts'
import { troubleOf } from '../story/steps/index.ts'
import { MINUTE, inOrder, instantOf } from '../story/story.ts'
import type { Step, Story } from '../story/story.ts'
import { isProgramming, settle, tell, waitsForProgramming } from './the-app.ts'

const verbOf = ({ does }: BookingStep): Verb =>
  does === 'book' || does === 'cancel' ? does : 'move'

const act = (play: Play, given: Step): void => {
  const { stage } = play
  const booked = asBookingStep(given)
  if (booked === undefined) {
    troubleOf(given).act(stage, given)
    return
  }
  const booking = bookingAfter(stage.story, booked, play.bookings.get(booked.stay))
  const isOver = currentHolder(play, booked.stay)?.cancelled === true
  if (booking === null || isOver) return
  stage.reached.add(booked.does)
  declare(play, booked, booking)
  play.untold.push({ verb: verbOf(booked), booking, stay: booked.stay })
}

/** Everything that happens at the present instant, in the order in which people would notice. */
const happen = async (play: Play): Promise<void> => {
  const { stage, integration, settings } = play
  const now = stage.now()
  for (const one of stage.pending.splice(0)) {
    if (one.at <= now) one.act()
    else stage.pending.push(one)
  }
  while (play.answered < stage.alerts.length) {
    const alert = stage.alerts[play.answered]
    if (alert === undefined || hostArrivesAt(alert) > now) break
    play.answered += 1
    visit(stage, alert)
  }
  for (;;) {
    const [next] = play.steps
    if (next === undefined || instantOf(stage.story, next.at) > now) break
    play.steps.shift()
    act(play, next)
  }
  await tell(play)
  if (now >= play.nextTick) {
    play.nextTick = now + settings.tick_every * MINUTE
    stage.attention.stir()
    await integration.tick?.(new Date(now).toISOString())
  }
  await settle(play)
  await guestsAct(play)
  lookForLeftCodes(play)
}

/** When something happens next, ms. */
const nextInstant = (play: Play): number => {
  const { stage, steps } = play
  const now = stage.now()
  const [step] = steps
  const alert = stage.alerts[play.answered]
  const visits = stage.holders.flatMap(({ booking, cancelled }) =>
    cancelled
      ? []
      : [
          Date.parse(booking.starts_at) - TOLD_AHEAD,
          Date.parse(booking.starts_at),
          Date.parse(booking.ends_at),
        ],
  )
  const all = [
    step === undefined ? play.ends : instantOf(stage.story, step.at),
    play.integration.tick === undefined && play.untold.length === 0 ? play.ends : play.nextTick,
    ...(alert === undefined ? [] : [hostArrivesAt(alert)]),
    ...stage.pending.map(({ at }) => at),
    ...visits,
  ].filter((at) => at > now)
  return Math.min(play.ends, ...all)
}

/** Lets time pass until then, or until a lock is being programmed where somebody waits for that. */
const goOn = async (play: Play, to: number): Promise<void> => {
  const { stage } = play
  const { services } = stage.emulator
  if (!waitsForProgramming(play)) return services.leapTo(stage.workspace_id, to)
  const within = to - stage.now()
  const { reached } = await services.advance(stage.workspace_id, { until: isProgramming, within })
  if (!reached) await services.leapTo(stage.workspace_id, to)
}

/**
 * Plays a story to its end, or until an instant (ms) of it.
 *
 * @throws AppProblem when the app cannot be judged
 */
export const play = async (
  settings: PlaySettings,
  player: Player,
  story: Story,
  until = Number.POSITIVE_INFINITY,
): Promise<Stage> => {
  const { integration } = player
  const stage = await openStage(player, story)
  const begins = instantOf(story, 0)
  const last = story.steps.reduce((latest, { at }) => Math.max(latest, at), 0)
  const playing: Play = {
    stage,
    integration,
    settings,
    steps: inOrder(story.steps),
    untold: [],
    nextTick: begins,
    bookings: new Map(),
    answered: 0,
    ends: instantOf(story, last) + AFTERWARDS,
  }
  await integration.begin(new Date(begins).toISOString(), (alert) => {
    stage.alerts.push({ ...alert, at: stage.now() })
  })
  await happen(playing)
  while (stage.now() < Math.min(playing.ends, until)) {
    await goOn(playing, Math.min(until, nextInstant(playing)))
    await happen(playing)
  }
  await settle(playing)
  return stage
}
