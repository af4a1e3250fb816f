/** The machine's time. Test suites replace the globals that tell and keep it, so none is used here. */
import { performance } from 'node:perf_hooks'
import { clearTimeout, setImmediate, setTimeout } from 'node:timers'

/** The longest delay that setTimeout keeps, ms; anything longer would end at once. */
export const LONGEST_TIMER = 2 ** 31 - 1

/** As it was when this module was read, before a test could replace it. */
const machineDate = Date

/** Two ways to ask a machine for the time, ms: its calendar, which may be set, and what has passed. */
export interface MachineTime {
  readonly calendar: () => number
  /** From any beginning; never set back. It may stand still while the machine sleeps. */
  readonly passed: () => number
}

/** What has passed since this process began, ms. */
export const passed = (): number => performance.now()

/**
 * How long this process has had nothing to do, ms: what is waited for by this is not given up while we
 * ourselves are too busy to hear of it.
 */
export const idled = (): number => performance.eventLoopUtilization().idle

const machineTime: MachineTime = { calendar: () => machineDate.now(), passed }

/**
 * A wall clock, ms, that never runs back nor stands still: where the machine's is set back, it goes
 * on from where it was; where that is ahead, after a sleep for example, it follows.
 */
export const createSteadyClock = ({
  calendar,
  passed,
}: MachineTime = machineTime): (() => number) => {
  let at = calendar()
  let since = passed()
  return () => {
    const elapsed = passed()
    const counted = at + elapsed - since
    const told = calendar()
    if (told <= counted) return Math.floor(counted)
    at = told
    since = elapsed
    return told
  }
}

/** The end of this turn of the event loop: everybody else has had theirs. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Waits for so many ms of real time; ends early when the signal is aborted. */
export const waitForReal = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
  })
