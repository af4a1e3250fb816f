/** Disagreements in plain sentences: what is so, who is affected, and what ends it. */
import { formatDuration } from '../../lib/duration.ts'
import type { AccessCode } from '../../db/tables/access-codes.ts'
import type { Slot } from '../../db/tables/locks.ts'
import { waitSentence } from '../access-codes/sentences.ts'
import { reconcile } from '../access-codes/reconcile.ts'
import type { WaitReason } from '../access-codes/reconcile.ts'
import { toIso } from '../kernel/instant.ts'
import type { World } from '../kernel/world.ts'
import type { EntryRefusal } from '../locks/keypad.ts'
import type { LockView } from '../locks/lock-view.ts'
import type { CodeFacts, DisagreementKind } from './judge.ts'

/** Why the door stays shut. */
export type DoorRefusal = EntryRefusal | 'jammed'

/** What ends it: a step of Seam's, its next look at the lock (`poll`), or something at the door. */
export interface WaitsFor {
  reason: WaitReason | 'poll' | 'door'
  /** Instant, ms. */
  until: number | null
  sentence: string
}

/** Durations of the emulator's own, to the second. */
const lasting = (ms: number): string => formatDuration(Math.floor(ms / 1000) * 1000)

export const nameOf = (code: Pick<AccessCode, 'name' | 'code'>): string =>
  code.name ?? (code.code === null ? 'A guest' : `The holder of ${code.code}`)

const pinOf = ({ code }: Pick<AccessCode, 'code'>): string => code ?? 'a PIN that nobody knows yet'

const refusals: Record<DoorRefusal, (pin: string) => string> = {
  unknown_code: (pin) => `The lock does not hold ${pin}.`,
  expired_code: (pin) => `By the lock's own clock the time of ${pin} is over.`,
  not_yet_valid: (pin) => `By the lock's own clock ${pin} is too early.`,
  too_many_attempts: () => 'The keypad is deaf after too many wrong codes.',
  keypad_unavailable: () => 'The keypad does not work.',
  no_power: () => 'The lock has no power.',
  blocked_by_privacy_mode: () => 'Privacy mode is on.',
  jammed: () => 'The bolt is jammed.',
}

/** What a verdict is told with. */
export interface Told {
  view: LockView
  facts: CodeFacts
  since: number
  /** What the door says to the PIN; null where it opens. */
  refusal: DoorRefusal | null
  /** The next look of Seam's at the lock's memory. */
  poll_at: number | null
  /** Another code of the lock with the same PIN, which is why it opens. */
  other: AccessCode | undefined
}

type Held = Pick<AccessCode, 'code' | 'starts_at' | 'ends_at'>

const heldWords = ({ starts_at, ends_at, ...held }: Held): string => {
  const code = pinOf(held)
  if (starts_at === null && ends_at === null) return `${code} for good`
  const from = starts_at === null ? '' : ` from ${toIso(starts_at)}`
  return `${code}${from}${ends_at === null ? '' : ` until ${toIso(ends_at)}`}`
}

const lockedOut = ({ view, facts, since, refusal }: Told): string => {
  const { code, status, now } = facts
  const stands = `${nameOf(code)} stands before ${view.device.name} since ${toIso(since)}, ${lasting(now - since)}.`
  if (code.code === null) return `${stands} There is no PIN yet.`
  const why = refusals[refusal ?? 'unknown_code'](code.code)
  return status === 'set' ? `${stands} The API says set. ${why}` : `${stands} ${why}`
}

const overstay = ({ view, facts, since, other }: Told): string => {
  const { code, status, now } = facts
  const how =
    other === undefined
      ? `because the lock still holds it; the API says ${status}`
      : `because it is ${nameOf(other)}'s PIN as well`
  const over = code.deletion_requested_at === null ? 'check-out' : 'its deletion was asked for'
  return `${nameOf(code)}'s PIN ${pinOf(code)} still opens ${view.device.name}, ${lasting(now - since)} after ${over}, ${how}.`
}

