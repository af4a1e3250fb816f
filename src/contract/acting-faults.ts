import { z } from 'zod'
import { count, textOrNull } from './fields.ts'
import { faultOccasions } from './fault-occasions.ts'

/** The faults that have a hand in what is explained. */
export const actingFaults = () =>
  z
    .array(
      z.strictObject({
        fault_id: z.string().describe('Its id.'),
        on: z.enum(faultOccasions).describe('Its occasion.'),
        name: textOrNull('Its name.'),
        effect: z.object({ kind: z.string().describe('What it does.') }).describe('Its effect.'),
        hits: count('How often it has acted.'),
      }),
    )
    .describe('The faults that have a hand in it.')
