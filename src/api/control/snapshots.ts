import { z } from 'zod'
import type { Snapshot } from '../../db/snapshot-format.ts'
import { domainError, notFound } from '../../sim/kernel/errors.ts'
import { toIso } from '../../sim/kernel/instant.ts'
import { answerRoute } from './endpoint.ts'
import { snapshotRoutes } from '../../contract/snapshots.ts'
import { WORLD_LIMIT } from '../http/body.ts'
import type { Services } from '../http/services.ts'
import { asc, orderBy } from '../../db/conditions.ts'
import { snapshots } from '../../db/tables/snapshots.ts'

const byName = orderBy(snapshots, (c) => [asc(c.name)])

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
      world.snapshots.replace({ name: given.name, created_at: world.now, data })
      return {
        snapshot: { name: given.name, created_at: toIso(world.now), size: data.length },
      }
    })
  },
})

const restore = answerRoute(snapshotRoutes.restore, {
  effect: 'async',
  handler: async (context, given) => {
    const kept = context.read((world) => {
      const found = world.snapshots.get(given.name)
      if (found !== undefined) return found
      const known = world.snapshots.all([], { order: byName }).map((it) => it.name)
      throw notFound('snapshot', { name: given.name, known })
    })
    await context.services.workspaces.restore(
      context.workspace_id,
      read(context.services, JSON.parse(kept.data)),
    )
    return {
      snapshot: {
        name: kept.name,
        created_at: toIso(kept.created_at),
        size: kept.data.length,
      },
    }
  },
})

const list = answerRoute(snapshotRoutes.list, {
  effect: 'read',
  handler: ({ world }) => ({
    snapshots: world.snapshots.all([], { order: byName }).map((row) => ({
      name: row.name,
      created_at: toIso(row.created_at),
      size: row.data.length,
    })),
  }),
})

const exported = answerRoute(snapshotRoutes.export, {
  effect: 'async',
  handler: async ({ workspace_id, read: open, services }, given) => {
    const wanted = given.name
    if (wanted === undefined) {
      return { snapshot: { ...(await services.workspaces.copy(workspace_id)) } }
    }
    return open((world) => {
      const kept = world.snapshots.get(wanted)
      if (kept === undefined) throw notFound('snapshot', { name: wanted })
      return { snapshot: z.looseObject({}).parse(JSON.parse(kept.data)) }
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
        if (wanted !== null) world.snapshots.replace({ name: wanted, created_at, data })
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

export const snapshotEndpoints = [create, restore, list, exported, imported]
