import type BetterSqlite3 from 'better-sqlite3'
import { once } from '../lib/once.ts'

/** Statements of a table beyond this many are dropped: filters of lists make ever new ones. */
const KEPT_STATEMENTS = 500

/** A table's prepared statements. */
export interface StatementCache {
  prepare(sql: string): BetterSqlite3.Statement
  /** A statement that is prepared when it is first asked for. */
  lazily(sql: string): () => BetterSqlite3.Statement
  /** `verb` on the rows of one workspace; `where` and `tail` are SQL, and may be empty. */
  readonly scoped: (verb: string, where: string, tail: string) => BetterSqlite3.Statement
  /** The SQL of those at hand. */
  readonly prepared: () => string[]
}

export const createStatementCache = (db: BetterSqlite3.Database, table: string): StatementCache => {
  const bySql = new Map<string, BetterSqlite3.Statement>()
  // Found by their parts, so that a hot statement's text is not put together at every use.
  const byParts = new Map<string, Map<string, Map<string, BetterSqlite3.Statement>>>()

  const prepare = (sql: string): BetterSqlite3.Statement => {
    let statement = bySql.get(sql)
    if (statement === undefined) {
      if (bySql.size >= KEPT_STATEMENTS) {
        bySql.clear()
        byParts.clear()
      }
      statement = db.prepare(sql)
      bySql.set(sql, statement)
    }
    return statement
  }

  return {
    prepare,
    lazily: (sql) => once(() => prepare(sql)),
    scoped: (verb, where, tail) => {
      const known = byParts.get(verb)?.get(where)?.get(tail)
      if (known !== undefined) return known
      const condition = where === '' ? '' : ` and (${where})`
      const statement = prepare(
        `${verb} ${table} where workspace_id = ?${condition}${tail === '' ? '' : ` ${tail}`}`,
      )
      const ofVerb = byParts.get(verb) ?? new Map<string, Map<string, BetterSqlite3.Statement>>()
      const ofWhere = ofVerb.get(where) ?? new Map<string, BetterSqlite3.Statement>()
      byParts.set(verb, ofVerb.set(where, ofWhere.set(tail, statement)))
      return statement
    },
    prepared: () => [...bySql.keys()],
  }
}
