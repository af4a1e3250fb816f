import { createServer, request } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { rawAnswer } from '../../../src/api/http/answer.ts'
import type { Answer } from '../../../src/api/http/answer.ts'
import type { IncomingCall } from '../../../src/api/http/call.ts'
import { serverAuth } from '../../../src/api/http/auth.ts'
import { defineEndpoint } from '../../../src/api/http/endpoint.ts'
import { id } from '../../../src/api/http/fields.ts'
import { replying } from '../../../src/api/http/answering.ts'
import { createListener } from '../../../src/api/http/listener.ts'
import { domainError, invalidInput, notFound } from '../../../src/sim/kernel/errors.ts'
import { bearer, createTestApp, post } from '../../support/api-universe.ts'

const device_id = '00000000-0000-4000-8000-000000000001'

const echo = defineEndpoint({
  path: '/devices/get',
  methods: ['GET', 'POST', 'DELETE'],
  auth: serverAuth,
  effect: 'read',
  params: () =>
    z.object({
      device_id: id(),
      names: z.array(z.string()).optional(),
      fail: z.enum(['domain', 'param', 'conflict', 'bug', 'quiet lie']).optional(),
    }),
  result: () => ({
    device: z.strictObject({ device_id: z.guid(), names: z.array(z.string()).optional() }),
  }),
  handler: (_, { fail, ...device }) => {
    if (fail === 'domain') throw notFound('device', { device_id })
    if (fail === 'param') throw invalidInput('code', 'code is too short')
    if (fail === 'conflict') throw domainError('duplicate_access_code', 'taken')
    if (fail === 'bug') throw new TypeError('x is not a function')
    return { device: fail === 'quiet lie' ? { ...device, extra: 1 } : device }
  },
})

const sessions = defineEndpoint({
  path: '/workspaces/list',
  methods: ['POST'],
  auth: [],
  effect: 'unscoped',
  params: () => z.object({ page: z.boolean().optional() }),
  result: () => ({}),
  handler: (_, { page }) =>
    page === true ? rawAnswer(503, { 'content-type': 'text/html' }, '<p>down</p>') : {},
})

const settle = defineEndpoint({
  path: '/action_attempts/get',
  methods: ['POST'],
  auth: serverAuth,
  effect: 'async',
  params: () => z.object({ action_attempt_id: id() }),
  result: () => ({ now: z.number(), workspace_id: z.string() }),
  handler: async ({ services, workspace_id, read }, { action_attempt_id }) => {
    await services.settleActionAttempt(workspace_id, action_attempt_id)
    return { now: read((world) => world.now), workspace_id }
  },
})

const table = [echo, sessions, settle]
const reported: unknown[] = []
const app = createTestApp(table, { reportError: (error) => reported.push(error) })

const call = async (path: string, init?: RequestInit) => {
  const response = await app.request(path, init)
  const text = await response.text()
  const isJson = response.headers.get('content-type') === 'application/json'
  const body: unknown = isJson ? JSON.parse(text) : text
  return { status: response.status, headers: response.headers, body }
}
const get = (path: string) => call(path, { headers: bearer() })

