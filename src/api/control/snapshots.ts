import { z } from 'zod'
import type { Snapshot } from '../../db/snapshot.ts'
import { once } from '../../lib/once.ts'
import { domainError, notFound } from '../../sim/kernel/errors.ts'
import { toIso } from '../../sim/kernel/instant.ts'
import { serverAuth } from '../http/auth.ts'
import { WORLD_LIMIT } from '../http/body.ts'
import { defineEndpoint } from '../http/endpoint.ts'
import type { Services } from '../http/services.ts'

const summary = once(() =>
  z.strictObject({
    name: z.string(),
    created_at: z.string(),
    /** Characters of JSON. */
    size: z.number(),
  }),
)

const importSummary = once(() =>
  z.strictObject({
    /** The name under which it is kept; null when it was put in place. */
    name: z.string().nullable(),
    workspace_id: z.string(),
    /** The workspace's instant. */
    created_at: z.string(),
    size: z.number(),
    /** How many rows came, by what they are: `devices`, `access_codes`, `events` … */
    counts: z.record(z.string(), z.number()),
  }),
)

const countsOf = ({ tables }: Snapshot): Record<string, number> =>
  Object.fromEntries(
    Object.entries(tables).map(([table, rows]): [string, number] => [table, rows.length]),
  )

const name = once(() => z.string().min(1).max(200))

/** @throws invalid_snapshot */
const read = (services: Services, value: unknown): Snapshot => {
  try {
    return services.workspaces.parse(value)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw domainError('invalid_snapshot', message, { param: 'snapshot' })
  }
}

const create = defineEndpoint({
  path: '/_emulator/snapshots/create',
  methods: ['POST'],
  auth: serverAuth,
  summary: 'Keeps a copy of the whole workspace under a name; one of that name is replaced.',
  effect: 'async',
  params: () => z.strictObject({ name: name() }),
  result: () => ({ snapshot: summary() }),
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

const restore = defineEndpoint({
  path: '/_emulator/snapshots/restore',
  methods: ['POST'],
  auth: serverAuth,
  summary: 'Puts a kept copy in place of all that the workspace holds; keys and copies stay.',
  effect: 'async',
  params: () => z.strictObject({ name: name() }),
  result: () => ({ snapshot: summary() }),
  handler: async (context, given) => {
    const kept = context.read((world) => {
      const found = world.snapshots.get(given.name)
      if (found !== undefined) return found
      const known = world.snapshots.all('true', [], 'order by name').map((it) => it.name)
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

const list = defineEndpoint({
  path: '/_emulator/snapshots/list',
  methods: ['GET', 'POST'],
  auth: serverAuth,
  summary: 'The copies that are kept.',
  effect: 'read',
  params: () => z.strictObject({}),
  result: () => ({ snapshots: z.array(summary()) }),
  handler: ({ world }) => ({
    snapshots: world.snapshots.all('true', [], 'order by name').map((row) => ({
      name: row.name,
      created_at: toIso(row.created_at),
      size: row.data.length,
    })),
  }),
})

const exported = defineEndpoint({
  path: '/_emulator/snapshots/export',
  methods: ['GET', 'POST'],
  auth: serverAuth,
  summary: 'The workspace as JSON, as it is now or as it was kept under a name.',
  effect: 'async',
  params: () => z.strictObject({ name: name().optional() }),
  result: () => ({ snapshot: z.looseObject({}) }),
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

const imported = defineEndpoint({
  path: '/_emulator/snapshots/import',
  methods: ['POST'],
  auth: serverAuth,
  summary:
    'Puts exported JSON in place of all that the workspace holds, or keeps it under a name instead.',
  effect: 'async',
  body_limit: WORLD_LIMIT,
  params: () => z.strictObject({ snapshot: z.looseObject({}), name: name().optional() }),
  result: () => ({ snapshot: importSummary() }),
  handler: async ({ workspace_id, write, services }, { snapshot: given, name: wanted = null }) => {
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
})

export const snapshotEndpoints = [create, restore, list, exported, imported]
