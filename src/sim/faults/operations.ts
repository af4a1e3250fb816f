import type { FaultDefinition } from '../../db/tables/faults.ts'
import { notFound } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'
import { react } from '../kernel/react.ts'
import { allFaults, insertFault, removeFault } from './registry.ts'
import type { Fault } from '../../db/tables/faults.ts'

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Ids are equal in capitals and small letters, and kept in small ones. */
const withIdsAsKept = (definition: FaultDefinition): FaultDefinition => {
  if (definition.match === undefined) return definition
  const match = Object.fromEntries(
    Object.entries(definition.match).map(([name, value]) => [
      name,
      typeof value === 'string' && UUID.test(value) ? value.toLowerCase() : value,
    ]),
  )
  return { ...definition, match }
}

/** Registers a fault; one of a link that has no later beginning acts at once. */
export const createFault = (world: World, definition: FaultDefinition): Fault => {
  const fault = insertFault(world, withIdsAsKept(definition))
  react(world, 'fault_created', fault.fault_id)
  return requireFault(world, fault.fault_id)
}

/** @throws fault_not_found */
export const requireFault = (world: World, fault_id: string): Fault => {
  const fault = world.faults.get(fault_id)
  if (fault === undefined) throw notFound('fault', { fault_id })
  return fault
}

/** Ends a fault: links that it holds down come back. Answers it as it was. */
export const deleteFault = (world: World, fault_id: string): Fault => {
  const fault = requireFault(world, fault_id)
  react(world, 'fault_ended', fault_id)
  removeFault(world, fault_id)
  return fault
}

/** Ends every fault, and answers them as they were. */
export const clearFaults = (world: World): Fault[] => {
  const list = [...allFaults(world)]
  for (const fault of list) deleteFault(world, fault.fault_id)
  return list
}
