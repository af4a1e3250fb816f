/** The account that a new device or access system is in. */
import { is } from '../../db/conditions.ts'
import { connected_accounts } from '../../db/tables/connected-accounts.ts'
import type { AcceptedCapability } from '../../db/tables/connected-accounts.ts'
import type { World } from '../kernel/world.ts'
import { requireAccount } from './operations.ts'

const ofType = is(connected_accounts.account_type)

/** What accounts of a provider are called. */
export interface ProviderAccount {
  account_type: string
  account_type_display_name: string
}

interface Wanted {
  /** The account that was asked for; undefined: whichever fits. */
  given: string | undefined
  account: ProviderAccount
  /** What a new account is connected for. */
  capability: AcceptedCapability
}

/**
 * The account that was given, the provider's first one, or a new one.
 *
 * @throws connected_account_not_found
 */
export const accountFor = (world: World, { given, account, capability }: Wanted): string => {
  if (given !== undefined) return requireAccount(world, given).connected_account_id
  const known = world.connected_accounts.first(ofType(account.account_type), { limit: 1 })
  if (known !== undefined) return known.connected_account_id
  const connected_account_id = world.random.uuid('connected_account')
  world.connected_accounts.insert({
    connected_account_id,
    ...account,
    display_name: 'jane@example.com',
    user_identifier: { email: 'jane@example.com' },
    custom_metadata: {},
    customer_key: null,
    accepted_capabilities: [capability],
    automatically_manage_new_devices: true,
    connect_webview_id: null,
    disconnected_at: null,
    reauthorization_requested_at: null,
    created_at: world.now,
  })
  return connected_account_id
}
