/** What a brand of devices is called, wherever the API names it. */
import type { ProviderAccount } from '../connected-accounts/account-for.ts'

export interface BrandNames {
  manufacturer: { manufacturer: string; display_name: string }
  provider: { device_provider_name: string; display_name: string; provider_category: string }
  account: ProviderAccount
}

/** A brand whose name is the same as manufacturer, provider and kind of account. */
export const brand = (name: string, display_name: string): BrandNames => ({
  manufacturer: { manufacturer: name, display_name },
  provider: { device_provider_name: name, display_name, provider_category: 'stable' },
  account: { account_type: name, account_type_display_name: display_name },
})
