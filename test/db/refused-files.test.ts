import Database from 'better-sqlite3'
import { spawn } from 'node:child_process'
import {
  chmodSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cli, cliFile, outcomeOf, startServer } from '../cli/run.ts'
import type { Outcome } from '../cli/run.ts'

let folder = ''
let file = ''
let used = Buffer.alloc(0)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'seam-refused-'))
  file = join(folder, 'world.db')
  const server = await startServer(['--db', file])
  await server.stop()
  used = readFileSync(file)
})
afterAll(() => {
  chmodSync(folder, 0o755)
  rmSync(folder, { recursive: true })
})
beforeEach(() => {
  chmodSync(folder, 0o755)
  rmSync(file, { force: true })
  writeFileSync(file, used)
})

const start = (): Promise<Outcome> => cli(['start', '--port', '0', '--db', file])

/** Root may write everything; without this capability it may not, like anybody else. */
const startWithoutRights = (): Promise<Outcome> => {
  const args = [cliFile, 'start', '--port', '0', '--db', file]
  const drop = ['--bounding-set', '-dac_override', '--inh-caps', '-dac_override']
  const isRoot = process.getuid?.() === 0
  const program = isRoot ? 'setpriv' : process.execPath
  return outcomeOf(
    spawn(program, isRoot ? [...drop, process.execPath, ...args] : args, { timeout: 20_000 }),
  )
}

const change = (write: (db: Database.Database) => void): Buffer => {
  const db = new Database(file)
  write(db)
  db.close()
  return readFileSync(file)
}

/** One line for the person who started it, and the file as it was. */
const expectRefusal = ({ code, stdout, stderr }: Outcome, words: RegExp, before: Buffer): void => {
  expect(stderr).toMatch(words)
  expect(stderr.trim().split('\n')).toHaveLength(1)
  expect([code, stdout]).toEqual([1, ''])
  expect(readFileSync(file).equals(before)).toBe(true)
}

describe('a process that is given a file', { timeout: 60_000 }, () => {
  it('of a newer version says both numbers', async () => {
    const before = change((db) => db.pragma('user_version = 99'))
    expectRefusal(await start(), /newer seam-emulator \(format 99; this one knows \d+\)/, before)
  })

  it('with a damaged page says so', async () => {
    const handle = openSync(file, 'r+')
    writeSync(handle, Buffer.alloc(4_096 * 3, 0xa5), 0, 4_096 * 3, 4_096 * 2)
    const before = readFileSync(file)
    expectRefusal(await start(), /damaged|not a readable/, before)
  })

  it('of which the end is missing says so', async () => {
    writeFileSync(file, used.subarray(0, used.length / 2))
    expectRefusal(await start(), /damaged|not a readable/, readFileSync(file))
  })

  it('that is a database of another program leaves it alone', async () => {
    rmSync(file)
    const before = change((db) => db.exec('create table bookmarks (url text)'))
    expectRefusal(await start(), /a database of another program\. Nothing was changed/, before)
  })

  it('that may only be read says so', async () => {
    chmodSync(file, 0o444)
    const outcome = await startWithoutRights()
    expectRefusal(outcome, /cannot be written/, used)
  })

  it('in a folder that may only be read says so', async () => {
    chmodSync(folder, 0o555)
    const outcome = await startWithoutRights()
    expectRefusal(outcome, /cannot be (written|opened)/, used)
  })

  it('that another process has says so; free again when that one is killed', async () => {
    const first = await startServer(['--db', file])
    const { mtimeMs } = statSync(file)
    const { code, stderr } = await start()
    expect([code, statSync(file).mtimeMs]).toEqual([1, mtimeMs])
    expect(stderr).toMatch(/in use by another seam-emulator/)
    const answer = await fetch(`${first.url}/devices/list`, {
      headers: { authorization: `Bearer ${first.api_key}` },
    })
    expect(answer.status).toBe(200)
    await first.stop('SIGKILL')
    const second = await startServer(['--db', file])
    expect(second.workspace_id).toBe(first.workspace_id)
    expect((await second.stop()).code).toBe(0)
  })
})
