/** To the next of something: an instant that is known, or a search from instant to instant. */
import { desc, orderBy } from '../../db/conditions.ts'
import { events } from '../../db/tables/events.ts'
import { webhook_attempts } from '../../db/tables/webhooks.ts'
import { nextEdge } from '../../sim/agenda/agenda.ts'
import { nextTurn } from '../../sim/agenda/turns.ts'
import { findDisagreements } from '../../sim/disagreements/find.ts'
import { domainError } from '../../sim/kernel/errors.ts'
import { nextJob } from '../../sim/kernel/jobs.ts'
import type { World } from '../../sim/kernel/world.ts'

/** What can be leapt to. */
export type NextKind = 'job' | 'event' | 'check_in' | 'check_out' | 'delivery' | 'disagreement'

const newestEvent = orderBy(events, (c) => [desc(c.seq)])
const newestAttempt = orderBy(webhook_attempts, (c) => [desc(c.seq)])

const lastEvent = (world: World): number =>
  world.events.first([], { order: newestEvent, limit: 1 })?.seq ?? 0

const lastAttempt = (world: World): number =>
  world.webhook_attempts.first([], { order: newestAttempt, limit: 1 })?.seq ?? 0

/** Disagreements by what they are about. */
const disagreementsOf = (world: World): Set<string> =>
  new Set(
    findDisagreements(world).map(
      ({ kind, device_id, access_code_id, code }) =>
        `${kind} ${device_id} ${access_code_id ?? code}`,
    ),
  )

/** Whether something came that was not there at first. */
const grown = (of: (world: World) => number, world: World): ((later: World) => boolean) => {
  const before = of(world)
  return (later) => of(later) > before
}

const search = (world: World, kind: 'event' | 'delivery' | 'disagreement') => {
  if (kind === 'event') return grown(lastEvent, world)
  if (kind === 'delivery') return grown(lastAttempt, world)
  const known = disagreementsOf(world)
  return (later: World): boolean => [...disagreementsOf(later)].some((it) => !known.has(it))
}

const words: Record<'check_in' | 'check_out' | 'job', string> = {
  job: 'Nothing is to happen by itself: no job is due, ever.',
  check_in: 'No guest is to come: no access code begins later than now.',
  check_out: 'No guest is to leave: no access code ends later than now.',
}

const nothing = (kind: keyof typeof words) =>
  domainError('nothing_to_come', words[kind], { param: 'to_next' })

/** @throws nothing_to_come where no job is due, ever */
const jobOf = (world: World): number => {
  const job = nextJob(world)
  if (job === null) throw nothing('job')
  return Math.max(job.due_at, world.now)
}

/** @throws nothing_to_come where no code begins, or ends, later than now */
const edgeOf = (world: World, kind: 'check_in' | 'check_out'): number => {
  const at = nextEdge(world, kind)
  if (at === null) throw nothing(kind)
  return at
}

/** Where such a leap ends. */
export const targetOfNext = (world: World, kind: NextKind, within: number) => {
  switch (kind) {
    case 'check_in':
    case 'check_out':
      return { to: Math.min(edgeOf(world, kind), world.now + within) }
    case 'job':
      return { to: Math.min(jobOf(world), world.now + within) }
    case 'disagreement':
      return { until: search(world, kind), within, turnsAt: nextTurn }
    default:
      return { until: search(world, kind), within }
  }
}
