/**
 * Two things at once: an app is told of a change while it is busy with another one, while a lock is being
 * programmed, or while webhooks arrive. What is told one after the other never shows what then goes wrong.
 */
import { z } from 'zod'
import type { RaceKind, Stage } from '../../play/stage.ts'
import { DAY, HOUR, MINUTE } from '../story.ts'
import type { Step } from '../story.ts'
import { lengthInWords, trouble } from './kind.ts'
import type { PlannedStay, Scene, Trouble } from './kind.ts'

const window = () => ({ minutes: z.number().min(0.1) })

const begin = (stage: Stage, kind: RaceKind, minutes: number): void => {
  const until = stage.now() + minutes * MINUTE
  stage.races.push({ kind, until })
  // An instant at which what was held back is told.
  stage.later(until, () => undefined)
}

/** Soon after the booking, when the lock has 72 hours left, or at any time before departure. */
const momentBefore = ({ dice, moment }: Scene, { booked_at, from, to }: PlannedStay): number => {
  const at = dice.pick([
    () => booked_at + dice.pick([0.2, 5]),
    () => from - 72 * HOUR - 1,
    () => from - HOUR,
    () => moment({ stay: '', device_ids: [], booked_at, from, to }),
  ])()
  return Math.max(booked_at + 0.1, Math.min(at, to - HOUR))
}

/** What hosts do in a hurry, shortly after each other. */
const hurriedChanges = (
  { dice }: Scene,
  { stay, from, to }: PlannedStay,
  at: number,
  many: number,
): Step[] => {
  const moved: Step = { at, does: 'move', stay, from, to: to + dice.pick([5 * HOUR, DAY]) }
  const second: Step = dice.pick([
    { at: at + 0.1, does: 'cancel', stay },
    { at: at + 0.1, does: 'change_guest', stay, guest: 'Frances' },
    { at: at + 0.1, does: 'move', stay, from, to },
  ])
  return many === 1 ? [dice.pick([moved, { ...second, at }])] : [moved, second]
}

/** With the changes that meet, so many of them. */
const withChanges = (race: Trouble, many: number): Trouble => ({
  ...race,
  draw: (scene, stay) =>
    race
      .draw(scene, stay)
      .flatMap((step) => [step, ...hurriedChanges(scene, stay, step.at + 0.05, many)]),
})

const drawWindow =
  (minutes: readonly number[]) =>
  (scene: Scene, stay: PlannedStay): { at: number; minutes: number }[] => [
    { at: momentBefore(scene, stay), minutes: scene.dice.pick(minutes) },
  ]

export const raceTroubles = {
  changes_together: withChanges(
    trouble('changes_together', {
      level: 3,
      weight: 8,
      params: window,
      draw: drawWindow([1, 10]),
      act: (stage, { minutes }) => begin(stage, 'changes_together', minutes),
      sentence: ({ minutes }) =>
        `The host's system holds back what it has to say for ${lengthInWords(minutes)}, and then says all of it at once, without waiting for answers.`,
    }),
    2,
  ),

  change_while_programming: withChanges(
    trouble('change_while_programming', {
      level: 3,
      weight: 6,
      params: window,
      draw: drawWindow([10, 3 * HOUR]),
      act: (stage, { minutes }) => begin(stage, 'change_while_programming', minutes),
      sentence: ({ minutes }) =>
        `What the host changes within ${lengthInWords(minutes)} comes just while a lock is being programmed.`,
    }),
    1,
  ),

  webhooks_meet_changes: withChanges(
    trouble('webhooks_meet_changes', {
      level: 3,
      weight: 6,
      params: window,
      draw: drawWindow([10, DAY]),
      act: (stage, { minutes }) => begin(stage, 'webhooks_meet_changes', minutes),
      sentence: ({ minutes }) =>
        `For ${lengthInWords(minutes)}, webhooks arrive while the app is still busy with what the host says.`,
    }),
    1,
  ),
}
