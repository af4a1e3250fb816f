/** What a fixture may say of a lock, beside what it may say of any device. */
import { z } from 'zod'
import { deviceFixtureFields } from '../devices/fixture.ts'

const level = z.number().min(0).max(1)

export const lockFixtureFields = {
  bridge_id: z.string().min(1).optional(),
  /** Whether a lock without bridge_id gets a bridge of its own; the model's need when not given. */
  has_bridge: z.boolean().optional(),
  has_keypad: z.boolean().default(true),
  locked: z.boolean().default(true),
  jammed: z.boolean().default(false),
  in_privacy_mode: z.boolean().default(false),
  /** The paid plan that some brands want for access codes. */
  has_subscription: z.boolean().default(true),
  battery_level: level.default(1),
  keypad_battery_level: level.default(1),
  serial_number: z.string().optional(),
  /** Fields of the lock profile that this lock has otherwise. */
  profile: z.record(z.string(), z.unknown()).optional(),
  /** Codes that somebody else put on the lock. */
  memory: z
    .array(
      z.strictObject({
        slot: z.int().min(1),
        code: z.string(),
        name: z.string().nullable().default(null),
      }),
    )
    .default([]),
}

const described = z.object({ ...deviceFixtureFields, ...lockFixtureFields })

export type DescribedLock = z.infer<typeof described>
