import type { World } from './world.ts'

/** What is brought forward, as the error names it: "The user acs_user_1". */
export interface Subject {
  readonly is: string
  readonly id: string
}

/** Steps of one subject at one instant; more means that two steps undo each other. */
const MOST_STEPS = 50

/**
 * Takes one step after another until there is none at this instant. A wait is no step: it sets the job
 * for the instant at which there may be one.
 *
 * @param step takes one; false when there is none
 * @throws Error where it does not come to rest: time must not stand still in silence
 */
export const comeToRest = (world: World, { is, id }: Subject, step: () => boolean): void => {
  for (let steps = 0; steps < MOST_STEPS; steps++) if (!step()) return
  throw new Error(`The ${is} ${id} does not come to rest at ${world.now}`)
}
