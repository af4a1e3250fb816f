/** Leaps: everything up to an instant happens, in order, and is really sent on the way. */
import { frozenClock, runningClock } from '../sim/kernel/clock.ts'
import { domainError } from '../sim/kernel/errors.ts'
import { END_OF_TIME, toIso } from '../sim/kernel/instant.ts'
import { createLoopGuard } from '../sim/kernel/loop-guard.ts'
import type { Universe } from '../sim/kernel/universe.ts'
import type { World } from '../sim/kernel/world.ts'
import { nextDeliveryAt } from '../sim/events/outbox.ts'
import { dueWebhookIds } from '../webhooks/deliveries.ts'
import type { Dispatcher } from './dispatcher.ts'
import type { Queue } from './queue.ts'
import { nextTurn, passed } from './real-time.ts'

/** An instant, a distance (ms) from the present in which the leap begins, or whatever is due next. */
export type LeapTarget = { to: number } | { by: number } | { to_next: true }

/** From one instant to the next until something is so, but no further than `within`, ms. */
export interface LeapSearch {
  until: (world: World) => boolean
  within: number
  /** Where it may come to be so by time alone, with nothing due. */
  turnsAt?: (world: World) => number | null
}

/** A leap that is under way. */
export interface RunningLeap {
  readonly from: number
  readonly to: number
  /** Jobs of the workspace that had run when it began. */
  readonly jobs_before: number
  /** Somebody asked that it end where it has come to. */
  isStopped: boolean
}

/** The leaps that are under way, by workspace, and who is told when one begins. */
export interface Leaps {
  readonly running: Map<string, RunningLeap>
  onBegin: ((workspace_id: string) => void) | null
}

/**
 * On whom the barriers of a workspace wait, however long it takes: the explorer on the app that it plays
 * with. It resolves when that has ended what it does; true when it has done anything meanwhile.
 */
export type Companion = () => Promise<boolean>

/** By workspace. Where there is one, messages are sent by leaps and `deliverDue` alone. */
export type Companions = ReadonlyMap<string, Companion>

/** What leaps work with. */
export interface LeapTools {
  companions: Companions
  leaps: Leaps
  universe: Universe
  dispatcher: Dispatcher
  wall: () => number
  queue: Queue
}

/** How long a leap works before somebody else has a turn, ms. */
const BUDGET = 8

/**
 * How long a barrier waits for the answer to a message that was on its way when somebody came, ms in
 * which this process has nothing to do. It may be the receiver that came, and does not answer before it is answered itself.
 */
const PATIENCE = 2_000

const earliest = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b)

/** The instant at which something is next due, in the world or in the outbox. */
export const nextInstant = (universe: Universe, workspace_id: string): number | null =>
  earliest(universe.nextJobAt(workspace_id), nextDeliveryAt(universe.world(workspace_id)))

/** Sends what is due and waits for the answers; false when one of them was waited for in vain. */
export const deliver = async (
  { dispatcher, queue, leaps, companions }: LeapTools,
  workspace_id: string,
): Promise<boolean> => {
  const companion = companions.get(workspace_id)
  if (companion !== undefined) {
    do await dispatcher.drain(workspace_id)
    while (await companion())
    return true
  }
  return dispatcher.drain(workspace_id, (sent_at) => {
    if (leaps.running.get(workspace_id)?.isStopped === true) return true
    const waited = queue.waitedSince(workspace_id, sent_at)
    return waited !== null && waited >= PATIENCE
  })
}

/** Sets the clock itself; time never runs backwards. */
const setClock = ({ universe, wall }: LeapTools, workspace_id: string, to: number): void => {
  const { now, workspace } = universe.world(workspace_id)
  const { clock_mode, clock_rate } = workspace
  const at = Math.max(now, to)
  universe.setClock(
    workspace_id,
    clock_mode === 'frozen' ? frozenClock(at, wall()) : runningClock(at, wall(), clock_rate),
  )
}

/** @throws Error when one is due that nobody will ever send: time would stand still for ever. */
const hasDueDelivery = (universe: Universe, workspace_id: string): boolean => {
  const world = universe.world(workspace_id)
  const due = nextDeliveryAt(world)
  if (due === null || due > world.now) return false
  if (dueWebhookIds(world).length > 0) return true
  throw new Error(
    `The delivery due at ${toIso(due)} cannot be sent: its webhook is gone or switched off.`,
  )
}

/** Gives everybody else a turn whenever the budget is used up. */
export const createYield = () => {
  let until = passed() + BUDGET
  return async (): Promise<void> => {
    if (passed() < until) return
    await nextTurn()
    until = passed() + BUDGET
  }
}

