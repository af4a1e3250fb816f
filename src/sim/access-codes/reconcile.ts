/**
 * The heart of the emulator. There are two states of every access code: as it is
 * declared through the API, and as the lock holds it. This one pure function looks
 * at both and says what to do next; everything that happens to a code is that
 * answer, carried out (`carry-out.ts`).
 */
import type {
  AccessCodeEffort,
  DeclaredForm,
  EffortKind,
  LockForm,
} from '../../db/tables/access-codes.ts'
import type { WorkspaceSettings } from '../../db/tables/workspaces.ts'
import type { Scheduling } from '../locks/profile.ts'

/** The part of an access code's row that decides what happens next. */
export interface ReconciledCode {
  code: string | null
  name: string | null
  starts_at: number | null
  ends_at: number | null
  created_at: number
  is_managed: boolean
  is_offline: boolean
  is_one_time_use: boolean
  is_external_modification_allowed: boolean
  prefer_native_scheduling: boolean
  deletion_requested_at: number | null
  pin_assigned_at: number | null
  used_at: number | null
  programmed: LockForm | null
  is_unconfirmed: boolean
  in_effect: DeclaredForm
  presence: 'scheduled' | 'set' | null
  effort: AccessCodeEffort | null
  external_change: { change_type: 'modified' | 'removed' } | null
  conversion: { due_at: number } | null
}

/** What the reconciler needs to know of the lock. */
export interface ReconciledLock {
  scheduling: Scheduling
  /** Commands reach it. */
  is_reachable: boolean
  /** It can take a code: its keypad is there and has power, and the plan is paid. */
  accepts_codes: boolean
  /** Its memory has a free slot, as far as Seam knows. */
  has_room: boolean
  /** The provider account is connected, so that what the lock does can be known. */
  is_known: boolean
  /** It is gone from its account, and nobody can say what became of its memory. */
  is_removed: boolean
  provider_assigns_pin: boolean
}

export type WaitReason =
  | 'lead_time'
  | 'start'
  | 'end'
  | 'answer'
  | 'retry'
  | 'lock_unreachable'
  | 'lock_refuses_codes'
  | 'no_room'
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

export const isTimeBound = (code: Pick<ReconciledCode, 'starts_at' | 'ends_at'>): boolean =>
  code.ends_at !== null || code.starts_at !== null

/** The lock's own clock opens and closes this code. */
export const isNative = (
  code: Pick<ReconciledCode, 'prefer_native_scheduling' | 'starts_at' | 'ends_at'>,
  scheduling: Scheduling,
): boolean => scheduling === 'native' && code.prefer_native_scheduling && isTimeBound(code)

/** From when on Seam tries to put the code on the lock; null = from its creation. */
export const programmingStartsAt = (
  code: ReconciledCode,
  scheduling: Scheduling,
  settings: WorkspaceSettings,
): number | null => {
  if (code.starts_at === null) return null
  const lead = isNative(code, scheduling)
    ? settings.native_lead_time
    : settings.just_in_time_lead_time
  return code.starts_at - lead
}

export const isExpired = (code: Pick<ReconciledCode, 'ends_at'>, now: number): boolean =>
  code.ends_at !== null && now >= code.ends_at

/** A code that a person took off the lock, where that is allowed, stays off. */
export const isLeftOffByOwner = (
  code: Pick<ReconciledCode, 'external_change' | 'is_external_modification_allowed'>,
): boolean =>
  code.external_change?.change_type === 'removed' && code.is_external_modification_allowed

/** Whether the lock should hold the code at this instant. */
export const isWantedOnLock = (
  code: ReconciledCode,
  scheduling: Scheduling,
  settings: WorkspaceSettings,
  now: number,
): boolean => {
  if (code.deletion_requested_at !== null || code.is_offline) return false
  // What is not managed is its owner's business, also when its time is over.
  if (!code.is_managed) return code.programmed !== null
  if (isExpired(code, now)) return false
  if (code.code === null || code.used_at !== null) return false
  if (isLeftOffByOwner(code)) return false
  const from = programmingStartsAt(code, scheduling, settings)
  if (from === null || now >= from) return true
  return code.programmed !== null && isNative(code, scheduling)
}

/** The declared code in the form in which the lock is to hold it. */
export const lockFormOf = (
  code: ReconciledCode,
  pin: string,
  scheduling: Scheduling,
): LockForm => ({
  code: pin,
  name: code.name,
  starts_at: code.starts_at,
  ends_at: code.ends_at,
  is_native: isNative(code, scheduling),
  one_time: code.is_one_time_use,
})

