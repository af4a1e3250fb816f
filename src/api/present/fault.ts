import type { z } from 'zod'
import { stateOf } from '../../sim/faults/registry.ts'
import type { Fault } from '../../sim/faults/registry.ts'
import { toIso, toIsoOrNull } from '../../sim/instant.ts'
import type { fault } from '../schemas/fault.ts'

export const presentFault = (row: Fault, now: number): z.input<ReturnType<typeof fault>> => {
  const { definition } = row
  return {
    fault_id: row.fault_id,
    name: definition.name ?? null,
    on: definition.on,
    match: definition.match ?? null,
    times: definition.times ?? null,
    after: definition.after ?? null,
    between: definition.between?.map(toIso) ?? null,
    probability: definition.probability ?? null,
    effect: { ...definition.effect },
    state: stateOf(row, now),
    hits: row.hits,
    seen: row.seen,
    last_hit_at: toIsoOrNull(row.last_hit_at),
    created_at: toIso(row.created_at),
  }
}
