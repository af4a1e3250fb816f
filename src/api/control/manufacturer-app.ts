/** A person with the lock's own app, acting outside of Seam. */
import { z } from 'zod'
import { once } from '../../lib/once.ts'
import {
  createSlotByHand,
  deleteSlotByHand,
  updateSlotByHand,
} from '../../sim/locks/manufacturer-app.ts'
import type { Slot } from '../../db/tables/locks.ts'
import type { World } from '../../sim/kernel/world.ts'
import { serverAuth } from '../http/auth.ts'
import { defineEndpoint } from '../http/endpoint.ts'
import { id, timestamp } from '../http/fields.ts'
import { presentSlot, slotSchema } from './locks.ts'

const content = once(() => ({
  name: z.string().nullable().optional(),
  starts_at: timestamp().nullable().optional(),
  ends_at: timestamp().nullable().optional(),
}))

const choice = once(() => ({
  device_id: id(),
  slot: z.int().optional(),
  access_code_id: id().optional(),
}))

const byHand = <P extends z.ZodObject>(
  name: string,
  summary: string,
  params: () => P,
  run: (world: World, given: z.output<P>) => Slot,
) =>
  defineEndpoint({
    path: `/_emulator/manufacturer_app/${name}`,
    methods: ['POST'],
    auth: serverAuth,
    summary,
    effect: 'write',
    params,
    result: () => ({ slot: slotSchema() }),
    handler: ({ world }, given) => ({ slot: presentSlot(run(world, given)) }),
  })

export const manufacturerAppEndpoints = [
  byHand(
    'create_code',
    'Puts a code on the lock; Seam sees it at the next poll of its provider.',
    () =>
      z.strictObject({ device_id: id(), slot: z.int().optional(), code: z.string(), ...content() }),
    createSlotByHand,
  ),
  byHand(
    'update_code',
    'Changes what a slot of the lock holds; null takes a name or window away.',
    () => z.strictObject({ ...choice(), code: z.string().optional(), ...content() }),
    (world, given) => updateSlotByHand(world, given, given),
  ),
  byHand(
    'delete_code',
    'Takes a code off the lock. Answers what was there.',
    () => z.strictObject(choice()),
    deleteSlotByHand,
  ),
]
