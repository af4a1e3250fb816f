/** An access code's status and pending mutations, derived from the two truths and never stored. */
import type { DeclaredForm } from '../../db/tables/access-codes.ts'
import type { WorkspaceSettings } from '../../db/tables/workspaces.ts'
import {
  isExpired,
  isLeftOffByOwner,
  isNative,
  isSameForm,
  isTimeBound,
  isWantedOnLock,
  lockFormOf,
  programmingStartsAt,
} from './programming-window.ts'
import type { ReconciledCode, ReconciledLock } from './programming-window.ts'

export type AccessCodeStatus = 'unset' | 'setting' | 'set' | 'removing' | 'unknown'

/**
 * Seam docs, "Lifecycle of access codes": `unknown` while the state cannot be verified. The page names
 * a lost account only; a device that is gone from its account cannot be asked either.
 */
export const statusOf = (
  code: ReconciledCode,
  lock: ReconciledLock,
  settings: WorkspaceSettings,
  now: number,
): AccessCodeStatus => {
  if (!code.is_managed) {
    const isOpen = code.starts_at === null || now >= code.starts_at
    return isOpen && !isExpired(code, now) ? 'set' : 'unset'
  }
  if (!lock.is_known || lock.is_removed) return 'unknown'
  if (code.deletion_requested_at !== null) return 'removing'
  if (isExpired(code, now)) return code.programmed === null ? 'unset' : 'removing'
  if (code.is_offline) return code.code === null ? 'unset' : 'set'
  const beforeStart =
    isNative(code, lock.scheduling) && code.starts_at !== null && now < code.starts_at
  if (beforeStart) return 'unset'
  if (code.programmed === null) {
    return isWantedOnLock(code, lock.scheduling, settings, now) ? 'setting' : 'unset'
  }
  if (code.code === null) return 'unset'
  if (!isWantedOnLock(code, lock.scheduling, settings, now)) return 'unset'
  // A command on its way, or one that nobody confirmed: whether the door opens is not sure.
  if (code.is_unconfirmed || (code.effort !== null && code.effort.in_flight !== null))
    return 'setting'
  return isSameForm(code.programmed, lockFormOf(code, code.code, lock.scheduling))
    ? 'set'
    : 'setting'
}

/** A native code in the lock's memory that waits for its own start. */
export const isScheduledOnDevice = (
  code: ReconciledCode,
  lock: ReconciledLock,
  now: number,
): boolean =>
  code.programmed !== null &&
  isNative(code, lock.scheduling) &&
  code.starts_at !== null &&
  now < code.starts_at

export type TimeFrame = { starts_at: number | null; ends_at: number | null }

/** A change that was asked for and that the lock does not have yet. Instants are ms. */
export type PendingMutation =
  | { mutation_code: 'creating'; message: string; created_at: number }
  | {
      mutation_code: 'deferring_creation'
      message: string
      created_at: number
      scheduled_at: number
    }
  | { mutation_code: 'deleting'; message: string; created_at: number }
  | {
      mutation_code: 'updating_code'
      message: string
      created_at: number
      from: { code: string | null }
      to: { code: string | null }
    }
  | {
      mutation_code: 'updating_name'
      message: string
      created_at: number
      from: { name: string | null }
      to: { name: string | null }
    }
  | {
      mutation_code: 'updating_time_frame'
      message: string
      created_at: number
      from: TimeFrame
      to: TimeFrame
    }

export type UpdatingMutation = Extract<PendingMutation, { from: unknown }>

/** What differs between two forms of a code, as mutations from one to the other. */
export const mutationsBetween = (
  from: DeclaredForm,
  to: DeclaredForm,
  created_at: number,
): UpdatingMutation[] => {
  const mutations: UpdatingMutation[] = []
  if (from.code !== to.code) {
    mutations.push({
      mutation_code: 'updating_code',
      message: 'Changing the PIN code on the device.',
      created_at,
      from: { code: from.code },
      to: { code: to.code },
    })
  }
  if (from.name !== to.name) {
    mutations.push({
      mutation_code: 'updating_name',
      message: 'Changing the name on the device.',
      created_at,
      from: { name: from.name },
      to: { name: to.name },
    })
  }
  if (from.starts_at !== to.starts_at || from.ends_at !== to.ends_at) {
    mutations.push({
      mutation_code: 'updating_time_frame',
      message: 'Changing the time frame on the device.',
      created_at,
      from: { starts_at: from.starts_at, ends_at: from.ends_at },
      to: { starts_at: to.starts_at, ends_at: to.ends_at },
    })
  }
  return mutations
}

export const pendingMutationsOf = (
  code: ReconciledCode & { mutations_requested_at: number | null },
  lock: ReconciledLock,
  settings: WorkspaceSettings,
  now: number,
): PendingMutation[] => {
  if (!code.is_managed) return []
  const { deletion_requested_at } = code
  if (deletion_requested_at !== null) {
    return [
      {
        mutation_code: 'deleting',
        message: 'Removing the code from the device.',
        created_at: deletion_requested_at,
      },
    ]
  }
  if (isExpired(code, now)) {
    return code.programmed === null || code.ends_at === null
      ? []
      : [
          {
            mutation_code: 'deleting',
            message: 'Removing the expired code from the device.',
            created_at: code.ends_at,
          },
        ]
  }
  // Nothing is on its way to a lock that is gone.
  if (code.is_offline || isLeftOffByOwner(code) || lock.is_removed) return []
  const requested_at = code.mutations_requested_at ?? code.created_at
  if (code.programmed !== null) return mutationsBetween(code.in_effect, code, requested_at)
  const scheduled_at = programmingStartsAt(code, lock.scheduling, settings)
  if (isTimeBound(code) && scheduled_at !== null && now < scheduled_at) {
    return [
      {
        mutation_code: 'deferring_creation',
        message: 'Waiting until it is time to program the code on the device.',
        created_at: code.created_at,
        scheduled_at,
      },
    ]
  }
  return [
    {
      mutation_code: 'creating',
      message: 'Setting the code on the device.',
      created_at: code.created_at,
    },
  ]
}
