/** Faults of the emulator as steps of a story: named after the step, so that it shows whether they struck. */
import { faultSchema } from '../../../sim/faults/definition.ts'
import { isDomainError } from '../../../sim/kernel/errors.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { createFault, deleteFault } from '../../../sim/faults/operations.ts'
import { MINUTE } from '../story.ts'
import type { Stage } from '../../play/stage.ts'

type FaultInput = Record<string, unknown>

/** Asks for a fault. Answers its id. */
export const cause = (stage: Stage, does: string, fault: FaultInput): string =>
  stage.change(
    (world) => createFault(world, faultSchema().parse({ name: does, ...fault })).fault_id,
  )

/** A fault that a person who goes to the doors can end. */
export const causeDamage = (
  stage: Stage,
  does: string,
  fault: FaultInput & { device_ids: readonly string[] },
): void => {
  const { device_ids, ...definition } = fault
  const fault_id = cause(stage, does, definition)
  stage.damages.push({
    device_ids,
    mend: (world) => {
      if (world.faults.get(fault_id) !== undefined) deleteFault(world, fault_id)
    },
  })
}

/** What a person does at a lock. Where the lock does not take it, it has not happened. */
export const byHand = (
  stage: Stage,
  does: string,
  /** Answers whether there was anything to be done. */
  act: (world: World) => boolean,
): void => {
  try {
    if (stage.change(act)) stage.reached.add(does)
  } catch (error) {
    if (!isDomainError(error)) throw error
  }
}

/** From now on for so many minutes, as a fault's `between`. */
export const forMinutes = (stage: Stage, minutes: number): [number, number] => [
  stage.now(),
  stage.now() + minutes * MINUTE,
]
