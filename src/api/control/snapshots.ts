import { z } from 'zod'
import type { Snapshot } from '../../db/snapshot-format.ts'
import { domainError } from '../../sim/kernel/errors.ts'
import { toIso } from '../../sim/kernel/instant.ts'
import { pageByName } from './paging.ts'
import { answerRoute } from './endpoint.ts'
import { snapshotRoutes } from '../../contract/snapshots.ts'
import { WORLD_LIMIT } from '../http/body.ts'
import type { Services } from '../http/services.ts'
import {
  deleteSnapshot,
  keepSnapshot,
  requireSnapshot,
  snapshotNames,
} from '../../sim/workspaces/kept-snapshots.ts'

const summaryOf = ({ name, created_at, data }: ReturnType<typeof requireSnapshot>) => ({
  name,
  created_at: toIso(created_at),
  size: data.length,
})

const countsOf = ({ tables }: Snapshot): Record<string, number> =>
  Object.fromEntries(
    Object.entries(tables).map(([table, rows]): [string, number] => [table, rows.length]),
  )

/** @throws invalid_snapshot */
const read = (services: Services, value: unknown): Snapshot => {
  try {
    return services.workspaces.parse(value)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw domainError('invalid_snapshot', message, { param: 'snapshot' })
  }
}

const create = answerRoute(snapshotRoutes.create, {
  effect: 'async',
  handler: async ({ workspace_id, write, services }, given) => {
    const data = JSON.stringify(await services.workspaces.copy(workspace_id))
    return write((world) => {
      keepSnapshot(world, { name: given.name, data })
      return {
        snapshot: { name: given.name, created_at: toIso(world.now), size: data.length },
      }
    })
  },
})

const restore = answerRoute(snapshotRoutes.restore, {
  effect: 'async',
  handler: async (context, given) => {
    const kept = context.read((world) => requireSnapshot(world, given.name))
    await context.services.workspaces.restore(
      context.workspace_id,
      read(context.services, JSON.parse(kept.data)),
    )
    return { snapshot: summaryOf(kept) }
  },
})

const list = answerRoute(snapshotRoutes.list, {
  effect: 'read',
  handler: ({ world }, choice) => {
    const { page, next } = pageByName(snapshotNames(world), choice)
    // One at a time: together they may be large.
    return { snapshots: page.map((name) => summaryOf(requireSnapshot(world, name))), next }
  },
})

const exported = answerRoute(snapshotRoutes.export, {
  effect: 'async',
  handler: async ({ workspace_id, read: open, services }, given) => {
    const wanted = given.name
    if (wanted === undefined) {
      return { snapshot: { ...(await services.workspaces.copy(workspace_id)) } }
    }
    return open((world) => {
      const { data } = requireSnapshot(world, wanted)
      return { snapshot: z.looseObject({}).parse(JSON.parse(data)) }
    })
  },
})

const imported = answerRoute(
  snapshotRoutes.import,
  {
    effect: 'async',
    handler: async (
      { workspace_id, write, services },
      { snapshot: given, name: wanted = null },
    ) => {
      const snapshot = read(services, given)
      const data = JSON.stringify(snapshot)
      if (wanted === null) await services.workspaces.restore(workspace_id, snapshot)
      return write((world) => {
        const created_at = world.now
        if (wanted !== null) keepSnapshot(world, { name: wanted, data })
        return {
          snapshot: {
            name: wanted,
            workspace_id,
            created_at: toIso(created_at),
            size: data.length,
            counts: countsOf(snapshot),
          },
        }
      })
    },
  },
  { body_limit: WORLD_LIMIT },
)

const deleted = answerRoute(snapshotRoutes.delete, {
  effect: 'write',
  handler: ({ world }, { name }) => {
    deleteSnapshot(world, name)
    return {}
  },
})

export const snapshotEndpoints = [create, restore, list, deleted, exported, imported]
