/**
 * Who gets to which devices: every way in which a person is given access, in one list. A resource
 * that gives access adds a line here.
 */
import type { Device } from '../db/tables/devices.ts'
import type { World } from './kernel/world.ts'
import { devicesGiven } from './user-identities/device-access.ts'

/** The ids of devices to which a person has access; they may repeat themselves. */
type WayIn = (world: World, user_identity_id: string) => readonly string[]

const waysIn: readonly WayIn[] = [devicesGiven]

/** The managed devices to which a person has access now, in the order in which they came to the workspace. */
export const accessibleDevices = (world: World, user_identity_id: string): Device[] => {
  const ids = new Set(waysIn.flatMap((way) => way(world, user_identity_id)))
  return [...ids]
    .map((id) => world.devices.get(id))
    .filter((device) => device !== undefined)
    .filter((device) => device.is_managed)
    .toSorted((a, b) => a.seq - b.seq)
}
