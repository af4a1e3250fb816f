import type { z } from 'zod'
import type { fault } from '../../contract/faults.ts'
import { stateOf } from '../../sim/faults/registry.ts'
import type { Fault } from '../../db/tables/faults.ts'
import { toIso, toIsoOrNull } from '../../sim/kernel/instant.ts'

/** A fault as the control API shows it; durations are ms. */
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
