/** Makes whole rows of what is given. */
import { once } from '../../lib/once.ts'
import type { Codec, Row, Scope } from './codec.ts'

type Whole = (scope: Scope, row: Row, seq: number) => Row
type WholeOr = (missing: (column: string) => never, ...given: Parameters<Whole>) => Row

/**
 * A function that names each column of one table. As a loop over columns it would be one function for
 * all tables, and V8, which learns the shapes of objects per place in a program, would look up each
 * column of each row by its name.
 */
const compileWhole = (codecs: readonly Codec[], number: string): WholeOr => {
  const fields = codecs.map(({ name, isNullable }) => {
    const key = JSON.stringify(name)
    if (name === 'workspace_id') return `${key}: scope`
    if (name === number) return `${key}: seq`
    return `${key}: row[${key}] ?? ${isNullable ? 'null' : `missing(${key})`}`
  })
  const body = `return { ${fields.join(', ')} }`
  // oxlint-disable-next-line typescript/no-implied-eval, typescript/no-unsafe-type-assertion -- made of the schema's column names alone
  return new Function('missing', 'scope', 'row', 'seq', body) as WholeOr
}

export interface RowMaker {
  /** A whole row of what is given of one. @throws Error without a value that the table needs */
  readonly whole: Whole
  /** The row with the patch in it. @throws Error for what its columns cannot hold */
  readonly changed: (row: Row, patch: Row) => Row
}

/** Of the rows of one table; `number` is the column of a row's number. */
export const rowMaker = (table: string, codecs: readonly Codec[], number: string): RowMaker => {
  const make = once(() => compileWhole(codecs, number))
  const byName = new Map(codecs.map((codec) => [codec.name, codec]))
  const missing = (column: string): never => {
    throw new Error(`A row of ${table} needs a value in ${column}.`)
  }
  return {
    whole: (scope, row, seq) => make()(missing, scope, row, seq),
    changed: (row, patch) => {
      const made: Record<string, unknown> = { ...row }
      for (const key in patch) {
        const codec = byName.get(key)
        if (codec === undefined) throw new Error(`${table} has no column ${key}`)
        const value = patch[key] ?? null
        if (value === null && !codec.isNullable) missing(key)
        made[key] = value
      }
      return made
    },
  }
}
