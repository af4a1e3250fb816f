import type { Endpoint } from '../endpoint.ts'
import { accessCodeHelpEndpoints } from './access-codes-help.ts'
import { multipleAccessCodeEndpoints } from './access-codes-multiple.ts'
import { unmanagedAccessCodeEndpoints } from './access-codes-unmanaged.ts'
import { accessCodeEndpoints } from './access-codes.ts'
import { actionAttemptEndpoints } from './action-attempts.ts'
import { clientSessionEndpoints } from './client-sessions.ts'
import { connectWebviewEndpoints } from './connect-webviews.ts'
import { connectedAccountEndpoints } from './connected-accounts.ts'
import { deviceEndpoints } from './devices.ts'
import { deviceSimulationEndpoints } from './devices-simulate.ts'
import { unmanagedDeviceEndpoints } from './devices-unmanaged.ts'
import { eventEndpoints } from './events.ts'
import { lockEndpoints } from './locks.ts'
import { webhookEndpoints } from './webhooks.ts'
import { workspaceEndpoints } from './workspaces.ts'

/** Seam's API, as far as it is built; one file per resource. */
export const endpoints: readonly Endpoint[] = [
  ...accessCodeEndpoints,
  ...multipleAccessCodeEndpoints,
  ...unmanagedAccessCodeEndpoints,
  ...accessCodeHelpEndpoints,
  ...actionAttemptEndpoints,
  ...clientSessionEndpoints,
  ...connectWebviewEndpoints,
  ...connectedAccountEndpoints,
  ...deviceEndpoints,
  ...deviceSimulationEndpoints,
  ...unmanagedDeviceEndpoints,
  ...eventEndpoints,
  ...lockEndpoints,
  ...webhookEndpoints,
  ...workspaceEndpoints,
]
