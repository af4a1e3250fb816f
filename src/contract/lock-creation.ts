/** What a new lock may be told. */
import { beginningOf } from '../lib/text.ts'
import { z } from 'zod'
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

const whereItIs = () => ({
  device_id: id().describe('Its id; made when not given.').optional(),
  connected_account_id: id().describe('Its account; made when not given.').optional(),
  bridge_id: id().describe('The bridge that it goes through.').optional(),
  has_bridge: flag('Whether a bridge is made for a lock that can do without.'),
  location: z
    .strictObject({
      location_name: text('What the place is called.'),
      time_zone: text('An IANA time zone, such as `Europe/Amsterdam`.'),
    })
    .describe('Where it hangs.')
    .optional(),
})

const howItIs = () => ({
  is_managed: flag('Whether the workspace manages it; yes when not given.'),
  has_keypad: flag('Whether the accessory keypad is there; yes when not given.'),
  is_online: flag('Whether its radio is on; yes when not given.'),
  locked: flag('Whether the bolt is out; yes when not given.'),
  battery_level: share("Its battery's level; full when not given.").optional(),
  keypad_battery_level: share("The accessory keypad's battery level.").optional(),
  serial_number: text('Its serial number; made when not given.'),
})

export const createLockParams = () =>
  z.strictObject({
    model: model(),
    name: text("Its name; the model's when not given."),
    nickname: text('The nickname that it has in Seam.'),
    ...whereItIs(),
    ...howItIs(),
    custom_metadata: z
      .record(z.string(), z.union([z.string(), z.boolean()]))
      .describe('Custom metadata of the device.')
      .optional(),
    customer_key: text('The customer that it belongs to.'),
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
