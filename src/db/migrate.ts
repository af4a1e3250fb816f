/**
 * Brings a database to the present format with the SQL that drizzle-kit wrote. The number of
 * migrations a file has seen is its `user_version`; drizzle's own migrator would load the whole
 * query builder for this.
 */
import type BetterSqlite3 from 'better-sqlite3'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { once } from '../lib/once.ts'

const folder = fileURLToPath(new URL('./migrations/', import.meta.url))

const journalShape = z.object({ entries: z.array(z.object({ tag: z.string() })) })

/** zod would make code of a schema that is read by once. */
const onceOnly = { jitless: true }

const tags = once((): string[] => {
  const file = `${folder}meta/_journal.json`
  try {
    const journal = journalShape.parse(JSON.parse(readFileSync(file, 'utf8')), onceOnly)
    return journal.entries.map((entry) => entry.tag)
  } catch (error) {
    throw new Error(`The installation is damaged: ${file} cannot be read.`, { cause: error })
  }
})

/** The format that this program writes: the number of its migrations. */
export const newestFormat = (): number => tags().length

const tableNames = z.array(z.object({ name: z.string() }))

/** Whether a file of format `version` holds tables of another program, whose they had better stay. */
export const isForeign = (db: BetterSqlite3.Database, version: number): boolean => {
  const rows = db.prepare("select name from sqlite_master where type = 'table'").all()
  const names = tableNames.parse(rows).map(({ name }) => name)
  return names.length > 0 && (version === 0 || !names.includes('workspaces'))
}

const schemaRows = z.array(z.object({ sql: z.string() }))

/** What makes a new database of the present format: taken from the second one that is made here. */
let wholeSchema: string | null = null
let made = 0

/** Where the build has put it down, so that no process has to find it out. Not there in a clone. */
const built = `${folder}whole.sql`

const builtSchema = once((): { sql: string | null } => ({
  sql: existsSync(built) ? readFileSync(built, 'utf8') : null,
}))

/** What says of a database of which format it is. */
const formatIs = (format: number): string => `pragma user_version = ${format};`

/**
 * The statements of every table and index, as they stand after all migrations, and of their format;
 * without the indexes of these names.
 */
export const schemaOf = (db: BetterSqlite3.Database, without: readonly string[] = []): string => {
  const isKept = `sql is not null and name not in (${without.map(() => '?').join(', ')})`
  const rows = db.prepare(`select sql from sqlite_master where ${isKept}`).all(...without)
  const statements = schemaRows.parse(rows).map(({ sql }) => `${sql};`)
  return [...statements, formatIs(newestFormat())].join('\n')
}

/** A migration. An index that is to go may not be there: some are made late (docs/decisions/0202). */
const textOf = (tag: string): string =>
  readFileSync(`${folder}${tag}.sql`, 'utf8').replaceAll(
    /^drop index (?!if exists)/gim,
    'DROP INDEX IF EXISTS ',
  )

/**
 * Runs the migrations after the first `version` ones, all or none. Of many new databases of one
 * process only the first ones walk through all of them, and none where the build has put together what
 * they come to.
 */
export const migrate = (db: BetterSqlite3.Database, version: number): void => {
  if (version === 0) wholeSchema ??= builtSchema().sql
  const whole = version === 0 ? wholeSchema : null
  db.transaction(() => {
    const steps = whole === null ? tags().slice(version).map(textOf) : [whole]
    for (const step of steps) db.exec(step)
    if (whole === null) db.exec(formatIs(newestFormat()))
  })()
  if (version === 0 && ++made === 2) wholeSchema = schemaOf(db)
}
