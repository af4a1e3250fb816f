/** The app's side of a story: it is told of bookings, and waited for until it has done what it does. */
import { setTimeout } from 'node:timers/promises'
import { nextTurn } from '../../driver/real-time.ts'
import { AppProblem } from '../integration.ts'
import type { Play } from './playing.ts'
import type { Stage } from './stage.ts'

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
      await play.integration[one.verb](one.booking)
    } catch (error) {
      if (error instanceof AppProblem) throw error
      play.stage.reached.add('verb_refused')
      held.add(one.stay)
      play.untold.push(one)
    }
  }
}

/** Counts the calls that came since this was asked last; whether there were any. */
const hasCalled = ({ emulator, workspace_id, calls }: Stage): boolean => {
  const list = emulator.services.journal.list(workspace_id)
  const last = list.at(-1)?.request_id ?? null
  if (last === calls.last_request_id) return false
  const known = list.findLastIndex(({ request_id }) => request_id === calls.last_request_id)
  calls.all += list.length - 1 - known
  calls.last_request_id = last
  return true
}

/** Lets the app finish what it does after it has answered. */
export const settle = async ({ stage, settings }: Play): Promise<void> => {
  const { services } = stage.emulator
  do {
    await services.deliverDue(stage.workspace_id)
    await (settings.settle > 0 ? setTimeout(settings.settle) : nextTurn())
  } while (hasCalled(stage))
}
