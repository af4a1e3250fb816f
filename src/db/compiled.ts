/**
 * Functions that name each column of one table. As loops over columns they would be one function for
 * all tables, and V8, which learns the shapes of objects per place in a program, would look up each
 * column of each row by its name (docs/decisions/0022).
 */
import type { Codec, Param } from './codec.ts'

/** A row with all columns in their order, null where the given one has nothing. */
type Copy = (scope: string | number, row: object, seq: number | null) => Record<string, unknown>
/** A row's values for SQLite, in the order of the columns. */
type Values = (scope: string | number, row: object) => Param[]
type ValuesBy = (codecs: readonly Codec[], ...of: Parameters<Values>) => Param[]

export const compileCopy = (codecs: readonly Codec[]): Copy => {
  const fields = codecs.map(({ name }) => {
    const key = JSON.stringify(name)
    if (name === 'workspace_id') return `${key}: scope`
    return `${key}: ${name === 'seq' ? 'seq ?? ' : ''}row[${key}] ?? null`
  })
  // oxlint-disable-next-line typescript/no-implied-eval -- made of the schema's column names alone
  return new Function('scope', 'row', 'seq', `return { ${fields.join(', ')} }`) as Copy
}

export const compileValues = (codecs: readonly Codec[]): Values => {
  const values = codecs.map(({ name, fromDriver }, i) => {
    const value = `row[${JSON.stringify(name)}]`
    if (name === 'workspace_id') return 'scope'
    return fromDriver === null ? `${value} ?? null` : `codecs[${i}].toDriver(${value})`
  })
  // oxlint-disable-next-line typescript/no-implied-eval -- made of the schema's column names alone
  const write = new Function('codecs', 'scope', 'row', `return [${values.join(', ')}]`) as ValuesBy
  return (scope, row) => write(codecs, scope, row)
}
