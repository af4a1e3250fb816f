import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectEmulator, createEmulator } from '../../src/index.ts'
import { startServer } from '../cli/run.ts'
import { FRONT_DOOR } from '../support/emulator.ts'
import { startReceiver } from '../support/receiver.ts'
import type { Receiver } from '../support/receiver.ts'

/** Has a process tell of every connection that it opens, whoever opens it, and of every UDP socket. */
const spy = `
import { subscribe } from 'node:diagnostics_channel'
const tell = (what) => process.stderr.write('OUTBOUND ' + what + '\\n')
subscribe('net.client.socket', ({ socket }) => {
  socket.on('connectionAttempt', (ip, port) => tell(ip + ':' + port))
})
subscribe('udp.socket', () => tell('udp'))
`

const told = (stderr: string): Set<string> =>
  new Set([...stderr.matchAll(/^OUTBOUND (.*)$/gm)].map(([, what = '']) => what))

let receiver: Receiver
beforeAll(async () => {
  receiver = await startReceiver()
})
afterAll(() => receiver.close())

/** A week in a process of its own; answers whom it spoke to. */
const week = async (webhook?: string): Promise<Set<string>> => {
  await using server = await startServer(['--clock', 'frozen'], {
    NODE_OPTIONS: `--import "data:text/javascript,${encodeURIComponent(spy)}"`,
  })
  const { url: endpoint, api_key: apiKey } = server
  const client = connectEmulator({ endpoint, apiKey })
  if (webhook !== undefined) await client.call('/webhooks/create', { url: webhook })
  await client.call('/access_codes/create', {
    device_id: FRONT_DOOR,
    name: 'Guest',
    code: '482913',
  })
  await client.call('/connect_webviews/create', { accepted_providers: ['august'] })
  await client.clock.advance({ by: '7d' })
  await client.close()
  return told((await server.stop()).stderr)
}

describe('outbound traffic', { timeout: 60_000 }, () => {
  it('is nothing at all without a webhook', async () => {
    expect(await week()).toEqual(new Set())
  })

  it('goes to the webhook with one, and nowhere else', async () => {
    const url = receiver.url.replace('localhost', '127.0.0.1')
    expect(await week(url)).toEqual(new Set([new URL(url).host]))
    expect(receiver.received.length).toBeGreaterThan(0)
  })
})

describe('a webhook', () => {
  it.each([
    'http://169.254.169.254/latest/meta-data',
    'http://[fe80::1]/',
    'http://[fd00:ec2::254]/',
    'http://[::ffff:169.254.169.254]/',
    'http://2852039166/',
    'http://metadata.google.internal/',
    'http://100.100.100.200/',
    'http://192.0.0.192/',
  ])('is never registered for %s, where secrets are kept', async (url) => {
    await using emulator = await createEmulator()
    await expect(emulator.call('/webhooks/create', { url })).rejects.toThrow(/never called/)
    expect(await emulator.call('/webhooks/list')).toMatchObject({ webhooks: [] })
  })
})
