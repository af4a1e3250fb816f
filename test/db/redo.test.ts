/** Rows that a file keeps beside their tables until those get them. */
import Database from 'better-sqlite3'
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openDatabase } from '../../src/db/database.ts'
import type { DatabaseClient } from '../../src/db/database.ts'
import { exportWorkspace } from '../../src/db/snapshot.ts'
import { defaultSettings } from '../../src/sim/kernel/settings.ts'
import { codeRow, workspaceOf } from '../support/codes-in-database.ts'

let folder = ''
let file = ''
/** What was opened is closed, whatever becomes of the test. */
const opened: { close(): void }[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seam-redo-'))
  file = join(folder, 'world.db')
})
afterEach(() => {
  for (const it of opened.splice(0)) it.close()
  rmSync(folder, { recursive: true })
})

/** The database, and the connection below it. */
const open = (name = file): { db: DatabaseClient; disk: Database.Database } => {
  const prepare = vi.spyOn(Database.prototype, 'prepare')
  const db = openDatabase(name)
  opened.push(db)
  const disk: unknown = prepare.mock.contexts[0]
  prepare.mockRestore()
  if (!(disk instanceof Database)) throw new Error('no database was opened')
  return { db, disk }
}

let copies = 0
/** What a process that is killed now leaves. */
const killed = (): string => {
  const copy = join(folder, `killed ${++copies}.db`)
  for (const end of ['', '-wal']) if (existsSync(file + end)) copyFileSync(file + end, copy + end)
  return copy
}

/** How many codes are in the table of a file, and how many texts wait beside it. */
const inside = (name: string): { rows: number; texts: number } => {
  const found = new Database(name)
  const count = (table: string): number =>
    Number(found.prepare(`select count(*) from ${table}`).pluck().get())
  const result = { rows: count('access_codes'), texts: count('redo') }
  found.close()
  return result
}

const dumpOf = (db: DatabaseClient) => [
  db.workspaceRow('one').get('one'),
  ...(['access_codes', 'jobs', 'lock_memory_slots', 'spaces'] as const).map((name) =>
    db.rawTable(name).dump('one'),
  ),
]

/** Commits of many kinds, none of which reads a table by SQL. */
const live = (db: DatabaseClient): void => {
  const { access_codes, jobs, lock_memory_slots } = workspaceOf(db, 'one')
  while (db.flush(500));
  const slot = { device_id: 'x', slot: 3, code: '1111', one_time: false, written_at: 0 }
  for (const n of [1, 2, 3, 4]) access_codes.insert(codeRow(`code ${n}`, 'x', `000${n}`))
  db.transaction(() => {
    jobs.replace({ kind: 'device.sync', subject: 'x', due_at: 1 })
    lock_memory_slots.replace(slot)
  })
  access_codes.update('code 1', { code: '9999', name: 'two\nlines, "quoted", é and \u{1f511}' })
  access_codes.delete('code 2')
  lock_memory_slots.update(['x', '3'], { code: '2222' })
  lock_memory_slots.update(['x', '3'], { slot: 4 })
  jobs.replace({ kind: 'device.sync', subject: 'x', due_at: 2 })
  jobs.replace({ kind: 'device.sync', subject: 'y', due_at: 3 })
  jobs.delete(['y', 'device.sync'])
  db.workspaceRow('one').update('one', {
    name: 'renamed',
    settings: { ...defaultSettings, retry_every: 7 },
  })
}

test('a commit leaves its rows beside their tables, and whoever opens the file finds all of them', () => {
  const { db } = open()
  live(db)
  const copy = killed()
  expect(inside(killed())).toEqual({ rows: 0, texts: 13 })
  const again = open(copy)
  expect(dumpOf(again.db)).toEqual(dumpOf(db))
  again.db.close()
  expect(inside(copy)).toEqual({ rows: 3, texts: 0 })
})

test.each([1, 2, 4])(
  'a file that is killed after %i of its rows are in their tables has all',
  (n) => {
    const { db } = open()
    live(db)
    expect(db.flush(n)).toBe(true)
    const again = open(killed())
    expect(dumpOf(again.db)).toEqual(dumpOf(db))
  },
)

test('so has one that is killed at any row that gets into its table', () => {
  const { db, disk } = open()
  live(db)
  const moments: string[] = []
  disk.function('look', { directOnly: false }, () => moments.push(killed()))
  for (const table of ['access_codes', 'jobs', 'lock_memory_slots']) {
    disk.exec(`create temp trigger ${table}_look after insert on ${table} begin select look(); end`)
  }
  while (db.flush(2));
  moments.push(killed())
  const expected = dumpOf(db)
  expect(moments).toHaveLength(6)
  for (const moment of moments) expect(dumpOf(open(moment).db)).toEqual(expected)
})

test('what is kept goes into the tables when it is asked for, and leaves no text there', () => {
  const { db } = open()
  live(db)
  expect(db.tablesOf('one').access_codes.count()).toBe(3)
  db.tablesOf('one').access_codes.insert(codeRow('code 5', 'x', '5555'))
  expect(inside(killed())).toEqual({ rows: 4, texts: 0 })
})

