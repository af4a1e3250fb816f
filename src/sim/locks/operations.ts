/** What people do at the door, and what the API does to the bolt. */
import { createActionAttempt, settleActionAttempt } from '../action-attempts/attempts.ts'
import type { ActionAttempt } from '../../db/tables/action-attempts.ts'
import { keypadWorks, requireLock } from './lock-view.ts'
import type { LockView } from './lock-view.ts'
import { refreshLink } from '../devices/connectivity.ts'
import { domainError } from '../kernel/errors.ts'
import { consultFaults } from '../faults/registry.ts'
import { cancelJob, scheduleJob } from '../kernel/jobs.ts'
import { triangular } from '../kernel/random.ts'
import { noteUses } from '../access-codes/poll.ts'
import type { World } from '../kernel/world.ts'
import { useBattery, useKeypadBattery } from './battery/use.ts'
import { judgeEntry } from './keypad.ts'
import type { EntryVerdict } from './keypad.ts'
import { noteLockout, noteOfflineCode, noteOfflineCodeEnded } from './door-history.ts'
import { reportFromLock } from './lock-log.ts'
import { eraseSlot, slotsOf } from './memory-bank.ts'
import { offlineCodesOf } from './offline-memory.ts'

type Method = 'keycode' | 'manual' | 'automatic' | 'remote' | 'unknown'

const hasPower = (view: LockView): boolean => view.battery_level === null || view.battery_level > 0

/** Moves the bolt and tells of it. Returns false when it is jammed or nothing drives it. */
export const moveBolt = (
  world: World,
  device_id: string,
  locked: boolean,
  method: Method,
  detail: Record<string, unknown> = {},
): boolean => {
  const view = requireLock(world, device_id)
  const { lock } = view
  if (!hasPower(view)) return false
  useBattery(world, device_id)
  if (lock.jammed) return false
  world.locks.update(device_id, { locked })
  reportFromLock(world, device_id, locked ? 'lock.locked' : 'lock.unlocked', { method, ...detail })
  cancelJob(world, 'lock.auto_lock', device_id)
  if (!locked && lock.auto_lock_enabled) {
    scheduleJob(world, 'lock.auto_lock', device_id, world.now + lock.auto_lock_delay_seconds * 1000)
  }
  return true
}

export const autoLock = (world: World, device_id: string): void => {
  const { lock } = requireLock(world, device_id)
  if (!lock.locked && lock.auto_lock_enabled) moveBolt(world, device_id, true, 'automatic')
}

/** What the keypad would say to this code now; nothing changes. */
export const askKeypad = (world: World, device_id: string, code: string): EntryVerdict => {
  const view = requireLock(world, device_id)
  const { lock, profile, keypad } = view
  return judgeEntry(
    {
      slots: slotsOf(world, device_id),
      offline_codes: offlineCodesOf(world, view, code),
      keypad: { present: keypad.is_connected, powered: keypad.has_power },
      lock_powered: hasPower(view),
      privacy_mode: view.device.privacy_mode_at !== null,
      lockout: { wrong_attempts: lock.wrong_codes, locked_until: lock.locked_out_until },
      rules: { ...profile.wrong_code_lockout, access_denied_after: profile.access_denied_after },
    },
    code,
    world.now,
  )
}

export interface DoorAnswer {
  opened: boolean
  reason: string | null
  access_code_id: string | null
}

/** A person types a code. The door's own answer, from the lock's memory and clock alone. */
export const enterCode = (world: World, device_id: string, code: string): DoorAnswer => {
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
        ...(used !== undefined && view.profile.reports_code_on_unlock && { access_code_id }),
      })
    }
    return { opened: false, reason: verdict.reason, access_code_id }
  }
  const moved = moveBolt(world, device_id, false, 'keycode', {
    ...(used !== undefined &&
      view.profile.reports_code_on_unlock && {
        access_code_id: used.access_code_id,
        access_code_is_managed: used.is_managed,
        code,
      }),
  })
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
    if (view.link.online) noteUses(world, device_id)
  }
  return moved
    ? { opened: true, reason: null, access_code_id }
    : { opened: false, reason: 'jammed', access_code_id }
}

const denials: Record<string, string> = {
  unknown_code: 'The code is not known to the lock.',
  expired_code: 'The code has expired.',
  too_many_attempts: 'Too many wrong codes were entered; the keypad is blocked for a while.',
  blocked_by_privacy_mode: 'Privacy mode is on.',
}

type BoltAction = 'LOCK_DOOR' | 'UNLOCK_DOOR'

const requireCapability = (view: LockView, able: boolean, flag: string): void => {
  if (able) return
  throw domainError(
    'device_type_not_supported',
    `The device ${view.device.device_id} has no ${flag}: ${view.profile.display_name} locks cannot do this.`,
    {
      data: { device_id: view.device.device_id },
    },
  )
}

/** Starts a remote command; it is answered by the lock after a while, or fails. */
const startCommand = (
  world: World,
  view: LockView,
  action_type: string,
  latency: { min: number; typical: number; max: number },
  action: Record<string, unknown>,
  fault_on?: 'lock.lock' | 'lock.unlock',
): ActionAttempt => {
  const { device_id } = view.device
  const hit =
    fault_on === undefined
      ? null
      : consultFaults(world, fault_on, {
          device_id,
          device_type: view.device.device_type,
          model: view.device.model,
          connected_account_id: view.device.connected_account_id,
        })
  const attempt = createActionAttempt(world, {
    action_type,
    device_id,
    action: { ...action, ...(hit !== null && { fault: hit.effect, fault_id: hit.fault_id }) },
  })
  const u = world.random.stream(`latency ${action_type} ${device_id}`)
  const delay = hit?.effect.kind === 'delay' ? hit.effect.by : 0
  const lasts = triangular(
    u.fraction(world.random.next(`latency ${action_type} ${device_id}`)),
    latency,
  )
  scheduleJob(world, 'action_attempt.settle', attempt.action_attempt_id, world.now + lasts + delay)
  return attempt
}

