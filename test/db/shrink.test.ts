/** A file gives back what it no longer needs. */
import Database from 'better-sqlite3'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openDatabase } from '../../src/db/database.ts'
import { startTestEmulator } from '../support/emulator.ts'

const folder = mkdtempSync(join(tmpdir(), 'seam-shrink-'))
afterAll(() => rmSync(folder, { recursive: true }))

const sizeOf = (file: string): number => statSync(file).size

/** Adds many messages to an inbox of the first workspace, as rows. */
const fill = (emulator: Awaited<ReturnType<typeof startTestEmulator>>, count: number): void => {
  const { universe, workspace_id } = emulator
  const body = JSON.stringify({ text: 'x'.repeat(4_000) })
  universe.write(workspace_id, (world) => {
    for (let n = 0; n < count; n++) {
      world.inbox_messages.insert({
        inbox: 'default',
        received_at: world.now,
        event_id: null,
        event_type: null,
        is_verified: true,
        headers: {},
        body,
      })
    }
  })
}

test('a file shrinks in quiet moments, once much of it is forgotten', async () => {
  const db = join(folder, 'shrinks.db')
  const emulator = await startTestEmulator({ db })
  fill(emulator, 5_000)
  await emulator.as('seam_test_default').settings.update({ keep_history_rows: 100 })
  const { universe } = emulator
  let steps = 0
  while (universe.db.shrink()) steps++
  expect(steps).toBeGreaterThan(10)
  await emulator.close()
  expect(sizeOf(db)).toBeLessThan(3_000_000)
})

test('a file of an older version with much free room is written anew when it is opened', () => {
  const file = join(folder, 'older.db')
  openDatabase(file).close()
  const older = new Database(file)
  older.pragma('auto_vacuum = none')
  older.exec('vacuum')
  older.exec('create table ballast (text)')
  const insert = older.prepare('insert into ballast values (?)')
  older.transaction(() => {
    for (let n = 0; n < 5_000; n++) insert.run('x'.repeat(3_000))
  })()
  older.exec('drop table ballast')
  older.close()
  expect(sizeOf(file)).toBeGreaterThan(10_000_000)
  openDatabase(file).close()
  expect(sizeOf(file)).toBeLessThan(2_000_000)
})

test('a file that is full stays as it is', () => {
  const db = openDatabase(join(folder, 'full.db'))
  expect(db.shrink()).toBe(false)
  db.close()
})
