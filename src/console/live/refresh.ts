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
const TIME_PASSED = 60_000

const createAsker = () => {
  let askedAt = 0
  const whole = async (): Promise<void> => {
    await loadWhole()
    askedAt = state.now.peek() ?? 0
  }
  return async (changed: Changed | null): Promise<void> => {
    const world = state.world.peek()
    if (changed === null || world === null || isDayOver()) return await whole()
    const now = state.now.peek() ?? 0
    const face = state.clock.peek()
    const isLeap = face?.mode === 'frozen' && now !== askedAt
    const hasTimePassed = isLeap || Math.abs(now - askedAt) >= TIME_PASSED
    let next = world
    for (const question of questionsAfter(world, changed, hasTimePassed)) {
      next = applied(next, question, (await ask('/_emulator/world', question)).world)
    }
    if (hasTimePassed) askedAt = now
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
  let pending: { changed: Changed | null; seq: number } | null = null
  let isBusy = false

  const attempt = async ({ changed, seq }: { changed: Changed | null; seq: number }) => {
    await run(changed).catch(async (error: unknown) => {
      // A lock that was named is gone by now: that is told best by all that are there.
      if (changed === null || !isApiError(error) || error.status !== 404) throw error
      await run(null)
    })
    state.seq.value = Math.max(seq, state.seq.peek())
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
          pending ??= { changed: null, seq: taken.seq }
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
  const note: Refresher['note'] = (changed, seq) => {
    const before = pending
    const isAll = changed === null || before?.changed === null
    pending = {
      changed: isAll ? null : joined(before?.changed ?? nothing, changed),
      seq: Math.max(seq, before?.seq ?? 0),
    }
    void work()
  }
  return { note, look: () => note(nothing, state.seq.peek()) }
}
