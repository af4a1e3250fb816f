/** Copies of whole workspaces. */
import { z } from 'zod'
import { once } from '../lib/once.ts'
import { count, instant, textOrNull } from './fields.ts'
import { nextPage, pagingByName } from './paging.ts'
import { acts, controlRoute, reads } from './route.ts'

export const snapshotSummary = once(() =>
  z
    .strictObject({
      name: z.string().describe('The name under which it is kept.'),
      created_at: instant("The workspace's instant."),
      size: count('Characters of JSON.'),
    })
    .meta({ id: 'snapshot', description: 'A kept copy of a workspace.' }),
)
export type SnapshotSummary = z.output<ReturnType<typeof snapshotSummary>>

export const importSummary = once(() =>
  z
    .strictObject({
      name: textOrNull('The name under which it is kept; null when it was put in place.'),
      workspace_id: z.string().describe('The workspace that took it.'),
      created_at: instant("The workspace's instant."),
      size: count('Characters of JSON.'),
      counts: z
        .record(z.string(), z.number())
        .describe('How many rows came, by what they are: `devices`, `access_codes`, `events` …'),
    })
    .meta({ id: 'imported_snapshot', description: 'What came with an exported workspace.' }),
)
export type ImportSummary = z.output<ReturnType<typeof importSummary>>

const name = (description: string) =>
  z
    .string()
    .min(1)
    .max(200)
    .meta({ description, examples: ['checked-in'] })

const world = () => z.looseObject({}).describe('A whole workspace as reviewable JSON.')

export const snapshotRoutes = {
  create: controlRoute({
    path: '/_emulator/snapshots/create',
    methods: acts,
    summary: 'Keeps a copy of the whole workspace under a name; one of that name is replaced.',
    params: () => z.strictObject({ name: name('The name to keep it under.') }),
    result: () => ({ snapshot: snapshotSummary() }),
    example: () => ({ name: 'checked-in' }),
  }),
  restore: controlRoute({
    path: '/_emulator/snapshots/restore',
    methods: acts,
    summary: 'Puts a kept copy in place of all that the workspace holds; keys and copies stay.',
    params: () => z.strictObject({ name: name('The name that it is kept under.') }),
    result: () => ({ snapshot: snapshotSummary() }),
    after: () => [{ path: '/_emulator/snapshots/create', body: { name: 'checked-in' } }],
    example: () => ({ name: 'checked-in' }),
  }),
  list: controlRoute({
    path: '/_emulator/snapshots/list',
    methods: reads,
    summary: 'The copies that are kept, by name.',
    params: () =>
      z.strictObject({
        ...pagingByName('`asc` when not given.'),
        limit: z.number().int().min(1).max(10_000).describe('At most so many.').default(10_000),
      }),
    result: () => ({
      snapshots: z.array(snapshotSummary()).describe('The copies.'),
      ...nextPage(),
    }),
    example: () => ({}),
  }),
  delete: controlRoute({
    path: '/_emulator/snapshots/delete',
    methods: acts,
    summary: 'Forgets a kept copy. All copies of a workspace may take 256 MiB together.',
    params: () => z.strictObject({ name: name('The name that it is kept under.') }),
    result: () => ({}),
    after: () => [{ path: '/_emulator/snapshots/create', body: { name: 'checked-in' } }],
    example: () => ({ name: 'checked-in' }),
  }),
  export: controlRoute({
    path: '/_emulator/snapshots/export',
    methods: reads,
    summary: 'The workspace as JSON, as it is now or as it was kept under a name.',
    params: () =>
      z.strictObject({
        name: name('A kept copy; the workspace as it is now when not given.').optional(),
      }),
    result: () => ({ snapshot: world() }),
    example: () => ({}),
  }),
  import: controlRoute({
    path: '/_emulator/snapshots/import',
    methods: acts,
    summary:
      'Puts exported JSON in place of all that the workspace holds, or keeps it under a name instead.',
    params: () =>
      z.strictObject({
        snapshot: world(),
        name: name(
          'The name to keep it under; without one it takes the place of what the workspace holds.',
        ).optional(),
      }),
    result: () => ({ snapshot: importSummary() }),
    after: () => [{ path: '/_emulator/snapshots/export', body: {} }],
    example: () => ({ snapshot: '<snapshot>' }),
  }),
}
