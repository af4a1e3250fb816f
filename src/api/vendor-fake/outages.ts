/**
 * Outages as the vendor's fake has them: some paths of a workspace answer an empty 503. They are
 * kept among the workspace's faults, so that they show where other faults show.
 */
import { z } from 'zod'
import { notFound } from '../../sim/kernel/errors.ts'
import { createFault, deleteFault } from '../../sim/faults/operations.ts'
import { allFaults, updateFault } from '../../sim/faults/registry.ts'
import type { Fault } from '../../db/tables/faults.ts'
import type { Universe } from '../../sim/kernel/universe.ts'
import type { World } from '../../sim/kernel/world.ts'
import { rawAnswer } from '../http/answer.ts'
import type { Interceptor } from '../http/call.ts'
import { defineEndpoint } from '../http/endpoint.ts'

const NAME = 'simulate_workspace_outage'

const outageOf = (world: World): Fault | undefined =>
  allFaults(world).find((fault) => fault.definition.name === NAME)

export const outageEndpoint = defineEndpoint({
  path: '/_fake/simulate_workspace_outage',
  methods: ['POST'],
  auth: [],
  summary: 'Takes paths of a workspace out of service, in place of those before; none ends it.',
  effect: 'unscoped',
  params: () => z.object({ workspace_id: z.string(), routes: z.array(z.string()) }),
  result: () => ({}),
  handler: ({ universe }, { workspace_id, routes }) => {
    if (!universe.exists(workspace_id)) throw notFound('workspace', { workspace_id })
    universe.write(workspace_id, (world) => {
      const before = outageOf(world)
      if (before !== undefined) deleteFault(world, before.fault_id)
      if (routes.length === 0) return
      createFault(world, {
        on: 'http',
        name: NAME,
        match: { path: routes },
        effect: { kind: 'status', status: 503 },
      })
    })
    return {}
  },
})

const covers = ({ definition }: Fault, path: string): boolean => {
  const paths = definition.match?.['path']
  return Array.isArray(paths) && paths.includes(path)
}

/**
 * Answers for endpoints that are out of service, whatever the request. Without a body: the SDKs
 * must not take the answer for one of Seam's.
 */
export const withOutages =
  (universe: Universe, inner?: Interceptor): Interceptor =>
  (call, next) => {
    const { workspace_id, path } = call
    const outage =
      workspace_id === null
        ? undefined
        : universe.read(workspace_id, (world) => {
            const found = outageOf(world)
            return found && covers(found, path) ? found : undefined
          })
    if (workspace_id === null || outage === undefined) {
      return inner === undefined ? next() : inner(call, next)
    }
    universe.write(workspace_id, (world) => {
      const counts = { seen: outage.seen + 1, hits: outage.hits + 1, last_hit_at: world.now }
      updateFault(world, outage.fault_id, counts)
    })
    return rawAnswer(503, { 'seam-emulator-fault': outage.fault_id })
  }
