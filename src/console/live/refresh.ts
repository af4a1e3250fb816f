/** Asks for what changed, one question after another, and puts it into the page's world. */
import { batch } from '@preact/signals'
import type { Changed } from '../../contract/stream.ts'
import { applied, isWhole, joined, questionsAfter, windowAt } from '../model/apply-change.ts'
import * as state from '../model/state.ts'
import { ask, isApiError } from './client.ts'

/** Everything, for the first time or anew. */
const loadWhole = async (): Promise<void> => {
  const face = state.clock.peek()
  const known = face ?? (await ask('/_emulator/clock/get', {})).clock
  const now = typeof known.now === 'string' ? Date.parse(known.now) : known.now
  const { world } = await ask('/_emulator/world', windowAt(now))
  if (!isWhole(world)) throw new TypeError('The world came in parts')
  batch(() => {
    state.world.value = world
    state.setClock(world.clock)
    // What came before it was answered is in it.
    if (world.stream !== null) state.seq.value = world.stream.seq
  })
}

const isDayOver = (): boolean => {
  const [world, now] = [state.world.peek(), state.now.peek()]
  return world !== null && now !== null && windowAt(now).from !== world.from
}

/** What passes with time alone is asked for when so much of it passed, ms. */
export const TIME_PASSED = 60_000

/** Real ms between two such questions while the clock runs: at ×3600 it would never end. */
export const TIMED_APART = 1_000

/** What is to be asked. */
interface Pending {
  /** `null` for everything. */
  changed: Changed | null
  /** Whether an edge was passed: what comes with time alone is asked for in any case. */
  isTimed: boolean
  seq: number
}

const createAsker = () => {
  let askedAt = 0
  let askedWhen = 0
  const noteAsked = (): void => {
    askedAt = state.now.peek() ?? 0
    askedWhen = performance.now()
  }
  const whole = async (): Promise<void> => {
    await loadWhole()
    noteAsked()
  }
  const isDue = (): boolean => {
    const passed = Math.abs((state.now.peek() ?? 0) - askedAt)
    if (state.clock.peek()?.mode === 'frozen') return passed > 0
    return passed >= TIME_PASSED && performance.now() - askedWhen >= TIMED_APART
  }
  return async ({ changed, isTimed }: Pending): Promise<void> => {
    const world = state.world.peek()
    if (changed === null || world === null || isDayOver()) return await whole()
    const hasTimePassed = isTimed || isDue()
    let next = world
    for (const question of questionsAfter(world, changed, hasTimePassed)) {
      next = applied(next, question, (await ask('/_emulator/world', question)).world)
    }
    if (hasTimePassed) noteAsked()
    state.world.value = next
  }
}

const nothing: Changed = {
  devices: [],
  access_codes: [],
  bridges: [],
  connected_accounts: [],
  faults: false,
  webhooks: false,
  deliveries: 0,
  inbox: 0,
  requests: 0,
  parts: [],
}

/** Ms between two questions while frames come without a pause. */
const APART = 30

export interface Refresher {
  /** After a frame; `null` for everything. */
  readonly note: (changed: Changed | null, seq: number) => void
  /** After time alone. */
  readonly look: () => void
}

/** @param onTrouble is told when nobody answers: what was to be asked is asked when `note` is called next */
export const createRefresher = (onTrouble: (error: unknown) => void): Refresher => {
  const run = createAsker()
  let pending: Pending | null = null
  let isBusy = false

  const attempt = async (taken: Pending) => {
    await run(taken).catch(async (error: unknown) => {
      // A lock that was named is gone by now: that is told best by all that are there.
      if (taken.changed === null || !isApiError(error) || error.status !== 404) throw error
      await run({ ...taken, changed: null })
    })
    state.seq.value = Math.max(taken.seq, state.seq.peek())
  }
  const work = async (): Promise<void> => {
    if (isBusy || document.hidden) return
    isBusy = true
    try {
      while (pending !== null) {
        const taken = pending
        pending = null
        try {
          await attempt(taken)
        } catch (error) {
          pending ??= { ...taken, changed: null }
          onTrouble(error)
          return
        }
        await new Promise((resolve) => setTimeout(resolve, APART))
      }
    } finally {
      isBusy = false
    }
  }
  document.addEventListener('visibilitychange', () => void work())
  const add = ({ changed, isTimed, seq }: Pending): void => {
    const before = pending ?? { changed: nothing, isTimed: false, seq: 0 }
    const isAll = changed === null || before.changed === null
    pending = {
      changed: isAll ? null : joined(before.changed ?? nothing, changed),
      isTimed: isTimed || before.isTimed,
      seq: Math.max(seq, before.seq),
    }
    void work()
  }
  return {
    note: (changed, seq) => add({ changed, isTimed: false, seq }),
    look: () => add({ changed: nothing, isTimed: true, seq: state.seq.peek() }),
  }
}
