import type { Endpoint } from '../http/endpoint.ts'
import { accessCodeHelpEndpoints } from './access-codes/routes-help.ts'
import { multipleAccessCodeEndpoints } from './access-codes/routes-multiple.ts'
import { unmanagedAccessCodeEndpoints } from './access-codes/routes-unmanaged.ts'
import { accessCodeEndpoints } from './access-codes/routes.ts'
import { relatedAccessEndpoints } from './access-grants/routes-related.ts'
import { unmanagedAccessGrantEndpoints } from './access-grants/routes-unmanaged.ts'
import { accessGrantEndpoints } from './access-grants/routes.ts'
import { accessMethodEndpoints } from './access-methods/routes.ts'
import { acsAccessGroupEndpoints } from './acs-access-groups/routes.ts'
import { acsCredentialEndpoints } from './acs-credentials/routes.ts'
import { acsEncoderSimulationEndpoints } from './acs-encoders/routes-simulate.ts'
import { acsEncoderEndpoints } from './acs-encoders/routes.ts'
import { acsEntranceUseEndpoints } from './acs-entrances/routes-use.ts'
import { acsEntranceEndpoints } from './acs-entrances/routes.ts'
import { acsSystemEndpoints } from './acs-systems/routes.ts'
import { acsUserAccessEndpoints } from './acs-users/routes-access.ts'
import { acsUserEndpoints } from './acs-users/routes.ts'
import { actionAttemptEndpoints } from './action-attempts/routes.ts'
import { clientSessionEndpoints } from './client-sessions/routes.ts'
import { connectWebviewEndpoints } from './connect-webviews/routes.ts'
import { connectedAccountEndpoints } from './connected-accounts/routes.ts'
import { automationEndpoints } from './customers/routes-automations.ts'
import { customerEndpoints, deepLinkEndpoints } from './customers/routes.ts'
import { deviceEndpoints } from './devices/routes.ts'
import { deviceSimulationEndpoints } from './devices/routes-simulate.ts'
import { unmanagedDeviceEndpoints } from './devices/routes-unmanaged.ts'
import { eventEndpoints } from './events/routes.ts'
import { lockEndpoints } from './locks/routes.ts'
import { instantKeyEndpoints } from './instant-keys/routes.ts'
import { mergeEndpoint } from './newer/merge.ts'
import { noiseSensorEndpoints } from './noise-sensors/routes.ts'
import { phoneEndpoints } from './phones/routes.ts'
import { spaceEndpoints } from './spaces/routes.ts'
import { thermostatCommandEndpoints } from './thermostats/routes-commands.ts'
import { thermostatScheduleEndpoints } from './thermostats/routes-schedules.ts'
import { thermostatEndpoints } from './thermostats/routes.ts'
import { userIdentityAccessEndpoints } from './user-identities/routes-access.ts'
import { unmanagedUserIdentityEndpoints } from './user-identities/routes-unmanaged.ts'
import { userIdentityEndpoints } from './user-identities/routes.ts'
import { webhookEndpoints } from './webhooks/routes.ts'
import { workspaceEndpoints } from './workspaces/routes.ts'

/** Seam's API, as far as it is built; one file per resource. */
export const endpoints: readonly Endpoint[] = [
  ...accessCodeEndpoints,
  ...multipleAccessCodeEndpoints,
  ...unmanagedAccessCodeEndpoints,
  ...accessCodeHelpEndpoints,
  ...accessGrantEndpoints,
  ...unmanagedAccessGrantEndpoints,
  ...relatedAccessEndpoints,
  ...accessMethodEndpoints,
  ...acsAccessGroupEndpoints,
  ...acsCredentialEndpoints,
  ...acsEncoderEndpoints,
  ...acsEncoderSimulationEndpoints,
  ...acsEntranceEndpoints,
  ...acsEntranceUseEndpoints,
  ...acsSystemEndpoints,
  ...acsUserEndpoints,
  ...acsUserAccessEndpoints,
  ...actionAttemptEndpoints,
  ...clientSessionEndpoints,
  ...connectWebviewEndpoints,
  ...connectedAccountEndpoints,
  ...customerEndpoints,
  ...deviceEndpoints,
  ...deviceSimulationEndpoints,
  ...unmanagedDeviceEndpoints,
  ...eventEndpoints,
  ...lockEndpoints,
  ...instantKeyEndpoints,
  ...noiseSensorEndpoints,
  ...phoneEndpoints,
  ...spaceEndpoints,
  ...thermostatEndpoints,
  ...thermostatCommandEndpoints,
  ...thermostatScheduleEndpoints,
  ...userIdentityEndpoints,
  ...userIdentityAccessEndpoints,
  ...unmanagedUserIdentityEndpoints,
  ...webhookEndpoints,
  ...workspaceEndpoints,
]

/** What Seam's console and guides call, and its document marks as undocumented. */
/** What newer versions of Seam's document have besides; workspaces of an older one know no such path. */
export const newerEndpoints: readonly Endpoint[] = [mergeEndpoint]

export const undocumentedEndpoints: readonly Endpoint[] = [
  ...automationEndpoints,
  ...deepLinkEndpoints,
]