/** Runs jobs and deliveries up to and including `to`, or until somebody stops it. */
const run = async (
  tools: LeapTools,
  workspace_id: string,
  { to, running }: { to: number; running: RunningLeap },
  onProgress?: (now: number) => void,
): Promise<void> => {
  const { universe, dispatcher, wall } = tools
  const guard = createLoopGuard()
  const yieldNow = createYield()
  let isBarrier = true
  for (;;) {
    if (isBarrier) isBarrier = await deliver(tools, workspace_id)
    else dispatcher.kick(workspace_id)
    if (isBarrier && hasDueDelivery(universe, workspace_id)) {
      // Somebody wrote in the meantime; let them, and send that too.
      await nextTurn()
      continue
    }
    const delivery = isBarrier ? nextDeliveryAt(universe.world(workspace_id)) : null
    const next = earliest(universe.nextJobAt(workspace_id), delivery)
    if (next === null || next > to || running.isStopped) break
    const { now, webhooksInUse } = universe.world(workspace_id)
    const until = Math.max(Math.min(delivery ?? to, to), now)
    // Without receivers nothing has to be sent between two instants.
    const hasReceivers = webhooksInUse().length > 0
    const limits = { deadline: wall() + BUDGET, stopAtEvents: hasReceivers, guard }
    const isDone = universe.runDue(workspace_id, until, limits)
    if (isDone) universe.moveTo(workspace_id, Math.min(until, to))
    onProgress?.(universe.world(workspace_id).now)
    await yieldNow()
  }
}

/**
 * Runs jobs and deliveries up to and including `to`, or until somebody stops it. Answers how many jobs
 * that were.
 */
export const leap = async (
  tools: LeapTools,
  workspace_id: string,
  to: number,
  onProgress?: (now: number) => void,
): Promise<number> => {
  const { universe, leaps } = tools
  // Whoever looks at the world meanwhile lets jobs run as well: those count too.
  const jobs_before = universe.jobsRun(workspace_id)
  const { now: from } = universe.world(workspace_id)
  const whole = leaps.running.get(workspace_id)
  // A part of a longer one is told of, and stopped, as that.
  const running: RunningLeap = whole ?? { from, to, jobs_before, isStopped: false }
  if (whole === undefined) {
    leaps.running.set(workspace_id, running)
    leaps.onBegin?.(workspace_id)
  }
  try {
    await run(tools, workspace_id, { to, running }, onProgress)
  } finally {
    if (whole === undefined) leaps.running.delete(workspace_id)
  }
  setClock(tools, workspace_id, running.isStopped ? universe.world(workspace_id).now : to)
  return universe.jobsRun(workspace_id) - jobs_before
}

/** Leaps from instant to instant until it is so. Answers whether it came to be so, and how many jobs ran. */
export const search = async (
  tools: LeapTools,
  workspace_id: string,
  { until, within, turnsAt }: LeapSearch,
): Promise<{ jobs: number; reached: boolean }> => {
  const { universe, leaps } = tools
  const from = universe.now(workspace_id)
  const to = Math.min(from + within, END_OF_TIME)
  const jobs_before = universe.jobsRun(workspace_id)
  const running: RunningLeap = { from, to, jobs_before, isStopped: false }
  leaps.running.set(workspace_id, running)
  leaps.onBegin?.(workspace_id)
  const yieldNow = createYield()
  let reached = false
  try {
    while (!reached && !running.isStopped) {
      const turn = turnsAt?.(universe.world(workspace_id)) ?? null
      const next = earliest(nextInstant(universe, workspace_id), turn)
      if (next === null || next > to) break
      await leap(tools, workspace_id, Math.max(next, universe.now(workspace_id)))
      reached = universe.read(workspace_id, until)
      await yieldNow()
    }
  } finally {
    leaps.running.delete(workspace_id)
  }
  return { jobs: universe.jobsRun(workspace_id) - jobs_before, reached }
}

/** Where a leap is to end. @throws invalid_input for the past and for what is beyond all time */
export const targetInstant = (
  universe: Universe,
  workspace_id: string,
  target: LeapTarget,
): number => {
  const now = universe.now(workspace_id)
  const beforeTheEnd = (to: number, param: 'by' | 'to'): number => {
    if (to <= END_OF_TIME) return to
    throw domainError('invalid_input', `Time ends at ${toIso(END_OF_TIME)}.`, { param })
  }
  if ('by' in target) return beforeTheEnd(now + target.by, 'by')
  if ('to' in target) {
    if (target.to >= now) return beforeTheEnd(target.to, 'to')
    throw domainError(
      'invalid_input',
      `Time runs forwards only: it is ${toIso(now)} in this workspace, ${toIso(target.to)} is past.`,
      { param: 'to' },
    )
  }
  return Math.max(now, Math.min(nextInstant(universe, workspace_id) ?? now, END_OF_TIME))
}
