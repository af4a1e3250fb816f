/**
 * Seam's objects that stand in many answers, by the name under which documents show them once. Here are
 * only those whose name does not follow from their route.
 */
import { z } from 'zod'
import { once } from '../../lib/once.ts'
import { generatedCode, unmanagedAccessCode } from './access-codes/wire.ts'
import { connectedAccount } from './connected-accounts/wire.ts'
import { customerPortal } from './customers/wire.ts'
import { deviceProvider } from './devices/wire-providers.ts'
import { unmanagedDevice } from './devices/wire.ts'
import { event } from './events/wire.ts'
import { endpoints } from './index.ts'
import { accessCodeError, accessCodeWarning, deviceError, deviceWarning } from './issues.ts'
import { pagination } from '../http/pagination.ts'
import { thermostatDailyProgram } from './thermostats/wire.ts'
import { workspace } from './workspaces/wire.ts'

const named: Readonly<Record<string, () => z.ZodType>> = {
  unmanaged_access_code: unmanagedAccessCode,
  connected_account: connectedAccount,
  customer_portal: customerPortal,
  device_provider: deviceProvider,
  unmanaged_device: unmanagedDevice,
  event,
  generated_code: generatedCode,
  pagination,
  thermostat_daily_program: thermostatDailyProgram,
  access_code_error: accessCodeError,
  access_code_warning: accessCodeWarning,
  device_error: deviceError,
  device_warning: deviceWarning,
  seam_workspace: workspace,
}

/** What `/<resource>/get` answers has the name under which it answers it, unless it has another above. */
const ids = once(() => {
  const found = new Map<z.core.$ZodType, string>()
  for (const [id, make] of Object.entries(named)) found.set(make(), id)
  for (const { path, result } of endpoints) {
    const [[id, schema] = ['', null], ...more] = path.endsWith('/get') ? Object.entries(result) : []
    const isNew = schema !== null && more.length === 0 && !found.has(schema)
    // Two objects of one name are told apart by the list above.
    if (isNew && ![...found.values()].includes(id)) found.set(schema, id)
  }
  return found
})

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