test('what is long goes into its table at once: many rows of one commit, or a long text', () => {
  const { db } = open()
  const { access_codes } = workspaceOf(db, 'one')
  access_codes.insert(codeRow('short', 'x', '1111'))
  expect(inside(killed()).texts).toBeGreaterThan(0)
  db.transaction(() => {
    for (let n = 0; n < 1_100; n++) access_codes.insert(codeRow(`code ${n}`, 'x', `${n}`))
  })
  expect(inside(killed())).toEqual({ rows: 1_101, texts: 0 })
  access_codes.update('code 2', { name: 'short' })
  access_codes.update('code 1', { name: 'long '.repeat(300_000) })
  expect(inside(killed())).toEqual({ rows: 1_101, texts: 0 })
  expect(open(killed()).db.tablesOf('one').access_codes.get('code 2')?.name).toBe('short')
})

test('not more than so many rows wait beside a file', () => {
  const { db } = open()
  const { access_codes } = workspaceOf(db, 'one')
  for (let n = 0; n < 600; n++) {
    db.transaction(() => {
      for (let m = 0; m < 20; m++) access_codes.insert(codeRow(`code ${n} ${m}`, 'x', `${n}`))
    })
  }
  const { rows, texts } = inside(killed())
  expect(rows).toBeGreaterThan(8_000)
  expect(texts).toBe((12_000 - rows) / 20)
})

test.each(['abort', 'rollback'])(
  'where the tables have no room nothing of what was kept is lost: SQLite says %s',
  (way) => {
    const { db, disk } = open()
    live(db)
    const expected = dumpOf(open(killed()).db)
    disk.exec(
      `create temp trigger full before insert on access_codes when new.access_code_id = 'code 3' begin select raise(${way}, 'no room'); end`,
    )
    const { access_codes } = db.tablesOf('one')
    for (let n = 0; n < 3; n++) {
      expect(() => db.flush(500)).toThrow('no room')
      expect(() => access_codes.count()).toThrow('no room')
      // A text beside the tables has room, and so has a row at hand.
      access_codes.update('code 4', { code: `444${n}` })
      expect(access_codes.get('code 4')?.code).toBe(`444${n}`)
    }
    access_codes.update('code 4', { code: '0004' })
    expect(dumpOf(open(killed()).db)).toEqual(expected)
    disk.exec('drop trigger full')
    expect(dumpOf(db)).toEqual(expected)
    while (db.flush(500));
    expect(dumpOf(open(killed()).db)).toEqual(expected)
  },
)

test('where texts cannot go, their rows do not come into the tables', () => {
  const { db, disk } = open()
  live(db)
  disk.exec(
    "create temp trigger full before delete on redo begin select raise(abort, 'no room'); end",
  )
  const { access_codes } = db.tablesOf('one')
  expect(() => access_codes.count()).toThrow('no room')
  access_codes.update('code 4', { code: '4444' })
  expect(() => db.flush(500)).toThrow('no room')
  const again = open(killed())
  expect(again.db.tablesOf('one').access_codes.get('code 4')?.code).toBe('4444')
  disk.exec('drop trigger full')
  expect(dumpOf(db)).toEqual(dumpOf(again.db))
})

test('texts are read by the names of their columns: the tables may be those of an older version', () => {
  const { db } = open()
  live(db)
  db.close()
  const older = new Database(file)
  const changes = [
    { table: 'access_codes', gone: [[1, 'code 3']], rows: [] },
    {
      table: 'lock_memory_slots',
      named: {
        columns: ['rowid', 'device_id', 'code', 'slot', 'workspace_id', 'one_time', 'written_at'],
        id: ['device_id', 'slot'],
      },
      gone: [[1, 'x', '4']],
      rows: [[7, 'x', '7777', 5, 1, 0, 8]],
    },
  ]
  const named = { columns: ['access_code_id', 'workspace_id'], id: ['access_code_id'] }
  const insert = older.prepare('insert into redo (changes) values (?)')
  insert.run(JSON.stringify([{ table: 'access_codes', named, gone: [[1, 'code 1']], rows: [] }]))
  insert.run(JSON.stringify(changes))
  older.close()
  const { access_codes, lock_memory_slots } = open().db.tablesOf('one')
  expect(access_codes.column('access_code_id')).toEqual(['code 4'])
  expect(lock_memory_slots.all()).toMatchObject([{ slot: 5, code: '7777', rowid: 7 }])
})

test('a file with texts that nobody can read is refused, and left as it is', () => {
  const { db } = open()
  live(db)
  db.close()
  const damaged = new Database(file)
  damaged.prepare('insert into redo (changes) values (?)').run('[{"table":')
  damaged.close()
  expect(() => openDatabase(file)).toThrow(/world\.db is damaged \(what was kept last/)
  expect(inside(file)).toEqual({ rows: 3, texts: 1 })
})

test.each([':memory:', 'a file'])(
  'rows may change names with each other while they wait: in %s',
  (where) => {
    const { db } = open(where === ':memory:' ? where : file)
    const { spaces } = workspaceOf(db, 'one')
    const space = (space_id: string) =>
      spaces.insert({
        space_id,
        name: space_id,
        space_key: space_id,
        connected_account_ids: [],
        created_at: 0,
      })
    for (const id of ['a', 'b']) space(id)
    while (db.flush(500));
    spaces.update('b', { name: 'second' })
    spaces.update('a', { space_key: null })
    spaces.update('b', { space_key: 'a' })
    spaces.update('a', { space_key: 'b' })
    expect(spaces.column('space_key')).toEqual(['b', 'a'])
  },
)

test('a snapshot that is taken while rows wait has them', () => {
  const { db } = open()
  live(db)
  const found = exportWorkspace(open(killed()).db, 'one', 0)
  expect(exportWorkspace(db, 'one', 0)).toEqual(found)
  expect(found.tables.access_codes).toHaveLength(3)
})
