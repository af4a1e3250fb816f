/** Waiting of which only the time counts in which this process ran: a breakpoint is nobody's silence. */
import { clearTimeout, setTimeout } from 'node:timers'

/** However long the process stands still, it counts as one of so many parts. */
const PARTS = 16

/** Calls `fn` after `ms`, or later where this process stood still meanwhile. Answers what calls it off. */
export const afterPatience = (ms: number, fn: () => void): (() => void) => {
  let left = PARTS
  let timer: NodeJS.Timeout
  const wait = (): void => {
    if (left === 0) return fn()
    left--
    timer = setTimeout(wait, Math.ceil(ms / PARTS))
  }
  wait()
  return () => clearTimeout(timer)
}
