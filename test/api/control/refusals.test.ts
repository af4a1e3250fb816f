/** Input that is refused briefly, before anything is made of it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createEmulator } from '../../../src/index.ts'
import type { Emulator } from '../../../src/index.ts'

let emulator: Emulator
beforeAll(async () => {
  emulator = await createEmulator()
})
afterAll(() => emulator.close())

const post = async (path: string, body: string) => {
  const response = await fetch(`${emulator.endpoint}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${emulator.apiKey}`, 'content-type': 'application/json' },
    body,
  })
  return { status: response.status, text: await response.text() }
}

describe('what is refused', () => {
  test('an inbox name that is not encoded as URLs are', async () => {
    const { workspaceId: workspace_id } = emulator
    const event = { event_id: 'e', event_type: 'lock.locked', workspace_id }
    const { status, text } = await post('/_emulator/inbox/receive/%ZZ', JSON.stringify(event))
    expect(status).toBe(400)
    expect(text).toContain('percent-encoded')
  })

  test('nothing: an unknown parameter is never looked at, however deep it is', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const { status } = await post('/access_codes/list', `{"unknown":${deep}}`)
    expect(status).toBeLessThan(500)
  })

  test.each([
    ['locks', 'schlage'],
    ['thermostats', 'ecobee'],
    ['noise_sensors', 'minut'],
  ])('a time zone that does not exist, for one of the %s', async (kind, model) => {
    const body = { model, location: { time_zone: 'Nowhere/Land' } }
    const { status, text } = await post(`/_emulator/${kind}/create`, JSON.stringify(body))
    expect(status).toBe(400)
    expect(text).toContain('time_zone')
  })

  test('a key that looks like one of a live account', async () => {
    const { status, text } = await post(
      '/_emulator/workspaces/create',
      JSON.stringify({ api_key: 'seam_abcdefgh_0123456789' }),
    )
    expect(status).toBe(400)
    expect(text).toContain('live Seam account')
    expect(text).not.toContain('0123456789')
  })

  test('a filter of very many unknown event types, in a few words', async () => {
    const event_type = Array.from({ length: 300_000 }, (_, n) => `lock.unknown_${n}`)
    const { status, text } = await post(
      '/_emulator/inbox/list',
      JSON.stringify({ event_type: event_type.slice(0, 100_000) }),
    )
    expect(status).toBe(400)
    expect(text.length).toBeLessThan(20_000)
    const types = event_type.slice(0, 100_000)
    const events = await post(
      '/events/list',
      JSON.stringify({ since: '2025-01-01T00:00:00Z', event_types: types }),
    )
    expect(events.status).toBe(400)
    expect(events.text.length).toBeLessThan(50_000)
    const list = await post(
      '/webhooks/create',
      JSON.stringify({ url: 'http://x.test', event_types: event_type.slice(0, 100_000) }),
    )
    expect(list.status).toBe(400)
    expect(list.text.length).toBeLessThan(8_000)
  })
})
