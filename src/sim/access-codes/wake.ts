/**
 * Whatever waits is woken: what ends each kind of waiting, and how. The reconciler decides anew
 * for every code that is woken, so that waking one for nothing does no harm.
 */
import type { AccessCode } from '../../db/tables/access-codes.ts'
import { scheduleJob } from '../kernel/jobs.ts'
import type { Occasion, World } from '../kernel/world.ts'
import { lockView } from '../locks/lock-view.ts'
import { reservedSlots } from '../locks/memory-bank.ts'
import { bringForward, forgetAccessCode } from './carry-out.ts'
import { DUPLICATE, NO_ROOM } from './reconcile.ts'
import type { WaitReason } from './reconcile.ts'
import { and, eq, isNotNull, isNull, is, jsonAt, where } from '../../db/conditions.ts'
import { access_codes } from '../../db/tables/access-codes.ts'
import { locks } from '../../db/tables/locks.ts'

const ofDevice = is(access_codes.device_id)
const underWay = where(access_codes, ['device_id'], (c, its) =>
  and(eq(c.device_id, its.device_id), isNotNull(c.effort)),
)
const withoutRoom = where(access_codes, ['device_id'], (c, its) =>
  and(eq(c.device_id, its.device_id), eq(jsonAt(c.effort, '$.error.error_code'), NO_ROOM)),
)
const withoutPin = where(access_codes, ['device_id'], (c, its) =>
  and(eq(c.device_id, its.device_id), isNull(c.code), isNotNull(c.effort)),
)
const withPool = where(locks, [], (c) => isNotNull(c.backup_pool_enabled_at))

/**
 * What ends a wait: an instant that the reconciler named (`time`), somebody who asks for something
 * or changes something at the lock (`somebody`), or an occasion (`reactions.ts` says who answers).
 */
type Waker = 'time' | 'somebody' | Occasion

/** Each kind of waiting, and what ends it. */
export const wokenBy: Record<WaitReason, readonly Waker[]> = {
  lead_time: ['time'],
  start: ['time'],
  end: ['time', 'somebody'],
  answer: ['time'],
  retry: ['time', 'link_back', 'pin_free_on_lock'],
  lock_unreachable: ['link_back'],
  lock_refuses_codes: ['keypad_back', 'subscription_back'],
  no_room: ['slot_free'],
  no_pin: ['time', 'pin_free'],
  pin: ['time', 'account_of_device_changed'],
  account: ['account_of_device_changed'],
  conversion: ['time'],
  nothing: ['somebody'],
}

/** Everything waiting for this lock takes its turn, in the order of creation. */
export const wakeDevice = (world: World, device_id: string): void => {
  for (const code of world.access_codes.all(underWay({ device_id }))) {
    retryNow(world, code)
  }
}

/** There is room in the memory again: the codes that found none try once more, oldest first. */
export const wakeForSpace = (world: World, device_id: string): void => {
  const view = lockView(world, device_id)
  if (view === null) return
  const room = view.profile.memory_slots - reservedSlots(world, device_id)
  if (room <= 0) return
  const waiting = world.access_codes.all(withoutRoom({ device_id }), { limit: room })
  for (const code of waiting) retryNow(world, code)
}

/**
 * A PIN of this lock is nobody's any more: the codes to which its provider could give none ask once
 * more, oldest first, until there is none left.
 */
export const wakeForPin = (world: World, device_id: string): void => {
  const profile = lockView(world, device_id)?.profile
  if (profile?.provider_assigns_pin !== true && (profile?.offline_codes ?? null) === null) return
  for (const code of world.access_codes.all(withoutPin({ device_id }))) {
    retryNow(world, code)
    if (world.access_codes.get(code.access_code_id)?.code === null) return
  }
}

/** The lock does not hold the PIN of this code any more, for which it refused it. */
export const wakeRefused = (world: World, access_code_id: string): void => {
  const code = world.access_codes.get(access_code_id)
  if (code?.effort?.error?.error_code === DUPLICATE) retryNow(world, code)
}

const retryNow = (world: World, code: AccessCode): void => {
  const { effort } = code
  // A lock that is back, or has room again, is tried at once.
  if (effort !== null && effort.in_flight === null && effort.retry_at !== null) {
    world.access_codes.update(code.access_code_id, { effort: { ...effort, retry_at: null } })
  }
  bringForward(world, code.access_code_id)
}

/** Every code of the device looks again: used where the account or the whole device changed. */
export const settleDevice = (world: World, device_id: string): void => {
  for (const code of world.access_codes.all(ofDevice(device_id))) {
    bringForward(world, code.access_code_id)
  }
}

/** Every code of the workspace looks again: its settings have changed. */
export const settleEverything = (world: World): void => {
  for (const { access_code_id } of world.access_codes.all()) {
    bringForward(world, access_code_id)
  }
  for (const { device_id } of world.locks.all(withPool())) {
    scheduleJob(world, 'backup_pool.fill', device_id, world.now)
  }
}

/**
 * The lock is gone from its account, and its memory with it: Seam's own codes are set nowhere,
 * and go without a trace when they end or are deleted; foreign ones are not seen any more.
 */
export const forgetWhatWasProgrammed = (world: World, device_id: string): void => {
  for (const code of world.access_codes.all(ofDevice(device_id))) {
    if (!code.is_managed) {
      forgetAccessCode(world, code)
      continue
    }
    world.access_codes.update(code.access_code_id, {
      programmed: null,
      presence: null,
      effort: null,
      is_unconfirmed: false,
    })
    bringForward(world, code.access_code_id)
  }
}
