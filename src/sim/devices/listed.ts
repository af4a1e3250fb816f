/** Devices that are not simulated: they are listed as their fixture describes them, and that is all they do. */
import type { DescribedDevice } from './fixture.ts'
import { invalidInput } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'
import type { DeviceKind } from './kinds.ts'
import { insertDevice } from './rows.ts'

/** Makes the device that a fixture describes. */
export const createListed = (world: World, described: DescribedDevice): void => {
  const { device_id, connected_account_id, name, is_managed, custom_metadata } = described
  if (connected_account_id === undefined) {
    throw invalidInput('connected_account_id', 'Only a lock finds its account by itself')
  }
  insertDevice(world, {
    device_id,
    connected_account_id,
    name,
    is_managed,
    custom_metadata,
    device_type: described.device_type ?? 'unknown',
    nickname: described.nickname ?? null,
    customer_key: described.customer_key ?? null,
    location: described.location ?? null,
    wire_overrides: described.wire ?? {},
  })
}

export const listedDevice: DeviceKind = {
  refreshLink: () => {},
  bridgeOf: () => null,
  simulates: () => null,
  typesThatSimulate: () => [],
}
