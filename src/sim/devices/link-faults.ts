/** Faults of links are no occasions to be asked about: they come and go by the workspace's clock. */
import type { FaultOn, LinkFaultProgress } from '../../db/tables/faults.ts'
import { disconnectAccount, reconnectAccount } from '../connected-accounts/operations.ts'
import { plugBridge, unplugBridge } from './bridges.ts'
import { setRadio } from './link-changes.ts'
import { cancelJob, scheduleJob } from '../kernel/jobs.ts'
import { react } from '../kernel/react.ts'
import type { World } from '../kernel/world.ts'
import { allFaults, isLucky, matches, noteHit, updateFault } from '../faults/registry.ts'
import type { Fault } from '../../db/tables/faults.ts'
import { isNotNull, where } from '../../db/conditions.ts'
import { devices } from '../../db/tables/devices.ts'

const simulated = where(devices, [], (c) => isNotNull(c.model))

/** What a kind of link is made of. */
interface Link {
  /** The ids of the links, with what `match` is compared with. */
  subjects(world: World): Map<string, Readonly<Record<string, unknown>>>
  isUp(world: World, id: string): boolean
  exists(world: World, id: string): boolean
  takeDown(world: World, id: string): void
  bringBack(world: World, id: string): void
}

const deviceLink: Link = {
  subjects: (world) =>
    new Map(world.devices.all(simulated()).map((device) => [device.device_id, device])),
  isUp: (world, id) => world.devices.get(id)?.radio_offline_at === null,
  exists: () => true,
  takeDown: (world, id) => setRadio(world, id, false),
  bringBack: (world, id) => {
    // A device whose account was deleted is in its place all the same.
    if (world.devices.get(id) === undefined) react(world, 'radio_back', id)
    else setRadio(world, id, true)
  },
}

const bridgeLink: Link = {
  subjects: (world) => new Map(world.bridges.all().map((bridge) => [bridge.bridge_id, bridge])),
  isUp: (world, id) => world.bridges.get(id)?.offline_at === null,
  exists: (world, id) => world.bridges.get(id) !== undefined,
  takeDown: unplugBridge,
  bringBack: plugBridge,
}

const accountLink: Link = {
  subjects: (world) =>
    new Map(
      world.connected_accounts.all().map((account) => [account.connected_account_id, account]),
    ),
  isUp: (world, id) => world.connected_accounts.get(id)?.disconnected_at === null,
  exists: (world, id) => world.connected_accounts.get(id) !== undefined,
  takeDown: disconnectAccount,
  bringBack: reconnectAccount,
}

const links: Partial<Record<FaultOn, Link>> = {
  'device.link': deviceLink,
  'bridge.link': bridgeLink,
  'connected_account.link': accountLink,
}

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

/** A device has another id from now on: the faults that hold its link down hold it by that. */
export const followHeldLink = (world: World, from: string, to: string): void => {
  for (const { fault_id, progress } of allFaults(world)) {
    if (progress?.down.includes(from) !== true) continue
    const down = progress.down.map((id) => (id === from ? to : id))
    updateFault(world, fault_id, { progress: { ...progress, down } })
  }
}

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
