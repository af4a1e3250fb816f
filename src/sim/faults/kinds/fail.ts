import { z } from 'zod'
import { accessCodeOccasions, boltOccasions } from './kind.ts'
import type { FaultKind } from './kind.ts'

/** The access code's own errors of Seam's OpenAPI document that a lock or its provider may answer with. */
const accessCodeErrors = [
  'failed_to_set_on_device',
  'failed_to_remove_from_device',
  'duplicate_code_on_device',
  'no_space_for_access_code_on_device',
  'access_code_inactive',
  'insufficient_permissions',
  'provider_issue',
] as const

const message = z.string().min(1).optional()

export const fail: FaultKind = {
  kind: 'fail',
  on: accessCodeOccasions,
  summary: 'The lock refuses the command; Seam tries again after `retry_every`.',
  effect: z.strictObject({
    kind: z.literal('fail'),
    error_code: z.enum(accessCodeErrors).optional(),
    message,
  }),
}

export const failBolt: FaultKind = {
  kind: 'fail',
  on: boltOccasions,
  summary: 'The action attempt ends with this error; the bolt does not move.',
  effect: z.strictObject({
    kind: z.literal('fail'),
    /** Becomes the attempt's `error.type`, which Seam leaves open. */
    error_code: z.string().min(1).optional(),
    message,
  }),
}
