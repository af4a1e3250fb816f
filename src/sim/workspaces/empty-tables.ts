import type { TableName } from '../../db/tables/index.ts'
import { recountHistory } from '../history/forget.ts'
import type { World } from '../kernel/world.ts'

/** Empties tables of the workspace, in a transaction; what waits to be written there never is. */
export const emptyTables = (world: World, tables: readonly TableName[]): void => {
  for (const table of tables) world[table].dropWaiting()
  for (const table of tables) world[table].clear()
  recountHistory(world)
}
