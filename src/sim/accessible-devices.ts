/**
 * Who gets to which devices: every way in which a person is given access, in one list. A resource
 * that gives access adds a line here.
 */
import { eq, either, oneOf, where } from '../db/conditions.ts'
import type { ClientSession } from '../db/tables/client-sessions.ts'
import { devices } from '../db/tables/devices.ts'
import type { Device } from '../db/tables/devices.ts'
import { grantsOfPerson } from './access-grants/rows.ts'
import { accountsSeen } from './client-sessions/operations.ts'
import type { World } from './kernel/world.ts'
import { devicesGiven } from './user-identities/device-access.ts'

/** The ids of devices to which a person has access; they may repeat themselves. */
type WayIn = (world: World, user_identity_id: string) => readonly string[]

/** The doors of a person's grants, also of those that begin later. */
const doorsGranted: WayIn = (world, user_identity_id) =>
  grantsOfPerson(world, user_identity_id)
    .filter(({ ends_at }) => ends_at === null || ends_at > world.now)
    .flatMap(({ door_ids }) => door_ids)

const waysIn: readonly WayIn[] = [devicesGiven, doorsGranted]

/** The managed devices to which a person has access now, in the order in which they came to the workspace. */
export const accessibleDevices = (world: World, user_identity_id: string): Device[] => {
  const ids = new Set(waysIn.flatMap((way) => way(world, user_identity_id)))
  return [...ids]
    .map((id) => world.devices.get(id))
    .filter((device) => device !== undefined)
    .filter((device) => device.is_managed)
    .toSorted((a, b) => a.seq - b.seq)
}

const managed = where(devices, [], (c) => eq(c.is_managed, true))
const ofAccounts = oneOf(devices.connected_account_id)
const withIds = oneOf(devices.device_id)

/** The ids of devices that a session sees whatever accounts it has: those of its person. */
export const devicesSeen = (
  world: World,
  { user_identity_id }: Pick<ClientSession, 'user_identity_id'>,
): string[] =>
  user_identity_id === null
    ? []
    : accessibleDevices(world, user_identity_id).map((device) => device.device_id)

/** How many managed devices a session sees. */
export const deviceCount = (world: World, session: ClientSession): number =>
  world.devices.count([
    managed(),
    either(ofAccounts(accountsSeen(world, session)), withIds(devicesSeen(world, session))),
  ])
