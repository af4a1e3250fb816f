/** How a kind of device looks on the wire, and what is the same for all of them. */
import type { Device } from '../../../db/tables/devices.ts'
import { toIso } from '../../../sim/kernel/instant.ts'
import type { World } from '../../../sim/kernel/world.ts'

/** What a kind of device supplies. */
export interface DevicePresenter {
  managed(world: World, device: Device): Record<string, unknown>
  /** A small part of what a managed one shows. */
  unmanaged(world: World, device: Device): Record<string, unknown>
}

/** `properties.name` is the older `display_name`; the provider's own name is in `appearance`. */
export const nameOf = ({ nickname, name }: Device): string => nickname ?? name

/** The properties that a fixture gives; a name that the API's user gave since then counts more. */
export const givenProperties = ({ wire_overrides, nickname }: Device): object => {
  const given = wire_overrides?.['properties']
  const properties = typeof given === 'object' && given !== null ? given : {}
  return nickname !== null && 'name' in properties ? { ...properties, name: nickname } : properties
}

/** Where it is, as far as anybody said. */
export const locationOf = (device: Device) => {
  const time_zone = device.reported_time_zone ?? device.location?.time_zone
  if (device.location === null && time_zone === undefined) return {}
  return {
    location: {
      ...(device.location?.location_name !== undefined && {
        location_name: device.location.location_name,
      }),
      ...(time_zone !== undefined && { time_zone, timezone: time_zone }),
    },
  }
}

/** A device that is not simulated: as its fixture describes it. */
const presentOther = (world: World, device: Device): Record<string, unknown> => ({
  capabilities_supported: [],
  errors: [],
  warnings: [],
  ...device.wire_overrides,
  properties: givenProperties(device),
  device_id: device.device_id,
  workspace_id: world.workspace_id,
  connected_account_id: device.connected_account_id,
  device_type: device.device_type,
  display_name: nameOf(device),
  custom_metadata: device.custom_metadata,
  space_ids: device.space_ids,
  is_managed: device.is_managed,
  created_at: toIso(device.created_at),
})

export const listedPresenter: DevicePresenter = { managed: presentOther, unmanaged: presentOther }
