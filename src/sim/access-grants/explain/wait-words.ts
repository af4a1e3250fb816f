/** What a door waits for, and what would help, in plain words. */
import { timesInWords } from '../../../lib/duration.ts'
import type { Fault } from '../../../db/tables/faults.ts'
import type { WaitReason } from '../../access-codes/reconcile.ts'
import { allFaults, stateOf } from '../../faults/registry.ts'
import { toIso } from '../../kernel/instant.ts'
import type { World } from '../../kernel/world.ts'
import type { LockView } from '../../locks/lock-view.ts'

/** A code's reasons to wait, and one that only a grant has: the door's old code has to go first. */
export type DoorWaitReason = WaitReason | 'old_code'

export interface DoorWait {
  reason: DoorWaitReason
  /** ms; null: until something happens. */
  until: number | null
}

const isBatteryDead = ({ battery_level }: LockView): boolean =>
  battery_level !== null && battery_level <= 0

const unreachable = (view: LockView): string => {
  if (view.link.cause === 'account_disconnected') return 'waits for its account'
  if (view.link.cause === 'hub_disconnected')
    return `waits for its bridge${view.bridge === null ? '' : ` (${view.bridge.name})`}`
  return isBatteryDead(view) ? 'waits for a new battery' : 'waits for its lock to be online'
}

const refusing = ({ lock, keypad }: LockView): string => {
  if (lock.subscription_expired_at !== null) return 'waits for its paid plan'
  return keypad.is_connected ? 'waits for power in its keypad' : 'waits for its keypad'
}

/** What stands after the name of the door. */
export const waitPhrase = (view: LockView, { reason, until }: DoorWait): string => {
  const at = until === null ? '' : ` at ${toIso(until)}`
  switch (reason) {
    case 'lock_unreachable':
      return unreachable(view)
    case 'lock_refuses_codes':
      return refusing(view)
    case 'answer':
      return `waits for the answer of its lock${at}`
    case 'retry':
      return `waits for the next attempt${at}`
    case 'lead_time':
      return `waits for the time to be programmed${at}`
    case 'start':
      return `waits for its start${at}`
    case 'end':
      return `waits for its end${at}`
    case 'no_room':
      return 'waits for a free slot in its lock'
    case 'no_pin':
      return 'waits for a PIN that is free'
    case 'pin':
      return `waits for its provider to tell the PIN${at}`
    case 'account':
      return 'waits for its account'
    case 'conversion':
      return `waits for its provider's answer${at}`
    case 'old_code':
      return 'waits for its old code to go'
    case 'nothing':
      return 'waits for nothing'
    default:
      return reason satisfies never
  }
}

const nameOf = ({ definition }: Fault): string => definition.name ?? definition.on

/** The fault that holds down what the lock is reached by. */
const linkFault = (world: World, view: LockView): Fault | undefined => {
  const ids = [view.device.device_id, view.lock.bridge_id, view.account.connected_account_id]
  return allFaults(world).find(
    (fault) =>
      fault.definition.on.endsWith('.link') &&
      stateOf(fault, world.now) === 'active' &&
      fault.progress?.is_down === true &&
      fault.progress.down.some((id) => ids.includes(id)),
  )
}

const SIGN_IN = "Let the account's owner sign in again, with a Connect Webview."

const helpForLink = (world: World, view: LockView): string => {
  const fault = linkFault(world, view)
  if (fault !== undefined)
    return `Delete the fault ${nameOf(fault)}, or wait for its end: it holds the connection down.`
  if (view.link.cause === 'account_disconnected') return SIGN_IN
  if (view.link.cause === 'hub_disconnected')
    return `Plug in the bridge ${view.lock.bridge_id ?? ''} (bridges/plug).`
  if (isBatteryDead(view)) return 'Put in a battery (locks/set_battery).'
  return 'Connect the lock (locks/connect).'
}

const helpForKeypad = ({ lock, keypad }: LockView): string => {
  if (lock.subscription_expired_at !== null) return 'Renew the paid plan of the lock.'
  return keypad.is_connected
    ? 'Put a battery into the keypad (locks/set_battery with keypad: true).'
    : 'Connect the keypad (locks/set_keypad).'
}

/** The fault on its commands that acts, with how often it has. */
const helpForRetry = (faults: readonly { name: string | null; on: string; hits: number }[]) => {
  const [fault] = faults
  return fault === undefined
    ? 'Nothing has to be done: it is tried again by itself.'
    : `Delete the fault ${fault.name ?? fault.on}, which has acted ${timesInWords(fault.hits)}; it is tried again by itself.`
}

/** What would bring the door forward. */
export const helpFor = (
  world: World,
  view: LockView,
  wait: DoorWait,
  faults: readonly { name: string | null; on: string; hits: number }[],
): string | null => {
  const { reason, until } = wait
  switch (reason) {
    case 'lock_unreachable':
      return helpForLink(world, view)
    case 'lock_refuses_codes':
      return helpForKeypad(view)
    case 'account':
      return SIGN_IN
    case 'retry':
    case 'answer':
      return faults.length === 0 && reason === 'answer' ? null : helpForRetry(faults)
    case 'no_room':
      return `Delete a code of the lock: all of its ${view.profile.memory_slots} slots are in use.`
    case 'no_pin':
      return 'Delete a code of the lock, so that a PIN is free.'
    case 'lead_time':
    case 'start':
    case 'pin':
      return until === null
        ? null
        : `Nothing is wrong: advance the clock to ${toIso(until)} to see it.`
    case 'end':
    case 'conversion':
    case 'old_code':
    case 'nothing':
      return null
    default:
      return reason satisfies never
  }
}
