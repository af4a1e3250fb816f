/**
 * What commits to a file have changed that its tables do not have yet: a text for each commit, with every
 * changed row whole, as SQLite is to have it (docs/decisions/0203).
 */
import { z } from 'zod'
import { once } from '../../lib/once.ts'
import type { Param } from './codec.ts'
import { setWaiting } from './rows.ts'
import { keyOf } from './sql.ts'
import type { Before, Rows, Undo, Work } from './shapes.ts'
import type { Id } from './sql.ts'

const shapes = once(() => {
  const names = z.array(z.string())
  const values = z.array(z.union([z.string(), z.number(), z.null()]))
  return z.array(
    z.object({
      table: z.string(),
      /** The names of its columns in the order of values, and of those that are an identity; told once. */
      named: z.object({ columns: names, id: names }).optional(),
      /** Rows that went: the workspace's number, and the identity. */
      gone: z.array(values),
      rows: z.array(values),
    }),
  )
})

/** What a commit has changed in one table of one workspace. */
type Change = z.infer<ReturnType<typeof shapes>>[number]

/** The rows that were written, each once. */
const writtenIn = (steps: readonly (Before | Undo)[]): Map<Rows, Map<string, Id>> => {
  const written = new Map<Rows, Map<string, Id>>()
  for (const step of steps) {
    // What SQL wrote by itself is in its table.
    if (typeof step === 'function') continue
    const { rows, id } = step
    let ids = written.get(rows)
    if (ids === undefined) written.set(rows, (ids = new Map<string, Id>()))
    ids.set(keyOf(id), id)
  }
  return written
}

const changeOf = ({ shelf: { sql }, scope, waiting }: Rows, ids: Map<string, Id>) => {
  const change: Record<'gone' | 'rows', unknown[][]> = { gone: [], rows: [] }
  for (const [key, id] of ids) {
    // What never reached its table does not wait to leave it, but an earlier text may have it.
    const row = waiting.get(key)?.row ?? null
    if (row !== null) change.rows.push(sql.encode(row))
    else change.gone.push([scope, ...(typeof id === 'string' ? [id] : id)])
  }
  return { table: sql.name, ...change }
}

/** Of one value, in characters: a kept snapshot is longer. */
const LONGEST = 1_000_000

const isLong = (value: unknown): boolean => typeof value === 'string' && value.length > LONGEST

/**
 * Tells what was written; null where a value is too long to be told.
 *
 * @param known tables whose columns an earlier text names
 */
export const tell = (steps: readonly (Before | Undo)[], known: Set<string>): string | null => {
  const changes = [...writtenIn(steps)].map(([rows, ids]) => {
    const change = changeOf(rows, ids)
    if (known.has(change.table)) return change
    known.add(change.table)
    const { columnNames, idColumns } = rows.shelf.sql
    return { ...change, named: { columns: columnNames, id: idColumns } }
  })
  if (changes.some(({ rows }) => rows.some((values) => values.some(isLong)))) return null
  return JSON.stringify(changes)
}

/** What is so at last of all rows of a table that texts tell of. */
export interface LastOf {
  readonly table: string
  readonly columns: readonly string[]
  readonly id: readonly string[]
  /** By the workspace's number and the identity, which may be one of numbers; null for rows that went. */
  readonly rows: readonly (readonly [key: readonly Param[], values: readonly Param[] | null])[]
}

/** Reads texts, the first one first. */
export const lastIn = (texts: readonly string[]): LastOf[] => {
  type Table = Required<Pick<Change, 'named'>> & { rows: Map<string, LastOf['rows'][number]> }
  const tables = new Map<string, Table>()
  for (const { table, named, gone, rows } of texts.flatMap((it) =>
    shapes().parse(JSON.parse(it)),
  )) {
    if (named !== undefined) tables.set(table, { rows: new Map(), ...tables.get(table), named })
    const its = tables.get(table)
    if (its === undefined) throw new Error(`No text names the columns of ${table}`)
    const places = ['workspace_id', ...its.named.id].map((name) => its.named.columns.indexOf(name))
    for (const key of gone) its.rows.set(key.join('\n'), [key, null])
    for (const values of rows) {
      const key = places.map((place) => values[place] ?? null)
      its.rows.set(key.join('\n'), [key, values])
    }
  }
  return [...tables].map(([table, { named, rows }]) => ({
    table,
    ...named,
    rows: [...rows.values()],
  }))
}

/** Has the rows of these texts wait for their tables again. */
export const recall = (texts: readonly string[], openers: Work['openers']): void => {
  for (const { table, columns, rows } of lastIn(texts)) {
    for (const [[scope = null, ...identity], values] of rows) {
      const its = scope === null ? undefined : openers.get(table)?.(scope)
      if (its === undefined) throw new Error(`There is no table ${table}`)
      const id = identity.map(String)
      const raw: Record<string, unknown> = {}
      for (const [place, name] of columns.entries()) raw[name] = values?.[place]
      const row = values === null ? null : its.shelf.sql.decode(raw)
      // It may have the number that the table still gives to another one.
      its.isMoved = true
      setWaiting(its, keyOf(id), { id, row, base: undefined })
    }
  }
}
