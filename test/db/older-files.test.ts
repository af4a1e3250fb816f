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

const rows = z.array(z.record(z.string(), z.unknown()))
const olderWorld = z
  .object({ workspace: z.record(z.string(), z.unknown()), tables: z.record(z.string(), rows) })
  .parse(
    JSON.parse(
      readFileSync(new URL('older-snapshots/version-1-with-grants.json', import.meta.url), 'utf8'),
    ),
  )

/** A row as a file has it. */
const stored = (value: unknown): string | number | null => {
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'number' || typeof value === 'string') return value
  return value === null || value === undefined ? null : JSON.stringify(value)
}

const insertRows = (db: Database.Database, table: string, its: z.output<typeof rows>): void => {
  for (const row of its) {
    const names = Object.keys(row)
    const places = names.map(() => '?').join(', ')
    db.prepare(`insert into ${table} (${names.join(', ')}) values (${places})`).run(
      Object.values(row).map(stored),
    )
  }
}

/** A file of format 6, in which `devices` still had what only locks have, and a lock its radio. */
const fileWithLocksAmongDevices = (key: string): string => {
  const file = fileOfFormat(6)
  const db = new Database(file)
  const { clock: _, ...workspace } = olderWorld.workspace
  const clock = { clock_mode: 'frozen', clock_rate: 0, clock_base: 1_735_696_800_000 }
  const workspace_id = 'e0000000-0000-4000-8000-000000000001'
  insertRows(db, 'workspaces', [{ ...workspace, ...clock, clock_anchor: 0, workspace_id }])
  insertRows(db, 'credentials', [
    { token: key, kind: 'api_key', workspace_id, name: 'key', created_at: 0 },
  ])
  for (const [table, its] of Object.entries(olderWorld.tables)) {
    if (table.startsWith('webhook')) continue
    insertRows(
      db,
      table,
      its.map((row) => ({ ...row, workspace_id: 1 })),
    )
  }
  db.close()
  return file
}

it('a file whose devices still had what only locks have keeps all of it', async () => {
  const key = 'seam_test_older'
  const db = fileWithLocksAmongDevices(key)
  const emulator = await createEmulator({ db, api_key: key })
  const { snapshot } = z
    .object({ snapshot: z.object({ tables: z.record(z.string(), rows) }) })
    .parse({ snapshot: await emulator.snapshots.export() })
  await emulator.close()
  const older = olderWorld.tables
  const at = (row: Record<string, unknown> | undefined, name: string) => row?.[name] ?? null
  const now = (table: string, of: unknown) =>
    snapshot.tables[table]?.find(({ device_id }) => device_id === of)
  for (const device of older['devices'] ?? []) {
    const lock = now('locks', device['device_id'])
    const radio = older['locks']?.find(({ device_id }) => device_id === device['device_id'])
    expect(at(now('devices', device['device_id']), 'radio_offline_at')).toBe(
      at(radio, 'radio_offline_at'),
    )
    for (const column of ['profile_overrides', 'bank_full_since', 'backup_pool_enabled_at']) {
      expect(at(lock, column)).toEqual(at(device, column))
    }
    for (const column of ['reported_code_lengths', 'subscription_expired_at', 'privacy_mode_at']) {
      expect(at(lock, column)).toEqual(at(device, column))
    }
    expect(at(lock, 'third_party_at')).toBe(at(device, 'third_party_at'))
  }
  const abandoned = snapshot.tables['locks']?.filter((lock) => at(lock, 'abandoned') !== null)
  expect(abandoned).toMatchObject([
    {
      profile_overrides: { memory_slots: 9 },
      abandoned: { name: 'Attic', radio_offline_at: 1_735_693_200_000 },
    },
  ])
})
