/** Why an access code is in its state, in plain words. */
import { timesInWords } from '../../lib/duration.ts'
import { accountIssues } from '../connected-accounts/issues.ts'
import { lockIssues } from '../locks/issues.ts'
import { reconciledLock } from './reconciled-lock.ts'
import { requireLock } from '../locks/lock-view.ts'
import type { LockView } from '../locks/lock-view.ts'
import { notFound } from '../kernel/errors.ts'
import { explainedFault } from '../faults/explained.ts'
import { allFaults, matches, stateOf } from '../faults/registry.ts'
import { toIso, toIsoOrNull } from '../kernel/instant.ts'
import { slotOfCode } from '../locks/memory-bank.ts'
import type { Slot } from '../../db/tables/locks.ts'
import type { World } from '../kernel/world.ts'
import { faultSubject } from './code-command-faults.ts'
import { ownIssues } from './issues.ts'
import type { AccessCode, AccessCodeEffort, EffortKind } from '../../db/tables/access-codes.ts'
import type { FaultEffect, FaultOn } from '../../db/tables/faults.ts'
import { statusOf } from './lifecycle.ts'
import { reconcile } from './reconcile.ts'
import {
  attemptSentences,
  declaredSentence,
  failureSentences,
  lockSentence,
  waitSentence,
} from './sentences.ts'
import type { WaitReason } from './reconcile.ts'
import { desc, is, orderBy } from '../../db/conditions.ts'
import { events } from '../../db/tables/events.ts'

const ofCode = is(events.access_code_id)
const latestFirst = orderBy(events, (c) => [desc(c.created_at), desc(c.seq)])

export interface Explanation {
  status: string
  /** Everything below, as sentences. */
  summary: string[]
  declared: {
    name: string | null
    code: string | null
    starts_at: string | null
    ends_at: string | null
    is_managed: boolean
    deletion_requested_at: string | null
  } | null
  on_lock: {
    slot: number
    code: string
    name: string | null
    starts_at: string | null
    ends_at: string | null
    written_at: string
  } | null
  last_attempt: {
    kind: EffortKind
    since: string
    attempts: number
    answer_at: string | null
    retry_at: string | null
    error: string | null
  } | null
  waits_for: { reason: WaitReason; until: string | null } | null
  faults: {
    fault_id: string
    on: FaultOn
    name: string | null
    effect: FaultEffect
    hits: number
  }[]
}

const faultsOn = (world: World, code: AccessCode, view: LockView) =>
  allFaults(world).filter((fault) => {
    const { definition, fault_id } = fault
    if (fault_id === code.effort?.in_flight?.fault_id) return true
    return (
      definition.on.startsWith('access_code.') &&
      stateOf(fault, world.now) === 'active' &&
      matches(definition.match, faultSubject(world, code, view, (code.effort?.attempts ?? 0) + 1))
    )
  })

/** A code that is gone is told of by its events. */
const explainGone = (world: World, access_code_id: string): Explanation => {
  const last = world.events.first(ofCode(access_code_id), { order: latestFirst, limit: 1 })
  if (last === undefined) throw notFound('access_code', { access_code_id })
  return {
    status: 'deleted',
    summary: [
      `The access code is gone since ${toIso(last.created_at)}; its last event was ${last.event_type}.`,
      ...failureSentences(world, access_code_id),
    ],
    declared: null,
    on_lock: null,
    last_attempt: null,
    waits_for: null,
    faults: [],
  }
}

const declaredOf = (code: AccessCode): NonNullable<Explanation['declared']> => ({
  name: code.name,
  code: code.code,
  starts_at: toIsoOrNull(code.starts_at),
  ends_at: toIsoOrNull(code.ends_at),
  is_managed: code.is_managed,
  deletion_requested_at: toIsoOrNull(code.deletion_requested_at),
})

const onLock = (slot: Slot): NonNullable<Explanation['on_lock']> => ({
  slot: slot.slot,
  code: slot.code,
  name: slot.name,
  starts_at: toIsoOrNull(slot.starts_at),
  ends_at: toIsoOrNull(slot.ends_at),
  written_at: toIso(slot.written_at),
})

const attemptOf = (effort: AccessCodeEffort): NonNullable<Explanation['last_attempt']> => ({
  kind: effort.kind,
  since: toIso(effort.since),
  attempts: effort.attempts,
  answer_at: toIsoOrNull(effort.in_flight?.due_at ?? null),
  retry_at: toIsoOrNull(effort.retry_at),
  error: effort.error === null ? null : effort.error.message,
})

/** Nothing is well where an error stands below. */
const withoutPraise = (sentence: string, errors: number): string =>
  errors === 0 ? sentence : sentence.replace('All is well: it stays', 'It stays')

/**
 * Says what is declared, what is on the lock, what was tried, what is waited for and
 * which fault has a hand in it. Instants are ISO strings: it is for people.
 *
 * @throws access_code_not_found for a code that never was
 */
export const explainAccessCode = (world: World, access_code_id: string): Explanation => {
  const code = world.access_codes.get(access_code_id)
  if (code === undefined) return explainGone(world, access_code_id)
  const view = requireLock(world, code.device_id)
  const lock = reconciledLock(view)
  const slot = slotOfCode(world, code)
  const status = statusOf(code, lock, world.settings, world.now)
  const step = reconcile(code, lock, world.settings, world.now)
  const wait = step.do === 'wait' ? step : null
  const faults = faultsOn(world, code, view)
  const issues = [
    ...ownIssues(code).errors,
    ...lockIssues(world, view).errors,
    ...accountIssues(view.account).errors,
  ]
  return {
    status,
    summary: [
      `The status is ${status}.`,
      declaredSentence(code, world.now),
      lockSentence(code, slot, view),
      ...attemptSentences(code),
      ...(wait === null
        ? []
        : [withoutPraise(waitSentence(world, code, view, wait), issues.length)]),
      ...failureSentences(world, access_code_id),
      ...issues.map((issue) => `Error ${issue.error_code}: ${issue.message}`),
      ...faults.map(
        ({ definition, hits }) =>
          `The fault ${definition.name ?? definition.on} (${definition.effect.kind}) acts on it; it has acted ${timesInWords(hits)}.`,
      ),
    ],
    declared: declaredOf(code),
    on_lock: slot === undefined ? null : onLock(slot),
    last_attempt: code.effort === null ? null : attemptOf(code.effort),
    waits_for: wait === null ? null : { reason: wait.reason, until: toIsoOrNull(wait.until) },
    faults: faults.map(explainedFault),
  }
}
