import { PerformanceObserver } from 'node:perf_hooks'
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'

/** Room for what is young, bytes. Smaller, it is collected so often that it shows. */
const YOUNG = 32 * 1_048_576

/** Has V8 give no more room to what is young than that, where it would go on to 128 MB. */
const keepYoungSmall = (): void => {
  const observer = new PerformanceObserver(() => {
    const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')
    if (young === undefined || young.space_size < YOUNG) return
    setFlagsFromString('--semi-space-growth-factor=1')
    observer.disconnect()
  })
  observer.observe({ entryTypes: ['gc'] })
}

/**
 * Makes V8 optimise a function fully after a thousand calls instead of three thousand: most test runs
 * are over before it would (docs/decisions/0042). And has it put nothing into old memory from the
 * beginning: what it saw live long was made by the start, what requests make dies young
 * (docs/decisions/0185). And keeps memory small: old memory is collected when it has doubled, where V8
 * would wait for up to four times as much (docs/decisions/0207). To be called once the emulator is up;
 * before, Node's own modules could not be taken from their cache, and the start would take longer.
 */
export const optimiseEarly = (): void => {
  setFlagsFromString('--invocation-count-for-turbofan=1000')
  setFlagsFromString('--no-allocation-site-pretenuring')
  setFlagsFromString('--heap-growing-percent=100')
  keepYoungSmall()
}
