/** Trouble that a world begins with, as `/_emulator/faults/create` takes it. */
import { fixturePart } from '../kernel/fixture-part.ts'
import { faultSchema } from './definition.ts'
import { createFault } from './operations.ts'

export const faultsFixture = fixturePart({
  list: 'faults',
  description: 'Trouble that the world begins with, as `/_emulator/faults/create` takes it.',
  item: faultSchema,
  apply: (world, definition) => {
    createFault(world, definition)
  },
})
