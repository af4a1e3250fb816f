/** What people do at the door, and how the bolt moves. */
import { requireLock } from './lock-view.ts'
import type { LockView } from './lock-view.ts'
import { chronicle } from '../chronicle/chronicle.ts'
import { react } from '../kernel/react.ts'
import type { World } from '../kernel/world.ts'
import { useBattery, useKeypadBattery } from './battery/use.ts'
import { startAutoLock } from './auto-lock.ts'
import { judgeEntry } from './keypad.ts'
import type { DeniedReasonCode, EntryVerdict } from './keypad.ts'
import { noteLockout, noteOfflineCode, noteOfflineCodeEnded } from './door-history.ts'
import { logUse, reportFromLock } from './lock-log.ts'
import type { Report } from './lock-log.ts'
import { eraseSlot, slotsOf } from './memory-bank.ts'
import { offlineCodesOf } from './offline-memory.ts'

type BoltReport = Report<'lock.locked' | 'lock.unlocked'>

export const hasPower = (view: LockView): boolean =>
  view.battery_level === null || view.battery_level > 0

/** Moves the bolt and tells of it. Returns false when it is jammed or nothing drives it. */
export const moveBolt = (
  world: World,
  device_id: string,
  locked: boolean,
  report: BoltReport,
): boolean => {
  const view = requireLock(world, device_id)
  const { lock } = view
  if (!hasPower(view)) return false
  useBattery(world, device_id)
  if (lock.jammed) return false
  world.locks.update(device_id, { locked })
  reportFromLock(world, device_id, locked ? 'lock.locked' : 'lock.unlocked', report)
  startAutoLock(world, device_id)
  return true
}

export const autoLock = (world: World, device_id: string): void => {
  const { lock } = requireLock(world, device_id)
  if (!lock.locked && lock.auto_lock_enabled) {
    moveBolt(world, device_id, true, { method: 'automatic' })
  }
}

/** The keypad as it is now: what it would say to any code that is typed; nothing changes. */
export const keypadNow = (world: World, device_id: string): ((code: string) => EntryVerdict) => {
  const view = requireLock(world, device_id)
  const { lock, profile, keypad } = view
  const offlineCodes = offlineCodesOf(world, view)
  const scene = {
    slots: slotsOf(world, device_id),
    keypad: { present: keypad.is_connected, powered: keypad.has_power },
    lock_powered: hasPower(view),
    privacy_mode: view.lock.privacy_mode_at !== null,
    lockout: { wrong_attempts: lock.wrong_codes, locked_until: lock.locked_out_until },
    rules: { ...profile.wrong_code_lockout, access_denied_after: profile.access_denied_after },
  }
  return (code) => judgeEntry({ ...scene, offline_codes: offlineCodes(code) }, code, world.now)
}

/** What the keypad would say to this code now; nothing changes. */
export const askKeypad = (world: World, device_id: string, code: string): EntryVerdict =>
  keypadNow(world, device_id)(code)

export interface DoorAnswer {
  opened: boolean
  reason: string | null
  access_code_id: string | null
}

/** Nobody types more than this; what is kept of it has a bound. */
const MOST_TYPED = 40

/** A person types a code. The door's own answer, from the lock's memory and clock alone. */
export const enterCode = (world: World, device_id: string, code: string): DoorAnswer => {
  const answer = typeCode(world, device_id, code)
  const typed = code.slice(0, MOST_TYPED).toWellFormed()
  chronicle(world, { kind: 'keypad_entry', device_id, code: typed, ...answer })
  return answer
}

const typeCode = (world: World, device_id: string, code: string): DoorAnswer => {
  const view = requireLock(world, device_id)
  const verdict = askKeypad(world, device_id, code)
  world.locks.update(device_id, {
    wrong_codes: verdict.lockout.wrong_attempts,
    locked_out_until: verdict.lockout.locked_until,
  })
  const { locked_until } = verdict.lockout
  if (locked_until !== null && locked_until !== view.lock.locked_out_until) {
    noteLockout(world, device_id, locked_until)
  }
  if (verdict.reason !== 'no_power' && verdict.reason !== 'keypad_unavailable')
    useKeypadBattery(world, device_id)
  const { access_code_id } = verdict
  const used = access_code_id === null ? undefined : world.access_codes.get(access_code_id)
  if (!verdict.opened) {
    if (verdict.reason_code !== null) {
      reportFromLock(world, device_id, 'lock.access_denied', {
        reason: { reason_code: verdict.reason_code, message: denials[verdict.reason_code] },
        ...(used !== undefined &&
          view.profile.reports_code_on_unlock && { access_code_id: used.access_code_id }),
      })
    }
    return { opened: false, reason: verdict.reason, access_code_id }
  }
  const moved = moveBolt(world, device_id, false, {
    method: 'keycode',
    ...(used !== undefined &&
      view.profile.reports_code_on_unlock && {
        access_code_id: used.access_code_id,
        access_code_is_managed: used.is_managed,
        code,
      }),
  })
  // A code is used when the bolt moves: whoever stands at a jammed one may try again.
  if (!moved) return { opened: false, reason: 'jammed', access_code_id }
  if (used?.offline_issue && used.offline_issue.first_used_at === null) {
    world.access_codes.update(used.access_code_id, {
      offline_issue: { ...used.offline_issue, first_used_at: world.now },
    })
    // Once used, it is either used up or good until its end.
    if (verdict.burns) noteOfflineCodeEnded(world, used.access_code_id)
    else if (used.code !== null) noteOfflineCode(world, { ...used, code: used.code })
  }
  // The cloud never hears of the use of an offline code; the lock itself remembers it.
  if (verdict.burns && verdict.slot !== null) {
    eraseSlot(world, device_id, verdict.slot)
    if (access_code_id !== null) logUse(world, device_id, access_code_id)
    if (view.link.online) react(world, 'one_time_code_used', device_id)
  }
  return { opened: true, reason: null, access_code_id }
}

const denials: Record<DeniedReasonCode, string> = {
  unknown_code: 'The code is not known to the lock.',
  expired_code: 'The code has expired.',
  too_many_attempts: 'Too many wrong codes were entered; the keypad is blocked for a while.',
  blocked_by_privacy_mode: 'Privacy mode is on.',
}
