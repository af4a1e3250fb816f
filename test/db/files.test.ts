import Database from 'better-sqlite3'
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/db/database.ts'
import { startTestEmulator } from '../support/emulator.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seam-files-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A file that an emulator has used. */
const usedFile = async (): Promise<string> => {
  const file = join(folder, 'used.db')
  const emulator = await startTestEmulator({ db: file })
  await emulator.close()
  return file
}

describe('a database file', () => {
  it('of another program is refused and left as it is', () => {
    const file = join(folder, 'letter.txt')
    writeFileSync(file, 'Dear Sir or Madam, this is no database, but it is long enough.'.repeat(20))
    const before = readFileSync(file, 'utf8')
    expect(() => openDatabase(file)).toThrow(/letter\.txt is not a readable .* database/)
    expect(readFileSync(file, 'utf8')).toBe(before)
  })

  it('with a damaged page is refused', async () => {
    const file = await usedFile()
    const handle = openSync(file, 'r+')
    writeSync(handle, Buffer.alloc(4_096 * 3, 0xa5), 0, 4_096 * 3, 4_096 * 2)
    expect(() => openDatabase(file)).toThrow(/damaged|not a readable/)
  })

  it('from a newer version is refused with both numbers', async () => {
    const file = await usedFile()
    const db = new Database(file)
    db.pragma('user_version = 99')
    db.close()
    expect(() => openDatabase(file)).toThrow(
      /newer seam-emulator \(format 99; this one knows \d+\)/,
    )
  })

  it('that another emulator has open is refused, and free again when that one stops', async () => {
    const file = join(folder, 'shared.db')
    const first = await startTestEmulator({ db: file })
    await expect(startTestEmulator({ db: file })).rejects.toThrow(/in use by another seam-emulator/)
    await first.close()
    const second = await startTestEmulator({ db: file })
    await second.close()
  })

  it('in a folder that does not exist is refused', () => {
    expect(() => openDatabase(join(folder, 'nowhere/x.db'))).toThrow(/cannot be opened/)
  })

  it('that is a folder is refused', () => {
    expect(() => openDatabase(folder)).toThrow(/cannot be opened/)
  })
})
