import { faultCatalog } from '../../contract/fault-occasions.ts'
import { faultSchema } from '../../sim/faults/definition.ts'
import { clearFaults, createFault, deleteFault } from '../../sim/faults/operations.ts'
import { allFaults, stateOf } from '../../sim/faults/registry.ts'
import { pageAtHand } from './paging.ts'
import { answerRoute } from './endpoint.ts'
import { faultRoutes } from '../../contract/faults.ts'
import { checkHttpMatch } from './http-match.ts'
import { presentFault } from './fault-wire.ts'

/** Asked for as the simulation understands it: its own schema says best what is wrong. */
const createRoute = {
  ...faultRoutes.create,
  params: () => faultSchema().superRefine(checkHttpMatch),
}

const create = answerRoute(
  createRoute,
  {
    effect: 'write',
    handler: ({ world }, definition) => ({
      fault: presentFault(createFault(world, definition), world.now),
    }),
  },
  { shown_params: faultRoutes.create.params },
)

const list = answerRoute(faultRoutes.list, {
  effect: 'read',
  handler: ({ world }, { state, name, order = 'asc', after, limit }) => {
    const rows = allFaults(world).filter(
      (row) =>
        (state ?? stateOf(row, world.now)) === stateOf(row, world.now) &&
        (name === undefined || row.definition.name === name),
    )
    const { page, next } = pageAtHand(rows, { order, after, limit }, ({ seq }) => seq)
    return { faults: page.map((row) => presentFault(row, world.now)), next }
  },
})

const remove = answerRoute(faultRoutes.delete, {
  effect: 'write',
  handler: ({ world }, { fault_id }) => ({
    fault: presentFault(deleteFault(world, fault_id), world.now),
  }),
})

const clear = answerRoute(faultRoutes.clear, {
  effect: 'write',
  handler: ({ world }) => {
    const faults = clearFaults(world).map((row) => presentFault(row, world.now))
    return { faults, never_fired: faults.filter(({ hits }) => hits === 0) }
  },
})

const catalog = answerRoute(faultRoutes.catalog, {
  effect: 'read',
  handler: () => ({ occasions: faultCatalog() }),
})

export const faultEndpoints = [create, list, remove, clear, catalog]
