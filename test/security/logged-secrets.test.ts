import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { logLevels } from '../../src/log/levels.ts'
import { portOf, startServer } from '../cli/run.ts'
import { FRONT_DOOR } from '../support/emulator.ts'

const receiver = createServer((request, response) => {
  request.resume()
  request.once('end', () => response.writeHead(500).end())
})
beforeAll(() => new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve)))
afterAll(() => receiver.close())

const made = z.object({ webhook: z.object({ secret: z.string() }) })
const session = z.object({ client_session: z.object({ token: z.string() }) })

/** Uses every kind of secret, rightly and wrongly; answers the log and the secrets in it. */
const logAt = async (level: string) => {
  await using server = await startServer(['--log-level', level], {
    SEAM_EMULATOR_API_KEY: 'seam_test_hidden_key',
  })
  const call = async (path: string, body: unknown, key = server.api_key): Promise<unknown> => {
    const answer = await fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
    const text = await answer.text()
    return text.startsWith('{') ? JSON.parse(text) : text
  }
  const url = `http://hidden-user:hidden-word@127.0.0.1:${portOf(receiver)}/hook?token=hidden-token`
  const { webhook } = made.parse(await call('/webhooks/create', { url }))
  const { client_session } = session.parse(await call('/client_sessions/create', {}))
  await call('/access_codes/create', { device_id: FRONT_DOOR, code: '730194' })
  await call('/access_codes/create', { device_id: FRONT_DOOR, code: '730194' })
  await call('/access_codes/create', { device_id: FRONT_DOOR, code: '730194abc' })
  await call('/access_codes/create', '{"device_id":"x","code":"730194"')
  await call(`/access_codes/get?device_id=${FRONT_DOOR}&code=730194&api_key=hidden-query`, {})
  await call('/_emulator/locks/enter_code', { device_id: FRONT_DOOR, code: '730194' })
  await call(`/access_codes/get?client_secret=hidden-query`, {}, client_session.token)
  for (const key of ['seam_live_hidden_key', 'seam_at_hidden_key', 'hidden-key', '']) {
    await call('/devices/list', {}, key)
  }
  const attempted = () => call('/_emulator/webhook_deliveries/list', {})
  await expect
    .poll(async () => JSON.stringify(await attempted()), { timeout: 10_000 })
    .toContain('"attempt":1')
  const { stderr } = await server.stop()
  const secrets = ['730194', 'hidden', webhook.secret, client_session.token]
  return { stderr, found: secrets.filter((secret) => stderr.includes(secret)) }
}

describe('the log', { timeout: 60_000 }, () => {
  it.each(logLevels)('has no secret in it at the level %s', async (level) => {
    const { stderr, found } = await logAt(level)
    expect(found).toEqual([])
    if (level === 'silent') expect(stderr).toBe('')
    if (level === 'info') expect(stderr).toContain('/hook')
  })
})
