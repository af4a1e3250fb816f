/**
 * `seam-emulator/testing/vitest`: the matchers, with their types.
 *
 * ```js
 * import 'seam-emulator/testing/vitest'
 *
 * await expect(seamWorkspace).toOpenDoor({ device_id, code })
 * ```
 */
import { expect } from 'vitest'
import { seamMatchers } from './matchers.ts'
import type { Door, ExpectedCall, ExpectedEvent, ExpectedStatus } from './matchers.ts'

declare module 'vitest' {
  // The parameters must be those of vitest's own interface (vitest 5).
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    /** The PIN opens the door at this instant. */
    toOpenDoor: (door: Door) => Promise<void>
    /** The access code or device has this status at this instant. */
    toHaveStatus: (expected: ExpectedStatus) => Promise<void>
    /** Such an event was recorded. */
    toHaveEvent: (expected: ExpectedEvent) => Promise<void>
    /** API and locks agree at this instant, everywhere or at one lock. */
    toHaveNoDisagreements: (about?: { device_id?: string }) => Promise<void>
    /** The integration called this path. */
    toHaveCalled: (expected: ExpectedCall) => Promise<void>
  }
}

expect.extend(seamMatchers)
