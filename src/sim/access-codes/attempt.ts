/** One command to the lock: sent, on its way, answered. */
import type { AccessCodeEffort, EffortKind, LockForm } from '../../db/tables/access-codes.ts'
import { consultFaults } from '../faults/registry.ts'
import { commandFaultOf, faultSubject } from './code-command-faults.ts'
import {
  eraseSlot,
  freeSlot,
  nameOnLock,
  noteFill,
  slotOfCode,
  slotWithPin,
  writeSlot,
} from '../locks/memory-bank.ts'
import type { Slot } from '../../db/tables/locks.ts'
import { triangular } from '../kernel/random.ts'
import { scheduleJob } from '../kernel/jobs.ts'
import { DUPLICATE, NO_ROOM } from './reconcile.ts'
import { lockFormOf } from './programming-window.ts'
import { keypadWorks } from '../locks/lock-view.ts'
import type { LockView } from '../locks/lock-view.ts'
import type { AccessCode } from '../../db/tables/access-codes.ts'
import type { World } from '../kernel/world.ts'

export const newEffort = (kind: EffortKind, since: number): AccessCodeEffort => ({
  kind,
  since,
  attempts: 0,
  in_flight: null,
  retry_at: null,
  delay_reported_at: null,
  failure_reported_at: null,
  error: null,
})

/** The lock's luck with this command: the same for the same code and attempt, whatever other locks do. */
const latencyOf = (
  world: World,
  code: AccessCode,
  view: LockView,
  effort: AccessCodeEffort,
): number => {
  const stream = world.random.stream(`latency ${effort.kind} ${code.device_id}`)
  const position =
    code.ordinal * 0x10_0000 + ((Math.floor(effort.since / 1000) + effort.attempts) % 0x10_0000)
  return triangular(stream.fraction(position), view.profile.latency[effort.kind])
}

/** A lock or provider that says why will say so again: that is told at once, not after a while of trying. */
const isDefinite = (error_code: string | null): boolean =>
  error_code !== null && !error_code.startsWith('failed_to_')

/** Sends the command: decides how long it takes and whether a fault has a hand in it. */
export const startAttempt = (
  world: World,
  code: AccessCode,
  view: LockView,
  effort: AccessCodeEffort,
): AccessCodeEffort => {
  const subject = faultSubject(world, code, view, effort.attempts + 1)
  const hit = consultFaults(world, `access_code.${effort.kind}`, subject)
  const latency = latencyOf(world, code, view, effort)
  let due_at = world.now + latency
  const { delay, outcome } = commandFaultOf(hit)
  if (delay !== null) {
    // A delayed command holds nobody else back.
    due_at += delay
  } else {
    // A lock answers in the order in which it was asked.
    due_at = Math.max(due_at, view.lock.last_answer_at)
    world.locks.update(code.device_id, { last_answer_at: due_at })
  }
  const target: LockForm | null =
    effort.kind === 'remove' || code.code === null
      ? null
      : lockFormOf(code, code.code, view.profile.scheduling)
  return {
    ...effort,
    attempts: effort.attempts + 1,
    retry_at: null,
    in_flight: {
      started_at: world.now,
      due_at,
      target,
      fault_id: hit?.fault_id ?? null,
      outcome,
    },
  }
}

export type AttemptResult =
  /** `was_there`: the lock held something of the code before. */
  | { ok: true; was_there: boolean }
  /** The command never got there; it is sent again when the lock can be reached. */
  | { ok: false; lost: true }
  | {
      ok: false
      lost: false
      is_unconfirmed?: true
      error: Omit<NonNullable<AccessCodeEffort['error']>, 'at'>
    }

const refused = (
  error_code: string | null,
  message: string,
  other?: { access_code_id: string; is_managed: boolean },
): AttemptResult => ({
  ok: false,
  lost: false,
  error: {
    error_code,
    message,
    is_definite: isDefinite(error_code),
    ...(other !== undefined && { other }),
  },
})

/** Whether a slot holds this form, as far as the lock keeps it. */
export const holdsForm = (slot: Slot, form: LockForm, view: LockView): boolean =>
  slot.code === form.code &&
  slot.name === nameOnLock(form.name, view.profile) &&
  slot.one_time === form.one_time &&
  slot.starts_at === (form.is_native ? form.starts_at : null) &&
  slot.ends_at === (form.is_native ? form.ends_at : null)

/** Writes the code into the lock's memory, if the lock takes it. */
const writeToBank = (
  world: World,
  code: AccessCode,
  view: LockView,
  target: LockForm,
): AttemptResult => {
  const own = slotOfCode(world, code)
  const clash = slotWithPin(world, code.device_id, target.code)
  if (clash !== undefined && clash.slot !== own?.slot) {
    const other =
      clash.access_code_id === null ? undefined : world.access_codes.get(clash.access_code_id)
    return refused(
      DUPLICATE,
      `The lock already holds this PIN in slot ${clash.slot}.`,
      other && { access_code_id: other.access_code_id, is_managed: other.is_managed },
    )
  }
  const slot = own?.slot ?? freeSlot(world, code.device_id, view.profile.memory_slots)
  if (slot === null) {
    noteFill(world, code.device_id, view.profile.memory_slots)
    return refused(
      NO_ROOM,
      `All ${view.profile.memory_slots} slots of the lock's memory are in use. Delete a code to make room.`,
    )
  }
  writeSlot(world, {
    device_id: code.device_id,
    slot,
    code: target.code,
    name: nameOnLock(target.name, view.profile),
    // Only a natively scheduled code carries its window; any other opens as long as it is there.
    starts_at: target.is_native ? target.starts_at : null,
    ends_at: target.is_native ? target.ends_at : null,
    one_time: target.one_time,
    access_code_id: code.access_code_id,
  })
  noteFill(world, code.device_id, view.profile.memory_slots)
  return { ok: true, was_there: own !== undefined }
}

/** The command has run its time: what became of it, at the lock. */
export const answerOf = (
  world: World,
  code: AccessCode,
  view: LockView,
  effort: AccessCodeEffort,
): AttemptResult => {
  const { in_flight } = effort
  if (in_flight === null || !view.link.online) return { ok: false, lost: true }
  const { outcome, target } = in_flight
  if (outcome.kind === 'fail') return refused(outcome.error_code, outcome.message)
  let was_there = true
  if (effort.kind === 'remove') {
    const slot = slotOfCode(world, code)
    was_there = slot !== undefined
    if (slot !== undefined) eraseSlot(world, code.device_id, slot.slot)
  } else {
    if (target === null) return { ok: false, lost: true }
    if (!keypadWorks(view) || view.lock.subscription_expired_at !== null)
      return { ok: false, lost: true }
    const written = writeToBank(world, code, view, target)
    if (!written.ok) return written
    if (outcome.kind === 'lose_later') {
      scheduleJob(world, 'lock.lose_slot', code.access_code_id, world.now + outcome.after)
    }
  }
  if (outcome.kind === 'never_confirm') {
    return {
      ok: false,
      lost: false,
      is_unconfirmed: true,
      error: {
        error_code: null,
        message: 'The lock did not confirm the command.',
        is_definite: false,
      },
    }
  }
  return { ok: true, was_there }
}
