/** What the lock should hold of a code at an instant, and in which form. Pure. */
import type { AccessCodeEffort, DeclaredForm, LockForm } from '../../db/tables/access-codes.ts'
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
  a.one_time === b.one_time &&
  a.is_native === b.is_native &&
  (!a.is_native || (a.starts_at === b.starts_at && a.ends_at === b.ends_at))

/** Name, PIN and window of a code, and nothing else. */
export const declaredFormOf = ({ code, name, starts_at, ends_at }: DeclaredForm): DeclaredForm => ({
  code,
  name,
  starts_at,
  ends_at,
})
