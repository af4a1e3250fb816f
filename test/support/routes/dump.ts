/** Everything that a workspace is, as text to compare. */
import type { TableName } from '../../../src/db/client.ts'
import type { Universe } from '../../../src/sim/kernel/universe.ts'

/** What deliveries that are under way change by themselves is left out. */
const tables = [
  'streams',
  'jobs',
  'connected_accounts',
  'bridges',
  'devices',
  'locks',
  'lock_memory_slots',
  'door_history',
  'lock_log',
  'access_codes',
  'action_attempts',
  'events',
  'webhooks',
  'faults',
  'connect_webviews',
  'client_sessions',
  'snapshots',
] as const satisfies TableName[]

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
          ...tables.map((table) => [table, world[table].all('true', [], 'order by rowid')]),
        ]),
      )
    : GONE
