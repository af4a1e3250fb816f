/** What a failing test says: matchers, waits, and the story that is left behind. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { execFile } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SeamHttp } from '@seamapi/http'
import { afterAll, describe, expect, expectTypeOf, test as base, vi } from 'vitest'
import { z } from 'zod'
import '../../src/testing/vitest.ts'
import { closeSharedEmulators, freshWorkspace, seamFixtures } from '../../src/testing/index.ts'
import type { TestWorkspace } from '../../src/testing/index.ts'

const test = base.extend(seamFixtures({ stories: false }))
const device_id = 'd0000000-0000-4000-8000-000000000001'
const root = join(import.meta.dirname, '../..')

afterAll(closeSharedEmulators)

const guest = async (workspace: TestWorkspace) => {
  const seam = new SeamHttp(workspace.seam)
  return seam.accessCodes.create({ device_id, name: 'Guest', code: '4821' })
}

/** What somebody reads who waited in vain. */
const wordsOf = async (failing: Promise<unknown>): Promise<string> => {
  try {
    await failing
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  throw new Error('it did not fail')
}

describe('a wait in vain', () => {
  test('says what explain knows: the fault, how often it acted, what is waited for', async ({
    seamWorkspace,
  }) => {
    await seamWorkspace.faults.create({ on: 'access_code.set', effect: { kind: 'fail' } })
    const { access_code_id } = await guest(seamWorkspace)
    const words = await wordsOf(
      seamWorkspace.waitUntil({ access_code_id, status: 'set', timeout: '24h' }),
    )
    expect(words).toContain('After 1d of workspace time')
    expect(words).toMatch(
      /The fault access_code\.set \(fail\) acts on it; it has acted \d+ times\./,
    )
    expect(words).toMatch(/It waits for the next attempt at 2025/)
  })

  test('for a device says why it is offline', async ({ seamWorkspace }) => {
    const [bridge] = await seamWorkspace.bridges.list()
    await seamWorkspace.bridges.unplug({ bridge_id: bridge?.bridge_id ?? '' })
    await seamWorkspace.clock.advance('10m')
    const words = await wordsOf(
      seamWorkspace.waitUntil({
        device_id: bridge?.device_ids[0] ?? '',
        status: 'online',
        timeout: '1h',
      }),
    )
    expect(words).toMatch(/is offline since 2025.*: \w+/)
  })

  test('for a webhook says which event is missing, why, and who has a hand in it', async ({
    seamWorkspace,
  }) => {
    await seamWorkspace.webhookTo(seamWorkspace.inbox.url())
    await seamWorkspace.faults.create({ on: 'access_code.set', effect: { kind: 'fail' } })
    await guest(seamWorkspace)
    const event_type = 'access_code.set_on_device'
    const words = await wordsOf(seamWorkspace.inbox.waitFor({ event_type, timeout: '2h' }))
    expect(words).toContain('After 2h of workspace time')
    expect(words).toContain('No event access_code.set_on_device was recorded.')
    expect(words).toMatch(/The access code Guest is setting: .*The fault access_code\.set/)
  })

  test('for a webhook that a fault drops names the fault', async ({ seamWorkspace }) => {
    await seamWorkspace.webhookTo(seamWorkspace.inbox.url())
    await seamWorkspace.faults.create({ on: 'webhook', name: 'lossy', effect: { kind: 'drop' } })
    await guest(seamWorkspace)
    const event_type = 'access_code.set_on_device'
    const words = await wordsOf(seamWorkspace.inbox.waitFor({ event_type, timeout: '2h' }))
    expect(words).toMatch(/The fault lossy \(drop\) acts on webhooks; it has acted \w+/)
  })
})

describe('matchers', () => {
  test('pass where it is so', async ({ seamWorkspace }) => {
    const { access_code_id } = await guest(seamWorkspace)
    await seamWorkspace.waitUntil({ access_code_id, status: 'set' })
    await expect(seamWorkspace).toOpenDoor({ device_id, code: '4821' })
    await expect(seamWorkspace).not.toOpenDoor({ device_id, code: '0000' })
    await expect(seamWorkspace).toHaveStatus({ access_code_id, status: 'set' })
    await expect(seamWorkspace).toHaveStatus({ device_id, status: 'online' })
    await expect(seamWorkspace).toHaveEvent({ event_type: 'access_code.set_on_device' })
    await expect(seamWorkspace).toHaveCalled({ path: '/access_codes/create', times: 1 })
    await expect(seamWorkspace).not.toHaveCalled({ path: '/access_codes/update' })
  })

  test('say why where it is not', async ({ seamWorkspace }) => {
    await seamWorkspace.faults.create({ on: 'access_code.set', effect: { kind: 'fail' } })
    const { access_code_id } = await guest(seamWorkspace)
    await seamWorkspace.clock.advance('1h')
    const door = expect(seamWorkspace).toOpenDoor({ device_id, code: '4821' })
    expect(await wordsOf(door)).toMatch(
      /The PIN 4821 does not open Front Door: unknown_code\.[\s\S]*The fault access_code\.set/,
    )
    const status = expect(seamWorkspace).toHaveStatus({ access_code_id, status: 'set' })
    expect(await wordsOf(status)).toMatch(/is setting; set was expected\.[\s\S]*It waits for/)
    const event = expect(seamWorkspace).toHaveEvent({
      event_type: 'access_code.set_on_device',
      access_code_id,
    })
    expect(await wordsOf(event)).toMatch(/not recorded\. Recorded: access_code\.created/)
    const called = expect(seamWorkspace).toHaveCalled({ path: '/devices/list' })
    expect(await wordsOf(called)).toContain('POST /access_codes/create 200')
  })

  test('are typed', async ({ seamWorkspace }) => {
    const assertion = expect(seamWorkspace)
    expectTypeOf(assertion.toOpenDoor).parameter(0).toEqualTypeOf<{
      device_id: string
      code: string
    }>()
    await assertion.not.toHaveCalled({ path: '/devices/list' })
  })
})

describe('dates', () => {
  base('go with the workspace’s clock, and are the machine’s again afterwards', async () => {
    {
      await using workspace = await freshWorkspace({ name: 'dates', date: vi })
      expect(new Date().toISOString()).toBe('2025-01-01T00:00:00.000Z')
      await workspace.clock.advance('3 days')
      expect(new Date().toISOString()).toBe('2025-01-04T00:00:00.000Z')
      await guest(workspace)
      await workspace.webhookTo(workspace.inbox.url())
      expect(Date.now()).toBe(Date.parse((await workspace.clock.get()).now))
    }
    expect(Date.now()).toBeGreaterThan(Date.UTC(2026, 0, 1))
  })
})

describe('a suite that fails', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'seam-emulator-stories-'))
  const suite = join(root, 'test/library/.failing')
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
    rmSync(suite, { recursive: true, force: true })
  })

  base(
    'leaves the story of each failed test in a file, and names unused faults and slips',
    async () => {
      mkdirSync(suite, { recursive: true })
      writeFileSync(
        join(suite, 'failing.test.ts'),
        `import { expect, test as base } from 'vitest'
import { seamFixtures } from '../../../src/testing/index.ts'
const test = base.extend(seamFixtures({ failOnUnusedFaults: true, failOnUnmatched: true, stories: ${JSON.stringify(folder)} }))
const headers = (it) => ({ authorization: 'Bearer ' + it.apiKey })
test('is fine', async ({ seamWorkspace }) => { await seamWorkspace.clock.get() })
test('fails by itself', async ({ seamWorkspace }) => {
  await fetch(seamWorkspace.endpoint + '/devices/list', { headers: headers(seamWorkspace) })
  await seamWorkspace.call('/access_codes/create', { device_id: '${device_id}', name: 'Guest' })
  expect(1).toBe(2)
})
test('has a fault to spare', async ({ seamWorkspace }) => {
  await seamWorkspace.faults.create({ on: 'lock.lock', name: 'spare', effect: { kind: 'fail' } })
})
test('has a slip', async ({ seamWorkspace }) => {
  await fetch(seamWorkspace.endpoint + '/acess_codes/list', { headers: headers(seamWorkspace) })
})
`,
      )
      writeFileSync(join(suite, 'vitest.config.js'), 'export default {}\n')
      const vitest = join(root, 'node_modules/vitest/vitest.mjs')
      const output = await new Promise<string>((resolve) => {
        execFile(
          process.execPath,
          [vitest, 'run', '--root', suite],
          { env: { PATH: process.env['PATH'], NO_COLOR: '1' } },
          (_, stdout, stderr) => resolve(stdout + stderr),
        )
      })
      expect(output).toMatch(/3 failed \| 1 passed/)
      expect(output).toContain('The fault spare (fail) never acted')
      expect(output).toContain(
        'No endpoint answers /acess_codes/list, which was called. Did you mean /access_codes/list?',
      )
      const [, file = ''] = /the story of "fails by itself" is in (\S+)/.exec(output) ?? []
      const story = z
        .object({
          explanations: z.array(z.object({ summary: z.array(z.string()) })),
          events: z.array(z.object({ event_type: z.string() })),
          requests: z.array(z.object({ path: z.string(), client: z.string().nullable() })),
          world: z.looseObject({}),
        })
        .parse(JSON.parse(readFileSync(file, 'utf8')))
      expect(story.explanations).toHaveLength(1)
      expect(story.events.map(({ event_type }) => event_type)).toContain('access_code.created')
      expect(story.requests.map(({ path }) => path)).toContain('/devices/list')
      await using again = await freshWorkspace({ name: 'from a story' })
      await again.snapshots.import({ snapshot: story.world })
      expect(await again.call('/access_codes/list', { device_id })).toMatchObject({
        access_codes: [{ name: 'Guest' }],
      })
      expect(existsSync(join(folder, 'is-fine.json'))).toBe(false)
    },
  )
})
