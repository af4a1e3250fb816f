/** What devices of every kind beside locks show alike. */
import type { ConnectedAccount } from '../../../db/tables/connected-accounts.ts'
import type { Device } from '../../../db/tables/devices.ts'
import { accountIssues } from '../../../sim/connected-accounts/issues.ts'
import type { Issues } from '../../../sim/events/issues.ts'
import { toIso } from '../../../sim/kernel/instant.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { presentIssue } from '../issues.ts'
import { givenProperties, locationOf, nameOf } from './presenter.ts'

/** What is shown of a device, by what its kind knows of it. */
export interface Shown {
  device: Device
  account: ConnectedAccount
  flags: Readonly<Record<string, boolean>>
  capabilities: readonly string[]
  issues: Issues
}

interface Brand {
  manufacturer: { manufacturer: string; display_name: string }
  provider: { device_provider_name: string; display_name: string; provider_category: string }
  model_display_name: string
}

/** Fields that unmanaged devices show as well. */
const commonFields = (world: World, { device, account, flags, capabilities, issues }: Shown) => ({
  device_id: device.device_id,
  workspace_id: world.workspace_id,
  connected_account_id: device.connected_account_id,
  device_type: device.device_type,
  ...flags,
  capabilities_supported: [...capabilities],
  custom_metadata: device.custom_metadata,
  ...locationOf(device),
  errors: [...issues.errors, ...accountIssues(account).errors].map(presentIssue),
  warnings: issues.warnings.map(presentIssue),
  created_at: toIso(device.created_at),
})

/** Properties that unmanaged devices show as well. */
export const basicProperties = (device: Device, brand: Brand, online: boolean) => ({
  online,
  name: nameOf(device),
  manufacturer: brand.manufacturer.manufacturer,
  model: {
    display_name: brand.model_display_name,
    manufacturer_display_name: brand.manufacturer.display_name,
  },
})

export const managedDevice = (world: World, shown: Shown, brand: Brand, properties: object) => {
  const { device } = shown
  const { properties: _, ...wire } = device.wire_overrides ?? {}
  return {
    ...commonFields(world, shown),
    display_name: nameOf(device),
    ...(device.nickname !== null && { nickname: device.nickname }),
    is_managed: true as const,
    space_ids: device.space_ids,
    properties: {
      ...properties,
      appearance: { name: device.name },
      ...givenProperties(device),
    },
    device_manufacturer: brand.manufacturer,
    device_provider: brand.provider,
    ...wire,
  }
}

export const unmanagedDevice = (world: World, shown: Shown, properties: object) => ({
  ...commonFields(world, shown),
  is_managed: false as const,
  properties,
})
