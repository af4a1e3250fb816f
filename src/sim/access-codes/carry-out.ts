/** Carries out what the reconciler says, step by step, until it says to wait. */
import type { AccessCodeEffort, LockForm } from '../../db/tables/access-codes.ts'
import { settleAttemptsOfCode } from '../action-attempts/attempts.ts'
import { lockView } from '../locks/lock-view.ts'
import { reconciledLock } from './reconciled-lock.ts'
import type { LockView } from '../locks/lock-view.ts'
import { codeEventIssues } from '../events/issues.ts'
import { recordEvent } from '../events/record.ts'
import { cancelJob, scheduleJob } from '../kernel/jobs.ts'
import { react } from '../kernel/react.ts'
import { noteOfflineCodeEnded } from '../locks/door-history.ts'
import type { Slot } from '../../db/tables/locks.ts'
import { answerOf, holdsForm, newEffort, startAttempt } from './attempt.ts'
import { finishConversion } from './conversion.ts'
import { issueGroups } from './issues.ts'
import { tellAnswered, tellSent } from './overheard.ts'
import type { AccessCode } from '../../db/tables/access-codes.ts'
import { recordChanges } from './changes.ts'
import { tellDeleted } from './tell-deleted.ts'
import { assignPin } from './pins.ts'
import { retryAt } from '../kernel/retries.ts'
import { foundNoRoom, reconcile } from './reconcile.ts'
import { declaredFormOf, lockFormOf } from './programming-window.ts'
import type { Step } from './reconcile.ts'
import type { World } from '../kernel/world.ts'

/** Steps of one code at one instant; more means that two steps undo each other. */
const MAX_STEPS = 50

const subjectOf = (code: AccessCode) => ({
  device_id: code.device_id,
  access_code_id: code.access_code_id,
})

/**
 * Brings a code as far as it gets at this instant and sets the job for the next
 * one. Call it after anything that may concern the code; it does nothing twice.
 */
export const bringForward = (world: World, access_code_id: string): void => {
  let code = world.access_codes.get(access_code_id)
  if (code === undefined) return
  // Steps that look at no rows of codes follow each other in one write.
  let unwritten: Partial<AccessCode> = {}
  const write = (): void => {
    world.access_codes.update(access_code_id, unwritten)
    unwritten = {}
  }
  let hasMoved = false
  for (let steps = 0; steps < MAX_STEPS; steps++) {
    const view = lockView(world, code.device_id)
    if (view === null) return write()
    const step = reconcile(code, reconciledLock(view), world.settings, world.now)
    if (!looksAtNoRows.has(step.do)) write()
    if (step.do === 'wait') {
      scheduleJob(world, 'access_code.settle', access_code_id, step.until)
      if (code.effort === null && code.conversion === null) {
        settleAttemptsOfCode(world, access_code_id, { status: 'success', result: {} })
      }
      if (hasMoved) tellGrant(world, code)
      return
    }
    const patch = carryOut(world, code, view, step)
    if (movesGrant(step, code)) hasMoved = true
    if (patch === null) return tellGrant(world, code)
    unwritten = { ...unwritten, ...patch }
    code = { ...code, ...patch }
  }
  throw new Error(`The access code ${access_code_id} does not come to rest at ${world.now}`)
}

/** Whether the step may change what the code's grant, if it has one, is about to do. */
const movesGrant = (step: Step, { access_method_id, external_change }: AccessCode): boolean => {
  if (access_method_id === null) return false
  switch (step.do) {
    case 'announce':
    case 'assign_pin':
    case 'tell_changes':
    case 'finish_attempt':
      return true
    case 'begin_effort':
      return external_change !== null
    default:
      return false
  }
}

const tellGrant = (world: World, { access_method_id }: AccessCode): void => {
  if (access_method_id !== null) react(world, 'code_of_method_moved', access_method_id)
}

const looksAtNoRows: ReadonlySet<Step['do']> = new Set([
  'begin_effort',
  'end_effort',
  'start_attempt',
  'announce',
])

/** Does one step; returns what changes in the code's row, or null when the row is gone. */
const carryOut = (
  world: World,
  code: AccessCode,
  view: LockView,
  step: Exclude<Step, { do: 'wait' }>,
): Partial<AccessCode> | null => {
  const { effort } = code
  switch (step.do) {
    case 'begin_effort':
      return { effort: newEffort(step.kind, world.now) }
    case 'end_effort':
      passOnRoom(world, code)
      return { effort: null }
    case 'tell_changes':
      recordChanges(world, code, code.in_effect, code)
      return { in_effect: declaredFormOf(code), presence: null }
    case 'convert':
      return finishConversion(world, code, view)
    case 'assign_pin':
      return assignPin(world, code, view)
    case 'start_attempt': {
      const started = startAttempt(world, code, view, effort ?? newEffort(step.kind, world.now))
      tellSent(world, code, started)
      return { effort: started }
    }
    case 'finish_attempt':
      return effort === null ? {} : finishAttempt(world, code, view, effort)
    case 'announce':
      announce(world, code, step.presence)
      return { presence: step.presence }
    case 'report_delay':
    case 'report_failure':
      return effort === null ? {} : report(world, { ...code, effort }, view, step.do)
    case 'forget':
    default:
      forgetAccessCode(world, code)
      return null
  }
}

