import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { controlEndpoints } from '../../../src/api/control/index.ts'
import { controlBy, startTestEmulator } from '../../support/emulator.ts'
import type { TestEmulator } from '../../support/emulator.ts'

const key = 'seam_test_default'
const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }

let emulator: TestEmulator
beforeAll(async () => {
  emulator = await startTestEmulator()
})
afterAll(() => emulator.close())

// Probes and webhooks come from elsewhere, and may bring more than we know.
const open = new Set(['/_emulator/ready', '/_emulator/inbox/receive/:inbox'])
const strict = controlEndpoints.filter(({ path }) => !open.has(path))

const messageOf = async (response: Response): Promise<string> => {
  expect(response.status).toBe(400)
  const text = await response.text()
  expect(text).toContain('"type":"invalid_input"')
  return text
}

describe('an unknown field', () => {
  it.each(strict.map(({ path }) => path))('is refused by name: %s', async (path) => {
    const body = JSON.stringify({ no_such_field: 1 })
    const response = await fetch(emulator.endpoint + path, { method: 'POST', headers, body })
    expect(await messageOf(response)).toContain("'no_such_field'")
  })

  const reads = strict.filter(({ methods }) => methods.includes('GET')).map(({ path }) => path)
  it.each(reads)('is refused in a query string as well: GET %s', async (path) => {
    const response = await fetch(`${emulator.endpoint}${path}?no_such_field=1`, { headers })
    expect(await messageOf(response)).toContain("'no_such_field'")
  })

  const nested: [string, object][] = [
    ['locks/create', { model: 'august', location: { no_such_field: 1 } }],
    ['workspaces/create', { clock: { mode: 'frozen', no_such_field: 1 } }],
    ['workspaces/reset', { clock: { mode: 'frozen', no_such_field: 1 } }],
    ['report', { bookings: [{ no_such_field: 1 }] }],
    ['faults/create', { on: 'http', effect: { kind: 'status', status: 500, no_such_field: 1 } }],
  ]
  it.each(nested)('is refused inside of %s', async (path, body) => {
    await expect(controlBy(emulator.as(key))(path, body)).rejects.toThrow(
      /400: .*"no_such_field|400: .*'no_such_field'/,
    )
  })

  it('is told beside the fields that there are', async () => {
    const advance = controlBy(emulator.as(key))('clock/advance', { hour: 3 })
    await expect(advance).rejects.toThrow("'hour' (known: 'by', 'to', 'to_next', 'max')")
  })
})
