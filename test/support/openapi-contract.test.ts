import { describe, expect, it } from 'vitest'
import { createContract } from './openapi-contract.ts'

const pagination = { has_next_page: false, next_page_cursor: null, next_page_url: null }
const uuid = '00000000-0000-4000-8000-000000000001'
const attempt = {
  action_attempt_id: uuid,
  action_type: 'UNLOCK_DOOR',
  status: 'pending',
  result: null,
  error: null,
}
const deleted = {
  event_id: uuid,
  event_type: 'access_code.deleted',
  workspace_id: uuid,
  created_at: '2025-01-01T16:00:00.000Z',
  occurred_at: '2025-01-01T16:00:00.000Z',
  access_code_id: uuid,
  device_id: uuid,
  connected_account_id: uuid,
  code: null,
}

const { assertEventMatchesOpenApi, assertMatchesOpenApi, coverage } = createContract()

describe('the contract with the OpenAPI document', () => {
  it('accepts answers that are as declared, and counts them', () => {
    assertMatchesOpenApi('/devices/list', 200, { devices: [], pagination, ok: true })
    assertMatchesOpenApi('/locks/unlock_door', 200, { action_attempt: attempt, ok: true })
    assertMatchesOpenApi('/workspaces/update', 200, { ok: true })
    assertMatchesOpenApi('/events/list', 200, { events: [deleted], ok: true })
    // Other files of the same process may have counted more.
    const [, routes, events] = /^routes (\d+)\/201, events (\d+)\/109$/.exec(coverage()) ?? []
    expect(Number(routes)).toBeGreaterThanOrEqual(4)
    expect(Number(events)).toBeGreaterThanOrEqual(1)
    const counted = coverage()
    assertMatchesOpenApi('/devices/list', 200, { devices: [], pagination, ok: true })
    expect(coverage()).toBe(counted)
  })

  it.each([
    ['a missing field', '/devices/list', { devices: [], ok: true }],
    ['an unknown field', '/devices/list', { devices: [], pagination, extra: 1, ok: true }],
    ['an ill-typed field', '/webhooks/list', { webhooks: [{ webhook_id: 1, url: 'x' }], ok: true }],
    [
      'an id that is no UUID',
      '/locks/lock_door',
      { action_attempt: { ...attempt, action_attempt_id: 'a' }, ok: true },
    ],
    [
      'a status without its error',
      '/locks/lock_door',
      { action_attempt: { ...attempt, status: 'error' }, ok: true },
    ],
    ['null where null is not allowed', '/devices/list', { devices: null, pagination, ok: true }],
  ])('refuses %s', (_, path, body) => {
    expect(() => assertMatchesOpenApi(path, 200, body)).toThrow(/not as Seam's OpenAPI says/)
  })

  it('knows the error envelope', () => {
    const error = { type: 'invalid_input', message: 'device_id is required' }
    assertMatchesOpenApi('/devices/get', 400, { error, ok: false })
    expect(() => assertMatchesOpenApi('/devices/get', 400, { error, ok: true })).toThrow()
    expect(() => assertMatchesOpenApi('/devices/get', 404, { ok: false })).toThrow()
  })

  it('refuses events with a field missing, unknown or ill-typed', () => {
    const { code: _, ...withoutCode } = deleted
    expect(() => assertEventMatchesOpenApi(withoutCode)).toThrow(/access_code.deleted/)
    expect(() => assertEventMatchesOpenApi({ ...deleted, reason: 'x' })).toThrow(/reason/)
    expect(() => assertEventMatchesOpenApi({ ...deleted, code: 1234 })).toThrow(/code/)
    expect(() => assertEventMatchesOpenApi({ ...deleted, event_type: 'no.such' })).toThrow(
      /no.such/,
    )
  })
})
