import type { z } from 'zod'
import { duration } from '../../../lib/duration.ts'
import type { FaultEffect, FaultOn } from '../../../db/tables/faults.ts'

/** One kind of fault for one group of occasions: how it is asked for. What it does is where it acts. */
export interface FaultKind {
  readonly kind: FaultEffect['kind']
  readonly on: readonly FaultOn[]
  /** One sentence for people. */
  readonly summary: string
  readonly effect: z.ZodType<FaultEffect>
}

export const accessCodeOccasions = [
  'access_code.set',
  'access_code.update',
  'access_code.remove',
] as const satisfies FaultOn[]

export const boltOccasions = ['lock.lock', 'lock.unlock'] as const satisfies FaultOn[]

export const linkOccasions = [
  'device.link',
  'bridge.link',
  'connected_account.link',
] as const satisfies FaultOn[]

/** A length of time that is not zero, as ms. */
export const someTime = () =>
  duration().refine((ms) => ms > 0, { message: 'must be longer than nothing' })
