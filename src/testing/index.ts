/**
 * `seam-emulator/testing`: a fresh workspace for each test, on one emulator that a test process shares.
 *
 * ```js
 * import { test as base } from 'vitest'
 * import { seamFixtures } from 'seam-emulator/testing'
 *
 * const test = base.extend(seamFixtures())
 *
 * test('the guest gets in', async ({ seamWorkspace }) => {
 *   const seam = new SeamHttp(seamWorkspace.seam)
 *   …
 * })
 * ```
 */
export { seamFixtures } from './fixtures.ts'
export type { SeamFixtureOptions } from './fixtures.ts'
export type { Dates } from './dates.ts'
export { seamMatchers } from './matchers.ts'
export type { Door, ExpectedCall, ExpectedEvent, ExpectedStatus } from './matchers.ts'
export { closeSharedEmulators, freshWorkspace, sharedEmulator } from './workspace.ts'
export type { FreshWorkspaceOptions, TestWorkspace } from './workspace.ts'
