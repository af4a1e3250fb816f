/** Faults of links are no occasions to be asked about: they come and go by the workspace's clock. */
import type { Fault, LinkFaultProgress } from '../../db/tables/faults.ts'
import { allFaults, isLucky, matches, noteHit, updateFault } from '../faults/registry.ts'
import { cancelJob, scheduleJob } from '../kernel/jobs.ts'
import type { World } from '../kernel/world.ts'
import { links } from './kinds.ts'
import type { Link } from './kinds.ts'

const JOB = 'fault.link'

/** Sets a new fault going if it is one of a link. */
export const startLinkFault = (world: World, fault_id: string): void => {
  const fault = world.faults.get(fault_id)
  if (fault === undefined || links[fault.definition.on] === undefined) return
  const from = Math.max(world.now, fault.definition.between?.[0] ?? world.now)
  updateFault(world, fault.fault_id, {
    progress: { from, rounds: 0, is_down: false, down: [], is_over: false },
  })
  if (from > world.now) scheduleJob(world, JOB, fault.fault_id, from)
  else turnLinkFault(world, fault.fault_id)
}

/** Ends a fault that is to be deleted: what it holds down comes back. */
export const stopLinkFault = (world: World, fault_id: string): void => {
  const fault = world.faults.get(fault_id)
  const link = fault === undefined ? undefined : links[fault.definition.on]
  if (fault === undefined || link === undefined || fault.progress === null) return
  cancelJob(world, JOB, fault.fault_id)
  if (fault.progress.is_down) endOutage(world, fault, fault.progress, link)
}

/** The fault's next turn: an outage begins or ends. */
export const turnLinkFault = (world: World, fault_id: string): void => {
  const fault = world.faults.get(fault_id)
  const link = fault === undefined ? undefined : links[fault.definition.on]
  if (fault === undefined || link === undefined || fault.progress === null) return
  const progress = fault.progress.is_down
    ? endOutage(world, fault, fault.progress, link)
    : beginOutage(world, fault, fault.progress, link)
  const next = progress.is_down ? endOf(fault, world.now) : nextBeginOf(fault, progress)
  if (next !== null) scheduleJob(world, JOB, fault_id, next)
  if (next === null && !progress.is_down) {
    updateFault(world, fault_id, { progress: { ...progress, is_over: true } })
  }
}

const beginOutage = (
  world: World,
  fault: Fault,
  progress: LinkFaultProgress,
  link: Link,
): LinkFaultProgress => {
  const rounds = progress.rounds + 1
  if (!isLucky(world, fault, rounds)) {
    const begun: LinkFaultProgress = { ...progress, rounds }
    updateFault(world, fault.fault_id, { seen: rounds, progress: begun })
    return begun
  }
  const targets = [...link.subjects(world)].flatMap(([id, subject]) =>
    matches(fault.definition.match, subject) ? [id] : [],
  )
  const down = targets.filter((id) => link.isUp(world, id))
  const begun: LinkFaultProgress = { ...progress, rounds, is_down: true, down }
  updateFault(world, fault.fault_id, {
    seen: rounds,
    progress: begun,
    ...(targets.length > 0 && { hits: fault.hits + 1, last_hit_at: world.now }),
  })
  if (targets.length > 0) noteHit(world, fault, {})
  for (const id of down) link.takeDown(world, id)
  return begun
}

const endOutage = (
  world: World,
  fault: Fault,
  progress: LinkFaultProgress,
  link: Link,
): LinkFaultProgress => {
  const ended: LinkFaultProgress = { ...progress, is_down: false, down: [] }
  updateFault(world, fault.fault_id, { progress: ended })
  for (const id of progress.down) {
    if (!link.exists(world, id)) continue
    const heir = anotherHolding(world, fault, link, id)
    if (heir === undefined) link.bringBack(world, id)
    else updateFault(world, heir.fault_id, { progress: withLink(heir.progress, id) })
  }
  return ended
}

const withLink = (progress: LinkFaultProgress | null, id: string): LinkFaultProgress | null =>
  progress === null ? null : { ...progress, down: [...progress.down, id] }

/** Another fault that wants the same link down at this instant: it takes over. */
const anotherHolding = (world: World, fault: Fault, link: Link, id: string): Fault | undefined => {
  const subject = link.subjects(world).get(id)
  return allFaults(world).find(
    (other) =>
      other.fault_id !== fault.fault_id &&
      other.definition.on === fault.definition.on &&
      other.progress?.is_down === true &&
      subject !== undefined &&
      matches(other.definition.match, subject),
  )
}

const earlier = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b)

/** When an outage that began at `now` ends; null when only deleting the fault ends it. */
const endOf = ({ definition }: Fault, now: number): number | null => {
  const { effect, between } = definition
  const lasts = effect.kind === 'down' || effect.kind === 'flap' ? effect.for : undefined
  return earlier(lasts === undefined ? null : now + lasts, between?.[1] ?? null)
}

/** When the next outage begins; null when there is none. */
const nextBeginOf = ({ definition }: Fault, progress: LinkFaultProgress): number | null => {
  const { effect, times, between } = definition
  if (effect.kind !== 'flap') return null
  if (times !== undefined && progress.rounds >= times) return null
  const at = progress.from + progress.rounds * effect.every
  return between !== undefined && at >= between[1] ? null : at
}
