import type { FaultDefinition } from '../../db/columns.ts'
import type { faults } from '../../db/schema.ts'
import type { World } from '../world.ts'

export type Fault = typeof faults.$inferSelect

/** A fault that acts now. */
export interface FaultHit {
  fault_id: string
  effect: FaultDefinition['effect']
}

const matches = (
  match: Record<string, unknown> | undefined,
  subject: Record<string, unknown>,
): boolean =>
  match === undefined || Object.entries(match).every(([key, wanted]) => subject[key] === wanted)

const activeFaults = (world: World): Fault[] => {
  const known = world.memo.get('faults')
  if (known !== undefined) return known as Fault[]
  const list = world.faults.all('true', [], 'order by seq')
  world.memo.set('faults', list)
  return list
}

export const forgetFaults = (world: World): void => {
  world.memo.delete('faults')
}

/**
 * Asks whether a fault acts on this occasion, and counts it if so. Faults are asked
 * in the order in which they were made; the first one that acts wins.
 *
 * @param subject what a fault's `match` is compared with, key by key.
 */
export const consultFaults = (
  world: World,
  on: string,
  subject: Record<string, unknown>,
): FaultHit | null => {
  for (const fault of activeFaults(world)) {
    const { definition } = fault
    if (definition.on !== on || !matches(definition.match, subject)) continue
    if (definition.times !== undefined && fault.hits >= definition.times) continue
    if (definition.between !== undefined) {
      const [from, to] = definition.between
      if (world.now < from || world.now >= to) continue
    }
    const seen = fault.seen + 1
    const lucky =
      definition.probability !== undefined &&
      world.random.stream(`fault ${fault.fault_id}`).fraction(seen) >= definition.probability
    const acts = seen > (definition.after ?? 0) && !lucky
    world.faults.update(
      fault.fault_id,
      acts ? { seen, hits: fault.hits + 1, last_hit_at: world.now } : { seen },
    )
    forgetFaults(world)
    if (acts) return { fault_id: fault.fault_id, effect: definition.effect }
  }
  return null
}
