/** A person with the lock's own app, acting outside of Seam. */
import { z } from 'zod'
import { once } from '../lib/once.ts'
import { FRONT_DOOR, accessCodeId, deviceId, when } from './fields.ts'
import { slot } from './locks.ts'
import { acts, controlRoute } from './route.ts'
import type { EarlierCall } from './route.ts'

const code = () => z.string().meta({ description: 'The PIN.', examples: ['4821'] })
const slotNumber = (description: string) => z.int().describe(description).optional()

const optionalWhen = (description: string) =>
  when(description).nullable().describe(description).optional()

const content = once(() => ({
  name: z.string().nullable().describe('The name that the lock keeps with it.').optional(),
  starts_at: optionalWhen('From when the lock takes it; null: from now on.'),
  ends_at: optionalWhen('Until when the lock takes it; null: for good.'),
}))

const choice = once(() => ({
  device_id: deviceId(),
  slot: slotNumber('The slot. Give this or `access_code_id`.'),
  access_code_id: accessCodeId().optional(),
}))

/** For the examples: a code that a person put on the lock. */
const codeByHand = () => [
  {
    path: '/_emulator/manufacturer_app/create_code',
    body: { device_id: FRONT_DOOR, code: '4821', name: 'Cleaner' },
  },
]

const byHand = <const Name extends string, P extends z.ZodType<object>>(
  name: Name,
  summary: string,
  params: () => P,
  example: { body: object; after?: () => readonly EarlierCall[] },
) =>
  controlRoute({
    path: `/_emulator/manufacturer_app/${name}` as const,
    methods: acts,
    summary,
    params,
    result: () => ({ slot: slot() }),
    ...(example.after !== undefined && { after: example.after }),
    example: () => ({ device_id: FRONT_DOOR, ...example.body }),
  })

export const manufacturerAppRoutes = {
  create_code: byHand(
    'create_code',
    'Puts a code on the lock; Seam sees it at the next poll of its provider.',
    () =>
      z.strictObject({
        device_id: deviceId(),
        slot: slotNumber('The slot to write; a free one when not given.'),
        code: code(),
        ...content(),
      }),
    { body: { code: '4821', name: 'Cleaner' } },
  ),
  update_code: byHand(
    'update_code',
    'Changes what a slot of the lock holds; null takes a name or window away.',
    () => z.strictObject({ ...choice(), code: code().optional(), ...content() }),
    { body: { slot: '<slot.slot>', code: '2468' }, after: codeByHand },
  ),
  delete_code: byHand(
    'delete_code',
    'Takes a code off the lock. Answers what was there.',
    () => z.strictObject(choice()),
    { body: { slot: '<slot.slot>' }, after: codeByHand },
  ),
}
