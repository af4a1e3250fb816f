import { z } from 'zod'
import { once } from '../../once.ts'
import { faultOccasions } from '../../sim/faults/definition.ts'

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
