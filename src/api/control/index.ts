import type { Endpoint } from '../http/endpoint.ts'
import { acsDoorControlEndpoints } from './acs-doors.ts'
import { acsSystemControlEndpoints } from './acs-systems.ts'
import { bridgeEndpoints } from './bridges.ts'
import { accessCodeControlEndpoints } from './access-codes.ts'
import { explainAccessEndpoints } from './explain-access.ts'
import { chronicle } from './chronicle.ts'
import { clockEndpoints } from './clock.ts'
import { connectWebviewControlEndpoints } from './connect-webviews.ts'
import { connectedAccountControlEndpoints } from './connected-accounts.ts'
import { doctor } from './doctor.ts'
import { eventControlEndpoints } from './events.ts'
import { faultEndpoints } from './faults.ts'
import { inboxEndpoints } from './inbox.ts'
import { lockControlEndpoints } from './locks.ts'
import { manufacturerAppEndpoints } from './manufacturer-app.ts'
import { noiseSensorControlEndpoints } from './noise-sensors.ts'
import { ready } from './ready.ts'
import { snapshotEndpoints } from './snapshots.ts'
import { settingsEndpoints } from './settings.ts'
import { report } from './report.ts'
import { requestEndpoints } from './requests.ts'
import { disagreements } from './disagreements.ts'
import { world } from './world/index.ts'
import { stream } from './stream.ts'
import { timeline } from './timeline.ts'
import { thermostatControlEndpoints } from './thermostats.ts'
import { waitUntil } from './wait-until.ts'
import { workspaceEndpoints } from './workspaces.ts'
import { webhookControlEndpoints } from './webhooks.ts'
import { webhookDeliveryEndpoints } from './webhook-deliveries.ts'

/** The emulator's own API under `/_emulator`; one file per resource. */
export const controlEndpoints: readonly Endpoint[] = [
  ready,
  ...clockEndpoints,
  waitUntil,
  ...lockControlEndpoints,
  ...noiseSensorControlEndpoints,
  ...thermostatControlEndpoints,
  ...connectWebviewControlEndpoints,
  ...connectedAccountControlEndpoints,
  ...bridgeEndpoints,
  ...acsSystemControlEndpoints,
  ...acsDoorControlEndpoints,
  ...manufacturerAppEndpoints,
  ...accessCodeControlEndpoints,
  ...explainAccessEndpoints,
  world,
  stream,
  timeline,
  chronicle,
  disagreements,
  ...settingsEndpoints,
  ...faultEndpoints,
  ...requestEndpoints,
  doctor,
  ...eventControlEndpoints,
  ...inboxEndpoints,
  ...webhookControlEndpoints,
  ...webhookDeliveryEndpoints,
  ...workspaceEndpoints,
  ...snapshotEndpoints,
  report,
]
