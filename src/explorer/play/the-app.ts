/** The app's side of a story: it is told of bookings, and waited for until it has done what it does. */
import { AppProblem } from '../integration.ts'
import type { Play } from './playing.ts'

/** Tells the app what it has not taken yet, in order. One that it refuses is told again at the next instant. */
export const tell = async (play: Play): Promise<void> => {
  const waiting = play.untold
  play.untold = []
  const held = new Set<string>()
  for (const one of waiting) {
    if (held.has(one.stay)) {
      play.untold.push(one)
      continue
    }
    try {
      play.stage.attention.stir()
      await play.integration[one.verb](one.booking)
    } catch (error) {
      if (error instanceof AppProblem) throw error
      play.stage.reached.add('verb_refused')
      held.add(one.stay)
      play.untold.push(one)
    }
  }
}

/** Lets the app finish what it does after it has answered. */
export const settle = async ({ stage }: Play): Promise<void> =>
  stage.emulator.services.deliverDue(stage.workspace_id)
