import type { Endpoint } from '../endpoint.ts'
import { accessCodeEndpoints } from './access-codes.ts'
import { actionAttemptEndpoints } from './action-attempts.ts'
import { deviceEndpoints } from './devices.ts'
import { eventEndpoints } from './events.ts'
import { lockEndpoints } from './locks.ts'
import { webhookEndpoints } from './webhooks.ts'

/** Seam's API, as far as it is built; one file per resource. */
export const endpoints: readonly Endpoint[] = [
  ...accessCodeEndpoints,
  ...actionAttemptEndpoints,
  ...deviceEndpoints,
  ...eventEndpoints,
  ...lockEndpoints,
  ...webhookEndpoints,
]
