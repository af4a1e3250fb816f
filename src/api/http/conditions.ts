/** Filters of lists as SQL conditions. */
import { worldTables } from '../../db/tables/index.ts'
import type { WorldTable } from '../../db/tables/index.ts'
import type { WorldContext } from './endpoint.ts'
import { pageOf, pageStart } from './pagination.ts'

/** SQL of one filter, with its parameters. */
export type Condition = [sql: string, ...params: (string | number)[]]

export const oneOf = (column: string, values: readonly string[]): Condition => [
  `${column} in (select value from json_each(?))`,
  JSON.stringify(values),
]

/** A JSON column that holds a list has this text in it. */
export const listHas = (column: string, value: string): Condition => [
  `exists (select 1 from json_each(${column}) where value = ?)`,
  value,
]

/** What belongs to the accounts that the client sessions of a user have. */
export const ofUser = (table: string, user_identifier_key: string): Condition => [
  `connected_account_id in (select j.value from client_sessions s, json_each(s.connected_account_ids) j where s.workspace_id = ${table}.workspace_id and s.user_identifier_key = ?)`,
  user_identifier_key,
]

/** One of the columns contains the text, in capitals or not; `%` and `_` are letters like any other. */
export const contains = (columns: readonly string[], text: string): Condition => [
  columns.map((column) => `instr(lower(${column}), lower(?)) > 0`).join(' or '),
  ...columns.map(() => text),
]

/**
 * The rows whose custom metadata has all these pairs. A query string has only text, and that is how
 * SDKs send this filter, so the text `true` also finds the boolean; the boolean does not find text.
 */
export const metadataHas = (
  filter: Readonly<Record<string, string | boolean>> | undefined,
): Condition[] =>
  Object.entries(filter ?? {}).map(([key, value]) => {
    const wanted =
      typeof value === 'boolean' ? 'type' : "case type when 'text' then value else type end"
    return [
      `exists (select 1 from json_each(custom_metadata) where key = ? and ${wanted} = ?)`,
      key,
      String(value),
    ]
  })

/** The other tables that the conditions look into, by what their SQL says. */
export const tablesIn = (conditions: readonly Condition[]): WorldTable[] =>
  worldTables.filter((name) =>
    conditions.some(([sql]) => new RegExp(`\\b(?:from|join) ${name}\\b`, 'i').test(sql)),
  )

/** One page of a table's rows that satisfy all conditions, in the order of their creation. */
export const pageOfRows = <T extends { seq: number }>(
  call: WorldContext,
  table: { all(where: string, params?: readonly (string | number)[], tail?: string): T[] },
  conditions: readonly Condition[],
  { limit, page_cursor }: { limit: number; page_cursor?: string | null | undefined },
) => {
  const start = pageStart(call, page_cursor)
  const all: Condition[] = [...conditions]
  if (start !== null) all.push(['seq > ?', Number(start[0])])
  const rows = table.all(
    all.map(([sql]) => `(${sql})`).join(' and '),
    all.flatMap(([, ...values]) => values),
    `order by seq limit ${limit + 1}`,
  )
  return pageOf(call, rows, limit, (row) => [row.seq], call.world.workspace.loose_ids)
}
