import { performance } from 'node:perf_hooks'
import { setImmediate } from 'node:timers'

/** What is answered may wait this long for the rest of its turn, ms: some ten ordinary calls. */
const LONGEST = 2

/** One turn of the event loop, for all requests that come in it. */
export interface Turn {
  /**
   * Does it once everything that comes in this turn has come, before the turn ends; in the next turn
   * where this one ends early. In the order in which it was added.
   *
   * @param work must not throw
   */
  readonly add: (work: () => void) => void
  /**
   * Calls when the turn ends, or at once for everybody who waits when it has gone on for long: who is
   * done first need not wait for many others, or for one that takes its time.
   *
   * @param then must not throw
   * @param isWhole to its end, however long it is
   */
  atEnd(then: () => void, isWhole?: boolean): void
  /** The same, by a promise. */
  end(isWhole?: boolean): Promise<void>
}

let current: Turn | undefined

const begin = (): Turn => {
  const began = performance.now()
  const works: (() => void)[] = []
  const waiting: (() => void)[] = []
  let isOver = false
  const finish = (): void => {
    isOver = true
    if (current === turn) current = undefined
    for (const then of waiting) then()
    waiting.length = 0
  }
  const turn: Turn = {
    add: (work) => {
      works.push(work)
    },
    atEnd: (then, isWhole = false) => {
      if (isOver) return then()
      waiting.push(then)
      if (!isWhole && performance.now() - began > LONGEST) finish()
    },
    end: (isWhole) =>
      new Promise((resolve) => {
        turn.atEnd(resolve, isWhole)
      }),
  }
  setImmediate(() => {
    for (const work of works) {
      // Once it has ended early, whoever waits for a promise has its turn before the rest.
      if (isOver) thisTurn().add(work)
      else work()
    }
    finish()
  })
  return turn
}

/**
 * The turn in which a request comes, to be asked for as soon as it does: its answer, which waits for
 * the turn's end, then goes before whatever the request puts off.
 *
 * A write to a socket wakes its reader, which costs far more than finding the reader awake; requests
 * that came together are therefore worked off before the first of them is answered.
 */
export const thisTurn = (): Turn => (current ??= begin())
