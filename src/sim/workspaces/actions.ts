/** Action attempts about a whole workspace. */
import { z } from 'zod'
import { defineAction } from '../action-attempts/action.ts'

/** Ended by the job of the reset itself: the world in which it was asked for is gone by then. */
export const resetSandboxAction = defineAction({
  type: 'RESET_SANDBOX_WORKSPACE',
  result: () => z.object({}),
})
