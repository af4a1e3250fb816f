/** What is to go wrong, and when: faults in the order in which they were made, each with its count. */
import type {
  Fault,
  FaultDefinition,
  FaultEffect,
  FaultMatch,
  FaultOn,
} from '../../db/tables/faults.ts'
import { chronicle } from '../chronicle/chronicle.ts'
import { createMemo } from '../kernel/derived.ts'
import type { World } from '../kernel/world.ts'

/** A fault that acts now. */
export interface FaultHit {
  fault_id: string
  effect: FaultEffect
}

type Value = FaultMatch[string]

const fits = (wanted: Value, given: unknown): boolean => {
  if (Array.isArray(wanted)) return wanted.some((value) => fits(value, given))
  if (typeof wanted === 'string' && wanted.endsWith('*') && typeof given === 'string') {
    return given.startsWith(wanted.slice(0, -1))
  }
  return wanted === given
}

/** Every key of `match` fits: equal, any of a list, or beginning with what stands before a final `*`. */
export const matches = (
  match: FaultMatch | undefined,
  subject: Readonly<Record<string, unknown>>,
): boolean =>
  match === undefined || Object.entries(match).every(([key, wanted]) => fits(wanted, subject[key]))

const faultLists = createMemo<Fault[]>()

/** All faults, in the order in which they were made. Rows are kept at hand: they are asked at every step. */
export const allFaults = (world: World): Fault[] =>
  faultLists.get(world, 'all', () => world.faults.all())

const forgetFaults = (world: World): void => faultLists.forget(world, 'all')

/** Whether any fault waits for such an occasion; cheap, so that worlds without faults pay nothing. */
export const hasFaultsOn = (world: World, on: FaultOn): boolean =>
  allFaults(world).some((fault) => fault.definition.on === on)

/** Registers a fault. */
export const insertFault = (world: World, definition: FaultDefinition): Fault => {
  const fault_id = world.random.uuid('fault')
  world.faults.insert({
    fault_id,
    definition,
    seen: 0,
    hits: 0,
    created_at: world.now,
    last_hit_at: null,
    progress: null,
  })
  forgetFaults(world)
  const fault = world.faults.get(fault_id)
  if (fault === undefined) throw new Error(`The fault ${fault_id} was not written`)
  return fault
}

export const updateFault = (world: World, fault_id: string, patch: Partial<Fault>): void => {
  world.faults.update(fault_id, patch)
  forgetFaults(world)
}

export const removeFault = (world: World, fault_id: string): void => {
  world.faults.delete(fault_id)
  forgetFaults(world)
}

/** The fault's own luck with its `position`-th occasion. */
export const isLucky = (world: World, fault: Fault, position: number): boolean => {
  const { probability } = fault.definition
  return (
    probability === undefined ||
    world.random.stream(`fault ${fault.fault_id}`).fraction(position) < probability
  )
}

const isExhausted = ({ definition, hits }: Fault): boolean =>
  definition.times !== undefined && hits >= definition.times

const isInWindow = ({ definition }: Fault, now: number): boolean =>
  definition.between === undefined || (now >= definition.between[0] && now < definition.between[1])

export type FaultState = 'scheduled' | 'active' | 'exhausted' | 'expired' | 'never_fired'

/** `never_fired`: its time is over, and it never acted. */
export const stateOf = (fault: Fault, now: number): FaultState => {
  const { between } = fault.definition
  // The last outage of a link still lasts when all of them are counted.
  if (isExhausted(fault) && fault.progress?.is_over !== false) return 'exhausted'
  const isOver = fault.progress?.is_over === true || (between !== undefined && now >= between[1])
  if (isOver) return fault.hits === 0 ? 'never_fired' : 'expired'
  return between !== undefined && now < between[0] ? 'scheduled' : 'active'
}

/** Where the rows of what it acted on name the fault themselves. */
const namedElsewhere: ReadonlySet<FaultOn> = new Set(['http', 'webhook'])

const idOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** A fault acted: said once, since its own row only counts. */
export const noteHit = (
  world: World,
  { fault_id, definition: { on } }: Fault,
  subject: Readonly<Record<string, unknown>>,
): void => {
  if (namedElsewhere.has(on)) return
  chronicle(world, {
    kind: 'fault_hit',
    fault_id,
    on,
    device_id: idOf(subject['device_id']),
    access_code_id: idOf(subject['access_code_id']),
  })
}

/**
 * Asks whether a fault acts on this occasion. Every fault that the occasion fits counts it as seen,
 * also while another acts; of those whose turn it is, the one that was made first acts, and only it
 * counts a hit.
 *
 * @param subject what a fault's `match` is compared with, key by key.
 */
export const consultFaults = (
  world: World,
  on: FaultOn,
  subject: Readonly<Record<string, unknown>>,
): FaultHit | null => {
  let acting: Fault | null = null
  for (const fault of allFaults(world)) {
    const { definition } = fault
    if (definition.on !== on || isExhausted(fault) || !isInWindow(fault, world.now)) continue
    if (!matches(definition.match, subject)) continue
    const seen = fault.seen + 1
    const isItsTurn = seen > (definition.after ?? 0) && isLucky(world, fault, seen)
    const acts = acting === null && isItsTurn
    if (acts) acting = fault
    updateFault(
      world,
      fault.fault_id,
      acts ? { seen, hits: fault.hits + 1, last_hit_at: world.now } : { seen },
    )
  }
  if (acting === null) return null
  noteHit(world, acting, subject)
  return { fault_id: acting.fault_id, effect: acting.definition.effect }
}
