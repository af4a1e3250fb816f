/** The lock models that there are. */
import { z } from 'zod'
import { once } from '../lib/once.ts'
import { count, word } from './fields.ts'
import { controlRoute, reads } from './route.ts'
import { lockModels } from './vocabulary.ts'

const text = (description: string) => z.string().describe(description)

/** The fields that people ask for; the whole lock profile comes along. */
const lockModel = once(() =>
  z
    .object({
      model: word(lockModels, 'Its name, which `locks/create` takes.'),
      device_type: text("Seam's `device_type` of it."),
      display_name: text('The brand.'),
      model_display_name: text('The model as people know it.'),
      scheduling: z
        .enum(['native', 'just_in_time'])
        .describe('Whether the lock itself keeps the times of a code, or the cloud comes in time.'),
      keypad: z.enum(['built_in', 'accessory', 'none']).describe('What kind of keypad it has.'),
      bridge: z
        .object({
          kind: z.enum(['none', 'bridge', 'hub', 'gateway']).describe('What it goes through.'),
          required: z.boolean().describe('Whether it cannot do without.'),
        })
        .describe('How it reaches the cloud.'),
      memory_slots: count('How many codes fit.'),
      code_lengths: z.array(z.number()).describe('How many digits a PIN may have.'),
      poll_interval: count('After how long a change at the lock is seen at most, milliseconds.'),
      quirks: z.array(z.string()).describe('What surprises integrators, in plain words.'),
      sources: z
        .record(z.string(), z.string())
        .describe('Where each fact comes from; `assumed` where nothing is published.'),
    })
    .meta({ id: 'lock_model', description: 'A lock profile; all its other fields come along.' }),
)
export type LockModel = z.output<ReturnType<typeof lockModel>>

export const lockModelRoutes = {
  list: controlRoute({
    path: '/_emulator/lock_models/list',
    methods: reads,
    summary: 'The lock models that locks/create makes, with where each fact comes from.',
    params: () => z.strictObject({}),
    result: () => ({ lock_models: z.array(lockModel()).describe('All models.') }),
    example: () => ({}),
  }),
}
