/** Everything that a workspace is, as text to compare. */
import { tableNames } from '../../../src/db/tables/index.ts'
import type { TableName } from '../../../src/db/tables/index.ts'
import type { Universe } from '../../../src/sim/kernel/universe.ts'

/** What deliveries that are under way change by themselves. */
const changing: ReadonlySet<TableName> = new Set([
  'webhook_deliveries',
  'webhook_attempts',
  'inbox_messages',
])
const tables = tableNames.filter((name) => !changing.has(name))

/** What is said of a workspace that is not there. */
export const GONE = 'gone'

/** The workspace's rows and keys, after what was due has run. */
export const dumpOf = (universe: Universe, workspace_id: string): string =>
  universe.exists(workspace_id)
    ? universe.read(workspace_id, (world) =>
        JSON.stringify([
          world.workspace,
          world.now,
          universe.db.credentials.ofWorkspace(workspace_id),
          ...tables.map((table) => [table, universe.db.rawTable(table).dump(workspace_id)]),
        ]),
      )
    : GONE
