/** Why an access code is in its state, in plain words. */
import { formatDuration, timesInWords } from '../../lib/duration.ts'
import { accountIssues } from '../connected-accounts/issues.ts'
import { lockIssues } from '../locks/issues.ts'
import { reconciledLock } from './reconciled-lock.ts'
import { requireLock } from '../locks/lock-view.ts'
import type { LockView } from '../locks/lock-view.ts'
import { failedJobs } from '../kernel/failed-jobs.ts'
import { notFound } from '../kernel/errors.ts'
import { allFaults, matches, stateOf } from '../faults/registry.ts'
import { toIso, toIsoOrNull } from '../kernel/instant.ts'
import { slotOfCode } from '../locks/memory-bank.ts'
import type { Slot } from '../../db/tables/locks.ts'
import type { World } from '../kernel/world.ts'
import { faultSubject } from './faults.ts'
import { ownIssues } from './issues.ts'
import type { AccessCode, EffortKind } from '../../db/tables/access-codes.ts'
import type { FaultEffect, FaultOn } from '../../db/tables/faults.ts'
import { statusOf } from './lifecycle.ts'
import { pauseAfter, reconcile } from './reconcile.ts'
import { isSameForm, lockFormOf } from './wanted.ts'
import type { Step, WaitReason } from './reconcile.ts'
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

const work = { set: 'put the code on the lock', update: 'change the code on the lock' } as const
const wordsFor = (kind: 'set' | 'update' | 'remove'): string =>
  kind === 'remove' ? 'take the code off the lock' : work[kind]

const windowOf = (code: { starts_at: number | null; ends_at: number | null }): string =>
  code.ends_at === null
    ? 'for good'
    : `from ${toIsoOrNull(code.starts_at) ?? 'now'} to ${toIso(code.ends_at)}`

const declaredSentence = (code: AccessCode, now: number): string => {
  const pin = code.code === null ? 'a PIN that is not known yet' : `the PIN ${code.code}`
  if (code.deletion_requested_at !== null) {
    return `Its deletion was asked for at ${toIso(code.deletion_requested_at)}.`
  }
  if (!code.is_managed) return `It is unmanaged: somebody else put ${pin} on the lock.`
  const kind = code.is_offline ? 'an offline code' : 'a code'
  const over = code.ends_at !== null && now >= code.ends_at ? ' That time is over.' : ''
  return `Declared: ${kind} "${code.name ?? ''}" with ${pin}, ${windowOf(code)}.${over}`
}

const lockSentence = (code: AccessCode, slot: Slot | undefined, view: LockView): string => {
  if (code.is_offline)
    return 'The lock is never told: it computes for itself whether the PIN is good.'
  if (slot === undefined) {
    return code.programmed === null
      ? 'The lock holds nothing of it.'
      : 'The lock holds nothing of it, which Seam does not know yet.'
  }
  const holds = `The lock holds the PIN ${slot.code} in slot ${slot.slot}, ${windowOf(slot)}`
  if (code.programmed === null) return `${holds}, which Seam does not know.`
  if (slot.code !== code.programmed.code) return `${holds}; Seam has not read that yet.`
  const wanted = code.code !== null && lockFormOf(code, code.code, view.profile.scheduling)
  return wanted !== false && isSameForm(code.programmed, wanted)
    ? `${holds}, as declared.`
    : `${holds}, which is not what is declared.`
}

const attemptSentences = (code: AccessCode): string[] => {
  const { effort } = code
  if (effort === null) return []
  const { in_flight, error, attempts } = effort
  const sentences = [
    `Since ${toIso(effort.since)} Seam tries to ${wordsFor(effort.kind)}: ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'} so far.`,
  ]
  if (in_flight !== null) {
    sentences.push(
      `A command was sent at ${toIso(in_flight.started_at)}; its answer comes at ${toIso(in_flight.due_at)}.`,
    )
  }
  if (error !== null) {
    const name = error.error_code === null ? '' : ` (${error.error_code})`
    sentences.push(`The last failure was at ${toIso(error.at)}: ${error.message}${name}`)
  }
  if (effort.delay_reported_at !== null)
    sentences.push(`The delay was reported at ${toIso(effort.delay_reported_at)}.`)
  if (effort.failure_reported_at !== null)
    sentences.push(`The failure was reported at ${toIso(effort.failure_reported_at)}.`)
  return sentences
}

