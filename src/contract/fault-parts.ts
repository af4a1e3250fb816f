/** What effects of faults are made of. */
import { z } from 'zod'
import { duration } from '../lib/duration.ts'
import { once } from '../lib/once.ts'

/** A text of reasonable length. Assumed: Seam gives no number for any of these. */
export const words = (description: string, example: string) =>
  z
    .string()
    .min(1)
    .max(1_000)
    .meta({ description, examples: [example] })

/** A length of time that is not zero, as ms. */
export const some = (description: string, example: string) =>
  duration()
    .refine((ms) => ms > 0, { message: 'must be longer than nothing' })
    .meta({ description, examples: [example] })

export const effect = <K extends string, S extends z.core.$ZodShape>(
  kind: K,
  description: string,
  shape: S,
) => z.strictObject({ kind: z.literal(kind).describe(description), ...shape })

export const message = () => words('The error in words.', 'The motor is tired.').optional()

/** Effects of several groups are one object each, which documents show once. */
export const delay = once(() =>
  effect('delay', 'The answer comes so much later, in workspace time.', {
    by: some('How much later.', '40m'),
  }).meta({ id: 'fault_delay' }),
)

export const neverConfirm = once(() =>
  effect(
    'never_confirm',
    'No answer ever comes: a code may be on the lock all the same, an action attempt stays pending.',
    {},
  ).meta({ id: 'fault_never_confirm' }),
)

export const providerUnavailable = once(() =>
  effect(
    'provider_unavailable',
    "The provider's cloud does not answer: the command never reaches the hardware.",
    { message: message() },
  ).meta({ id: 'fault_provider_unavailable' }),
)
