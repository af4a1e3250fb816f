/** A person with the lock's own app, acting outside of Seam. */
import type { z } from 'zod'
import {
  createSlotByHand,
  deleteSlotByHand,
  updateSlotByHand,
} from '../../sim/locks/manufacturer-app.ts'
import type { Slot } from '../../db/tables/locks.ts'
import type { World } from '../../sim/kernel/world.ts'
import { answerRoute } from './endpoint.ts'
import type { slot } from '../../contract/locks.ts'
import { manufacturerAppRoutes } from '../../contract/manufacturer-app.ts'
import type { ControlRoute } from '../../contract/route.ts'
import { presentSlot } from './locks.ts'

const byHand = <P extends z.ZodType<object>>(
  route: ControlRoute<P, { slot: ReturnType<typeof slot> }>,
  run: (world: World, given: z.output<P>) => Slot,
) =>
  answerRoute(route, {
    effect: 'write',
    handler: ({ world }, given) => ({ slot: presentSlot(run(world, given)) }),
  })

export const manufacturerAppEndpoints = [
  byHand(manufacturerAppRoutes.create_code, createSlotByHand),
  byHand(manufacturerAppRoutes.update_code, (world, given) =>
    updateSlotByHand(world, given, given),
  ),
  byHand(manufacturerAppRoutes.delete_code, deleteSlotByHand),
]
