/** What a leap would do: it is made on the real world, sends nothing, and is taken back. */
import { isDatabaseError } from '../db/database-error.ts'
import { createLoopGuard } from '../sim/kernel/loop-guard.ts'
import type { LoopGuard } from '../sim/kernel/loop-guard.ts'
import type { Stage } from '../sim/kernel/rehearse.ts'
import type { Universe } from '../sim/kernel/universe.ts'
import type { World } from '../sim/kernel/world.ts'
import { nextDeliveryAt } from '../sim/events/outbox.ts'
import { dueWebhookIds, recordAttempt, takeNext } from '../webhooks/deliveries.ts'
import type { SendResult } from '../webhooks/send.ts'

export interface Rehearsal {
  jobs: number
  events: number
  /** Attempts to send, also those that would fail. */
  deliveries: number
  /** It came to its end; otherwise the numbers are of what lies before. */
  is_whole: boolean
}

/** When a rehearsal is to end. */
export interface RehearsalLimits {
  /** The instant to which time is to go, ms. */
  to: number
  /** How long it may take, ms of real time. */
  patience: number
}

/** What each receiver answers: as it did last. */
const answerOf = (world: World, webhook_id: string): SendResult => {
  const isFailing = (world.webhooks.get(webhook_id)?.failing_since ?? null) !== null
  return { status: isFailing ? 500 : 200, response_body: '', error: null, abort: false }
}

interface Play {
  readonly stage: Stage
  readonly counted: Rehearsal
  readonly guard: LoopGuard
  readonly wall: () => number
  readonly deadline: number
}

/** Sends nothing, and writes down what would become of what is due. */
const deliverDue = ({ stage: { world }, counted, wall, deadline }: Play): void => {
  for (;;) {
    const due = dueWebhookIds(world)
    if (due.length === 0) return
    for (const webhook_id of due) {
      const attempt = takeNext(world, webhook_id, wall())
      if (attempt === null) continue
      const result = attempt.refusal ?? answerOf(world, webhook_id)
      recordAttempt(world, attempt.delivery, { result, duration: 0, fault_id: attempt.fault_id })
      counted.deliveries++
    }
    if (wall() >= deadline) return
  }
}

/** As a leap does, one step; answers whether there is more to do. */
const step = (play: Play, to: number): boolean => {
  const { stage, counted, guard, wall, deadline } = play
  const { world } = stage
  deliverDue(play)
  const delivery = nextDeliveryAt(world)
  const isNextDue = delivery !== null && delivery <= to
  const until = Math.max(isNextDue ? delivery : to, world.now)
  const hasReceivers = world.webhooksInUse().length > 0
  const { ran, done } = stage.run(until, { deadline, stopAtEvents: hasReceivers, guard })
  counted.jobs += ran
  counted.events += world.recorded.splice(0).length
  if (done) stage.moveTo(until)
  if (done && !isNextDue && until >= to && dueWebhookIds(world).length === 0) {
    counted.is_whole = true
    return false
  }
  return wall() < deadline
}

/** Tries a leap and takes it back: nothing is sent, kept or told. */
export const rehearse = (
  universe: Universe,
  wall: () => number,
  workspace_id: string,
  { to, patience }: RehearsalLimits,
): Rehearsal =>
  universe.rehearse(workspace_id, (stage) => {
    const counted: Rehearsal = { jobs: 0, events: 0, deliveries: 0, is_whole: false }
    const deadline = wall() + patience
    const play: Play = { stage, counted, guard: createLoopGuard(), wall, deadline }
    try {
      while (step(play, to));
    } catch (error) {
      // A job that fails ends it: what it has done cannot be undone alone.
      if (isDatabaseError(error)) throw error
    }
    return counted
  })
