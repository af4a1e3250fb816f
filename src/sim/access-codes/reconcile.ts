/**
 * The heart of the emulator. There are two states of every access code: as it is
 * declared through the API, and as the lock holds it. This one pure function looks
 * at both and says what to do next; everything that happens to a code is that
 * answer, carried out (`carry-out.ts`).
 */
import type { AccessCodeEffort, EffortKind } from '../../db/tables/access-codes.ts'
import type { WorkspaceSettings } from '../../db/tables/workspaces.ts'
import { isAtLeast } from '../kernel/settings.ts'
import type { Scheduling } from '../locks/profile.ts'
import {
  isExpired,
  isNative,
  isSameForm,
  isWantedOnLock,
  lockFormOf,
  programmingStartsAt,
} from './programming-window.ts'
import type { ReconciledCode, ReconciledLock } from './programming-window.ts'

export type WaitReason =
  | 'lead_time'
  | 'start'
  | 'end'
  | 'answer'
  | 'retry'
  | 'lock_unreachable'
  | 'lock_refuses_codes'
  | 'no_room'
  | 'no_pin'
  | 'pin'
  | 'account'
  | 'conversion'
  | 'nothing'

export type Step =
  | { do: 'assign_pin' }
  | { do: 'start_attempt'; kind: EffortKind }
  | { do: 'finish_attempt' }
  | { do: 'begin_effort'; kind: EffortKind }
  | { do: 'end_effort' }
  | { do: 'report_delay' }
  | { do: 'report_failure' }
  | { do: 'tell_changes' }
  | { do: 'convert' }
  | { do: 'announce'; presence: 'scheduled' | 'set' }
  | { do: 'forget' }
  | { do: 'wait'; until: number | null; reason: WaitReason }

/** A lock without a free slot says so with this error code. */
export const NO_ROOM = 'no_space_for_access_code_on_device'

/** A lock that holds the PIN already says so with this error code. */
export const DUPLICATE = 'duplicate_code_on_device'

export const foundNoRoom = (effort: AccessCodeEffort | null): boolean =>
  effort?.error?.error_code === NO_ROOM

const hasUntoldChanges = (code: ReconciledCode): boolean => {
  const { in_effect } = code
  return (
    in_effect.code !== code.code ||
    in_effect.name !== code.name ||
    in_effect.starts_at !== code.starts_at ||
    in_effect.ends_at !== code.ends_at
  )
}

/** The work that would close the distance between declared and on the lock; null when there is none. */
export const missingWork = (
  code: ReconciledCode,
  scheduling: Scheduling,
  settings: WorkspaceSettings,
  now: number,
): EffortKind | null => {
  const wanted = isWantedOnLock(code, scheduling, settings, now)
  if (!wanted) return code.programmed === null && !code.is_unconfirmed ? null : 'remove'
  if (code.programmed === null) return 'set'
  if (!code.is_managed || code.code === null) return null
  // After a command that nobody confirmed, the lock may hold something else: it is told again.
  if (code.is_unconfirmed) return 'update'
  return isSameForm(code.programmed, lockFormOf(code, code.code, scheduling)) ? null : 'update'
}

const earliest = (...instants: (number | null | undefined)[]): number | null => {
  let first: number | null = null
  for (const instant of instants) {
    if (instant !== null && instant !== undefined && (first === null || instant < first))
      first = instant
  }
  return first
}

const later = (instant: number | null, now: number): number | null =>
  instant !== null && instant > now ? instant : null

/** Which report on a long effort comes next, and when; null when both were made. */
const nextReport = (
  effort: AccessCodeEffort,
  settings: WorkspaceSettings,
): { step: 'report_delay' | 'report_failure'; at: number } | null => {
  if (effort.failure_reported_at !== null) return null
  if (effort.error?.is_definite === true) return { step: 'report_failure', at: effort.error.at }
  const fail_at = effort.since + settings.fail_after
  const delay_at = effort.since + settings.delay_after
  // Seam no longer tells of delays in taking a code off (its OpenAPI document, 1.1038).
  const isTold = effort.kind !== 'remove' || !isAtLeast(settings, '1.1038')
  return isTold && effort.delay_reported_at === null && delay_at <= fail_at
    ? { step: 'report_delay', at: delay_at }
    : { step: 'report_failure', at: fail_at }
}

/**
 * The next instant at which the code's status changes by time alone: it is looked at then, so that
 * whoever waits for that status finds it.
 */
const nextOwnInstant = (
  code: ReconciledCode,
  scheduling: Scheduling,
  settings: WorkspaceSettings,
  now: number,
): number | null =>
  earliest(
    later(programmingStartsAt(code, scheduling, settings), now),
    later(code.starts_at, now),
    later(code.ends_at, now),
  )

const nextOfUnmanaged = (code: ReconciledCode, own: number | null, now: number): Step => {
  if (code.conversion === null) return { do: 'wait', until: own, reason: 'nothing' }
  return now >= code.conversion.due_at
    ? { do: 'convert' }
    : { do: 'wait', until: earliest(code.conversion.due_at, own), reason: 'conversion' }
}