/** Whether the lock need not be told anything: it knows no window that it does not keep itself. */
export const isSameForm = (a: LockForm, b: LockForm): boolean =>
  a.code === b.code &&
  a.name === b.name &&
  a.is_native === b.is_native &&
  (!a.is_native || (a.starts_at === b.starts_at && a.ends_at === b.ends_at))

/** Name, PIN and window of a code, and nothing else. */
export const declaredFormOf = ({ code, name, starts_at, ends_at }: DeclaredForm): DeclaredForm => ({
  code,
  name,
  starts_at,
  ends_at,
})

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
  return effort.delay_reported_at === null && delay_at <= fail_at
    ? { step: 'report_delay', at: delay_at }
    : { step: 'report_failure', at: fail_at }
}

const nextOfUnmanaged = (code: ReconciledCode, now: number): Step => {
  if (code.conversion === null) return { do: 'wait', until: null, reason: 'nothing' }
  return now >= code.conversion.due_at
    ? { do: 'convert' }
    : { do: 'wait', until: code.conversion.due_at, reason: 'conversion' }
}

/**
 * What to do about a code now. Called again after each step until it says `wait`;
 * `until: null` means that only something from outside (a call, a link that comes
 * back) can change anything.
 */
export const reconcile = (
  code: ReconciledCode,
  lock: ReconciledLock,
  settings: WorkspaceSettings,
  now: number,
): Step => {
  const { effort } = code
  const expiry = later(code.ends_at, now)

  if (effort?.in_flight && now >= effort.in_flight.due_at) return { do: 'finish_attempt' }
  const work = missingWork(code, lock.scheduling, settings, now)
  if (effort !== null && effort.in_flight === null && effort.kind !== work)
    return { do: 'end_effort' }

  if (effort !== null) {
    const report = effort.kind === work ? nextReport(effort, settings) : null
    if (report !== null && now >= report.at) return { do: report.step }
    if (effort.in_flight) {
      return {
        do: 'wait',
        until: earliest(effort.in_flight.due_at, report?.at, expiry),
        reason: 'answer',
      }
    }
    const until = earliest(report?.at, expiry)
    if (!lock.is_reachable) return { do: 'wait', until, reason: 'lock_unreachable' }
    if (effort.kind !== 'remove' && !lock.accepts_codes) {
      return { do: 'wait', until, reason: 'lock_refuses_codes' }
    }
    if (effort.error?.error_code === 'no_space_for_access_code_on_device' && !lock.has_room) {
      return { do: 'wait', until, reason: 'no_room' }
    }
    if (effort.retry_at !== null && now < effort.retry_at) {
      return { do: 'wait', until: earliest(until, effort.retry_at), reason: 'retry' }
    }
    return { do: 'start_attempt', kind: effort.kind }
  }
  if (work !== null) return { do: 'begin_effort', kind: work }

  if (code.programmed === null) {
    if (code.deletion_requested_at !== null || isExpired(code, now)) {
      return code.deletion_requested_at === null && settings.keep_expired_codes
        ? { do: 'wait', until: null, reason: 'nothing' }
        : { do: 'forget' }
    }
    if (code.used_at !== null) return { do: 'forget' }
    if (code.pin_assigned_at !== null && code.code === null) {
      if (!lock.is_known) return { do: 'wait', until: expiry, reason: 'account' }
      return now >= code.pin_assigned_at
        ? { do: 'assign_pin' }
        : { do: 'wait', until: earliest(code.pin_assigned_at, expiry), reason: 'pin' }
    }
    if (hasUntoldChanges(code)) return { do: 'tell_changes' }
    if (code.is_offline) {
      if (code.presence !== 'set') return { do: 'announce', presence: 'set' }
      return { do: 'wait', until: expiry, reason: 'end' }
    }
    const from = programmingStartsAt(code, lock.scheduling, settings)
    return { do: 'wait', until: earliest(later(from, now), expiry), reason: 'lead_time' }
  }

  // The lock holds what is declared: say so once, and wait for the code's own time.
  if (!code.is_managed) return nextOfUnmanaged(code, now)
  if (!lock.is_known) return { do: 'wait', until: expiry, reason: 'account' }
  if (hasUntoldChanges(code)) return { do: 'tell_changes' }
  const start = isNative(code, lock.scheduling) ? later(code.starts_at, now) : null
  const presence = start === null ? 'set' : 'scheduled'
  if (code.presence !== presence) return { do: 'announce', presence }
  return { do: 'wait', until: earliest(start, expiry), reason: start === null ? 'end' : 'start' }
}
