import { flushCompileCache } from 'node:module'
import { setTimeout } from 'node:timers'

/** After the first calls, ms. */
const LATER = 1_000

/**
 * Keeps compiled code while the program runs: Node does it when a process ends by itself, and many a
 * server is killed, on Windows always. Where it is kept already there is nothing to do.
 */
export const keepCompiled = (): void => {
  setTimeout(flushCompileCache, LATER).unref()
}
