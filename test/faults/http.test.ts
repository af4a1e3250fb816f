/** Faults of HTTP as the official SDK meets them, over real connections. */
import { get } from 'node:http'
import { SeamHttpApiError } from '@seamapi/http/connect'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FaultInput } from '../../src/client/inputs.ts'
import { FRONT_DOOR, sdkOf, startTestEmulator } from '../support/emulator.ts'
import type { TestEmulator } from '../support/emulator.ts'

let emulator: TestEmulator
beforeAll(async () => {
  emulator = await startTestEmulator()
})
afterAll(() => emulator.close())

type HttpFault = Extract<FaultInput, { on: 'http' }>
type More = Partial<Omit<HttpFault, 'on' | 'effect'>>

const setUp = (label: string, effect: HttpFault['effect'], more: More = {}) => {
  const api_key = `seam_test_http_${label}`
  const { faults, requests } = emulator.as(api_key)
  const fault = () => faults.create({ on: 'http', times: 1, effect, ...more })
  return {
    faults,
    requests,
    fault,
    hits: async () => (await faults.list()).map((it) => it.hits),
    seam: sdkOf(emulator, api_key, {
      axiosRetryOptions: { retries: 0 },
      axiosOptions: { timeout: 400 },
    }),
    patient: sdkOf(emulator, api_key),
  }
}

