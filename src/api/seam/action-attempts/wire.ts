import { z } from 'zod'
import { once } from '../../../lib/once.ts'
import type { ActionAttempt } from '../../../db/tables/action-attempts.ts'
import type { Action } from '../../../sim/action-attempts/action.ts'
import { actions } from '../../../sim/actions.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { presentNoiseThreshold } from '../noise-sensors/wire.ts'
import { acsCredential, anyAcsCredential } from '../acs-credentials/wire.ts'
import { presentCredentialOfResult, presentScan, scan } from '../acs-encoders/wire-results.ts'
import { methodOfAttempt, presentMethodOfResult } from '../access-methods/wire.ts'
import { presentAccessCode, presentUnmanagedAccessCode } from '../access-codes/wire.ts'

/** The resource as it is now; undefined when it is gone. */
type Told = (world: World, attempt: ActionAttempt) => object | undefined

/** What the result of an action tells of, under its own name. */
const told: Readonly<Record<NonNullable<Action['tells']>, Told>> = {
  access_code: (world, { access_code_id }) => {
    const code = world.access_codes.get(access_code_id ?? '')
    if (code === undefined) return undefined
    return (code.is_managed ? presentAccessCode : presentUnmanagedAccessCode)(world, code)
  },
  noise_threshold: (world, { action }) => {
    const { noise_threshold_id } = action ?? {}
    if (typeof noise_threshold_id !== 'string') return undefined
    const threshold = world.noise_thresholds.get(noise_threshold_id)
    return threshold && presentNoiseThreshold(threshold)
  },
}

/** What an action's success is shown as, in place of what is kept of it. */
const shown: Readonly<
  Record<
    NonNullable<Action['shows']>,
    { schema: () => z.ZodType<object>; present: (world: World, kept: object) => object }
  >
> = {
  acs_credential: { schema: acsCredential, present: presentCredentialOfResult },
  any_acs_credential: { schema: anyAcsCredential, present: presentCredentialOfResult },
  scan: { schema: scan, present: presentScan },
  access_method: { schema: methodOfAttempt, present: presentMethodOfResult },
}

/** In Seam's document no field of a result is required, and a resource in it has no schema. */
const resultOf = ({ result, tells, shows }: Action): z.ZodType<object> =>
  shows !== undefined
    ? shown[shows].schema()
    : z.strictObject({
        ...result().partial().shape,
        ...(tells !== undefined && { [tells]: z.unknown().optional() }),
      })

const failure = once(() => z.strictObject({ type: z.string(), message: z.string() }))

const failureOf = ({ errors }: Action): z.ZodType<object> => {
  if (errors === undefined) return failure()
  const [first, ...others] = errors.map((type) =>
    z.strictObject({ type: z.literal(type), message: z.string() }),
  )
  return first === undefined ? failure() : z.discriminatedUnion('type', [first, ...others])
}

/** The action attempts that the emulator makes; pending, succeeded or failed. */
export const actionAttempt = once((): z.ZodType<object> =>
  z.union(
    Object.values(actions).flatMap((action) => {
      const common = { action_attempt_id: z.guid(), action_type: z.literal(action.type) }
      return [
        z.strictObject({
          ...common,
          status: z.literal('pending'),
          result: z.null(),
          error: z.null(),
        }),
        z.strictObject({
          ...common,
          status: z.literal('success'),
          result: resultOf(action),
          error: z.null(),
        }),
        z.strictObject({
          ...common,
          status: z.literal('error'),
          result: z.null(),
          error: failureOf(action),
        }),
      ]
    }),
  ),
)

const present = (attempt: ActionAttempt, result: object | null) => ({
  action_attempt_id: attempt.action_attempt_id,
  action_type: attempt.action_type,
  status: attempt.status,
  result,
  error: attempt.error,
})

/** One that has only just begun: there is no result to tell of. */
export const presentStartedAttempt = (attempt: ActionAttempt) => present(attempt, attempt.result)

/**
 * An action attempt as it goes over the wire: the same keys in every state. A success tells of its
 * resource as it is now, and no more when that is gone.
 */
export const presentActionAttempt = (world: World, attempt: ActionAttempt) => {
  const { tells, shows } = actions[attempt.action_type]
  if (shows !== undefined && attempt.result !== null)
    return present(attempt, shown[shows].present(world, attempt.result))
  if (tells === undefined || attempt.result === null || attempt.is_pinned) {
    return presentStartedAttempt(attempt)
  }
  const resource = told[tells](world, attempt)
  return present(
    attempt,
    resource === undefined ? attempt.result : { ...attempt.result, [tells]: resource },
  )
}
