/** The longest delay that setTimeout keeps, ms; anything longer would end at once. */
export const LONGEST_TIMER = 2 ** 31 - 1

/** Waits for so many ms of real time; ends early when the signal is aborted. */
export const waitForReal = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer)
      resolve()
    }
    const timer = setTimeout(end, ms)
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
  })
