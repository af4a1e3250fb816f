import Database from 'better-sqlite3'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { RunningEmulator } from '../../src/emulator.ts'
import { FRONT_DOOR, startTestEmulator } from '../support/emulator.ts'
import { z } from 'zod'

let folder = ''
let emulator: RunningEmulator
let disk: Database.Database

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'seam-full-'))
  const prepare = vi.spyOn(Database.prototype, 'prepare')
  emulator = await startTestEmulator({ db: join(folder, 'full.db') })
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

const create = (n: number) =>
  post('/access_codes/create', {
    device_id: FRONT_DOOR,
    name: `Guest ${n}`,
    code: String(100_000 + n * 7),
    starts_at: '2090-01-01T00:00:00.000Z',
    ends_at: '2090-01-02T00:00:00.000Z',
  })

const codes = z.object({ access_codes: z.array(z.object({ name: z.string() })) })
const names = async (): Promise<string[]> => {
  const { text } = await post('/access_codes/list', { device_id: FRONT_DOOR })
  return codes.parse(JSON.parse(text)).access_codes.map(({ name }) => name)
}

describe('an emulator whose disk is full', () => {
  it('refuses what it cannot keep, changes nothing, and goes on when there is room', async () => {
    const before = await names()
    const pages = Number(disk.pragma('page_count', { simple: true }))
    disk.pragma(`max_page_count = ${pages + 20}`)
    const kept: string[] = []
    let refused
    for (let n = 1; n < 2_000 && refused === undefined; n++) {
      const answer = await create(n)
      if (answer.status === 200) kept.push(`Guest ${n}`)
      else refused = answer
    }
    expect(refused?.status).toBe(507)
    expect(refused?.text).toContain('is full. Nothing was changed.')
    expect(await names()).toEqual([...before, ...kept])

    disk.pragma('max_page_count = 1000000')
    expect((await create(5_000)).status).toBe(200)
    expect(await names()).toEqual([...before, ...kept, 'Guest 5000'])
  })

  it('does not move a clock whose new instant it cannot keep', async () => {
    const clock = async () => (await post('/_emulator/clock/get', {})).text
    const before = await clock()
    disk.exec(
      "create temp trigger no_room before insert on redo begin select raise(abort, 'no room'); end",
    )
    expect((await post('/_emulator/clock/advance', { by: '1s' })).status).toBe(500)
    expect(await clock()).toBe(before)
    disk.exec('drop trigger no_room')
    expect((await post('/_emulator/clock/advance', { by: '1s' })).status).toBe(200)
    expect(await clock()).not.toBe(before)
  })
})
