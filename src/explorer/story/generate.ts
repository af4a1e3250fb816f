/**
 * Makes stories. Each run leaves some kinds of trouble out (swarm testing): a story with all of them
 * would hide what only one of them brings about.
 */
import { createDice } from './dice.ts'
import type { Dice } from './dice.ts'
import type { Door } from '../play/stage.ts'
import type { Level, PlannedStay, Scene, Trouble } from './steps/kind.ts'
import { troubles } from './steps/index.ts'
import { DAY, HOUR, inOrder } from './story.ts'
import type { Step, Story } from './story.ts'

const names = [
  'Ada',
  'Grace',
  'Linus',
  'Radia',
  'Edsger',
  'Barbara',
  'Ken',
  'Margaret',
  'Tim',
  'Anita',
]

/** Who comes in somebody's place. */
const substitutes = ['Alan', 'Frances', 'Donald', 'Niklaus', 'Evelyn']

/** Days in quiet months, and the eves of the nights on which clocks change in America and Europe. */
const quietDays = ['2025-01-14', '2025-02-11', '2025-06-17', '2025-09-02']
const daysBeforeChange = ['2025-03-06', '2025-03-27', '2025-10-23', '2025-10-30']

/** How far ahead people book, minutes: at the door, today, within the locks' 72 hours, long before. */
const leads = [10, 2 * HOUR, 26 * HOUR, 4 * DAY, 10 * DAY]

const lengths = [18 * HOUR, 2 * DAY - 4 * HOUR, 3 * DAY - 4 * HOUR, 6 * DAY - 4 * HOUR]

const bookStep = (dice: Dice, planned: PlannedStay): Step => ({
  at: planned.booked_at,
  does: 'book',
  stay: planned.stay,
  guest: dice.pick(names),
  device_ids: [...planned.device_ids],
  from: planned.from,
  to: planned.to,
})

/** A stay after another one at the same door, on the same day, or one of its own. */
const planStay = (
  dice: Dice,
  doors: readonly Door[],
  earlier: readonly PlannedStay[],
  n: number,
): PlannedStay => {
  const before = earlier.at(-1)
  const length = dice.pick(lengths)
  const stay = `stay-${n + 1}`
  if (before !== undefined && dice.happens(0.5)) {
    const from = before.to + dice.pick([0, 4 * HOUR, 20 * HOUR])
    const booked_at = Math.max(before.booked_at, from - dice.pick(leads))
    return { stay, device_ids: before.device_ids, booked_at, from, to: from + length }
  }
  const first = dice.pick(doors)
  const second = dice.happens(0.2) ? dice.pick(doors) : first
  const device_ids = [...new Set([first.device_id, second.device_id])]
  const booked_at = dice.between(0, 12) * HOUR + dice.between(0, 59)
  const from = Math.ceil((booked_at + dice.pick(leads)) / HOUR) * HOUR
  return { stay, device_ids, booked_at, from, to: from + length }
}

/** Around booking, programming (72 hours and an hour ahead), arrival and departure, or at any time. */
const momentOf =
  (dice: Dice) =>
  ({ booked_at, from, to }: PlannedStay): number => {
    const near = (minute: number): number => minute + dice.pick([-30, -2, -0.5, 0.1, 0.5, 3, 45])
    const drawn = dice.pick([
      () => near(booked_at + 1),
      () => near(from - 72 * HOUR),
      () => near(from - HOUR),
      () => near(from),
      () => near(to),
      () => dice.between(Math.floor(booked_at), Math.floor(to)),
      () => dice.between(Math.floor(booked_at), Math.floor(from)),
    ])()
    return Math.max(drawn, booked_at + 0.1)
  }

/** What hosts do to a booking. */
const changes: {
  weight: number
  draw: (dice: Dice, stay: PlannedStay, at: number, doors: readonly Door[]) => Step
}[] = [
  {
    weight: 3,
    draw: (dice, { stay, from, to }, at) => ({
      at,
      does: 'move',
      stay,
      from,
      to: to + dice.pick([-6 * HOUR, 5 * HOUR, DAY, 3 * DAY]),
    }),
  },
  {
    // Early check-in, often on the day itself.
    weight: 2,
    draw: (dice, { stay, from, to }, at) => {
      const declared = Math.min(at, from - 6 * HOUR + 0.5)
      return {
        at: Math.max(0.5, declared),
        does: 'move',
        stay,
        from: Math.max(declared, 0.5, from - dice.pick([2 * HOUR, 4 * HOUR])),
        to,
      }
    },
  },
  {
    weight: 2,
    draw: (dice, { stay, booked_at, from, to }, at) => {
      const by = dice.pick([DAY, 3 * DAY, 9 * DAY])
      const before = Math.max(booked_at + 0.1, Math.min(at, from - 1))
      return { at: before, does: 'move', stay, from: from + by, to: to + by }
    },
  },
  { weight: 2, draw: (_dice, { stay }, at) => ({ at, does: 'cancel', stay }) },
  {
    weight: 2,
    draw: (dice, { stay }, at) => ({
      at,
      does: 'change_guest',
      stay,
      guest: dice.pick(substitutes),
    }),
  },
  {
    weight: 1,
    draw: (dice, { stay }, at, doors) => ({
      at,
      does: 'change_doors',
      stay,
      device_ids: [dice.pick(doors).device_id],
    }),
  },
]

/** The kinds of trouble of one run: those of its level, of which about half take part. */
const swarm = (dice: Dice, level: Level): Trouble[] => {
  const all = Object.values(troubles).filter((it) => it.level <= level && it.weight > 0)
  const some = all.filter(() => dice.happens(0.5))
  return some.length > 0 ? some : all
}

const draw = (scene: Scene, level: Level): Step[] => {
  const { dice, doors, stays } = scene
  const kinds = swarm(dice, level)
  const steps = stays.map((stay) => bookStep(dice, stay))
  for (const stay of stays) {
    // The last change stays within the booking: nobody moves what is over.
    let moved = stay
    for (let n = dice.pick([0, 0, 1, 1, 2]); n > 0; n--) {
      const at = Math.max(moved.booked_at + 0.1, scene.moment(moved))
      const changed = dice.weighted(changes).draw(dice, moved, at, doors)
      steps.push(changed)
      if (changed.does === 'cancel') break
      if (changed.does === 'move') {
        moved = { ...moved, from: Number(changed['from']), to: Number(changed['to']) }
      }
    }
  }
  for (let n = dice.pick([0, 1, 1, 2, 3]); n > 0; n--) {
    steps.push(...dice.weighted(kinds).draw(scene, dice.pick(stays)))
  }
  return steps
}

/** The story of this number in a run of this seed. */
export const makeStory = (
  run: { seed: string; level: Level },
  doors: readonly Door[],
  number: number,
): Story => {
  const { seed, level } = run
  const dice = createDice(seed, `story ${number}`)
  const isChange = level === 3 && dice.happens(0.3)
  const day = dice.pick(isChange ? daysBeforeChange : quietDays)
  const stays: PlannedStay[] = []
  for (let n = 0, many = dice.pick([1, 1, 2, 3]); n < many; n++) {
    stays.push(planStay(dice, doors, stays, n))
  }
  const steps = draw({ dice, doors, stays, moment: momentOf(dice) }, level)
  return { seed: `${seed} ${number}`, begins_at: `${day}T08:00:00.000Z`, steps: inOrder(steps) }
}
