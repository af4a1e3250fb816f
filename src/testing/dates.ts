/** Lets the test's own `Date` go with the workspace's clock. */
import { connectAs } from '../client/connect.ts'
import type { RemoteEmulator, Target } from '../client/connect.ts'

/** What vitest's `vi` has, and jest's `jest` after `useFakeTimers`. */
export interface Dates {
  setSystemTime(now: Date): unknown
  useRealTimers(): unknown
}

/** A client after each answer of which `Date` is the workspace's time. */
export const clientWithDates = (target: Target, dates: Dates): RemoteEmulator =>
  connectAs(target, 'library', (now) => dates.setSystemTime(now))
