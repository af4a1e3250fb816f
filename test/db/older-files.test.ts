import Database from 'better-sqlite3'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createEmulator } from '../../src/index.ts'
import { newestFormat } from '../../src/db/migrate.ts'
import { registry } from '../../src/db/tables/index.ts'
import { getTableColumns, getTableName } from 'drizzle-orm'
import { z } from 'zod'

const migrations = new URL('../../src/db/migrations/', import.meta.url)
const journal = z
  .object({ entries: z.array(z.object({ tag: z.string() })) })
  .parse(JSON.parse(readFileSync(new URL('meta/_journal.json', migrations), 'utf8')))

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seam-older-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A file as the version of the emulator wrote it that knew so many migrations. */
const fileOfFormat = (version: number): string => {
  const file = join(folder, `format-${version}.db`)
  const db = new Database(file)
  for (const { tag } of journal.entries.slice(0, version)) {
    db.exec(readFileSync(new URL(`${tag}.sql`, migrations), 'utf8'))
  }
  db.pragma(`user_version = ${version}`)
  db.close()
  return file
}

it.each(Array.from({ length: newestFormat() }, (_, index) => index + 1))(
  'a file of format %i is brought to the present one, and used',
  async (version) => {
    const db = fileOfFormat(version)
    const emulator = await createEmulator({ db })
    const device_id = 'd0000000-0000-4000-8000-000000000001'
    await emulator.call('/access_codes/create', { device_id, name: 'Guest' })
    await emulator.clock.advance('1h')
    await emulator.close()
    const found = new Database(db, { readonly: true })
    for (const { table } of Object.values(registry)) {
      const columns = z
        .array(z.object({ name: z.string() }))
        .parse(found.pragma(`table_info(${getTableName(table)})`))
        .map(({ name }) => name)
      expect(columns.toSorted()).toEqual(Object.keys(getTableColumns(table)).toSorted())
    }
    found.close()
  },
)
