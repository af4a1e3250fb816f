import type BetterSqlite3 from 'better-sqlite3'
import { once } from '../../lib/once.ts'
import { SLOT } from '../condition-sql.ts'
import type { LateIndexes } from './late-indexes.ts'

/** Statements of a table beyond this many are dropped: filters of lists make ever new ones. */
const KEPT_STATEMENTS = 500

type Statement<Result> = BetterSqlite3.Statement<unknown[], Result>

/** A table's prepared statements whose rows come in one form. */
export interface Statements<Result> {
  prepare(sql: string): Statement<Result>
  /** A statement that is prepared when it is first asked for. */
  lazily(sql: string): () => Statement<Result>
  /** `verb` on the rows of one workspace; `where` and `tail` are SQL, and may be empty. */
  readonly scoped: (verb: string, where: string, tail: string) => Statement<Result>
  /** The SQL of those at hand. */
  readonly prepared: () => string[]
}

/** @param isPlucked the first column alone, as a value. */
export const createStatements = <Result>(
  db: BetterSqlite3.Database,
  table: string,
  late: LateIndexes | null,
  isPlucked = false,
): Statements<Result> => {
  const bySql = new Map<string, Statement<Result>>()
  // Found by their parts, so that a hot statement's text is not put together at every use.
  const byParts = new Map<string, Map<string, Map<string, Statement<Result>>>>()

  const prepare = (sql: string): Statement<Result> => {
    let statement = bySql.get(sql)
    if (statement === undefined) {
      if (bySql.size >= KEPT_STATEMENTS) {
        bySql.clear()
        byParts.clear()
      }
      late?.before(sql)
      statement = db.prepare<unknown[], Result>(sql)
      if (isPlucked) statement.pluck()
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
        `${verb} ${table} where workspace_id = ${SLOT}${condition}${tail === '' ? '' : ` ${tail}`}`,
      )
      const ofVerb = byParts.get(verb) ?? new Map<string, Map<string, Statement<Result>>>()
      const ofWhere = ofVerb.get(where) ?? new Map<string, Statement<Result>>()
      byParts.set(verb, ofVerb.set(where, ofWhere.set(tail, statement)))
      return statement
    },
    prepared: () => [...bySql.keys()],
  }
}
