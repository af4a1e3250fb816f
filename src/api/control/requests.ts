import { z } from 'zod'
import { once } from '../../lib/once.ts'
import { toIso } from '../../sim/kernel/instant.ts'
import { serverAuth } from '../http/auth.ts'
import { defineEndpoint } from '../http/endpoint.ts'
import { CALLS_PER_WORKSPACE } from '../http/request-log.ts'
import type { JournalEntry } from '../http/request-log.ts'

const request = once(() =>
  z.strictObject({
    request_id: z.string(),
    /** By the workspace's clock, and by the machine's. */
    at: z.string(),
    wall_at: z.string(),
    method: z.string(),
    path: z.string(),
    query: z.string(),
    /** The JSON value, or the text where it is none; null without a body. */
    body: z.unknown(),
    /** Parameters that the route does not have, which are ignored as Seam ignores them. */
    unknown_parameters: z.array(z.string()),
    status: z.number(),
    error_type: z.string().nullable(),
    fault_id: z.string().nullable(),
    has_next_page: z.boolean(),
  }),
)

const valueOf = (text: string): unknown => {
  if (text === '') return null
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const present = (entry: JournalEntry): z.input<ReturnType<typeof request>> => ({
  ...entry,
  unknown_parameters: [...entry.unknown_parameters],
  at: toIso(entry.at),
  wall_at: toIso(entry.wall_at),
  body: valueOf(entry.body),
})

const list = defineEndpoint({
  path: '/_emulator/requests/list',
  methods: ['GET', 'POST'],
  auth: serverAuth,
  summary: `The last ${CALLS_PER_WORKSPACE} calls that this workspace's API received, oldest first.`,
  effect: 'read',
  params: () =>
    z.strictObject({
      path: z.string().optional(),
      method: z.string().optional(),
      status: z.number().optional(),
      limit: z.number().int().min(1).default(CALLS_PER_WORKSPACE),
    }),
  result: () => ({ requests: z.array(request()) }),
  handler: ({ world, services }, { path, method, status, limit }) => ({
    requests: services.journal
      .list(world.workspace_id)
      .filter(
        (entry) =>
          (path ?? entry.path) === entry.path &&
          (method?.toUpperCase() ?? entry.method) === entry.method &&
          (status ?? entry.status) === entry.status,
      )
      .slice(-limit)
      .map(present),
  }),
})

const clear = defineEndpoint({
  path: '/_emulator/requests/clear',
  methods: ['POST', 'DELETE'],
  auth: serverAuth,
  summary: 'Forgets the calls received so far.',
  effect: 'read',
  params: () => z.strictObject({}),
  result: () => ({ cleared: z.number() }),
  handler: ({ world, services }) => ({ cleared: services.journal.clear(world.workspace_id) }),
})

export const requestEndpoints = [list, clear]
