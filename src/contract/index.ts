/** Every control route, by resource and action. */
import { z } from 'zod'
import { connectWebviewRoutes } from './connect-webviews.ts'
import { connectedAccountRoutes } from './connected-accounts.ts'
import { acsCredentialRoutes } from './acs-credentials.ts'
import { cardRoutes, encoderRoutes, entranceRoutes } from './acs-doors.ts'
import { acsSystemRoutes } from './acs-systems.ts'
import { bridgeRoutes } from './bridges.ts'
import { chronicleRoute } from './chronicle.ts'
import { clockRoutes } from './clock.ts'
import { disagreementsRoute } from './disagreements.ts'
import { doctorRoute } from './doctor.ts'
import { eventRoutes } from './events.ts'
import { accessCodeRoutes } from './access-codes.ts'
import { accessGrantRoutes, spaceRoutes, stayRoutes } from './explain-access.ts'
import { faultRoutes } from './faults.ts'
import { inboxRoutes } from './inbox.ts'
import { lockModelRoutes } from './lock-models.ts'
import { lockRoutes } from './locks.ts'
import { manufacturerAppRoutes } from './manufacturer-app.ts'
import { noiseSensorRoutes } from './noise-sensors.ts'
import { reportRoute } from './report.ts'
import { requestRoutes } from './requests.ts'
import { controlRoute, reads } from './route.ts'
import type { AnyRoute } from './route.ts'
import { settingsRoutes } from './settings.ts'
import { snapshotRoutes } from './snapshots.ts'
import { streamRoute } from './stream.ts'
import { timelineRoute } from './timeline.ts'
import { thermostatModelRoutes, thermostatRoutes } from './thermostats.ts'
import { waitUntilRoute } from './wait-until.ts'
import { webhookDeliveryRoutes, webhookRoutes } from './webhooks.ts'
import { fixtureRoutes, workspaceRoutes } from './workspaces.ts'
import { worldRoute } from './world.ts'

export const readyRoute = controlRoute({
  path: '/_emulator/ready',
  methods: reads,
  open_to: 'anyone',
  summary: 'Answers once the worlds are loaded.',
  // Probes may add a parameter of their own against caches.
  params: () => z.object({}),
  result: () => ({}),
  example: () => ({}),
})

const declared = [
  readyRoute,
  ...Object.values(clockRoutes),
  waitUntilRoute,
  ...Object.values(lockRoutes),
  ...Object.values(lockModelRoutes),
  ...Object.values(noiseSensorRoutes),
  ...Object.values(thermostatRoutes),
  ...Object.values(thermostatModelRoutes),
  ...Object.values(bridgeRoutes),
  ...Object.values(acsSystemRoutes),
  ...Object.values(entranceRoutes),
  ...Object.values(encoderRoutes),
  ...Object.values(cardRoutes),
  ...Object.values(acsCredentialRoutes),
  ...Object.values(manufacturerAppRoutes),
  ...Object.values(connectWebviewRoutes),
  ...Object.values(connectedAccountRoutes),
  ...Object.values(accessCodeRoutes),
  ...Object.values(accessGrantRoutes),
  ...Object.values(stayRoutes),
  ...Object.values(spaceRoutes),
  worldRoute,
  streamRoute,
  timelineRoute,
  chronicleRoute,
  disagreementsRoute,
  ...Object.values(faultRoutes),
  ...Object.values(eventRoutes),
  ...Object.values(inboxRoutes),
  ...Object.values(webhookRoutes),
  ...Object.values(webhookDeliveryRoutes),
  ...Object.values(requestRoutes),
  doctorRoute,
  ...Object.values(settingsRoutes),
  ...Object.values(workspaceRoutes),
  ...Object.values(fixtureRoutes),
  ...Object.values(snapshotRoutes),
  reportRoute,
]

/** Every control route, in the order in which documents show them. */
export const controlRoutes: readonly AnyRoute[] = declared

/** The control routes by their paths, for the types of what is asked and answered. */
export type RoutesByPath = { [R in (typeof declared)[number] as R['path']]: R }
