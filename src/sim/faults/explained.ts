import type { Fault } from '../../db/tables/faults.ts'

/** A fault as explanations show it. */
export const explainedFault = ({ fault_id, definition, hits }: Fault) => ({
  fault_id,
  on: definition.on,
  name: definition.name ?? null,
  effect: definition.effect,
  hits,
})