describe('answers', () => {
  it('carry the result next to ok, and a request id that counts', async () => {
    const first = await call('/devices/get', post({ device_id, unknown: 1 }))
    const second = await get(`/devices/get?device_id=${device_id}&_strict=true`)
    expect(first.status).toBe(200)
    expect(first.body).toEqual({ device: { device_id }, ok: true })
    expect(second.body).toEqual(first.body)
    const number = (headers: Headers) =>
      /^request(\d+)$/.exec(headers.get('seam-request-id') ?? '')?.[1]
    expect(Number(number(second.headers))).toBe(Number(number(first.headers)) + 1)
  })

  it('merge query and body, of which the body wins', async () => {
    const init = post({ names: ['body'] })
    const { body } = await call(`/devices/get?device_id=${device_id}&names=query`, init)
    expect(body).toEqual({ device: { device_id, names: ['body'] }, ok: true })
  })

  it('take an empty list for no parameters, as PHP writes them, and no other list', async () => {
    const empty = post([])
    const { body } = await call(`/devices/get?device_id=${device_id}`, empty)
    expect(body).toEqual({ device: { device_id }, ok: true })
    expect((await call('/devices/get', empty)).body).toMatchObject({
      error: { message: 'device_id is required' },
    })
    expect((await call('/devices/get', post([device_id]))).body).toMatchObject({
      error: { message: 'Expected object, received array' },
    })
  })

  it('take the parameters of DELETE from query or body', async () => {
    const byQuery = await call(`/devices/get?device_id=${device_id}`, {
      method: 'DELETE',
      headers: bearer(),
    })
    const byBody = await call('/devices/get', { ...post({ device_id }), method: 'DELETE' })
    const answer = { device: { device_id }, ok: true }
    expect([byQuery.body, byBody.body]).toEqual([answer, answer])
  })

  it('are awaited from asynchronous handlers', async () => {
    const { body } = await call('/action_attempts/get', post({ action_attempt_id: device_id }))
    expect(body).toEqual({ now: Date.UTC(2025, 0, 1, 16), workspace_id: 'one', ok: true })
  })

  it('may be something else than the envelope', async () => {
    const { status, body, headers } = await call('/workspaces/list', post({ page: true }, {}))
    expect([status, body]).toEqual([503, '<p>down</p>'])
    expect(headers.get('seam-request-id')).toMatch(/^request/)
  })
})

describe('errors', () => {
  const error = (type: string, message: unknown, more = {}) => ({
    error: { type, message, ...more },
    ok: false,
  })

  it('authorisation comes before method, content type and input', async () => {
    for (const init of [post({}, {}), { method: 'PUT' }, { method: 'POST', body: 'x' }]) {
      const { status, body } = await call('/devices/get', init)
      expect(status).toBe(401)
      expect(body).toMatchObject({ error: { type: 'unauthorized' }, ok: false })
    }
  })

  it('405 lists the accepted methods', async () => {
    const { status, body, headers } = await call('/devices/get', { ...post({}), method: 'PUT' })
    expect(status).toBe(405)
    expect(headers.get('allow')).toBe('GET, POST, DELETE')
    expect(body).toEqual(
      error('method_not_allowed', expect.stringContaining('Accepted methods: GET, POST, DELETE.')),
    )
  })

  it("400 invalid_input has zod's format() of the fields", async () => {
    const { status, body } = await call('/devices/get', post({ device_id, names: 4242 }))
    expect(status).toBe(400)
    expect(body).toEqual(
      error('invalid_input', 'Expected array, received number for "names"', {
        validation_errors: { _errors: [], names: { _errors: ['Expected array, received number'] } },
      }),
    )
  })

  it('a POST without any body is input without parameters', async () => {
    const { body } = await call('/devices/get', { method: 'POST', headers: bearer() })
    expect(body).toMatchObject({ error: { message: 'device_id is required' } })
  })

  it('400 invalid_content_type for a body that does not say it is JSON', async () => {
    const headers = { ...bearer(), 'content-type': 'application/x-www-form-urlencoded' }
    const { status, body } = await call('/devices/get', { method: 'POST', headers, body: '{}' })
    expect(status).toBe(400)
    expect(body).toMatchObject({ error: { type: 'invalid_content_type' } })
  })

  it('400 in plain text for malformed JSON', async () => {
    const { status, body, headers } = await call('/devices/get', { ...post({}), body: '{"a":' })
    expect(status).toBe(400)
    expect(headers.get('content-type')).toMatch(/^text\/plain/)
    expect(body).toMatch(/^Invalid JSON/)
  })

  it('400 invalid_query_params for a query that can be read in two ways', async () => {
    const { status, body } = await get(`/devices/get?device_id=${device_id}&device_id=x`)
    expect([status, body]).toMatchObject([400, { error: { type: 'invalid_query_params' } }])
  })

  it('of the world get their status from their type', async () => {
    const fail = async (kind: string) => {
      const { status, body } = await call('/devices/get', post({ device_id, fail: kind }))
      return [status, body]
    }
    expect(await fail('domain')).toEqual([
      404,
      error('device_not_found', 'device not found', { data: { device_id } }),
    ])
    expect(await fail('conflict')).toEqual([409, error('duplicate_access_code', 'taken')])
    expect(await fail('param')).toEqual([
      400,
      error('invalid_input', 'code is too short', {
        validation_errors: { _errors: [], code: { _errors: ['code is too short'] } },
      }),
    ])
  })

  it('that are bugs answer 500 with the request id, and are reported', async () => {
    reported.length = 0
    const { status, body, headers } = await call('/devices/get', post({ device_id, fail: 'bug' }))
    expect(status).toBe(500)
    expect(body).toEqual(
      error(
        'internal_server_error',
        expect.stringContaining(headers.get('seam-request-id') ?? '?'),
      ),
    )
    expect(reported).toEqual([expect.any(TypeError)])
  })

  it('a result that its own schema refuses is a loud 500', async () => {
    const { status, body } = await call('/devices/get', post({ device_id, fail: 'quiet lie' }))
    expect([status, JSON.stringify(body)]).toEqual([
      500,
      expect.stringMatching('breaks its own schema'),
    ])
    const unchecked = createTestApp(table, { checkResponses: false })
    const response = await unchecked.request('/devices/get', post({ device_id, fail: 'quiet lie' }))
    expect(response.status).toBe(200)
  })
})

