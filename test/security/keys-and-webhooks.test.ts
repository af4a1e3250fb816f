import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunningEmulator } from '../../src/emulator.ts'
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

describe('an emulator that nobody gave a host', () => {
  it('is reached by this machine only', () => {
    expect(emulator.endpoint).toBe(`http://localhost:${emulator.port}`)
  })
})
