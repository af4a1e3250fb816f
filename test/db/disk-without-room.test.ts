import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { cli, portOf, startServer } from '../cli/run.ts'
import type { StartedServer } from '../cli/run.ts'
import { FRONT_DOOR } from '../support/emulator.ts'

/** A folder on a disk of which all room can be taken away and given back. */
interface Disk {
  readonly folder: string
  takeAll(pid?: number): void
  giveBack(pid?: number): void
  remove(): void
}

const run = (program: string, ...args: string[]): boolean => {
  try {
    execFileSync(program, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** A file system of 8 MB in memory, where the machine lets one be mounted: ENOSPC. */
const smallDisk = (): Disk | null => {
  const folder = mkdtempSync(join(tmpdir(), 'seam-disk-'))
  if (!run('mount', '-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder)) {
    rmSync(folder, { recursive: true })
    return null
  }
  const filler = join(folder, 'filler')
  return {
    folder,
    takeAll: () => {
      for (const size of [65_536, 4_096]) {
        try {
          for (;;) appendFileSync(filler, Buffer.alloc(size))
        } catch {
          // Full, to a block of this size.
        }
      }
    },
    giveBack: () => rmSync(filler),
    remove: () => {
      run('umount', '--lazy', folder)
      rmSync(folder, { recursive: true })
    },
  }
}

/** A limit on the size of files, which needs no rights: EFBIG. */
const limitedFiles = (): Disk | null => {
  const folder = mkdtempSync(join(tmpdir(), 'seam-disk-'))
  const limit = (pid: number, size: string): boolean =>
    run('prlimit', '--pid', String(pid), `--fsize=${size}:unlimited`)
  if (!limit(process.pid, 'unlimited')) return null
  return {
    folder,
    takeAll: (pid = 0) => {
      // Both files are longer than that already.
      limit(pid, '4096')
    },
    giveBack: (pid = 0) => {
      limit(pid, 'unlimited')
    },
    remove: () => rmSync(folder, { recursive: true }),
  }
}

const refusal = z.object({
  ok: z.literal(false),
  error: z.object({ type: z.string(), message: z.string() }),
})
const event = z.object({ event_id: z.string(), event_type: z.string() })
const clock = z.object({ clock: z.object({ now: z.string() }) })
const codes = z.object({ access_codes: z.array(z.object({ name: z.string() })) })

const post = async ({ url, api_key }: StartedServer, path: string, body: object) => {
  const answer = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${api_key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: answer.status, body: await answer.json() }
}

const namesOn = async (server: StartedServer): Promise<string[]> => {
  const { body } = await post(server, '/access_codes/list', { device_id: FRONT_DOOR })
  return codes
    .parse(body)
    .access_codes.map(({ name }) => name)
    .toSorted()
}

/** A far-future code, or one that is to be set now: by a job, which runs by itself. */
const create = (server: StartedServer, n: number, isOngoing: boolean) =>
  post(server, '/access_codes/create', {
    device_id: FRONT_DOOR,
    name: `Guest ${n}`,
    code: String(100_000 + n * 7),
    ...(!isOngoing && { starts_at: '2090-01-01T00:00:00Z', ends_at: '2090-01-02T00:00:00Z' }),
  })

const kinds = [
  ['a full disk', smallDisk],
  ['files that may not grow', limitedFiles],
] as const

/** Takes webhooks; while `held`, it lets senders wait for its answer. */
const startSlowReceiver = async () => {
  const arrived: { event_id: string; event_type: string }[] = []
  const waiting: (() => void)[] = []
  const state = { held: true }
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => (text += chunk.toString()))
    request.on('end', () => {
      arrived.push(event.parse(JSON.parse(text)))
      if (state.held) waiting.push(() => response.end())
      else response.end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    arrived,
    waiting,
    release: () => {
      state.held = false
      for (const answer of waiting.splice(0)) answer()
    },
    close: () => server.close(),
  }
}

describe.each(kinds)('an emulator on %s', (_, open) => {
  const disk = open()
  afterAll(() => disk?.remove())

  it.skipIf(disk === null)(
    'refuses what it cannot keep, reads on, and goes on by itself when there is room again',
    { timeout: 120_000 },
    async () => {
      if (disk === null) return
      const db = join(disk.folder, 'world.db')
      const receiver = await startSlowReceiver()
      const server = await startServer(['--db', db, '--clock', 'x4', '--log-level', 'error'])
      const types = ['access_code.created', 'access_code.set_on_device']
      await post(server, '/webhooks/create', { url: receiver.url, event_types: types })
      const kept: string[] = []
      const refused: z.infer<typeof refusal>['error'][] = []
      const attempt = async (n: number, isOngoing = false): Promise<void> => {
        const { status, body } = await create(server, n, isOngoing)
        if (status === 200) {
          kept.push(`Guest ${n}`)
          return
        }
        expect(status).toBe(507)
        refused.push(refusal.parse(body).error)
      }
      for (let n = 1; n <= 40; n++) await attempt(n)
      await expect.poll(() => receiver.waiting.length).toBe(1)
      for (let n = 41; n <= 45; n++) await attempt(n, true)
      expect(refused).toEqual([])

      disk.takeAll(server.pid)
      // The log's room is used again and again, so that some more may find their place.
      for (let n = 51; n <= 3_000 && refused.length < 20; n++) await attempt(n)
      expect(refused).toHaveLength(20)
      const [{ type, message } = { type: '', message: '' }] = refused
      expect(type).toBe('insufficient_storage')
      expect(message).toMatch(/world\.db .*Nothing was changed/)
      // What the receiver answers now cannot be written down, and codes that are due cannot be set.
      receiver.release()
      // It is read as it was last kept: time stands still before what is due.
      const now = async (): Promise<string> => {
        const { status, body } = await post(server, '/_emulator/clock/get', {})
        expect(status).toBe(200)
        return clock.parse(body).clock.now
      }
      const isStill = async (): Promise<boolean> => (await now()) === (await now())
      await expect.poll(isStill, { timeout: 10_000 }).toBe(true)
      expect(await namesOn(server)).toEqual(kept.toSorted())

      disk.giveBack(server.pid)
      // Nobody asks for anything: it is the emulator itself that tries again.
      const arrivedOf = (type: string): number =>
        new Set(
          receiver.arrived.filter((it) => it.event_type === type).map(({ event_id }) => event_id),
        ).size
      await expect.poll(() => types.map(arrivedOf), { timeout: 30_000 }).toEqual([kept.length, 5])
      for (let n = 4_001; n <= 4_010; n++) await attempt(n)
      expect(refused).toHaveLength(20)
      expect(await namesOn(server)).toEqual(kept.toSorted())
      const { code } = await server.stop()
      expect(code).toBe(0)
      receiver.close()

      await using again = await startServer(['--db', db])
      expect(await namesOn(again)).toEqual(kept.toSorted())
    },
  )
})

const probe = smallDisk()
probe?.remove()

it.skipIf(probe === null)(
  'a new file for which there is no room is refused in one line',
  async () => {
    const disk = smallDisk()
    disk?.takeAll()
    const db = join(disk?.folder ?? '', 'new.db')
    const { code, stderr } = await cli(['start', '--port', '0', '--db', db])
    disk?.remove()
    expect(code).toBe(1)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stderr).toMatch(/new\.db is full|new\.db cannot be/)
  },
)
