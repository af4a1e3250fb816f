/** Requests that come together are kept together, and answered only then. */
import Database from 'better-sqlite3'
import { copyFileSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { openDatabase } from '../../src/db/database.ts'
import type { RunningEmulator } from '../../src/emulator.ts'
import { FRONT_DOOR, startTestEmulator } from '../support/emulator.ts'

let folder = ''
let file = ''
let emulator: RunningEmulator
let disk: Database.Database

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'seam-shared-'))
  file = join(folder, 'world.db')
  const prepare = vi.spyOn(Database.prototype, 'prepare')
  emulator = await startTestEmulator({ db: file })
  const opened: unknown = prepare.mock.contexts[0]
  if (!(opened instanceof Database)) throw new Error('no database was opened')
  disk = opened
  prepare.mockRestore()
})
afterEach(async () => {
  await emulator.close()
  rmSync(folder, { recursive: true })
})

const post = async (path: string, body: object) => {
  const answer = await fetch(`${emulator.endpoint}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${emulator.api_key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: answer.status, text: await answer.text() }
}

const create = (name: string, code: string) =>
  post('/access_codes/create', {
    device_id: FRONT_DOOR,
    name,
    code,
    starts_at: '2090-01-01T00:00:00.000Z',
    ends_at: '2090-01-02T00:00:00.000Z',
  })

const many = Array.from({ length: 8 }, (_, n) => n)
const codes = z.object({ access_codes: z.array(z.object({ name: z.string() })) })
const names = async (): Promise<string[]> => {
  const { text } = await post('/access_codes/list', { device_id: FRONT_DOOR })
  return codes.parse(JSON.parse(text)).access_codes.map(({ name }) => name)
}

const countCommits = () => {
  let commits = 0
  const keep = emulator.universe.db.keep.bind(emulator.universe.db)
  const spy = vi.spyOn(emulator.universe.db, 'keep').mockImplementation(() => {
    if (emulator.universe.db.pending !== null) commits++
    keep()
  })
  return { count: () => commits, restore: () => spy.mockRestore() }
}

/** What a process that is killed now leaves. */
const copyOfFiles = (name: string): string => {
  const copy = join(folder, name)
  for (const end of ['', '-wal']) {
    if (existsSync(file + end)) copyFileSync(file + end, copy + end)
  }
  return copy
}

test('whoever is answered is in the file already, if the process dies at that moment', async () => {
  await create('warm', '100000')
  const copies = await Promise.all(
    many.map(async (n) => {
      const answer = await create(`Guest ${n}`, `20000${n}`)
      expect(answer.status).toBe(200)
      return copyOfFiles(`killed ${n}.db`)
    }),
  )
  for (const [n, copy] of copies.entries()) {
    const db = openDatabase(copy)
    const { access_codes } = db.tablesOf(emulator.workspace_id)
    expect(access_codes.all().map(({ name }) => name)).toContain(`Guest ${n}`)
    db.close()
  }
})

test('requests that come in one turn share a commit, and one that fails takes back its own alone', async () => {
  const commits = countCommits()
  const { universe, workspace_id } = emulator
  const told: string[] = []
  const stop = universe.onCommit((_, events) => {
    for (const { event_type } of events) told.push(event_type)
  })
  const insert = (name: string, fails: boolean): void =>
    universe.share(workspace_id, (world) => {
      world.door_history.insert({ device_id: name, began_at: 0 })
      world.random.uuid('event')
      world.recorded.push({
        event_id: name,
        event_type: name,
        occurred_at: 0,
        device_id: null,
        access_code_id: null,
      })
      if (fails) throw new Error('on purpose')
    })
  insert('first', false)
  expect(() => insert('second', true)).toThrow('on purpose')
  insert('third', false)
  expect([commits.count(), told]).toEqual([0, []])
  const spans = () =>
    universe
      .world(workspace_id)
      .door_history.column('device_id')
      .filter((name) => ['first', 'second', 'third'].includes(String(name)))
  expect(spans()).toEqual(['first', 'third'])
  universe.keep()
  expect([commits.count(), told]).toEqual([1, ['first', 'third']])
  expect(spans()).toEqual(['first', 'third'])
  stop()
  commits.restore()
})

test('where a shared commit fails nothing of it stays, and who only reads is answered', async () => {
  await create('kept', '100000')
  disk.pragma(`max_page_count = ${Number(disk.pragma('page_count', { simple: true }))}`)
  const refused: string[] = []
  const kept = ['kept']
  for (let round = 0; round < 300 && refused.length === 0; round++) {
    const answers = await Promise.all([
      ...many.map(async (n) => {
        const name = `Guest ${round} ${n}`
        const { status, text } = await create(name, String(200_000 + round * 10 + n))
        if (status === 200) kept.push(name)
        else {
          expect([status, text]).toEqual([507, expect.stringContaining('is full')])
          refused.push(name)
        }
      }),
      post('/access_codes/list', { device_id: FRONT_DOOR }),
    ])
    expect(answers.at(-1)?.status).toBe(200)
  }
  expect(refused).not.toEqual([])
  expect((await names()).filter((name) => kept.includes(name)).toSorted()).toEqual(kept.toSorted())
  expect((await names()).some((name) => name.startsWith('Guest') && !kept.includes(name))).toBe(
    false,
  )
  disk.pragma('max_page_count = 1000000')
  expect((await create('after', '999999')).status).toBe(200)
})

test('a file that is taken away is noticed at the next write, and writes work again when it is back', async () => {
  await create('before', '100000')
  for (const end of ['', '-wal']) renameSync(file + end, `${file}${end}.away`)
  const refused = await create('lost', '200000')
  expect([refused.status, refused.text]).toEqual([
    507,
    expect.stringContaining('was removed or replaced'),
  ])
  expect(await names()).toContain('before')
  expect(await names()).not.toContain('lost')
  for (const end of ['', '-wal']) renameSync(`${file}${end}.away`, file + end)
  expect((await create('again', '300000')).status).toBe(200)
})