/** Seam tells that the lock holds the code; a code that a lock holds has a PIN. */
const announce = (world: World, code: AccessCode, presence: 'set' | 'scheduled'): void => {
  if (code.code === null) return
  recordEvent(
    world,
    presence === 'set' ? 'access_code.set_on_device' : 'access_code.scheduled_on_device',
    { ...subjectOf(code), code: code.code },
  )
}

/** The row goes; nothing of it is left on the lock. */
export const forgetAccessCode = (world: World, code: AccessCode): void => {
  const subject = subjectOf(code)
  if (code.is_managed) tellDeleted(world, code)
  else recordEvent(world, 'access_code.unmanaged.removed', subject)
  settleAttemptsOfCode(world, code.access_code_id, { status: 'success', result: {} })
  cancelJob(world, 'access_code.settle', code.access_code_id)
  if (code.is_offline) noteOfflineCodeEnded(world, code.access_code_id)
  world.access_codes.delete(code.access_code_id)
  if (code.code !== null) react(world, 'pin_free', code.device_id)
  if (code.is_backup) scheduleJob(world, 'backup_pool.fill', code.device_id, world.now)
}

const report = (
  world: World,
  code: AccessCode & { effort: AccessCodeEffort },
  view: LockView,
  what: 'report_delay' | 'report_failure',
): Partial<AccessCode> => {
  const { effort } = code
  const reported: AccessCodeEffort =
    what === 'report_delay'
      ? { ...effort, delay_reported_at: world.now }
      : { ...effort, failure_reported_at: world.now }
  const removing = effort.kind === 'remove'
  const event_type =
    what === 'report_delay'
      ? removing
        ? 'access_code.delay_in_removing_from_device'
        : 'access_code.delay_in_setting_on_device'
      : removing
        ? 'access_code.failed_to_remove_from_device'
        : 'access_code.failed_to_set_on_device'
  const groups = issueGroups(world, { ...code, effort: reported }, view)
  recordEvent(world, event_type, { ...subjectOf(code), ...codeEventIssues(groups) })
  if (what === 'report_failure') {
    const error = groups.access_code.errors[0]
    settleAttemptsOfCode(world, code.access_code_id, {
      status: 'error',
      error: {
        type: error?.error_code ?? 'uncategorized_error',
        message: error?.message ?? 'The command failed.',
      },
    })
  }
  return { effort: reported }
}

const finishAttempt = (
  world: World,
  code: AccessCode,
  view: LockView,
  effort: AccessCodeEffort,
): Partial<AccessCode> => {
  const target = effort.in_flight?.target ?? null
  const answer = answerOf(world, code, view, effort)
  tellAnswered(world, code, effort, answer)
  passOnRoom(world, code)
  if (!answer.ok) {
    if (answer.lost) return { effort: { ...effort, in_flight: null } }
    return {
      is_unconfirmed: code.is_unconfirmed || answer.is_unconfirmed === true,
      effort: {
        ...effort,
        in_flight: null,
        retry_at: retryAt(world.settings, effort.attempts, world.now),
        error: { ...answer.error, at: world.now },
      },
    }
  }
  if (effort.kind === 'remove') return removed(world, code, answer.was_there)
  return target === null ? { effort: null } : confirmed(code, target)
}

/**
 * A code that waited for room has had its chance, whatever came of it: room that it left is for
 * the next one.
 */
const passOnRoom = (world: World, { device_id, effort }: AccessCode): void => {
  if (foundNoRoom(effort)) scheduleJob(world, 'device.space', device_id, world.now)
}

/** The lock holds what it was told to: what went wrong before is over. */
const confirmed = (code: AccessCode, target: LockForm): Partial<AccessCode> => ({
  effort: null,
  programmed: target,
  is_unconfirmed: false,
  external_change: code.is_external_modification_allowed ? code.external_change : null,
  // The guides tell clients to wait for `set_on_device` after an update too: it is announced anew.
  presence: null,
})

/** The lock holds nothing of the code any more. */
const removed = (world: World, code: AccessCode, was_there: boolean): Partial<AccessCode> => {
  if (code.is_managed && (was_there || code.programmed !== null)) {
    recordEvent(world, 'access_code.removed_from_device', subjectOf(code))
  }
  return {
    effort: null,
    programmed: null,
    is_unconfirmed: false,
    presence: null,
    external_change: null,
  }
}

/**
 * The lock's memory was read while a command awaits its next try: an earlier try whose
 * answer was missed may have done the work. Returns whether that settles the effort.
 */
export const settleByReading = (
  world: World,
  code: AccessCode,
  view: LockView,
  slot: Slot | undefined,
): boolean => {
  const { effort } = code
  if (effort === null || effort.in_flight !== null) return false
  let patch: Partial<AccessCode> | null = null
  if (effort.kind === 'remove') {
    if (slot === undefined) patch = removed(world, code, true)
  } else if (slot === undefined && code.is_unconfirmed && code.programmed !== null) {
    // Its removal was on the way when it was wanted again.
    patch = removed(world, code, true)
  } else if (slot !== undefined && code.code !== null) {
    const target = lockFormOf(code, code.code, view.profile.scheduling)
    if (holdsForm(slot, target, view)) patch = confirmed(code, target)
  }
  if (patch === null) return false
  world.access_codes.update(code.access_code_id, patch)
  bringForward(world, code.access_code_id)
  return true
}
