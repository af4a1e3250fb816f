/**
 * What an app does beside answering: its calls to the API. A story goes on when the app rests, however
 * long that takes on a busy machine; what takes too long is told as that, and never counted as a finding.
 */
import { setTimeout } from 'node:timers/promises'
import { nextTurn, passed } from '../../driver/real-time.ts'
import { AppProblem } from '../integration.ts'

/** An app that has not answered by then will not, ms of real time. */
export const PATIENCE = 15_000

/** Calls of an app while the clock stands still. */
const MOST_CALLS = 5_000

export interface Attention {
  /** Its calls in this story. */
  readonly calls: number
  /** Webhooks that it was sent in this story. */
  readonly messages: number
  /** Whether webhooks reach it while it is busy with something else. */
  hearsMeanwhile: boolean
  /** A new story begins. */
  begin(): void
  /** It was told something, and may act on it. */
  stir(): void
  /** It was sent a webhook. */
  hear(isAnswered: boolean): void
  /** A call of its, from beginning to end. */
  during<T>(call: () => Promise<T>): Promise<T>
  /** Resolves when it rests; true when it has called since it was asked last. @throws AppProblem */
  rest(): Promise<boolean>
}

interface State {
  calls: number
  messages: number
  underWay: number
  isStirred: boolean
  hasMissed: boolean
}

const problemIn = ({ calls, hasMissed }: State, before: number, waited: number): string | null => {
  if (hasMissed) return `The app has not answered a webhook for ${PATIENCE / 1000} seconds.`
  if (calls - before > MOST_CALLS) {
    return `The app has called the API ${MOST_CALLS} times while the clock stood still: let it wait for a webhook, or for its tick.`
  }
  if (waited > PATIENCE) {
    return `A call of the app to the API has been under way for ${PATIENCE / 1000} seconds.`
  }
  return null
}

/** @param settle how long it is waited for after whatever it does, ms of real time */
export const createAttention = (settle: number): Attention => {
  const state: State = { calls: 0, messages: 0, underWay: 0, isStirred: false, hasMissed: false }

  const untilStill = async (): Promise<void> => {
    const [before, began] = [state.calls, passed()]
    for (let seen = -1; state.underWay > 0 || state.calls !== seen;) {
      const isBusy = state.underWay > 0 && state.calls === seen
      const problem = problemIn(state, before, isBusy ? passed() - began : 0)
      if (problem !== null) throw new AppProblem(problem)
      seen = state.calls
      await (settle > 0 ? setTimeout(settle) : nextTurn())
    }
  }

  return {
    get calls() {
      return state.calls
    },
    get messages() {
      return state.messages
    },
    hearsMeanwhile: false,
    begin: () =>
      void Object.assign(state, { calls: 0, messages: 0, isStirred: false, hasMissed: false }),
    stir: () => {
      state.isStirred = true
    },
    hear: (isAnswered) => {
      state.messages += 1
      state.isStirred = true
      state.hasMissed ||= !isAnswered
    },
    during: async (call) => {
      state.calls += 1
      state.underWay += 1
      state.isStirred = true
      try {
        return await call()
      } finally {
        state.underWay -= 1
      }
    },
    rest: async () => {
      if (!state.isStirred) return false
      const before = state.calls
      state.isStirred = false
      await untilStill()
      const hasCalled = state.calls !== before
      // Its own calls need not be waited for once more.
      state.isStirred = false
      return hasCalled
    },
  }
}
