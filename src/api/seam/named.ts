/** Seam's objects that stand in many answers, by the name under which documents show them once. */
import { z } from 'zod'
import { once } from '../../lib/once.ts'
import { accessCode, generatedCode, unmanagedAccessCode } from './access-codes/wire.ts'
import { accessGrant } from './access-grants/wire.ts'
import { accessMethod } from './access-methods/wire.ts'
import { acsAccessGroup } from './acs-access-groups/wire.ts'
import { acsCredential } from './acs-credentials/wire.ts'
import { acsEncoder } from './acs-encoders/wire.ts'
import { acsEntrance } from './acs-entrances/wire.ts'
import { acsSystem } from './acs-systems/wire.ts'
import { acsUser } from './acs-users/wire.ts'
import { actionAttempt } from './action-attempts/wire.ts'
import { clientSession } from './client-sessions/wire.ts'
import { connectWebview } from './connect-webviews/wire.ts'
import { connectedAccount } from './connected-accounts/wire.ts'
import { customerPortal } from './customers/wire.ts'
import { deviceProvider } from './devices/wire-providers.ts'
import { device, unmanagedDevice } from './devices/wire.ts'
import { event } from './events/wire.ts'
import { instantKey } from './instant-keys/wire.ts'
import { accessCodeError, accessCodeWarning, deviceError, deviceWarning } from './issues.ts'
import { noiseThreshold } from './noise-sensors/wire.ts'
import { pagination } from './pagination.ts'
import { phone } from './phones/wire.ts'
import { space } from './spaces/wire.ts'
import { thermostatDailyProgram, thermostatSchedule } from './thermostats/wire.ts'
import { userIdentity } from './user-identities/wire.ts'
import { webhook } from './webhooks/wire.ts'
import { workspace } from './workspaces/wire.ts'

const named: Readonly<Record<string, () => z.ZodType>> = {
  access_code: accessCode,
  unmanaged_access_code: unmanagedAccessCode,
  access_grant: accessGrant,
  access_method: accessMethod,
  acs_access_group: acsAccessGroup,
  acs_credential: acsCredential,
  acs_encoder: acsEncoder,
  acs_entrance: acsEntrance,
  acs_system: acsSystem,
  acs_user: acsUser,
  action_attempt: actionAttempt,
  client_session: clientSession,
  connect_webview: connectWebview,
  connected_account: connectedAccount,
  customer_portal: customerPortal,
  device_provider: deviceProvider,
  device,
  unmanaged_device: unmanagedDevice,
  event,
  generated_code: generatedCode,
  instant_key: instantKey,
  noise_threshold: noiseThreshold,
  pagination,
  phone,
  space,
  thermostat_daily_program: thermostatDailyProgram,
  thermostat_schedule: thermostatSchedule,
  user_identity: userIdentity,
  access_code_error: accessCodeError,
  access_code_warning: accessCodeWarning,
  device_error: deviceError,
  device_warning: deviceWarning,
  webhook,
  seam_workspace: workspace,
}

const ids = once(
  () => new Map(Object.entries(named).map(([id, make]): [z.core.$ZodType, string] => [make(), id])),
)

/** What is known of schemas, with the names of Seam's objects; for documents only, which most runs never ask for. */
export const documentedMeta = once(() =>
  Object.assign(z.registry<z.core.GlobalMeta>(), {
    get: (schema: z.core.$ZodType): z.core.GlobalMeta | undefined => {
      const id = ids().get(schema)
      const known = z.globalRegistry.get(schema)
      return id === undefined ? known : { ...known, id }
    },
  }),
)
