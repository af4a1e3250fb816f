/**
 * What test suites made for the vendor's `@seamapi/fake-seam-connect` rely on: `/health`, which is
 * always there, and `/_fake/*`. The latter act on every workspace without asking who calls, so they
 * exist only in an emulator that was started with a fixture that has a `default_seed`.
 */
import type { Universe } from '../../sim/kernel/universe.ts'
import type { Fixture } from '../../sim/workspaces/fixture.ts'
import type { Interceptor } from '../http/call.ts'
import type { Endpoint } from '../http/endpoint.ts'
import { fakeActionAttemptEndpoints } from './action-attempts.ts'
import { completeWebviewEndpoint } from './connect-webviews.ts'
import { fakeDatabaseEndpoint } from './database.ts'
import { defaultSeedEndpoint } from './default-seed.ts'
import { healthEndpoints } from './health.ts'
import { outageEndpoint, withOutages } from './outages.ts'

export const compatEndpoints: readonly Endpoint[] = healthEndpoints

/** The control routes of the vendor's fake. */
const fakeEndpoints = (default_seed: Readonly<Record<string, string>>): Endpoint[] => [
  defaultSeedEndpoint(default_seed),
  fakeDatabaseEndpoint,
  ...fakeActionAttemptEndpoints,
  outageEndpoint,
  completeWebviewEndpoint,
]

/** What a fixture of the vendor's fake adds to the API; other fixtures add nothing. */
export const vendorFake = (universe: Universe, { default_seed }: Fixture) =>
  default_seed === undefined
    ? { endpoints: [], around: (inner: Interceptor) => inner }
    : {
        endpoints: fakeEndpoints(default_seed),
        around: (inner: Interceptor) => withOutages(universe, inner),
      }
