/**
 * Where the API and a lock's own memory disagree about one code. Pure; what the door does is what the
 * keypad's own rule says (`locks/keypad.ts`), never what the API believes.
 */
import { disagreementKinds } from '../../contract/disagreements.ts'
import type { AccessCode } from '../../db/tables/access-codes.ts'
import type { Slot } from '../../db/tables/locks.ts'
import { isScheduledOnDevice } from '../access-codes/lifecycle.ts'
import type { AccessCodeStatus } from '../access-codes/lifecycle.ts'
import { isExpired, isLeftOffByOwner, isNative } from '../access-codes/programming-window.ts'
import { isWantedOnLock } from '../access-codes/programming-window.ts'
import type { ReconciledLock } from '../access-codes/programming-window.ts'
import type { WorkspaceSettings } from '../../db/tables/workspaces.ts'
import type { Latency } from '../kernel/random.ts'

export type DisagreementKind = (typeof disagreementKinds)[number]

/** Everything that a verdict on one code depends on, at one instant. */
export interface CodeFacts {
  code: AccessCode
  lock: ReconciledLock
  settings: WorkspaceSettings
  /** How long the lock takes to answer a command, by kind. */
  latency: Readonly<Record<'set' | 'update' | 'remove', Latency>>
  status: AccessCodeStatus
  /** What the lock holds of the code. */
  slot: Slot | undefined
  /** A code for one use that was used, of which Seam need not have heard. */
  is_used_up: boolean
  /** Whether a PIN, typed now, opens the door: keypad, power and bolt. */
  opens: (pin: string) => boolean
  now: number
}

/** Its window is over, or its deletion was asked for. */
export const isOver = (code: AccessCode, now: number): boolean =>
  code.deletion_requested_at !== null || isExpired(code, now)

/** Within the window that was declared for it. */
export const isWithin = (code: AccessCode, now: number): boolean =>
  !isOver(code, now) && (code.starts_at === null || now >= code.starts_at)

/**
 * The first command, sent as soon as it was wanted, whose answer is not later than the lock's own
 * latency has it; or a PIN that its provider is about to tell. Neither is a disagreement.
 */
export const isMerelyUnderWay = ({ code, latency, now }: CodeFacts): boolean => {
  const { effort } = code
  if (effort === null) return code.pin_assigned_at !== null && now < code.pin_assigned_at
  const { in_flight } = effort
  return (
    in_flight !== null &&
    effort.attempts === 1 &&
    in_flight.started_at === effort.since &&
    in_flight.due_at - in_flight.started_at <= latency[effort.kind].max
  )
}

/** A guest who holds this code should get in now. */
const shouldOpen = ({ code, is_used_up, now }: CodeFacts): boolean =>
  code.is_managed &&
  // Nobody has been given a code of the pool.
  !code.is_backup &&
  code.used_at === null &&
  !is_used_up &&
  !isLeftOffByOwner(code) &&
  isWithin(code, now)

const pinsOf = ({ code, slot }: CodeFacts): string[] =>
  [...new Set([code.code, slot?.code])].filter((pin) => typeof pin === 'string')

/** The slot has another PIN or window than the lock was to be given. */
const isOtherForm = (code: AccessCode, lock: ReconciledLock, slot: Slot): boolean => {
  const keepsWindow = !code.is_managed || isNative(code, lock.scheduling)
  return (
    slot.code !== code.code ||
    slot.starts_at !== (keepsWindow ? code.starts_at : null) ||
    slot.ends_at !== (keepsWindow ? code.ends_at : null)
  )
}

const isDifferent = ({ code, lock, settings, slot, opens, now }: CodeFacts): boolean => {
  if (slot === undefined || code.code === null || isOver(code, now)) return false
  if (isOtherForm(code, lock, slot)) return true
  // Its window was put off, and the lock would let the guest in before it.
  const isEarly = code.is_managed && !isWantedOnLock(code, lock.scheduling, settings, now)
  return isEarly && opens(slot.code)
}

const isLost = ({ code, lock, status, slot, now }: CodeFacts): boolean =>
  slot === undefined &&
  !code.is_offline &&
  (status === 'set' || (lock.is_known && isScheduledOnDevice(code, lock, now)))

/** Also before its window, where the API still says `unset`: its guest is to come. */
const isStuck = ({ code: { effort } }: CodeFacts): boolean =>
  effort !== null && (effort.delay_reported_at !== null || effort.failure_reported_at !== null)

/** Every kind that holds of a code, in their order; none where API and lock agree. */
export const kindsOf = (facts: CodeFacts): DisagreementKind[] => {
  const { code, slot, opens, now } = facts
  if (isMerelyUnderWay(facts)) return []
  const over = isOver(code, now)
  const stillOpens = over && pinsOf(facts).some((pin) => opens(pin))
  const holds: Record<Exclude<DisagreementKind, 'stranger'>, boolean> = {
    locked_out: shouldOpen(facts) && (code.code === null || !opens(code.code)),
    overstay: stillOpens,
    lost: isLost(facts),
    different: isDifferent(facts),
    stuck: isStuck(facts),
    stored: over && slot !== undefined && !stillOpens,
  }
  return disagreementKinds.filter((kind) => kind !== 'stranger' && holds[kind])
}
