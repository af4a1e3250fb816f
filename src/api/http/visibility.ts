/**
 * What a caller may see: a client session sees the accounts it was given, the devices of its
 * person, and nothing else.
 */
import type { AccessCode } from '../../db/tables/access-codes.ts'
import { requireAccessCode } from '../../sim/access-codes/rows.ts'
import type { ConnectedAccount } from '../../db/tables/connected-accounts.ts'
import type { Device } from '../../db/tables/devices.ts'
import { requireAccount } from '../../sim/connected-accounts/operations.ts'
import { notFound } from '../../sim/kernel/errors.ts'
import type { World } from '../../sim/kernel/world.ts'
import type { Auth } from './auth.ts'

export const seesAccount = (auth: Auth, connected_account_id: string): boolean =>
  auth.visible_connected_account_ids === null ||
  auth.visible_connected_account_ids.includes(connected_account_id)

/** A thing of a device: the device itself, or a code on it. */
interface OfDevice {
  device_id: string
  connected_account_id: string
}

export const seesDevice = (auth: Auth, { device_id, connected_account_id }: OfDevice): boolean =>
  seesAccount(auth, connected_account_id) || auth.visible_device_ids.includes(device_id)

/** @throws device_not_found, also for a device that the caller may not see. */
export const visibleDevice = (world: World, auth: Auth, device_id: string): Device => {
  const device = world.devices.get(device_id)
  if (device === undefined || !seesDevice(auth, device)) throw notFound('device', { device_id })
  return device
}

/** @throws access_code_not_found, also for a code that the caller may not see. */
export const visibleAccessCode = (world: World, auth: Auth, access_code_id: string): AccessCode => {
  const code = requireAccessCode(world, access_code_id)
  if (!seesDevice(auth, code)) throw notFound('access_code', { access_code_id })
  return code
}

/** @throws connected_account_not_found, also for an account that the caller may not see. */
export const visibleAccount = (
  world: World,
  auth: Auth,
  connected_account_id: string,
): ConnectedAccount => {
  if (!seesAccount(auth, connected_account_id))
    throw notFound('connected_account', { connected_account_id })
  return requireAccount(world, connected_account_id)
}
