import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { RunningEmulator } from '../../src/emulator.ts'
import { createSender } from '../../src/webhooks/send.ts'
import { startServer } from '../cli/run.ts'
import { startTestEmulator } from '../support/emulator.ts'

let emulator: RunningEmulator
beforeAll(async () => {
  emulator = await startTestEmulator()
})
afterAll(() => emulator.close())

const post = async (path: string, token: string, body: object = {}) => {
  const answer = await fetch(`${emulator.endpoint}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: answer.status, text: await answer.text() }
}

describe('a key that looks like a live one', () => {
  const live = 'seam_apikey1_live_5f8Kq2'

  it('is refused with words that say so, and never repeated', async () => {
    const { status, text } = await post('/devices/list', live)
    expect(status).toBe(401)
    expect(text).toContain('do not send it a live one')
    expect(text).toContain('seam_test_')
    expect(text).not.toContain(live)
  })

  it.each(['seam_live_5f8Kq2', 'seam_5f8Kq2BXmMzq_9yHc', live])(
    'is refused as the key of an emulator: %s',
    async (api_key) => {
      const starting = startTestEmulator({ api_key })
      await expect(starting).rejects.toThrow(/looks like one of a live Seam account.*seam_test_/)
      await expect(starting).rejects.not.toThrow(api_key)
    },
  )

  it('is told from keys of sandboxes and of the vendor’s fake', async () => {
    for (const api_key of ['seam_test2bMS_94SrGUXuNR2', 'seam_apikey1_token', 'anything']) {
      const other = await startTestEmulator({ api_key })
      expect(other.api_key).toBe(api_key)
      await other.close()
    }
  })
})

describe('a webhook', () => {
  it.each(['file:///etc/passwd', 'ftp://localhost/x', 'javascript:alert(1)', 'gopher://localhost'])(
    'cannot be sent to %s',
    async (url) => {
      const { status } = await post('/webhooks/create', emulator.api_key, { url })
      expect(status).toBe(400)
    },
  )
})

describe('a world that comes in', () => {
  const metadata = 'http://169.254.169.254/latest/meta-data'

  it('has no webhook to the metadata of a cloud, by its fixture', async () => {
    const fixture = { name: 'curious', webhooks: [{ url: metadata }] }
    const { status } = await post('/_emulator/workspaces/create', emulator.api_key, { fixture })
    expect(status).toBe(400)
  })

  it('has neither such a webhook nor a redirect that is a script, by its snapshot', async () => {
    const { api_key } = emulator
    await post('/webhooks/create', api_key, { url: 'http://127.0.0.1:9/' })
    await post('/connect_webviews/create', api_key, { custom_redirect_url: 'https://a.example/' })
    const exported = await post('/_emulator/snapshots/export', api_key, {})
    const { snapshot } = z.object({ snapshot: z.unknown() }).parse(JSON.parse(exported.text))
    const changed = (from: string, to: string): unknown =>
      JSON.parse(JSON.stringify(snapshot).replace(from, to))
    for (const bad of [
      changed('http://127.0.0.1:9/', metadata),
      changed('https://a.example/', 'javascript:alert(1)'),
    ]) {
      const refused = await post('/_emulator/snapshots/import', api_key, { snapshot: bad })
      expect(refused.status).toBe(400)
      expect(refused.text).toContain('must')
    }
  })
})

describe('a webhook of an older file, whose URL nobody checked', () => {
  it.each([
    ['file:///etc/passwd', 'must begin with http:// or https://'],
    ['gopher://localhost', 'must begin with http:// or https://'],
    ['http://169.254.169.254/', 'must not lead to 169.254.169.254'],
    ['nonsense', 'must be a URL'],
  ])('is not sent to %s, and says so', async (url, problem) => {
    const sender = createSender()
    const result = await sender.send({ url, headers: {}, body: '{}' })
    expect(result.status).toBeNull()
    expect(result.error).toContain(problem)
    sender.close()
  })
})

/** Whether somebody listens there. */
const isHeard = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, host)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })

describe('an emulator that nobody gave a host', { timeout: 60_000 }, () => {
  // 127.0.0.2 is this machine as well, but not the address that was bound: a server on all
  // addresses would be heard there.
  const elsewhere = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .flatMap(({ internal, family, address }) => (internal || family !== 'IPv4' ? [] : [address]))

  it('is heard on loopback only', async () => {
    await using server = await startServer()
    const port = Number(new URL(server.url).port)
    expect(await isHeard('127.0.0.1', port)).toBe(true)
    for (const host of ['127.0.0.2', ...elsewhere]) expect(await isHeard(host, port)).toBe(false)
    expect((await server.stop()).stderr).not.toContain('whoever reaches this machine')
  })

  it('is heard everywhere when told so', async () => {
    await using server = await startServer(['--host', '0.0.0.0'])
    const port = Number(new URL(server.url).port)
    for (const host of ['127.0.0.2', ...elsewhere]) expect(await isHeard(host, port)).toBe(true)
  })
})
