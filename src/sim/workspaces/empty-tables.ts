import { tableNames, worldTables } from '../../db/tables/index.ts'
import type { TableName } from '../../db/tables/index.ts'
import { historyKinds, historyTables } from '../history/kinds.ts'
import { recountHistory } from '../history/forget.ts'
import type { Universe } from '../kernel/universe.ts'
import type { World } from '../kernel/world.ts'

/** Empties tables of the workspace, in a transaction; what waits to be written there never is. */
export const emptyTables = (world: World, tables: readonly TableName[]): void => {
  for (const table of tables) world[table].dropWaiting()
  for (const table of tables) world[table].clear()
  recountHistory(world)
}

/** Rows of one kind from which on a world is left behind rather than emptied row by row. */
const MANY = 2_000

const isLarge = (world: World, touched: readonly TableName[]): boolean =>
  world.access_codes.count() > MANY ||
  historyTables.some((table) => touched.includes(table) && historyKinds[table].count(world) > MANY)

const besideWorlds = tableNames.filter((table) => !worldTables.some((it) => it === table))

/**
 * Empties a whole world, whatever its size, and answers it as it is to be used from then on: what was
 * in hand of it before is stale.
 */
export const emptyWorld = (universe: Universe, workspace_id: string): World => {
  const { db } = universe
  const world = universe.world(workspace_id)
  const touched = db.touchedTables(workspace_id, worldTables)
  for (const table of touched) world[table].dropWaiting()
  // Alone, SQLite forgets whole tables at once. To know that, the workspaces must be in their table.
  if (!isLarge(world, touched) || db.isAlone()) {
    emptyTables(world, touched)
    return world
  }
  db.abandonRows(workspace_id)
  universe.reopen(workspace_id)
  return universe.world(workspace_id)
}

/** Empties a world and all that stands beside it of its workspace. */
export const emptyWorkspace = (universe: Universe, workspace_id: string): void => {
  const world = emptyWorld(universe, workspace_id)
  emptyTables(world, universe.db.touchedTables(workspace_id, besideWorlds))
}
