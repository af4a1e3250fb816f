/**
 * What happens when somebody types a code at the door. The verdict comes from the lock's memory,
 * its own clock and the keypad alone; what the API believes plays no part.
 */
import type { MemorySlot } from './memory-bank.ts'

/** A computed code that the lock accepts without ever having been told of it. */
export interface OfflineCode {
  code: string
  access_code_id: string
  /** Instants, ms. */
  starts_at: number
  ends_at: number | null
  one_time: boolean
  first_used_at: number | null
  /** Dead from this instant on if it has not been used by then (igloohome algoPIN). */
  must_be_used_by: number | null
}

/** How often wrong codes were typed, and until when the keypad is therefore deaf. */
export interface LockoutState {
  wrong_attempts: number
  /** Instant, ms; null while the keypad listens. */
  locked_until: number | null
}

export interface KeypadScene {
  slots: readonly MemorySlot[]
  offline_codes: readonly OfflineCode[]
  /** `present`: there is one, and an accessory is paired; `powered`: its own battery is not empty. */
  keypad: { present: boolean; powered: boolean }
  /** The lock's battery, or mains, still moves the bolt. */
  lock_powered: boolean
  privacy_mode: boolean
  lockout: LockoutState
  /** Of the profile: `wrong_code_lockout` and `access_denied_after`. */
  rules: { attempts: number; locked_for: number; access_denied_after: number }
}

export type EntryRefusal =
  | 'unknown_code'
  | 'expired_code'
  | 'not_yet_valid'
  | 'too_many_attempts'
  | 'keypad_unavailable'
  | 'no_power'
  | 'blocked_by_privacy_mode'

/** `reason_code` of the event `lock.access_denied`, as far as a keypad can cause it. */
export type DeniedReasonCode =
  | 'unknown_code'
  | 'expired_code'
  | 'too_many_attempts'
  | 'blocked_by_privacy_mode'

export interface EntryVerdict {
  opened: boolean
  /** Why not; null when it opened. */
  reason: EntryRefusal | null
  /** What `lock.access_denied` says, or null when the lock reports nothing (yet). */
  reason_code: DeniedReasonCode | null
  /** The slot or offline code that matched, also when its window or privacy mode refused it. */
  slot: number | null
  access_code_id: string | null
  is_offline_code: boolean
  /** The code was for one use and is used up: erase its slot, or mark the offline code. */
  burns: boolean
  /** Keep this for the next entry. */
  lockout: LockoutState
}

/** Judges one entry at `now` (ms). A window holds its start and not its end. */
export function judgeEntry(scene: KeypadScene, code: string, now: number): EntryVerdict {
  const lockout = atNow(scene.lockout, now)
  if (!scene.lock_powered) return deaf('no_power', lockout)
  if (!scene.keypad.present || !scene.keypad.powered) return deaf('keypad_unavailable', lockout)
  if (lockout.locked_until !== null) return refuse(scene, 'too_many_attempts', null, lockout)

  const matches = candidates(scene, code)
  const valid = matches.find((it) => windowOf(it, now) === 'open')
  if (valid === undefined) {
    const expired = matches.find((it) => windowOf(it, now) === 'over')
    const reason = expired ? 'expired_code' : matches.length > 0 ? 'not_yet_valid' : 'unknown_code'
    return refuse(scene, reason, expired ?? matches[0] ?? null, missed(scene, lockout, now))
  }
  if (scene.privacy_mode) return refuse(scene, 'blocked_by_privacy_mode', valid, lockout)
  return {
    opened: true,
    reason: null,
    reason_code: null,
    ...whose(valid),
    burns: valid.one_time,
    lockout: { wrong_attempts: 0, locked_until: null },
  }
}

type Candidate = Pick<MemorySlot, 'starts_at' | 'ends_at' | 'access_code_id' | 'one_time'> & {
  slot: number | null
  used_up: boolean
}

function candidates(scene: KeypadScene, code: string): Candidate[] {
  const inMemory = scene.slots.filter((it) => it.code === code)
  const computed = scene.offline_codes.filter((it) => it.code === code)
  return [
    ...inMemory.map((it) => ({ ...it, used_up: false })),
    ...computed.map((it) => ({
      ...it,
      slot: null,
      ends_at: it.first_used_at === null ? earlier(it.ends_at, it.must_be_used_by) : it.ends_at,
      used_up: it.one_time && it.first_used_at !== null,
    })),
  ]
}

function windowOf(it: Candidate, now: number): 'early' | 'open' | 'over' {
  if (it.used_up || (it.ends_at !== null && now >= it.ends_at)) return 'over'
  return it.starts_at !== null && now < it.starts_at ? 'early' : 'open'
}

/** A lockout that has run out is forgotten, with the attempts that led to it. */
function atNow(state: LockoutState, now: number): LockoutState {
  const over = state.locked_until !== null && now >= state.locked_until
  return over ? { wrong_attempts: 0, locked_until: null } : state
}

function missed(scene: KeypadScene, state: LockoutState, now: number): LockoutState {
  const wrong_attempts = state.wrong_attempts + 1
  const locked = wrong_attempts >= scene.rules.attempts
  return { wrong_attempts, locked_until: locked ? now + scene.rules.locked_for : null }
}

function refuse(
  scene: KeypadScene,
  reason: DeniedReasonCode | 'not_yet_valid',
  matched: Candidate | null,
  lockout: LockoutState,
): EntryVerdict {
  // Kwikset stays silent about the first two wrong codes (Seam docs: Kwikset locks).
  const counted = reason !== 'too_many_attempts' && reason !== 'blocked_by_privacy_mode'
  const silent = counted && lockout.wrong_attempts < scene.rules.access_denied_after
  // The event has no word for a code that is too early: to the lock it is an unknown one.
  const reason_code = reason === 'not_yet_valid' ? 'unknown_code' : reason
  return {
    opened: false,
    reason,
    reason_code: silent ? null : reason_code,
    ...whose(matched),
    burns: false,
    lockout,
  }
}

/** Nothing was typed as far as the lock can tell, so nothing is counted or reported. */
const deaf = (reason: 'no_power' | 'keypad_unavailable', lockout: LockoutState): EntryVerdict => ({
  opened: false,
  reason,
  reason_code: null,
  ...whose(null),
  burns: false,
  lockout,
})

const whose = (matched: Candidate | null) => ({
  slot: matched?.slot ?? null,
  access_code_id: matched?.access_code_id ?? null,
  is_offline_code: matched !== null && matched.slot === null,
})

const earlier = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b)
