import { performance } from 'node:perf_hooks'
import { setImmediate } from 'node:timers'

/** What is answered may wait this long for the rest of its turn, ms: some ten ordinary calls. */
const LONGEST = 2

/** One turn of the event loop, for all requests that come in it. */
export interface Turn {
  /**
   * Resolves when the turn ends, or at once for everybody who waits when it has gone on for long: who
   * is done first need not wait for many others, or for one that takes its time.
   *
   * @param isWhole to its end, however long it is
   */
  end(isWhole?: boolean): Promise<void>
}

let current: Turn | undefined

const begin = (): Turn => {
  const began = performance.now()
  let finish = (): void => undefined
  const over = new Promise<void>((resolve) => {
    finish = () => {
      if (current === turn) current = undefined
      resolve()
    }
  })
  const turn: Turn = {
    end: (isWhole = false) => {
      if (!isWhole && performance.now() - began > LONGEST) finish()
      return over
    },
  }
  setImmediate(finish)
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
