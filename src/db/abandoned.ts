/**
 * Rows that nobody owns any more. A world of a hundred thousand rows is not emptied at once: its
 * workspace gets another number, under which its tables are empty, and the rows of the old number go in
 * quiet moments.
 */
import type BetterSqlite3 from 'better-sqlite3'
import { once } from '../lib/once.ts'
import { SLOT } from './condition-sql.ts'
import type { Work } from './store/shapes.ts'
import type { TableStatements } from './store/repository.ts'
import { tableNames, worldTables } from './tables/index.ts'
import type { workspaces } from './tables/workspaces.ts'

export interface Abandoned {
  /** Leaves all rows of the workspace's world behind; in a transaction. What was opened of it is stale then. */
  abandonRows(workspace_id: string): void
  /** Whether the rows of no other workspace are in the tables, and none that were left behind. */
  isAlone(): boolean
  /** Gives a new workspace a number of its own, where its usual one has rows that were left behind. */
  claimNumber(workspace_id: string): void
  /** Deletes up to `most` rows that were left behind; answers whether there are more. */
  sweep(most: number): boolean
}

/** The numbers that have rows and no owner. */
const openNumbers = (db: BetterSqlite3.Database, work: Work) => {
  const all = db.prepare<[], number>('select scope from abandoned_scopes').pluck()
  const lowest = db
    .prepare<[], number | null>(
      'select min(scope) from (select scope from workspaces union all select scope from abandoned_scopes)',
    )
    .pluck()
  const insert = once(() => db.prepare('insert into abandoned_scopes (scope) values (?)'))
  const remove = once(() => db.prepare('delete from abandoned_scopes where scope = ?'))
  const numbers = new Set(all.all())
  work.onUndone(() => {
    numbers.clear()
    for (const scope of all.all()) numbers.add(scope)
  })
  // Those of this process are never given twice: somebody may still have such rows in hand.
  let given = Math.min(0, lowest.get() ?? 0)
  return {
    numbers,
    /** One that no row bears. Below zero: a workspace's first number is above. */
    next: (): number => --given,
    add: (scope: number): void => {
      insert().run(scope)
      numbers.add(scope)
    },
    remove: (scope: number): void => {
      remove().run(scope)
      numbers.delete(scope)
    },
  }
}

export const openAbandoned = (
  db: BetterSqlite3.Database,
  work: Work,
  ofWorkspaces: TableStatements<typeof workspaces>,
): Abandoned => {
  const workspaceRow = (workspace_id: string) => ofWorkspaces.forWorkspace(workspace_id)
  const { numbers, next, add, remove } = openNumbers(db, work)
  const count = once(() => db.prepare<[], number>('select count(*) from workspaces').pluck())
  // Hardly anybody needs them, and they are many.
  const deletions = once(() =>
    tableNames.map((name) =>
      db.prepare(
        `delete from ${name} where rowid in (select rowid from ${name} where workspace_id = ${SLOT} limit ${SLOT})`,
      ),
    ),
  )
  const rowOf = (workspace_id: string) => {
    const row = workspaceRow(workspace_id).get(workspace_id)
    if (row === undefined) throw new Error(`There is no workspace ${workspace_id}`)
    return row
  }

  /** Deletes up to `most` rows of one number; answers how many that were. */
  const sweepOne = (scope: number, most: number): number => {
    let left = most
    for (const deletion of deletions()) {
      left -= deletion.run(scope, left).changes
      if (left <= 0) return most
    }
    remove(scope)
    return most - left
  }

  return {
    abandonRows: (workspace_id) => {
      const { scope, seq } = rowOf(workspace_id)
      work.protect()
      add(scope ?? seq)
      workspaceRow(workspace_id).update(workspace_id, { scope: next() })
    },
    isAlone: () => {
      ofWorkspaces.flush()
      return numbers.size === 0 && count().get() === 1
    },
    claimNumber: (workspace_id) => {
      const { scope, seq } = rowOf(workspace_id)
      if (numbers.has(scope ?? seq))
        workspaceRow(workspace_id).update(workspace_id, { scope: next() })
    },
    sweep: (most) => {
      if (numbers.size === 0 || work.pending !== null) return numbers.size > 0
      work.run(() => {
        work.protect()
        let left = most
        for (const scope of numbers) if (left > 0) left -= sweepOne(scope, left)
      })
      return numbers.size > 0
    },
  }
}

/** The tables whose rows are found under the workspace's present number; others stay under its first. */
export const movesAlong: ReadonlySet<string> = new Set(worldTables)