/** The code is being put on the lock, changed there or taken off: what comes next of that. */
const nextOfEffort = (
  code: ReconciledCode & { effort: AccessCodeEffort; work: EffortKind | null },
  lock: ReconciledLock,
  settings: WorkspaceSettings,
  now: number,
): Step => {
  const { effort, work } = code
  const own = nextOwnInstant(code, lock.scheduling, settings, now)
  const report = effort.kind === work ? nextReport(effort, settings) : null
  if (report !== null && now >= report.at) return { do: report.step }
  if (effort.in_flight) {
    return {
      do: 'wait',
      until: earliest(effort.in_flight.due_at, report?.at, own),
      reason: 'answer',
    }
  }
  const until = earliest(report?.at, own)
  if (!lock.is_reachable) return { do: 'wait', until, reason: 'lock_unreachable' }
  if (effort.kind !== 'remove' && !lock.accepts_codes) {
    return { do: 'wait', until, reason: 'lock_refuses_codes' }
  }
  if (foundNoRoom(effort) && !lock.has_room) return { do: 'wait', until, reason: 'no_room' }
  if (effort.retry_at !== null && now < effort.retry_at) {
    return { do: 'wait', until: earliest(until, effort.retry_at), reason: 'retry' }
  }
  return { do: 'start_attempt', kind: effort.kind }
}

/** Its provider is to choose the PIN, and has not told it. */
const isWithoutPin = (code: ReconciledCode, now: number): boolean =>
  code.pin_assigned_at !== null &&
  code.code === null &&
  code.programmed === null &&
  code.deletion_requested_at === null &&
  code.used_at === null &&
  !isExpired(code, now)

/** The provider tells the PIN, or that it has none: then it is asked again, as a lock is. */
const nextOfUnassigned = (code: ReconciledCode, lock: ReconciledLock, now: number): Step => {
  const { effort, pin_assigned_at } = code
  const expiry = later(code.ends_at, now)
  if (!lock.is_known) return { do: 'wait', until: expiry, reason: 'account' }
  const assigned_at = later(pin_assigned_at, now)
  if (assigned_at !== null) {
    return { do: 'wait', until: earliest(assigned_at, expiry), reason: 'pin' }
  }
  if (effort === null) return { do: 'assign_pin' }
  if (effort.failure_reported_at === null) return { do: 'report_failure' }
  const retry_at = later(effort.retry_at, now)
  if (retry_at === null) return { do: 'assign_pin' }
  return { do: 'wait', until: earliest(retry_at, expiry), reason: 'no_pin' }
}

/** The lock holds nothing of the code, and need not. */
const nextOfAbsent = (
  code: ReconciledCode,
  lock: ReconciledLock,
  settings: WorkspaceSettings,
  now: number,
): Step => {
  const expiry = later(code.ends_at, now)
  if (code.deletion_requested_at !== null || code.used_at !== null) return { do: 'forget' }
  if (isExpired(code, now)) {
    if (!settings.keep_expired_codes) return { do: 'forget' }
    if (hasUntoldChanges(code)) return { do: 'tell_changes' }
    return { do: 'wait', until: null, reason: 'nothing' }
  }
  if (hasUntoldChanges(code)) return { do: 'tell_changes' }
  if (code.is_offline) {
    if (code.presence !== 'set') return { do: 'announce', presence: 'set' }
    return { do: 'wait', until: expiry, reason: 'end' }
  }
  const from = later(programmingStartsAt(code, lock.scheduling, settings), now)
  if (from === null) return { do: 'wait', until: expiry, reason: 'nothing' }
  return { do: 'wait', until: earliest(from, expiry), reason: 'lead_time' }
}

/** The lock holds what is declared: that is told once, and the code's own time is waited for. */
const nextOfPresent = (
  code: ReconciledCode,
  lock: ReconciledLock,
  settings: WorkspaceSettings,
  now: number,
): Step => {
  if (!code.is_managed) {
    return nextOfUnmanaged(code, nextOwnInstant(code, lock.scheduling, settings, now), now)
  }
  const expiry = later(code.ends_at, now)
  if (!lock.is_known) return { do: 'wait', until: expiry, reason: 'account' }
  if (hasUntoldChanges(code)) return { do: 'tell_changes' }
  const start = isNative(code, lock.scheduling) ? later(code.starts_at, now) : null
  const presence = start === null ? 'set' : 'scheduled'
  if (code.presence !== presence) return { do: 'announce', presence }
  return { do: 'wait', until: earliest(start, expiry), reason: start === null ? 'end' : 'start' }
}

/**
 * What to do about a code now. Called again after each step until it says `wait`;
 * `until: null` means that only something from outside (a call, a link that comes
 * back: `wake.ts`) can change anything.
 */
export const reconcile = (
  code: ReconciledCode,
  lock: ReconciledLock,
  settings: WorkspaceSettings,
  now: number,
): Step => {
  const { effort } = code
  if (effort?.in_flight && now >= effort.in_flight.due_at) return { do: 'finish_attempt' }
  if (isWithoutPin(code, now)) return nextOfUnassigned(code, lock, now)
  const work = missingWork(code, lock.scheduling, settings, now)
  if (effort !== null && (effort.in_flight !== null || effort.kind === work)) {
    return nextOfEffort({ ...code, effort, work }, lock, settings, now)
  }
  if (effort !== null) return { do: 'end_effort' }
  if (work !== null) return { do: 'begin_effort', kind: work }
  return code.programmed === null
    ? nextOfAbsent(code, lock, settings, now)
    : nextOfPresent(code, lock, settings, now)
}
