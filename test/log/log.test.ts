import { afterEach, describe, expect, test, vi } from 'vitest'
import type { RunningEmulator } from '../../src/emulator.ts'
import { createLog } from '../../src/log/log.ts'
import type { LogLevel } from '../../src/log/levels.ts'
import { startTestEmulator } from '../support/emulator.ts'

const device_id = 'd0000000-0000-4000-8000-000000000001'

afterEach(() => {
  vi.restoreAllMocks()
})

const start = (level: LogLevel): Promise<RunningEmulator> =>
  startTestEmulator({ api_key: 'seam_test_log', log: createLog(level, true) })

/** What the readable log says while a code is created, refused and delivered. */
const storyAt = async (level: LogLevel): Promise<string> => {
  const written: string[] = []
  vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
    written.push(String(chunk))
    return true
  })
  const emulator = await start(level)
  const call = (path: string, body: object): Promise<Response> =>
    fetch(`${emulator.endpoint}${path}`, {
      method: 'POST',
      headers: { authorization: 'Bearer seam_test_log', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  await call('/webhooks/create', {
    url: `${emulator.endpoint}/_emulator/inbox/receive/log`,
    event_types: ['access_code.set_on_device'],
  })
  await call('/access_codes/create', { device_id, name: 'Guest', code: '73019' })
  await call('/_emulator/clock/advance', { by: '10m' })
  await call('/access_codes/create', { device_id, name: 'Again', code: '73019' })
  await emulator.close()
  return written.join('')
}

describe('the readable log', () => {
  test('has one line per request, event and delivery, in which no PIN stands', async () => {
    const log = await storyAt('info')
    expect(log).toMatch(/request +POST \/access_codes\/create 200 in \d+ ms\n/)
    expect(log).toMatch(
      /event +access_code\.set_on_device {2}Front Door {2}“Guest” {2}at 2025-01-01T/,
    )
    expect(log).toMatch(
      /webhook +access_code\.set_on_device → http:\/\/localhost:\d+\/_emulator\/inbox\/receive\/log 200 in \d+ ms\n/,
    )
    expect(log).toMatch(/request +POST \/access_codes\/create 4\d\d duplicate_access_code/)
    expect(log).not.toContain('73019')
  })

  test('is quiet about what the emulator’s own tools look at, and dim about what they do', async () => {
    const log = await storyAt('info')
    expect(log).toMatch(/control +POST \/_emulator\/clock\/advance 200/)
    expect(log).not.toMatch(/(?:request|control) +POST \/_emulator\/inbox/)
    expect(log).not.toContain('/_emulator/ready')
    expect(await storyAt('debug')).toMatch(/control +POST \/_emulator\/inbox\/receive/)
  })

  test('names the workspace once there is more than one', async () => {
    const written: string[] = []
    vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
      written.push(String(chunk))
      return true
    })
    const emulator = await start('info')
    for (const label of ['log', 'other']) {
      const headers = { authorization: `Bearer seam_test_${label}` }
      await fetch(`${emulator.endpoint}/devices/list`, { headers })
    }
    await emulator.close()
    const [first, second] = written.filter((line) => line.includes('/devices/list'))
    expect(first).not.toContain('[')
    expect(second).toMatch(/\[[0-9a-f]{8}\]\n$/)
  })

  test('keeps to what is wrong at the level warn, and to nothing when silent', async () => {
    const warnings = await storyAt('warn')
    expect(warnings).toContain('duplicate_access_code')
    expect(warnings).not.toContain(' 200')
    expect(await storyAt('silent')).toBe('')
  })
})
