import type { ActionAttempt, ActionType } from '../../db/tables/action-attempts.ts'
import { notFound } from '../kernel/errors.ts'
import { isEventType } from '../events/catalog.ts'
import { recordEvent } from '../events/record.ts'
import { createMemo } from '../kernel/derived.ts'
import { noteHistory } from '../history/forget.ts'
import { cancelJob } from '../kernel/jobs.ts'
import type { World } from '../kernel/world.ts'
import { and, eq, isNotNull, is, where } from '../../db/conditions.ts'
import { action_attempts } from '../../db/tables/action-attempts.ts'
import { jobs } from '../../db/tables/jobs.ts'

const pendingOfCodes = where(action_attempts, [], (c) =>
  and(eq(c.status, 'pending'), isNotNull(c.access_code_id)),
)
const about = is(jobs.subject)

export interface NewActionAttempt {
  action_type: ActionType
  device_id?: string
  access_code_id?: string
  /** What is kept with it; `settled_by` names the thing whose job `….settle` ends it, where it is not its own. */
  action?: Record<string, unknown>
}

/** What an attempt takes, about, once it has its result. */
const USUAL_BYTES = 1_000

/** Makes a pending action attempt. */
export const createActionAttempt = (world: World, input: NewActionAttempt): ActionAttempt => {
  const action_attempt_id = world.random.uuid('action_attempt')
  const pending = pendingOf(world)
  world.action_attempts.insert({
    action_attempt_id,
    action_type: input.action_type,
    status: 'pending',
    result: null,
    error: null,
    device_id: input.device_id ?? null,
    access_code_id: input.access_code_id ?? null,
    created_at: world.now,
    action: input.action ?? null,
    is_pinned: false,
  })
  noteHistory(world, 'action_attempts', USUAL_BYTES)
  if (input.access_code_id !== undefined) {
    addPending(pending, input.access_code_id, action_attempt_id)
  }
  const attempt = world.action_attempts.get(action_attempt_id)
  if (attempt === undefined)
    throw new Error(`The action attempt ${action_attempt_id} was not written`)
  return attempt
}

export type Settlement =
  | { status: 'success'; result: Record<string, unknown> }
  | { status: 'error'; error: { type: string; message: string } }

/** Ends a pending attempt and tells of it; one that was pinned from outside stays as it is. */
export const settleActionAttempt = (
  world: World,
  attempt: ActionAttempt,
  settlement: Settlement,
): void => {
  if (attempt.status !== 'pending' || attempt.is_pinned) return
  world.action_attempts.update(attempt.action_attempt_id, settlement)
  const outcome = settlement.status === 'success' ? 'succeeded' : 'failed'
  const event_type = `action_attempt.${attempt.action_type.toLowerCase()}.${outcome}` as const
  // Some types of action have events, most have none.
  if (!isEventType(event_type)) return
  recordEvent(world, event_type, {
    ...(attempt.device_id !== null && { device_id: attempt.device_id }),
    action_attempt_id: attempt.action_attempt_id,
    action_type: attempt.action_type,
    status: settlement.status,
  })
}

/** Which attempts about access codes are pending, by code: asked at every step of every code. */
const pendingByCode = createMemo<Map<string, string[]>>()

const pendingOf = (world: World): Map<string, string[]> =>
  pendingByCode.get(world, '', () => {
    const pending = new Map<string, string[]>()
    const rows = world.action_attempts.all(pendingOfCodes())
    for (const { access_code_id, action_attempt_id } of rows) {
      if (access_code_id !== null) addPending(pending, access_code_id, action_attempt_id)
    }
    return pending
  })

const addPending = (pending: Map<string, string[]>, access_code_id: string, id: string): void => {
  const known = pending.get(access_code_id)
  if (known === undefined) pending.set(access_code_id, [id])
  else known.push(id)
}

/** Ends every pending attempt about an access code. */
export const settleAttemptsOfCode = (
  world: World,
  access_code_id: string,
  settlement: Settlement,
): void => {
  const pending = pendingOf(world)
  const ids = pending.get(access_code_id)
  if (ids === undefined) return
  // One that was pinned by hand stays, and is never asked for again.
  pending.delete(access_code_id)
  for (const id of ids) {
    const attempt = world.action_attempts.get(id)
    if (attempt !== undefined) settleActionAttempt(world, attempt, settlement)
  }
}

/**
 * Puts an attempt into a state by hand, and leaves it there: no timer ends it any more. What the
 * action did to the world stays as it is.
 *
 * @throws action_attempt_not_found
 */
export const pinActionAttempt = (
  world: World,
  action_attempt_id: string,
  state: { status: 'pending' } | Settlement,
): void => {
  if (world.action_attempts.get(action_attempt_id) === undefined)
    throw notFound('action_attempt', { action_attempt_id })
  world.action_attempts.update(action_attempt_id, {
    result: null,
    error: null,
    ...state,
    is_pinned: true,
  })
  cancelJob(world, 'action_attempt.settle', action_attempt_id)
}

/** The instant at which a pending attempt will settle by itself; null when it has settled, or nobody knows. */
export const settlesAt = (world: World, action_attempt_id: string): number | null => {
  const attempt = world.action_attempts.get(action_attempt_id)
  if (attempt === undefined || attempt.status !== 'pending' || attempt.is_pinned) return null
  // Whatever is to happen to an attempt settles it: a reset of the sandbox has a job of its own kind.
  const job = world.jobs.first(about(action_attempt_id))
  if (job !== undefined) return job.due_at
  const { settled_by } = attempt.action ?? {}
  if (typeof settled_by === 'string') {
    const theirs = world.jobs.all(about(settled_by))
    return theirs.find(({ kind }) => kind.endsWith('.settle'))?.due_at ?? null
  }
  if (attempt.access_code_id === null) return null
  const code = world.access_codes.get(attempt.access_code_id)
  return code?.effort?.in_flight?.due_at ?? code?.conversion?.due_at ?? null
}