const failureOf = async (promise: Promise<unknown>): Promise<Error> => {
  try {
    await promise
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
  throw new Error('it succeeded')
}

describe('faults of HTTP', () => {
  it('answers another status in Seam’s error dialect, names itself, and is written down', async () => {
    const { requests, fault, seam } = setUp(
      'status',
      { kind: 'status', status: 503 },
      { match: { path: '/devices/list' } },
    )
    const { fault_id } = await fault()
    const error = await failureOf(seam.devices.list())
    expect(error).toBeInstanceOf(SeamHttpApiError)
    expect(error).toMatchObject({ statusCode: 503, code: 'service_unavailable' })
    expect(await seam.devices.list()).not.toHaveLength(0)
    const calls = await requests.list({ path: '/devices/list' })
    expect(calls.map(({ status, fault_id: by }) => [status, by])).toEqual([
      [503, fault_id],
      [200, null],
    ])
  })

  it('names itself in a header and asks to come back later', async () => {
    const { fault, faults } = setUp('header', { kind: 'status', status: 429, retry_after: '90s' })
    const { fault_id } = await fault()
    await faults.list()
    const response = await fetch(`${emulator.endpoint}/devices/list`, {
      headers: { authorization: 'Bearer seam_test_http_header' },
    })
    expect(response.status).toBe(429)
    expect(response.headers.get('retry-after')).toBe('90')
    expect(response.headers.get('seam-emulator-fault')).toBe(fault_id)
    expect(await response.json()).toMatchObject({
      error: { type: 'rate_limit_exceeded' },
      ok: false,
    })
  })

  it('lets a second fault count the calls that the first one answers', async () => {
    const { faults, seam } = setUp('two', { kind: 'reset' })
    const status = (code: number, more: More) =>
      faults.create({ on: 'http', effect: { kind: 'status', status: code }, times: 2, ...more })
    await status(503, {})
    await status(429, { after: 2, times: 1 })
    const seen: unknown[] = []
    for (let call = 0; call < 4; call++) {
      seen.push(
        await seam.devices.list().then(
          () => 200,
          (error: unknown) => (error instanceof SeamHttpApiError ? error.statusCode : error),
        ),
      )
    }
    expect(seen).toEqual([503, 503, 429, 200])
  })

  it('lets the SDK retry its way through what it may retry', async () => {
    const { fault, patient, hits } = setUp(
      'retry',
      { kind: 'status', status: 503, retry_after: 0 },
      { times: 2 },
    )
    await fault()
    expect(await patient.devices.list()).not.toHaveLength(0)
    expect(await hits()).toEqual([2])
  })

  it('lets a call take effect whose answer is lost', async () => {
    const { fault, seam } = setUp(
      'handled',
      { kind: 'status', status: 500, handled: true },
      { match: { path: '/access_codes/create' } },
    )
    await fault()
    await failureOf(seam.accessCodes.create({ device_id: FRONT_DOOR, code: '4242' }))
    const codes = await seam.accessCodes.list({ device_id: FRONT_DOOR })
    expect(codes.map(({ code }) => code)).toEqual(['4242'])
  })

  it('resets the connection', async () => {
    const { fault, seam } = setUp('reset', { kind: 'reset' }, { times: 2 })
    await fault()
    expect(await failureOf(seam.devices.list())).toMatchObject({ code: 'ERR_NETWORK' })
    const socketError = await new Promise((resolve) => {
      const headers = { authorization: 'Bearer seam_test_http_reset' }
      get(`${emulator.endpoint}/devices/list`, { headers }).on('error', resolve)
    })
    expect(socketError).toMatchObject({ code: 'ECONNRESET' })
    expect(await seam.devices.list()).not.toHaveLength(0)
  })

  it('breaks the answer off in the middle', async () => {
    const { fault, seam } = setUp('truncate', { kind: 'truncate' })
    await fault()
    expect(await failureOf(seam.devices.list())).toMatchObject({ message: 'terminated' })
    expect(await seam.devices.list()).not.toHaveLength(0)
  })

  it('answers what is no JSON', async () => {
    const { fault } = setUp('malformed', { kind: 'malformed' })
    await fault()
    const response = await fetch(`${emulator.endpoint}/devices/list`, {
      headers: { authorization: 'Bearer seam_test_http_malformed' },
    })
    expect(response.headers.get('content-type')).toContain('application/json')
    await expect(response.json()).rejects.toThrow(/JSON/)
  })

  it('says how long the answer is that comes in place of one that is kept', async () => {
    const { fault } = setUp('kept', { kind: 'malformed' })
    const ask = async () => {
      const response = await fetch(`${emulator.endpoint}/devices/get?device_id=${FRONT_DOOR}`, {
        headers: { authorization: 'Bearer seam_test_http_kept' },
      })
      const text = await response.text()
      expect(response.headers.get('content-length')).toBe(String(Buffer.byteLength(text)))
      return text
    }
    const [once, again, kept] = [await ask(), await ask(), await ask()]
    expect([again, kept]).toEqual([once, once])
    await fault()
    expect(await ask()).toBe(once.slice(0, Math.ceil((once.length * 2) / 3)))
  })

  it('hangs until the client gives up', async () => {
    const { fault, seam, requests } = setUp('hang', { kind: 'hang' })
    await fault()
    expect(await failureOf(seam.devices.list())).toMatchObject({ code: 'ETIMEDOUT' })
    expect(await seam.devices.list()).not.toHaveLength(0)
    const calls = await requests.list()
    expect(calls.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 503])
  })

  it('delays the answer in real time', async () => {
    const { fault, seam, patient } = setUp('delay', { kind: 'delay', by: '500ms' }, { times: 2 })
    await fault()
    expect(await failureOf(seam.devices.list())).toMatchObject({ code: 'ETIMEDOUT' })
    const begun = performance.now()
    await patient.devices.list()
    expect(performance.now() - begun).toBeGreaterThan(450)
  })

  it('matches method and parameters as well as the path', async () => {
    const { fault, seam, hits } = setUp(
      'match',
      { kind: 'status', status: 500 },
      { match: { path: '/devices/*', device_id: FRONT_DOOR } },
    )
    await fault()
    await seam.devices.list()
    await failureOf(seam.devices.get({ device_id: FRONT_DOOR }))
    expect(await hits()).toEqual([1])
  })

  it('may match any parameter of the calls that it is about', async () => {
    const metadata = { 'custom_metadata_has.floor': '2', method: ['GET', 'POST'] }
    const matches: NonNullable<More['match']>[] = [
      { device_id: FRONT_DOOR },
      metadata,
      { path: '/events/*', since: 'x' },
    ]
    for (const match of matches) {
      const { fault } = setUp('parameters', { kind: 'reset' }, { match })
      await fault()
    }
  })

  it.each([
    [{ paht: '/devices/list' }, /http has no paht to match\. It has path, method and parameters/],
    [
      { path: '/devices/get', access_code_id: FRONT_DOOR },
      /\/devices\/get has no access_code_id to match\. It has .*: device_id, name/,
    ],
    [{ path: '/device/list' }, /no path \/device\/list\. Did you mean \/devices\/list\?/],
    [{ path: ['/devices/list', '/nothing/*'] }, /no path \/nothing\/\*/],
    [{ path: 7 }, /A path is a text/],
    [{ method: 'get' }, /A method is one of GET, POST/],
  ])('refuses to match what no call has: %j', async (match, words) => {
    const { fault } = setUp('refused', { kind: 'reset' }, { match })
    await expect(fault()).rejects.toThrow(words)
  })

  it('never touches the control API', async () => {
    const { fault, faults } = setUp('control', { kind: 'reset' }, { times: 100 })
    await fault()
    await emulator.as('seam_test_http_control').clock.get()
    await faults.clear()
  })
})
