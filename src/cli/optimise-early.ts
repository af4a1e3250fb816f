import { setFlagsFromString } from 'node:v8'

/**
 * Makes V8 optimise a function fully after a thousand calls instead of three thousand: most test runs
 * are over before it would (docs/decisions/0042). And has it put nothing into old memory from the
 * beginning: what it saw live long was made by the start, what requests make dies young
 * (docs/decisions/0185). To be called once the emulator is up; before, Node's own modules could not be
 * taken from their cache, and the start would take longer.
 */
export const optimiseEarly = (): void => {
  setFlagsFromString('--invocation-count-for-turbofan=1000')
  setFlagsFromString('--no-allocation-site-pretenuring')
}
