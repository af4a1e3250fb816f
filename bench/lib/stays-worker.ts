// Whole guest stays as a test suite has them: a fresh key each, signed webhooks, a door that opens and shuts.
import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { SeamWebhook } from '@seamapi/webhook'
import { z } from 'zod'
import { anything, call, okShape } from './client.ts'
import type { Target } from './client.ts'
import { advance, clockNow } from './control.ts'
import { answerTask } from './forked.ts'

const task = z.object({
  url: z.string(),
  /** Keys of this worker begin with it. */
  label: z.string(),
  at_once: z.number(),
  stays: z.number(),
})

const hour = 3_600_000
const webhookShape = z.object({ webhook: z.object({ webhook_id: z.string(), secret: z.string() }) })
const createdShape = z.object({
  access_code: z.object({ access_code_id: z.string(), code: z.string() }),
})
const devicesShape = z.object({ devices: z.array(z.object({ device_id: z.string() })) })
const entryShape = z.looseObject({ opened: z.boolean() })

type Message = { headers: Record<string, string>; body: string }

/** What came in, by the path that was called. */
const inbox = new Map<string, Message[]>()

const textOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) if (chunk instanceof Buffer) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

const receive = async (request: IncomingMessage): Promise<void> => {
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
  )
  const body = await textOf(request)
  inbox.get(request.url ?? '')?.push({ headers, body })
}

const receiver = createServer((request, response) => {
  void receive(request).then(() => response.end('{}'))
})

/** Each of these arrived, signed. */
const expected = ['access_code.created', 'access_code.set_on_device', 'access_code.deleted']

const check = (path: string, secret: string): void => {
  const verifier = new SeamWebhook(secret)
  const types = new Set<string>(
    (inbox.get(path) ?? []).map(({ body, headers }) => verifier.verify(body, headers).event_type),
  )
  for (const type of expected) {
    if (!types.has(type)) throw new Error(`${type} did not arrive`)
  }
  inbox.delete(path)
}

const oneStay = async (target: Target, hooks: string): Promise<void> => {
  const path = `/${target.key}`
  inbox.set(path, [])
  await call(target, '/_emulator/clock/freeze', {}, okShape)
  const { webhook } = await call(
    target,
    '/webhooks/create',
    { url: `${hooks}${path}` },
    webhookShape,
  )
  const { devices } = await call(target, '/devices/list', {}, devicesShape)
  const device_id = devices[0]?.device_id ?? ''
  const now = await clockNow(target)
  const at = (ms: number) => new Date(now + ms).toISOString()
  const stay = { starts_at: at(21 * 24 * hour), ends_at: at(24 * 24 * hour) }
  const { access_code } = await call(
    target,
    '/access_codes/create',
    { device_id, name: 'Guest', ...stay },
    createdShape,
  )
  const entry = { device_id, code: access_code.code }
  await advance(target, { by: '505h' })
  const inside = await call(target, '/_emulator/locks/enter_code', entry, entryShape)
  if (!inside.opened) throw new Error('the door stayed shut during the stay')
  await advance(target, { by: '73h' })
  const after = await call(target, '/_emulator/locks/enter_code', entry, entryShape)
  if (after.opened) throw new Error('the door opened after the stay')
  check(path, webhook.secret)
  await call(target, '/_emulator/workspaces/delete', {}, anything)
}

answerTask(task, async ({ url, label, at_once, stays }) => {
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  const address = receiver.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  let next = 0
  let left = 0
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left--
      const key = `seam_test_${label}_${next++}`
      await oneStay({ url, key }, `http://127.0.0.1:${port}`)
    }
  }
  const round = async (count: number): Promise<number> => {
    left = count
    const begun = performance.now()
    await Promise.all(Array.from({ length: at_once }, worker))
    return (performance.now() - begun) / count
  }
  await round(Math.ceil(stays / 3))
  const ms_per_stay = await round(stays)
  receiver.closeAllConnections()
  receiver.close()
  return { ms_per_stay }
})