describe('paths', () => {
  it('of Seam that are not built answer 501 by name', async () => {
    const { status, body } = await call('/thermostats/list', post({}))
    expect(status).toBe(501)
    expect(body).toMatchObject({ error: { type: 'not_implemented' }, ok: false })
    expect(JSON.stringify(body)).toContain('/thermostats/list exists')
  })

  it('of nobody answer 404 in plain text, with what was probably meant', async () => {
    const { status, body, headers } = await call('/device/list', post({}))
    expect(status).toBe(404)
    expect(headers.get('content-type')).toMatch(/^text\/plain/)
    expect(headers.get('seam-request-id')).toMatch(/^request/)
    expect(body).toMatch(/Did you mean \/devices\/list\?/)
  })
})

describe('paths of the control API', () => {
  it('that there are not answer 404 in the error envelope, with what was probably meant', async () => {
    const { status, body, headers } = await call('/_emulator/opennapi.json', post({}))
    expect(status).toBe(404)
    expect(headers.get('content-type')).toBe('application/json')
    expect(body).toEqual({
      error: {
        type: 'not_found',
        message:
          'There is no endpoint /_emulator/opennapi.json. Did you mean /_emulator/openapi.json?',
      },
      ok: false,
    })
  })

  it('that are like no other lead to the document of all', async () => {
    for (const path of ['/_emulator', '/_emulator/', '/_emulator/nosuch']) {
      const { status, body } = await call(path, post({}))
      expect(status).toBe(404)
      expect(body).toMatchObject({
        error: { message: `There is no endpoint ${path}. See /_emulator/openapi.json for all.` },
      })
    }
  })
})

describe('browsers', () => {
  it('may ask from any origin', async () => {
    const headers = { origin: 'http://localhost:5173' }
    const preflight = await call('/devices/get', { method: 'OPTIONS', headers })
    expect(preflight.status).toBe(200)
    expect(preflight.headers.get('access-control-allow-origin')).toBe('http://localhost:5173')
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PATCH')
    expect(preflight.headers.get('access-control-allow-headers')).toContain('seam-workspace')
    const { headers: plain } = await call('/devices/get', post({}))
    expect(plain.get('access-control-allow-origin')).toBe('*')
  })
})