type Wait = Extract<Step, { do: 'wait' }>

const waitSentence = (world: World, code: AccessCode, view: LockView, wait: Wait): string => {
  const by = wait.until === null ? '' : ` (next look at ${toIso(wait.until)})`
  switch (wait.reason) {
    case 'answer':
      return 'It waits for the answer to the command under way.'
    case 'retry':
      return `It waits for the next attempt at ${toIso(code.effort?.retry_at ?? world.now)}; the pause before it is ${formatDuration(pauseAfter(world.settings, code.effort?.attempts ?? 0))}.`
    case 'lead_time':
      return wait.until === null
        ? 'It waits for nothing.'
        : `It waits until it is time to program it, at ${toIso(wait.until)}.`
    case 'start':
      return `It is on the lock and waits for its start at ${toIsoOrNull(code.starts_at)}.`
    case 'end':
      return wait.until === null
        ? 'All is well: it stays until somebody changes it.'
        : `All is well: it stays until its end at ${toIso(wait.until)}.`
    case 'pin':
      return `It waits for the provider to tell the PIN, at ${toIsoOrNull(code.pin_assigned_at)}.`
    case 'lock_unreachable':
      return `It waits for the lock to be reachable again: ${view.link.cause ?? 'offline'} since ${toIsoOrNull(view.device.offline_since)}${by}.`
    case 'lock_refuses_codes':
      return `It waits for the lock to take codes again: ${refusal(view)}${by}.`
    case 'no_room':
      return `It waits for a free slot: all ${view.profile.memory_slots} are in use${by}.`
    case 'no_pin':
      return `It waits for a PIN that is free: its provider has none left (next try at ${toIsoOrNull(wait.until)}).`
    case 'account':
      return 'It waits for the connected account: nothing can be known while it is disconnected.'
    case 'conversion':
      return `It waits for the provider's answer to the conversion, at ${toIsoOrNull(wait.until)}.`
    case 'nothing':
      return code.is_managed ? 'It waits for nothing.' : 'Seam does nothing about it.'
    default:
      return wait.reason satisfies never
  }
}

const refusal = ({ device, keypad }: LockView): string => {
  if (device.subscription_expired_at !== null) return 'the paid plan has lapsed'
  return keypad.is_connected ? 'the keypad has no power' : 'no keypad is connected'
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

const failureSentences = (world: World, access_code_id: string): string[] =>
  failedJobs(world, access_code_id).map(
    ({ kind, due_at, reason }) =>
      `What was to happen at ${toIso(due_at)} (${kind}) failed inside the emulator and was set aside: ${reason}`,
  )

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
  const { effort } = code
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
    declared: {
      name: code.name,
      code: code.code,
      starts_at: toIsoOrNull(code.starts_at),
      ends_at: toIsoOrNull(code.ends_at),
      is_managed: code.is_managed,
      deletion_requested_at: toIsoOrNull(code.deletion_requested_at),
    },
    on_lock:
      slot === undefined
        ? null
        : {
            slot: slot.slot,
            code: slot.code,
            name: slot.name,
            starts_at: toIsoOrNull(slot.starts_at),
            ends_at: toIsoOrNull(slot.ends_at),
            written_at: toIso(slot.written_at),
          },
    last_attempt:
      effort === null
        ? null
        : {
            kind: effort.kind,
            since: toIso(effort.since),
            attempts: effort.attempts,
            answer_at: toIsoOrNull(effort.in_flight?.due_at ?? null),
            retry_at: toIsoOrNull(effort.retry_at),
            error: effort.error === null ? null : effort.error.message,
          },
    waits_for: wait === null ? null : { reason: wait.reason, until: toIsoOrNull(wait.until) },
    faults: faults.map(({ fault_id, definition, hits }) => ({
      fault_id,
      on: definition.on,
      name: definition.name ?? null,
      effect: definition.effect,
      hits,
    })),
  }
}
