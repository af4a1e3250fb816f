/** What becomes of a lock when its account lets go of it. */
import type { AbandonedLock } from '../../db/tables/locks.ts'
import { loginOf } from '../connected-accounts/operations.ts'
import { followHeldLink } from '../faults/held-links.ts'
import { requireDevice } from '../devices/rows.ts'
import { cancelJob } from '../kernel/jobs.ts'
import type { World } from '../kernel/world.ts'
import { dropBank, moveBank, unlinkBank } from './memory-bank.ts'
import { is } from '../../db/conditions.ts'
import { locks, lock_log } from '../../db/tables/locks.ts'

const ofLock = is(locks.device_id)
const inLogOf = is(lock_log.device_id)

/** The lock was removed from its account at the provider: its memory goes with it. */
export const wipeRemovedLock = (world: World, device_id: string): void => {
  if (world.locks.get(device_id) === undefined) return
  dropBank(world, device_id)
  world.locks.update(device_id, { bank_full_since: null })
  cancelJob(world, 'lock.auto_lock', device_id)
}

/** What was known of the lock by its device goes with the device; how the lock is stays. */
const unknownToSeam = {
  bank_full_since: null,
  backup_pool_enabled_at: null,
  reported_code_lengths: null,
  third_party_at: null,
} as const

/**
 * Its device is to be deleted with its account: the lock stays on its door, with its codes, until
 * somebody connects it again.
 */
export const abandonLock = (world: World, device_id: string): void => {
  const device = requireDevice(world, device_id)
  const lock = world.locks.get(device_id)
  const account = world.connected_accounts.get(device.connected_account_id)
  if (lock === undefined || account === undefined || device.model === null) return
  unlinkBank(world, device_id)
  if (device.removed_at !== null) {
    world.locks.delete(device_id)
    return
  }
  const abandoned: AbandonedLock = {
    account_type: account.account_type,
    login: loginOf(account),
    model: device.model,
    name: device.name,
    bridge_id: lock.bridge_id,
    location: device.location,
    radio_offline_at: device.radio_offline_at,
  }
  world.locks.update(device_id, { abandoned, bridge_id: null, ...unknownToSeam })
}

/** The radio of a lock that no account has is back. */
export const noteRadioBack = (world: World, device_id: string): void => {
  const abandoned = world.locks.get(device_id)?.abandoned
  if (abandoned === undefined || abandoned === null) return
  world.locks.update(device_id, { abandoned: { ...abandoned, radio_offline_at: null } })
}

/** The lock is known by another device id from now on, with its memory and what it has to tell. */
export const moveLock = (world: World, from: string, to: string): void => {
  world.locks.updateWhere(ofLock(from), { device_id: to })
  moveBank(world, from, to)
  world.lock_log.updateWhere(inLogOf(from), { device_id: to })
  followHeldLink(world, from, to)
}

/** A new device takes the id of a lock that nobody has connected since: that lock gets another one. */
export const makeWayFor = (world: World, device_id: string): void => {
  const before = world.locks.get(device_id)
  if (before !== undefined && before.abandoned !== null) {
    moveLock(world, device_id, world.random.uuid('device'))
  }
}
