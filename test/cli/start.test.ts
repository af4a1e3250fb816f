import { createServer } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { connectEmulator } from '../../src/index.ts'
import { cli, outcomeOf, portOf, startProcess, startServer } from './run.ts'

const device_id = 'd0000000-0000-4000-8000-000000000001'
const headers = (api_key: string): Record<string, string> => ({
  authorization: `Bearer ${api_key}`,
  'content-type': 'application/json',
})

const folders: string[] = []
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'seam-emulator-test-'))
  folders.push(made)
  return made
}
afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true })
})

describe('seam-emulator start', { timeout: 120_000 }, () => {
  test('--json prints one line when ready, and ends with 0 on SIGTERM', async () => {
    const server = await startServer()
    const answer = await fetch(`${server.url}/devices/list`, { headers: headers(server.api_key) })
    expect(answer.status).toBe(200)
    const { code, stdout, stderr } = await server.stop()
    expect(code).toBe(0)
    expect(stdout.trim().split('\n')).toHaveLength(1)
    expect(JSON.parse(stderr.trim().split('\n').at(-1) ?? '')).toMatchObject({
      kind: 'request',
      method: 'GET',
      path: '/devices/list',
      status: 200,
    })
  })

  test('keeps compiled code for the next start, though it is killed', async () => {
    const kept = folder()
    const server = await startServer([], { NODE_COMPILE_CACHE: kept })
    const sizes = () =>
      readdirSync(kept, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => statSync(join(parentPath, name)).size)
    await expect.poll(sizes, { timeout: 20_000 }).not.toEqual([])
    expect((await server.stop('SIGKILL')).signal).toBe('SIGKILL')
  })

  test('ends at once though a client keeps its connection open', async () => {
    const server = await startServer()
    const { port } = new URL(server.url)
    const socket = connect(Number(port), '127.0.0.1')
    socket.on('error', () => undefined)
    await new Promise((resolve) => socket.once('connect', resolve))
    const begun = performance.now()
    expect((await server.stop('SIGINT')).code).toBe(0)
    expect(performance.now() - begun).toBeLessThan(3_000)
  })

  test('lets a delivery in flight finish before it ends', async () => {
    await using server = await startServer()
    const client = connectEmulator({ endpoint: server.url, apiKey: server.api_key })
    let finished = 0
    let stopped: Promise<{ code: number | null }> | undefined
    const receiver = createServer((_request, response) => {
      stopped = server.stop()
      response.on('finish', () => (finished += 1))
      setTimeout(() => response.end('taken'), 150)
    })
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
    const port = portOf(receiver)
    await client.call('/webhooks/create', {
      url: `http://127.0.0.1:${port}`,
      event_types: ['access_code.created'],
    })
    await client.call('/access_codes/create', { device_id, name: 'Guest' })
    await expect.poll(() => stopped, { timeout: 5_000 }).toBeDefined()
    expect((await stopped)?.code).toBe(0)
    expect(finished).toBe(1)
    await client.close()
    receiver.close()
  })

  test('prints URL, key, console and an example first; the example brings a code and its webhook', async () => {
    const child = startProcess(['start', '--port', '0', '--clock', 'x60'])
    const outcome = outcomeOf(child)
    let stdout = ''
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
    await expect.poll(() => stdout, { timeout: 20_000 }).toContain('Stop it with Ctrl-C')
    const [first = ''] = stdout.split('\n')
    expect(first).toMatch(
      /^http:\/\/localhost:\d+ {2}API key seam_test_default {2}console http:\/\/localhost:\d+\/_emulator\/console\/#key=seam_test_default$/,
    )
    const curls = stdout.split('\n').filter((line) => line.trim().startsWith('curl '))
    expect(curls).toHaveLength(3)
    let last = ''
    for (const line of curls) last = await shell(line)
    expect(last).toContain('"event_type":"access_code.set_on_device"')
    expect(last).toContain('"is_verified":true')
    child.kill('SIGTERM')
    expect((await outcome).code).toBe(0)
  })

  test('takes every setting from the environment, and never a live account', async () => {
    const db = join(folder(), 'world.db')
    await using server = await startServer(['--port', '0'], {
      SEAM_EMULATOR_DB: db,
      SEAM_EMULATOR_CLOCK: 'frozen@2030-01-01T00:00:00Z',
      SEAM_EMULATOR_SEED: 'ci',
      SEAM_EMULATOR_LOG_LEVEL: 'silent',
      SEAM_EMULATOR_API_KEY: 'seam_test_from_environment',
      SEAM_API_KEY: 'seam_live_secret',
      SEAM_ENDPOINT: 'https://connect.getseam.com',
    })
    expect(server.api_key).toBe('seam_test_from_environment')
    const client = connectEmulator({ endpoint: server.url, apiKey: server.api_key })
    expect(await client.clock.get()).toMatchObject({
      mode: 'frozen',
      now: '2030-01-01T00:00:00.000Z',
    })
    await client.close()
    const { stderr } = await server.stop()
    expect(stderr).toBe('')
    // What was kept in the file is there again.
    await using again = await startServer(['--db', db], {
      SEAM_EMULATOR_API_KEY: 'seam_test_from_environment',
    })
    expect(again.workspace_id).toBe(server.workspace_id)
  })

  test('never writes a PIN or a secret to its log', async () => {
    const server = await startServer()
    const call = (path: string, body?: object): Promise<Response> =>
      fetch(`${server.url}${path}`, {
        headers: headers(server.api_key),
        ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
      })
    const secretUrl = 'http://127.0.0.1:9/hook?token=hush-hush'
    await call('/webhooks/create', { url: secretUrl, event_types: ['access_code.created'] })
    await call('/access_codes/create', { device_id, name: 'Guest', code: '48213' })
    await call('/access_codes/create', { device_id, name: 'Guest', code: '48213' })
    await call(`/access_codes/get?device_id=${device_id}&code=48213`)
    const attempted = async (): Promise<string> =>
      (await call('/_emulator/webhook_deliveries/list')).text()
    await expect.poll(attempted).toContain('"attempt":1')
    const { stderr } = await server.stop()
    expect(stderr).toContain('/access_codes/create')
    expect(stderr).toContain('code=***')
    expect(stderr).toContain('"event_type":"access_code.created"')
    expect(stderr).not.toContain('48213')
    expect(stderr).not.toContain('hush-hush')
    expect(stderr).not.toContain('whsec_')
  })

  test('warns when others can reach it', async () => {
    await using server = await startServer(['--host', '0.0.0.0'])
    const { stderr } = await server.stop()
    expect(stderr).toContain('whoever reaches this machine can read and change everything')
  })

  test('says in one line what is wrong, and ends with 1', async () => {
    const taken = createTcpServer()
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
    const port = portOf(taken)
    const outcomes = await Promise.all([
      cli(['start', '--port', String(port)]),
      cli(['start', '--port', '0', '--fixture', 'no-such-world']),
      cli(['start', '--port', '0', '--db', '/no/such/folder/world.db']),
    ])
    taken.close()
    expect(outcomes.map(({ code }) => code)).toEqual([1, 1, 1])
    for (const { stderr } of outcomes) expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(outcomes[0]?.stderr).toMatch(/Port \d+ of 127.0.0.1 is in use/)
    expect(outcomes[1]?.stderr).toContain('There is no fixture "no-such-world"')
    expect(outcomes[2]?.stderr).toContain('/no/such/folder/world.db cannot be opened')
  })

  test('ends with 2 on a wrong command line, and says what would fit', async () => {
    const outcomes = await Promise.all([
      cli(['start', '--port', 'many']),
      cli(['start', '--clock', 'quick']),
      cli(['strat']),
      cli(['start', '--prot', '3020']),
    ])
    expect(outcomes.map(({ code }) => code)).toEqual([2, 2, 2, 2])
    const said = outcomes.map(({ stderr }) => stderr)
    expect(said[0]).toContain('A port is a number from 0 to 65535')
    expect(said[1]).toContain('frozen@2025-01-01T00:00:00Z')
    expect(said[2]).toContain('Did you mean start?')
    expect(said[3]).toContain('Did you mean --port?')
  })
})

describe('seam-emulator --seed, as the vendor’s fake is called', { timeout: 120_000 }, () => {
  test('answers on PORT with the fake’s own world', async () => {
    const child = startProcess(['--seed'], { PORT: '0' })
    const outcome = outcomeOf(child)
    let stdout = ''
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
    await expect.poll(() => stdout, { timeout: 20_000 }).toContain('\n')
    const [url = ''] = stdout.split(' ')
    expect((await fetch(`${url}/health`)).status).toBe(200)
    const answer = await fetch(`${url}/devices/list`, {
      headers: { authorization: 'Bearer seam_apikey1_token' },
    })
    expect(answer.status).toBe(200)
    child.kill('SIGTERM')
    expect((await outcome).code).toBe(0)
  })
})

/** Runs a line as pasted into a terminal. */
const shell = async (line: string): Promise<string> => {
  const { execFile } = await import('node:child_process')
  return new Promise((resolve, reject) => {
    execFile('sh', ['-c', line], (error, stdout) => {
      if (error === null) resolve(stdout)
      else reject(new Error(error.message))
    })
  })
}
