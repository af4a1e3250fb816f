import { z } from 'zod'
import { once } from '../../lib/once.ts'
import { faultOccasions } from '../../contract/fault-occasions.ts'
import { stateOf } from '../../sim/faults/registry.ts'
import type { Fault } from '../../db/tables/faults.ts'
import { toIso, toIsoOrNull } from '../../sim/kernel/instant.ts'

/** A fault as the control API shows it; durations are ms. */
export const fault = once(() =>
  z.strictObject({
    fault_id: z.string(),
    name: z.string().nullable(),
    on: z.enum(faultOccasions),
    match: z.record(z.string(), z.unknown()).nullable(),
    times: z.number().nullable(),
    after: z.number().nullable(),
    between: z.array(z.string()).nullable(),
    probability: z.number().nullable(),
    effect: z.looseObject({ kind: z.string() }),
    /** `never_fired`: its time is over, and it never acted. */
    state: z.enum(['scheduled', 'active', 'exhausted', 'expired', 'never_fired']),
    /** How often it acted. */
    hits: z.number(),
    /** How often its occasion came, `after` and luck included. */
    seen: z.number(),
    last_hit_at: z.string().nullable(),
    created_at: z.string(),
  }),
)

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
