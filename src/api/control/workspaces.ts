import { z } from 'zod'
import { once } from '../../lib/once.ts'
import { clockNow } from '../../sim/kernel/clock.ts'
import { toIso } from '../../sim/kernel/instant.ts'
import type { Universe } from '../../sim/kernel/universe.ts'
import { serverAuth } from '../http/auth.ts'
import { WORLD_LIMIT } from '../http/body.ts'
import { defineEndpoint } from '../http/endpoint.ts'
import type { Call } from '../http/endpoint.ts'
import { apiError } from '../http/errors.ts'
import { timestamp } from '../http/fields.ts'

const workspace = once(() =>
  z.strictObject({
    workspace_id: z.string(),
    name: z.string(),
    /** The key that the workspace was made with; null when it has none left. */
    api_key: z.string().nullable(),
    fixture: z.string(),
    seed: z.string(),
    clock: z.strictObject({
      now: z.string(),
      mode: z.enum(['realtime', 'scaled', 'frozen']),
      rate: z.number(),
    }),
    created_at: z.string(),
  }),
)

const present = (
  universe: Universe,
  workspace_id: string,
): z.input<ReturnType<typeof workspace>> => {
  const { workspace: row, now } = universe.world(workspace_id)
  const [key] = universe.db.credentials
    .ofWorkspace(workspace_id)
    .filter(({ kind }) => kind === 'api_key')
  const shown = Math.max(
    now,
    row.clock_mode === 'frozen' ? clockNow(row, 0) : universe.now(workspace_id),
  )
  return {
    workspace_id,
    name: row.name,
    api_key: key?.token ?? null,
    fixture: row.fixture,
    seed: row.seed,
    clock: { now: toIso(shown), mode: row.clock_mode, rate: row.clock_rate },
    created_at: toIso(row.created_at),
  }
}

const clock = once(() =>
  z.strictObject({
    mode: z.enum(['realtime', 'scaled', 'frozen']),
    at: timestamp().optional(),
    rate: z.number().positive().max(1_000_000).optional(),
  }),
)

const seed = once(() => z.union([z.string().min(1), z.int().transform(String)]))

/** The workspace that the caller's key belongs to. */
const ownWorkspace = ({ auth }: Call): string => {
  if (auth.workspace_id !== null) return auth.workspace_id
  throw apiError(401, 'unauthorized', 'Name the workspace in the seam-workspace header.')
}

const create = defineEndpoint({
  path: '/_emulator/workspaces/create',
  methods: ['POST'],
  auth: serverAuth,
  summary: 'Makes another workspace, with a key, a world and a clock of its own.',
  body_limit: WORLD_LIMIT,
  effect: 'unscoped',
  params: () =>
    z.strictObject({
      name: z.string().min(1).optional(),
      api_key: z
        .string()
        .regex(/^seam_(?!at|cst|pk)[\w.-]{1,200}$/, 'must begin with seam_, as API keys do')
        .optional(),
      fixture: z.union([z.string(), z.record(z.string(), z.unknown())]).optional(),
      seed: seed().optional(),
      clock: clock().optional(),
    }),
  result: () => ({ workspace: workspace() }),
  handler: ({ universe, services }, request) => ({
    workspace: present(universe, services.workspaces.create(request)),
  }),
})

const list = defineEndpoint({
  path: '/_emulator/workspaces/list',
  methods: ['GET', 'POST'],
  auth: serverAuth,
  summary: 'Every workspace of this emulator.',
  effect: 'unscoped',
  params: () => z.strictObject({}),
  result: () => ({ workspaces: z.array(workspace()) }),
  handler: ({ universe }) => ({
    workspaces: universe.db.allWorkspaceIds().map((id) => present(universe, id)),
  }),
})

const reset = defineEndpoint({
  path: '/_emulator/workspaces/reset',
  methods: ['POST'],
  auth: serverAuth,
  summary:
    'Puts this workspace back to its first instant; keys, fixture and, if none is given, seed stay; webhooks and faults go.',
  effect: 'unscoped',
  params: () => z.strictObject({ seed: seed().optional(), clock: clock().optional() }),
  result: () => ({ workspace: workspace() }),
  handler: async (context, params) => {
    const workspace_id = ownWorkspace(context)
    await context.services.workspaces.reset(workspace_id, params)
    return { workspace: present(context.universe, workspace_id) }
  },
})

const remove = defineEndpoint({
  path: '/_emulator/workspaces/delete',
  methods: ['POST', 'DELETE'],
  auth: serverAuth,
  summary:
    'Deletes this workspace with its keys. A key seam_test_<label> opens a new one when used again.',
  effect: 'unscoped',
  params: () => z.strictObject({}),
  result: () => ({}),
  handler: async (context) => {
    await context.services.workspaces.delete(ownWorkspace(context))
    return {}
  },
})

const fixtures = defineEndpoint({
  path: '/_emulator/fixtures/list',
  methods: ['GET', 'POST'],
  auth: serverAuth,
  summary: 'The worlds that a workspace can be made of.',
  effect: 'unscoped',
  params: () => z.strictObject({}),
  result: () => ({
    fixtures: z.array(z.strictObject({ name: z.string(), description: z.string().nullable() })),
  }),
  handler: ({ services }) => ({ fixtures: services.workspaces.fixtures() }),
})

export const workspaceEndpoints = [create, list, reset, remove, fixtures]
