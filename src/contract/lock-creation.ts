/** What a new lock may be told. */
import { beginningOf } from '../lib/text.ts'
import { z } from 'zod'
import { identityOfNewDevice, placeOfNewDevice } from './device-creation.ts'
import { id, share } from './fields.ts'
import { lockModels } from './vocabulary.ts'

const text = (description: string) => z.string().describe(description).optional()
const flag = (description: string) => z.boolean().describe(description).optional()

const model = () =>
  z
    .enum(lockModels, {
      error: ({ input }) =>
        typeof input === 'string'
          ? `There is no lock model "${beginningOf(input, 100)}". Known: ${lockModels.join(', ')}.`
          : undefined,
    })
    .meta({ description: 'Its model: see `lock_models/list`.', examples: ['august'] })

const howItIs = () => ({
  bridge_id: id().describe('The bridge that it goes through.').optional(),
  has_bridge: flag('Whether a bridge is made for a lock that can do without.'),
  has_keypad: flag('Whether the accessory keypad is there; yes when not given.'),
  locked: flag('Whether the bolt is out; yes when not given.'),
  battery_level: share("Its battery's level; full when not given.").optional(),
  keypad_battery_level: share("The accessory keypad's battery level.").optional(),
  serial_number: text('Its serial number; made when not given.'),
})

export const createLockParams = () =>
  z.strictObject({
    model: model(),
    ...identityOfNewDevice(),
    ...placeOfNewDevice(),
    ...howItIs(),
    profile: z
      .record(z.string(), z.unknown())
      .meta({
        description:
          'Fields of the lock profile that this lock has otherwise; of an object such as `latency` also only some fields. `lock_models/list` shows the profiles.',
        examples: [{ code_lengths: [6] }],
      })
      .optional(),
    memory_slots: z
      .int()
      .min(0)
      .meta({ description: 'How many codes fit.', examples: [2] })
      .optional(),
    poll_interval: z
      .int()
      .min(0)
      .describe('After how long a change at the lock is seen by the API at most, milliseconds.')
      .optional(),
  })
