/** Each table says itself what it is; here every one of them is held to its word. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { is } from 'drizzle-orm/entity'
import { getTableName } from 'drizzle-orm/table'
import { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { describe, expect, it, test } from 'vitest'
import { z } from 'zod'
import type { ColumnShape } from '../../src/db/store/codec.ts'
import { exportWorkspace } from '../../src/db/snapshot.ts'
import { registry, tableNames, worldTables } from '../../src/db/tables/index.ts'
import type { TableName } from '../../src/db/tables/index.ts'
import {
  deleteWorkspace,
  resetWorkspace,
  restoreWorkspace,
} from '../../src/sim/workspaces/operations.ts'
import { finishReset } from '../../src/sim/workspaces/reset-sandbox.ts'
import { openFrozenWorld, start } from '../support/frozen-world.ts'
import type { FrozenWorld } from '../support/frozen-world.ts'

/** Stand above the workspaces, or are one. */
const notOfAWorkspace = ['abandoned_scopes', 'credentials', 'memberships', 'redo', 'workspaces']

const MARK = 'a row of the test'

const valueOf = ({ type, name }: ColumnShape): unknown => {
  switch (type) {
    case 'number':
      return 1
    case 'boolean':
      return false
    case 'json':
      return {}
    default:
      return name === 'body' ? JSON.stringify({ of: MARK }) : MARK
  }
}

/** Puts a row into every table of the workspace, whatever its columns are. */
const markAll = ({ universe: { db }, workspace_id }: FrozenWorld): void =>
  db.transaction(() => {
    for (const name of tableNames) {
      const table = db.rawTable(name)
      const columns = table.columns.filter((it) => it.name !== 'seq' && it.name !== 'workspace_id')
      table.load(workspace_id, [Object.fromEntries(columns.map((it) => [it.name, valueOf(it)]))])
    }
  })

const marked = ({ universe: { db }, workspace_id }: FrozenWorld): TableName[] =>
  tableNames.filter((name) =>
    db
      .rawTable(name)
      .dump(workspace_id)
      .some((row) => Object.values(row).includes(MARK)),
  )

const markedWorld = (): FrozenWorld => {
  const world = openFrozenWorld()
  markAll(world)
  expect(marked(world)).toEqual(tableNames)
  return world
}

describe('the registry', () => {
  test('has every table that stands in a file of src/db/tables, under its own name', async () => {
    const folder = join(import.meta.dirname, '../../src/db/tables')
    const modules: unknown[] = await Promise.all(
      readdirSync(folder).map(async (file): Promise<unknown> => import(join(folder, file))),
    )
    const declared = modules
      .flatMap((it) => Object.values(z.record(z.string(), z.unknown()).parse(it)))
      .filter((value) => is(value, SQLiteTable))
      .map(getTableName)
    expect([...tableNames, ...notOfAWorkspace].toSorted()).toEqual(declared.toSorted())
    for (const name of tableNames) expect(getTableName(registry[name].table)).toBe(name)
  })
})

describe('every table', () => {
  it('of a world comes back with a snapshot, and no other does', () => {
    const world = markedWorld()
    const { universe, workspace_id } = world
    // Rows of a test mean nothing, so nobody could take them in: snapshot-mutations.test.ts is about that.
    const snapshot = structuredClone(exportWorkspace(universe.db, workspace_id, start))
    deleteWorkspace(universe, workspace_id)
    const other = openFrozenWorld(undefined, 'other')
    restoreWorkspace(other.universe, other.workspace_id, snapshot, start)
    expect(marked(other)).toEqual(worldTables)
  })

  it('of a world begins anew when the workspace does, and no other does', () => {
    const world = markedWorld()
    resetWorkspace(world.universe, world.workspace_id, {}, start)
    const left = tableNames.filter((name) => !registry[name].in_world)
    expect(marked(world)).toEqual(left)
  })

  it('goes or stays when the sandbox is reset, as it says', () => {
    const world = markedWorld()
    const { universe, workspace_id } = world
    universe.db.transaction(() => finishReset(universe.world(workspace_id), 'no attempt'))
    const left = tableNames.filter((name) => registry[name].sandbox_reset === 'stays')
    expect(marked(world)).toEqual(left)
  })

  it('goes with its workspace', () => {
    const world = markedWorld()
    const { universe, workspace_id } = world
    const row = universe.db.workspaceRow(workspace_id).get(workspace_id)
    deleteWorkspace(universe, workspace_id)
    // Under the same number again, or its rows could not be looked for.
    if (row !== undefined) universe.db.workspaceRow(workspace_id).insert(row)
    expect(marked(world)).toEqual([])
  })
})
