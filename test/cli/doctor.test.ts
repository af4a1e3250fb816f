import { SeamHttp } from '@seamapi/http'
import { SeamWebhook } from '@seamapi/webhook'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { afterAll, describe, expect, test } from 'vitest'

import { diagnose } from '../../src/doctor/findings.ts'
import type { Evidence, Finding } from '../../src/doctor/evidence.ts'
import type { JournalEntry } from '../../src/index.ts'
import { closeSharedEmulators, freshWorkspace } from '../../src/testing/index.ts'
import type { TestWorkspace } from '../../src/testing/index.ts'
import { portOf } from './run.ts'

const device_id = 'd0000000-0000-4000-8000-000000000001'

const servers: Server[] = []
afterAll(async () => {
  for (const server of servers) server.close()
  await closeSharedEmulators()
})

interface Hook {
  body: string
  headers: Record<string, string>
}

/** An integration's webhook endpoint: `take` answers the HTTP status. */
const listen = async (take: (hook: Hook) => Promise<number> | number): Promise<string> => {
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      )
      const answer = async (): Promise<void> => {
        response.writeHead(await take({ body, headers })).end()
      }
      void answer()
    })
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${portOf(server)}/hook`
}

const verdicts = (findings: readonly Finding[]): Record<string, string> =>
  Object.fromEntries(findings.map(({ check, verdict }) => [check, verdict]))

const createsOneCode = async (workspace: TestWorkspace): Promise<void> => {
  const seam = new SeamHttp(workspace.seam)
  await seam.accessCodes.create({ device_id, name: 'Guest' })
  await workspace.clock.advance('1h')
}

describe('the doctor', () => {
  test('finds nothing wrong with an integration that verifies, remembers and listens to all', async () => {
    await using workspace = await freshWorkspace({ name: 'a careful integration' })
    const seam = new SeamHttp(workspace.seam)
    const seen = new Set<string>()
    const verifiers: SeamWebhook[] = []
    const url = await listen(async ({ body, headers }) => {
      try {
        for (const verifier of verifiers) verifier.verify(body, headers)
      } catch {
        return 400
      }
      const id = headers['svix-id'] ?? ''
      if (seen.has(id)) return 200
      seen.add(id)
      if (body.includes('"access_code.created"'))
        await seam.devices.update({ device_id, name: 'In use' })
      return 200
    })
    const { secret } = await seam.webhooks.create({ url })
    verifiers.push(new SeamWebhook(secret ?? ''))
    await createsOneCode(workspace)
    const { findings } = await workspace.doctor({ probe: true })
    expect(verdicts(findings)).toMatchObject({
      'pin-before-set': 'good',
      'failure-events': 'good',
      deliveries: 'good',
      signature: 'good',
      // No call followed; what else happened twice only its owner knows.
      duplicates: 'unknown',
    })
    expect(findings.filter(({ verdict }) => verdict === 'wrong')).toEqual([])
  })

  test('finds an endpoint that trusts anybody and acts twice', async () => {
    await using workspace = await freshWorkspace({ name: 'a careless integration' })
    const seam = new SeamHttp(workspace.seam)
    let rooms = 0
    const url = await listen(async ({ body }) => {
      if (body.includes('"access_code.created"'))
        await seam.devices.update({ device_id, name: `Room ${++rooms}` })
      return 200
    })
    await seam.webhooks.create({ url, event_types: ['access_code.created'] })
    await createsOneCode(workspace)
    const { findings } = await workspace.doctor({ probe: true })
    expect(verdicts(findings)).toMatchObject({
      'pin-before-set': 'wrong',
      'failure-events': 'wrong',
      signature: 'wrong',
      duplicates: 'wrong',
    })
  })

  test('finds an endpoint that does not take what it is sent, but not what a fault dropped', async () => {
    await using workspace = await freshWorkspace({ name: 'an endpoint that fails' })
    const seam = new SeamHttp(workspace.seam)
    await seam.webhooks.create({ url: await listen(() => 500) })
    await createsOneCode(workspace)
    const { findings } = await workspace.doctor()
    expect(verdicts(findings)['deliveries']).toBe('wrong')
    expect(findings.find(({ check }) => check === 'deliveries')?.text).toContain('500')
  })
})

describe('the emulator’s own tools', () => {
  test('are no evidence: neither the library, nor commands, nor the doctor itself', async () => {
    await using workspace = await freshWorkspace({ name: 'only watched' })
    await workspace.call('/devices/list')
    await workspace.call('/webhooks/list')
    await workspace.doctor()
    expect(await workspace.doctor()).toMatchObject({
      calls: 0,
      findings: [],
    })
    const all = await workspace.requests.list({ callers: 'tools' })
    expect(new Set(all.map(({ client }) => client))).toEqual(new Set(['library']))
  })

  test('push no call of the integration out of the request log', async () => {
    await using workspace = await freshWorkspace({ name: 'watched for long' })
    await new SeamHttp(workspace.seam).devices.list()
    for (let n = 0; n < 300; n++) await workspace.call('/webhooks/list')
    expect(await workspace.requests.list()).toMatchObject([{ path: '/devices/list' }])
    expect(await workspace.requests.list({ callers: 'tools' })).toHaveLength(200)
    expect((await workspace.requests.list({ callers: 'all' }))[0]?.path).toBe('/devices/list')
  })
})

test('a call that no endpoint answers is in the request log with the near miss', async () => {
  await using workspace = await freshWorkspace({ name: 'unmatched' })
  const headers = { authorization: `Bearer ${workspace.apiKey}` }
  for (const path of ['/acess_codes/list', '/devices/list'])
    await fetch(`${workspace.endpoint}${path}`, { method: 'POST', headers, body: '{"limit":3}' })
  expect(await workspace.requests.list({ unmatched: true })).toMatchObject([
    {
      path: '/acess_codes/list',
      status: 404,
      unmatched: 'unknown_path',
      did_you_mean: '/access_codes/list',
      body: { limit: 3 },
    },
  ])
  expect(await workspace.requests.list({ unmatched: false })).toMatchObject([
    { path: '/devices/list' },
  ])
})

test('each answer tells the workspace’s time, and so does each webhook', async () => {
  await using workspace = await freshWorkspace({ name: 'the time of day' })
  const told: (string | undefined)[] = []
  await workspace.webhookTo(
    await listen(({ headers }) => {
      told.push(headers['seam-emulator-now'])
      return 200
    }),
    { event_types: ['access_code.set_on_device'] },
  )
  await createsOneCode(workspace)
  const answer = await fetch(`${workspace.endpoint}/devices/list`, {
    headers: { authorization: `Bearer ${workspace.apiKey}` },
  })
  expect(answer.headers.get('seam-emulator-now')).toBe('2025-01-01T01:00:00.000Z')
  expect(told).toEqual([expect.stringMatching(/^2025-01-01T00:0/)])
})

const call = (entry: Partial<JournalEntry>, second = 0): JournalEntry => ({
  request_id: `request${second}`,
  at: '2025-01-01T00:00:00.000Z',
  wall_at: new Date(Date.UTC(2026, 0, 1) + second * 1_000).toISOString(),
  method: 'POST',
  path: '/devices/list',
  query: '',
  body: {},
  duration_ms: 1,
  event_ids: [],
  answer: null,
  status: 200,
  error_type: null,
  fault_id: null,
  has_next_page: false,
  unknown_parameters: [],
  client: null,
  unmatched: null,
  did_you_mean: null,
  ...entry,
})

/** Of no access system. */
const access_systems = { attempts: [], credentials: [], open_cards: [], without_slot: [] }

const judge = (requests: JournalEntry[], more: Partial<Evidence> = {}): Record<string, string> =>
  verdicts(
    diagnose({
      requests,
      events: [],
      webhooks: [],
      deliveries: [],
      failed_jobs: [],
      failed_runs: [],
      skipped_runs: [],
      codes_of_grants: new Set(),
      access_systems,
      devices_without_zone: new Set(),
      ...more,
    }),
  )

describe('from the journal alone', () => {
  test('a page left unread is wrong, one read on is fine', () => {
    const first = call({ has_next_page: true })
    const second = call({ body: { page_cursor: 'next' } }, 1)
    expect(judge([first])).toMatchObject({ pagination: 'wrong' })
    expect(judge([first, second])).toMatchObject({ pagination: 'good' })
  })

  test('ten equal reads within a second are haste, ten within ten minutes are not', () => {
    const every = (seconds: number): JournalEntry[] =>
      Array.from({ length: 10 }, (_, index) => call({}, index * seconds))
    expect(judge(every(0.1))).toMatchObject({ polling: 'warning' })
    expect(judge(every(60))).toMatchObject({ polling: 'good' })
  })

  test('the half second in which SDKs poll an action attempt is no haste', () => {
    const polls = Array.from({ length: 10 }, (_, index) =>
      call({ path: '/action_attempts/get', body: { action_attempt_id: 'a' } }, index * 0.5),
    )
    expect(judge(polls)).toMatchObject({ polling: 'good' })
  })

  test('a call that a fault failed should be tried again', () => {
    const failed = call({ status: 503, fault_id: 'f' })
    expect(judge([failed])).toMatchObject({ retries: 'warning' })
    expect(judge([failed, call({}, 1)])).toMatchObject({ retries: 'good' })
  })

  test('a path that nobody has is wrong, with what was probably meant; one that Seam has is a warning', () => {
    const slip = call({
      path: '/acess_codes/list',
      status: 404,
      unmatched: 'unknown_path',
      did_you_mean: '/access_codes/list',
    })
    const gap = call({ path: '/thermostats/list', status: 501, unmatched: 'not_implemented' }, 1)
    const findings = diagnose({
      requests: [slip, gap, gap],
      events: [],
      webhooks: [],
      deliveries: [],
      failed_jobs: [],
      failed_runs: [],
      skipped_runs: [],
      codes_of_grants: new Set(),
      access_systems,
      devices_without_zone: new Set(),
    }).filter(({ check }) => check === 'unmatched')
    expect(findings.map(({ verdict, advice }) => [verdict, advice])).toEqual([
      ['wrong', 'Did you mean /access_codes/list?'],
      ['warning', expect.stringContaining('routes --missing')],
    ])
    expect(judge([slip])).not.toHaveProperty('refusals')
  })

  test('events that were asked for by the wall clock of a later year are told of', () => {
    const at = '2025-01-01T00:00:00.000Z'
    const since = '2026-11-21T00:00:00Z'
    const events = { path: '/events/list', at }
    expect(judge([call({ ...events, body: { since } })])).toMatchObject({ 'other-time': 'wrong' })
    expect(
      judge([call({ ...events, body: { between: [since, '2026-11-28T00:00:00Z'] } })]),
    ).toMatchObject({ 'other-time': 'wrong' })
    expect(judge([call({ ...events, query: `since=${since}` })])).toMatchObject({
      'other-time': 'wrong',
    })
    expect(judge([call({ ...events, body: { since: at } })])).not.toHaveProperty('other-time')
  })

  test('a cancellation that names the customer as well took everything of theirs', () => {
    const cancel = (body: object) => call({ path: '/customers/delete_data', body })
    const both = { customer_keys: ['sunny'], reservation_keys: ['r1'] }
    expect(judge([cancel(both)])).toMatchObject({ 'whole-customer-deleted': 'wrong' })
    const fine = [cancel({ reservation_keys: ['r1'] }), cancel({ customer_keys: ['sunny'] })]
    expect(judge(fine)).not.toHaveProperty('whole-customer-deleted')
  })

  test('a push that came to nothing is told of, unless its runs were read', async () => {
    await using workspace = await freshWorkspace({ name: 'pushes in the dark' })
    const seam = new SeamHttp(workspace.seam)
    const reservations = [{ reservation_key: 'r1', space_keys: ['nowhere'], guest_key: 'g1' }]
    const guests = [{ guest_key: 'g1', name: 'Ada' }]
    await seam.customers.pushData({ customer_key: 'sunny', guests, reservations })
    await workspace.clock.advance('1m')
    const check = 'automation-runs'
    const { findings } = await workspace.doctor()
    expect(findings.find((it) => it.check === check)?.text).toContain('space_not_found')
    await fetch(`${workspace.endpoint}/seam/customer/v1/automation_runs/list`, {
      headers: { authorization: `Bearer ${workspace.apiKey}` },
    })
    expect(verdicts((await workspace.doctor()).findings)).not.toHaveProperty(check)
  })

  test('who reads events needs no webhook', () => {
    expect(judge([call({})])).toMatchObject({ 'failure-events': 'wrong' })
    expect(judge([call({ path: '/events/list' })])).toMatchObject({ 'failure-events': 'good' })
  })
})

describe('thermostats and noise sensors', () => {
  const live = async (workspace: TestWorkspace, sync: boolean): Promise<void> => {
    const thermostat = await workspace.thermostats.create({ model: 'ecobee' })
    const sensor = await workspace.noiseSensors.create({ model: 'minut' })
    const { device_id: thermostat_id } = thermostat
    const seam = new SeamHttp({ ...workspace.seam, waitForActionAttempt: sync })
    await seam.thermostats.setTemperatureThreshold({
      device_id: thermostat_id,
      lower_limit_celsius: 10,
    })
    await seam.thermostats.off({ device_id: thermostat_id })
    await seam.noiseSensors.simulate.triggerNoiseThreshold({ device_id: sensor.device_id })
    await workspace.clock.advance('2d')
  }

  const ours = ['noise-unheard', 'temperature-unheard', 'thermostat-commands']
  const oursOf = (findings: readonly Finding[]) =>
    Object.fromEntries(Object.entries(verdicts(findings)).filter(([check]) => ours.includes(check)))

  test('that nobody listens to are told of', async () => {
    await using workspace = await freshWorkspace({ name: 'a deaf integration' })
    await live(workspace, false)
    expect(oursOf((await workspace.doctor()).findings)).toEqual({
      'noise-unheard': 'warning',
      'temperature-unheard': 'warning',
      'thermostat-commands': 'wrong',
    })
  })

  test('are well where somebody listens and looks', async () => {
    await using workspace = await freshWorkspace({ name: 'an attentive integration' })
    await live(workspace, true)
    await new SeamHttp(workspace.seam).events.list({ since: '2000-01-01T00:00:00Z' })
    expect(oursOf((await workspace.doctor()).findings)).toEqual({
      'noise-unheard': 'good',
      'temperature-unheard': 'good',
      'thermostat-commands': 'good',
    })
  })
})