export const lockDoor = (world: World, device_id: string): ActionAttempt =>
  commandBolt(world, device_id, 'LOCK_DOOR')
export const unlockDoor = (world: World, device_id: string): ActionAttempt =>
  commandBolt(world, device_id, 'UNLOCK_DOOR')

const commandBolt = (world: World, device_id: string, action_type: BoltAction): ActionAttempt => {
  const view = requireLock(world, device_id)
  const locking = action_type === 'LOCK_DOOR'
  const { capabilities, latency } = view.profile
  requireCapability(
    view,
    locking ? capabilities.remotely_lock : capabilities.remotely_unlock,
    locking ? 'can_remotely_lock' : 'can_remotely_unlock',
  )
  return startCommand(
    world,
    view,
    action_type,
    locking ? latency.lock : latency.unlock,
    {},
    locking ? 'lock.lock' : 'lock.unlock',
  )
}

export const configureAutoLock = (
  world: World,
  device_id: string,
  input: { auto_lock_enabled: boolean; auto_lock_delay_seconds?: number | undefined },
): ActionAttempt => {
  const view = requireLock(world, device_id)
  requireCapability(view, view.profile.capabilities.configure_auto_lock, 'can_configure_auto_lock')
  return startCommand(world, view, 'CONFIGURE_AUTO_LOCK', view.profile.latency.lock, { ...input })
}

export const simulateCodeEntry = (world: World, device_id: string, code: string): ActionAttempt => {
  const view = requireLock(world, device_id)
  requireCapability(view, view.profile.keypad !== 'none', 'keypad')
  return startCommand(world, view, 'SIMULATE_KEYPAD_CODE_ENTRY', atOnce, { code })
}

export const simulateManualLock = (world: World, device_id: string): ActionAttempt => {
  const view = requireLock(world, device_id)
  requireCapability(view, view.profile.keypad !== 'none', 'keypad')
  return startCommand(world, view, 'SIMULATE_MANUAL_LOCK_VIA_KEYPAD', atOnce, {})
}

/** Why nobody can be made to do something at the keypad. */
const impediments: Record<string, string> = {
  no_power: 'The battery of the lock is empty.',
  keypad_unavailable: 'The keypad is not connected, or its battery is empty.',
  jammed: 'The bolt is jammed: it did not move.',
}

const atOnce = { min: 0, typical: 0, max: 0 }

/** The command has run its time: what came of it. */
export const settleLockAction = (world: World, action_attempt_id: string): void => {
  const attempt = world.action_attempts.get(action_attempt_id)
  if (
    attempt === undefined ||
    attempt.status !== 'pending' ||
    attempt.is_pinned ||
    attempt.device_id === null
  )
    return
  const { device_id, action_type } = attempt
  const action = attempt.action ?? {}
  const fail = (type: string, message: string): void =>
    settleActionAttempt(world, attempt, { status: 'error', error: { type, message } })
  const succeed = (result: Record<string, unknown>): void =>
    settleActionAttempt(world, attempt, { status: 'success', result })
  const device = world.devices.get(device_id)
  if (device === undefined) return fail('device_not_found', 'The device is gone.')
  const view = requireLock(world, device_id)

  if (action_type === 'SIMULATE_KEYPAD_CODE_ENTRY') {
    const { reason } = enterCode(world, device_id, String(action.code))
    // A wrong code is what was to be simulated; a keypad that is dead or gone is not.
    return reason !== null && reason in impediments
      ? fail(reason, impediments[reason] ?? reason)
      : succeed({})
  }
  if (action_type === 'SIMULATE_MANUAL_LOCK_VIA_KEYPAD') {
    const reason = !hasPower(view) ? 'no_power' : keypadWorks(view) ? null : 'keypad_unavailable'
    if (reason !== null) return fail(reason, impediments[reason] ?? reason)
    return moveBolt(world, device_id, true, 'keycode')
      ? succeed({})
      : fail('jammed', 'The bolt is jammed.')
  }
  const fault = effectOf(action.fault)
  if (fault?.kind === 'never_confirm') return
  if (fault?.kind === 'fail' || fault?.kind === 'provider_unavailable') {
    return fail(fault.error_code, fault.message)
  }
  if (!view.link.online) {
    return fail(
      view.link.cause ?? 'device_disconnected',
      'The lock could not be reached: it is offline.',
    )
  }
  if (action_type === 'CONFIGURE_AUTO_LOCK') {
    world.locks.update(device_id, {
      auto_lock_enabled: action.auto_lock_enabled === true,
      ...(typeof action.auto_lock_delay_seconds === 'number' && {
        auto_lock_delay_seconds: action.auto_lock_delay_seconds,
      }),
    })
    return succeed({})
  }
  const locking = action_type === 'LOCK_DOOR'
  if (!moveBolt(world, device_id, locking, 'remote', { action_attempt_id })) {
    return fail('jammed', 'The bolt is jammed: it did not move.')
  }
  refreshLink(world, device_id)
  succeed({ was_confirmed_by_device: true })
}

const effectOf = (value: unknown): { kind: string; error_code: string; message: string } | null => {
  if (typeof value !== 'object' || value === null) return null
  const fields = new Map<string, unknown>(Object.entries(value))
  const text = (field: string, otherwise: string): string => {
    const found = fields.get(field)
    return typeof found === 'string' ? found : otherwise
  }
  return {
    kind: text('kind', ''),
    error_code: text('error_code', 'uncategorized_error'),
    message: text('message', 'The lock refused the command.'),
  }
}