describe('interception', () => {
  const seen: IncomingCall[] = []
  const answers: Answer[] = []
  const intercepted = createTestApp(table, {
    intercept: async (apiCall, next) => {
      seen.push(apiCall)
      if (apiCall.query === 'outage') return rawAnswer(503)
      const answer = await next()
      return { ...answer, headers: { ...answer.headers, 'seam-emulator-fault': 'none' } }
    },
    observe: (_, answer) => answers.push(answer),
  })

  it('stands between authorisation and validation', async () => {
    seen.length = 0
    const refused = await intercepted.request('/devices/get', { method: 'POST' })
    expect([refused.status, seen.length]).toEqual([401, 0])
    const outage = await intercepted.request('/devices/get?outage', {
      method: 'PUT',
      headers: bearer(),
    })
    expect([outage.status, await outage.text()]).toEqual([503, ''])
    expect(outage.headers.get('content-type')).toBeNull()
  })

  it('sees the call with its body and workspace, and errors as answers', async () => {
    const response = await intercepted.request('/devices/get', post({ device_id: 'x' }))
    expect(response.status).toBe(400)
    expect(response.headers.get('seam-emulator-fault')).toBe('none')
    expect(seen.at(-1)).toMatchObject({
      workspace_id: 'one',
      method: 'POST',
      path: '/devices/get',
      body: '{"device_id":"x"}',
    })
    expect(answers.at(-1)).toMatchObject({ status: 400, error_type: 'invalid_input' })
  })
})

describe('over a real socket', () => {
  let port = 0
  let close = () => {}
  beforeAll(
    () =>
      new Promise<void>((resolve) => {
        const server = createServer(
          createListener(replying(app.app), (error) => reported.push(error)),
        ).listen(0, '127.0.0.1', () => {
          port = z.object({ port: z.int() }).parse(server.address()).port
          resolve()
        })
        close = () => server.close()
      }),
  )
  afterAll(() => close())

  const send = async (
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: string,
  ) => {
    const client = request({
      port,
      host: '127.0.0.1',
      method,
      path,
      headers: { ...bearer(), ...headers },
    })
    client.end(body)
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      client.on('response', resolve).on('error', reject)
    })
    let text = ''
    for await (const chunk of response) text += String(chunk)
    return { status: Number(response.statusCode), text }
  }
  const json = { 'content-type': 'application/json' }
  const found = { status: 200, text: JSON.stringify({ device: { device_id }, ok: true }) }
  const body = JSON.stringify({ device_id })
  const length = { 'content-length': String(body.length) }

  it.each([
    ['with JSON', json],
    ['as curl -d labels it', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['in chunks', { ...json, 'transfer-encoding': 'chunked' }],
  ])('GET with a body, %s', async (_, headers: Record<string, string>) => {
    const framing = 'transfer-encoding' in headers ? {} : length
    expect(await send('GET', '/devices/get', { ...headers, ...framing }, body)).toEqual(found)
    expect(
      await send('GET', '/devices/get?device_id=other', { ...headers, ...framing }, body),
    ).toEqual(found)
  })

  it('POST and DELETE with a body, GET and HEAD with a query', async () => {
    expect(await send('POST', '/devices/get', { ...json, ...length }, body)).toEqual(found)
    expect(await send('DELETE', '/devices/get', { ...json, ...length }, body)).toEqual(found)
    expect(await send('GET', `/devices/get?device_id=${device_id}`, {})).toEqual(found)
    expect(await send('HEAD', `/devices/get?device_id=${device_id}`, {})).toEqual({
      status: 200,
      text: '',
    })
  })

  it('refuses a body beyond the limit with 413', async () => {
    const large = 'x'.repeat(6 * 1024 * 1024)
    const { status, text } = await send(
      'POST',
      '/devices/get',
      { ...json, 'content-length': String(large.length) },
      large,
    )
    expect(status).toBe(413)
    expect(text).toContain('request_too_large')
    expect(text).toContain('larger than the 5 MiB that this route takes')
  })
})