const lost = ({ view, facts, since, poll_at }: Told): string => {
  const { code, status, is_used_up } = facts
  const says = status === 'set' ? 'set' : 'scheduled on the device'
  const name = `${nameOf(code)} at ${view.device.name}`
  if (is_used_up)
    return `${name}: the API says ${says}, and ${pinOf(code)} was used up at the door.`
  const next = poll_at === null ? '' : ` Seam finds out at its next look at ${toIso(poll_at)}.`
  return `${name}: the API says ${says}. The lock lost ${pinOf(code)} at ${toIso(since)}.${next}`
}

/** What the lock holds in place of it. */
const different = ({ view, facts: { code, slot } }: Told): string => {
  const holds = slot === undefined ? 'nothing' : heldWords(slot)
  return `${nameOf(code)} at ${view.device.name}: declared is ${heldWords(code)}; the lock holds ${holds}.`
}

const stuck = ({ view, facts: { code, status, now }, since }: Told): string => {
  const error = code.effort?.error
  const why = error === null || error === undefined ? '' : ` ${error.message}`
  const what = code.effort?.kind === 'remove' ? 'taken off' : 'put on'
  return `${nameOf(code)} at ${view.device.name}: for ${lasting(now - since)} the code could not be ${what} the lock; the API says ${status}.${why}`
}

const stored = ({ view, facts: { code, slot }, refusal }: Told): string => {
  const why = refusal === null ? '' : ` ${refusals[refusal](pinOf(code))}`
  return `${nameOf(code)}'s PIN ${pinOf(code)} is over and still takes slot ${slot?.slot ?? 0} of ${view.device.name}.${why}`
}

/** The same of an instant that is past, of which less is known. */
export const pastSentence = (
  view: LockView,
  code: Pick<AccessCode, 'name' | 'code'>,
  { since, at, refusal }: { since: number; at: number; refusal: DoorRefusal | null },
): string => {
  const who = nameOf(code)
  const door = view.device.name
  if (refusal === null) {
    return `${who}'s PIN ${pinOf(code)} still opened ${door}, since ${toIso(since)}, ${lasting(at - since)}.`
  }
  const stood = `${who} stood before ${door} since ${toIso(since)}, ${lasting(at - since)}.`
  return code.code === null ? stood : `${stood} ${refusals[refusal](code.code)}`
}

export const strangerSentence = (view: LockView, slot: Slot): string =>
  `${view.device.name} takes the PIN ${slot.code} in slot ${slot.slot}, which the API does not list.`

export const sentenceOf = (kind: Exclude<DisagreementKind, 'stranger'>, told: Told): string => {
  switch (kind) {
    case 'locked_out':
      return lockedOut(told)
    case 'overstay':
      return overstay(told)
    case 'lost':
      return lost(told)
    case 'different':
      return different(told)
    case 'stuck':
      return stuck(told)
    case 'stored':
      return stored(told)
    default:
      return kind satisfies never
  }
}

export const pollWait = (poll_at: number): WaitsFor => ({
  reason: 'poll',
  until: poll_at,
  sentence: `It waits for Seam's next look at the lock, at ${toIso(poll_at)}.`,
})

/** Reasons of which nothing comes by itself: the lock has what it should have, as Seam knows it. */
const atRest: ReadonlySet<WaitReason> = new Set(['nothing', 'end', 'start'])

const doorWait = (view: LockView, refusal: DoorRefusal): WaitsFor => ({
  reason: 'door',
  until: refusal === 'too_many_attempts' ? view.lock.locked_out_until : null,
  sentence: `It waits for the door. ${refusals[refusal]('the PIN')}`,
})

/** The lock holds the code, and something else about the door keeps it shut. */
const isOfDoor = (refusal: DoorRefusal): boolean =>
  !['unknown_code', 'expired_code', 'not_yet_valid'].includes(refusal)

/** What ends a disagreement about a code; null where nothing will. */
export const waitsForOf = (world: World, told: Told): WaitsFor | null => {
  const { view, facts, refusal, poll_at } = told
  const { code, lock, settings, now } = facts
  const step = reconcile(code, lock, settings, now)
  if (step.do !== 'wait') return null
  if (!atRest.has(step.reason)) {
    const { reason, until } = step
    return { reason, until, sentence: waitSentence(world, code, view, step) }
  }
  if (refusal !== null && isOfDoor(refusal)) return doorWait(view, refusal)
  return poll_at === null ? null : pollWait(poll_at)
}
