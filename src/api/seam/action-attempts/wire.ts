import { z } from 'zod'
import { once } from '../../../lib/once.ts'
import { flag } from '../common.ts'
import type { ActionAttempt } from '../../../db/tables/action-attempts.ts'

const results = (): Readonly<Record<string, z.ZodType<object>>> => ({
  LOCK_DOOR: z.strictObject({ was_confirmed_by_device: flag }),
  UNLOCK_DOOR: z.strictObject({ was_confirmed_by_device: flag }),
  CREATE_ACCESS_CODE: z.strictObject({ access_code: z.unknown().optional() }),
  UPDATE_ACCESS_CODE: z.strictObject({ access_code: z.unknown().optional() }),
  DELETE_ACCESS_CODE: z.strictObject({}),
  SYNC_ACCESS_CODES: z.strictObject({}),
  CONFIGURE_AUTO_LOCK: z.strictObject({}),
  SIMULATE_KEYPAD_CODE_ENTRY: z.strictObject({}),
  SIMULATE_MANUAL_LOCK_VIA_KEYPAD: z.strictObject({}),
  RESET_SANDBOX_WORKSPACE: z.strictObject({}),
})

const failure = once(() => z.strictObject({ type: z.string(), message: z.string() }))

/** The action attempts that the emulator makes; pending, succeeded or failed. */
export const actionAttempt = once((): z.ZodType<object> =>
  z.union(
    Object.entries(results()).flatMap(([action_type, result]) => {
      const common = { action_attempt_id: z.guid(), action_type: z.literal(action_type) }
      return [
        z.strictObject({
          ...common,
          status: z.literal('pending'),
          result: z.null(),
          error: z.null(),
        }),
        z.strictObject({ ...common, status: z.literal('success'), result, error: z.null() }),
        z.strictObject({
          ...common,
          status: z.literal('error'),
          result: z.null(),
          error: failure(),
        }),
      ]
    }),
  ),
)

/** An action attempt as it goes over the wire: the same keys in every state. */
export const presentActionAttempt = (attempt: ActionAttempt) => ({
  action_attempt_id: attempt.action_attempt_id,
  action_type: attempt.action_type,
  status: attempt.status,
  result: attempt.result,
  error: attempt.error,
})
