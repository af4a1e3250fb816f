/** Whole workspaces, and the worlds that they are made of. */
import { z } from 'zod'
import { once } from '../lib/once.ts'
import { clockFields, clockModes, rate } from './clock.ts'
import { instant, textOrNull, when } from './fields.ts'
import { nextPage, paging } from './paging.ts'
import { acts, controlRoute, reads, removes } from './route.ts'

export const workspace = once(() =>
  z
    .strictObject({
      workspace_id: z.string().describe('Its id.'),
      name: z.string().describe('Its name.'),
      api_key: textOrNull('The key that it was made with; null when it has none left.'),
      fixture: z.string().describe('The world that it was made of.'),
      seed: z.string().describe('What all its luck and all its ids derive from.'),
      clock: z.strictObject(clockFields()).describe('Its clock.'),
      created_at: instant('Its first instant.'),
      last_used_at: textOrNull(
        "When its API was last called, by the machine's clock; null where that is not known.",
      ),
    })
    .meta({ id: 'workspace', description: 'A workspace of this emulator.' }),
)
export type Workspace = z.output<ReturnType<typeof workspace>>

const clock = once(() =>
  z
    .strictObject({
      mode: z.enum(clockModes).describe('`frozen`, `realtime` or `scaled`.'),
      at: when('The first instant.').optional(),
      rate: rate().describe('Workspace seconds per second of real time, for `scaled`.').optional(),
    })
    .describe('The clock that it begins with.'),
)

const seed = once(() =>
  z
    .union([z.string().min(1), z.int().transform(String)])
    .meta({ description: 'What all its luck and all its ids derive from.', examples: ['rainy'] }),
)

export const workspaceRoutes = {
  create: controlRoute({
    path: '/_emulator/workspaces/create',
    methods: acts,
    summary: 'Makes another workspace, with a key, a world and a clock of its own.',
    params: () =>
      z.strictObject({
        name: z
          .string()
          .min(1)
          .meta({ description: 'Its name.', examples: ['Hotel'] })
          .optional(),
        api_key: z
          .string()
          .regex(/^seam_(?!at|cst|pk)[\w.-]{1,200}$/, 'must begin with seam_, as API keys do')
          .meta({ description: 'Its key; made when not given.', examples: ['seam_test_hotel'] })
          .optional(),
        fixture: z
          .union([z.string(), z.record(z.string(), z.unknown())])
          .meta({
            description: 'The world that it is made of: the name of a fixture, or a world as data.',
            examples: ['default'],
          })
          .optional(),
        seed: seed().optional(),
        clock: clock().optional(),
      }),
    result: () => ({ workspace: workspace() }),
    example: () => ({ name: 'Hotel', clock: { mode: 'frozen', at: '2025-06-01T00:00:00Z' } }),
  }),
  list: controlRoute({
    path: '/_emulator/workspaces/list',
    methods: reads,
    summary: 'The workspaces of this emulator, in the order in which they were made.',
    params: () =>
      z.strictObject({
        q: z
          .string()
          .min(1)
          .meta({
            description: 'Only those whose name, key, fixture or id contains this.',
            examples: ['hotel'],
          })
          .optional(),
        ...paging('`asc` when not given.'),
        limit: z.number().int().min(1).max(10_000).describe('At most so many.').default(10_000),
      }),
    result: () => ({ workspaces: z.array(workspace()).describe('The workspaces.'), ...nextPage() }),
    example: () => ({}),
  }),
  reset: controlRoute({
    path: '/_emulator/workspaces/reset',
    methods: acts,
    summary:
      'Puts this workspace back to its first instant; keys, fixture and, if none is given, seed stay; webhooks and faults go.',
    params: () => z.strictObject({ seed: seed().optional(), clock: clock().optional() }),
    result: () => ({ workspace: workspace() }),
    example: () => ({ seed: 'rainy' }),
  }),
  delete: controlRoute({
    path: '/_emulator/workspaces/delete',
    methods: removes,
    summary:
      'Deletes this workspace with its keys. A key seam_test_<label> opens a new one when used again, unless it is retired.',
    params: () =>
      z.strictObject({
        retire_key: z
          .boolean()
          .describe(
            'Refuses calls with its seam_test_<label> from now on (401), so that one which comes too late opens no workspace, until workspaces/create makes one with it. False when not given.',
          )
          .optional(),
      }),
    result: () => ({}),
    example: () => ({}),
  }),
}

export const fixtureRoutes = {
  list: controlRoute({
    path: '/_emulator/fixtures/list',
    methods: reads,
    summary: 'The worlds that a workspace can be made of.',
    params: () => z.strictObject({}),
    result: () => ({
      fixtures: z
        .array(
          z.strictObject({
            name: z.string().describe('Its name.'),
            description: textOrNull('What is in it.'),
          }),
        )
        .describe('All fixtures.'),
    }),
    example: () => ({}),
  }),
}
