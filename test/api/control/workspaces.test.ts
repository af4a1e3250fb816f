import { request as httpRequest } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { controlBy, FRONT_DOOR, sdkOf, startTestEmulator } from '../../support/emulator.ts'
import type { TestEmulator } from '../../support/emulator.ts'

let emulator: TestEmulator
beforeAll(async () => {
  emulator = await startTestEmulator()
})
afterAll(() => emulator.close())

const setUp = (label: string) => {
  const api_key = `seam_test_${label}`
  const own = emulator.as(api_key)
  return { ...own, control: controlBy(own), seam: sdkOf(emulator, api_key) }
}

describe('workspaces', () => {
  it('are made with a key, a world and a clock of their own', async () => {
    const { workspaces } = setUp('maker')
    const workspace = await workspaces.create({
      name: 'Smoke Test',
      clock: { mode: 'frozen', at: '2030-06-01T00:00:00Z' },
    })
    expect(workspace).toMatchObject({
      name: 'Smoke Test',
      api_key: 'seam_test_smoke_test',
      fixture: 'default',
      clock: { now: '2030-06-01T00:00:00.000Z', mode: 'frozen' },
    })
    expect(await sdkOf(emulator, workspace.api_key).devices.list()).not.toHaveLength(0)
    const again = await workspaces.create({ name: 'Smoke Test' })
    expect(again.api_key).toBe('seam_test_smoke_test_2')
    expect((await workspaces.list()).map(({ api_key }) => api_key)).toEqual(
      expect.arrayContaining(['seam_test_maker', 'seam_test_smoke_test']),
    )
  })

  it('take a number for a seed, as the text that it is', async () => {
    const workspace = await setUp('seeded').workspaces.create({ seed: 7 })
    expect(workspace.seed).toBe('7')
  })

  it('are made more than once of a fixture with tokens of its own', async () => {
    const { workspaces } = setUp('twice')
    for (const label of ['fake_one', 'fake_two']) {
      const api_key = `seam_test_${label}`
      await workspaces.create({ api_key, fixture: 'vendor-fake' })
      expect(await sdkOf(emulator, api_key).devices.list()).not.toHaveLength(0)
      await setUp(label).workspaces.reset()
      expect(await sdkOf(emulator, api_key).devices.list()).not.toHaveLength(0)
    }
  })

  it('are made of a fixture given as JSON, and say what is wrong with it', async () => {
    const { control, workspaces } = setUp('custom')
    const fixture = {
      name: 'one-lock',
      connected_accounts: [{ connected_account_id: FRONT_DOOR, model: 'schlage' }],
      devices: [
        { device_id: FRONT_DOOR, connected_account_id: FRONT_DOOR, model: 'schlage', name: 'Gate' },
      ],
    }
    const workspace = await workspaces.create({ fixture })
    const devices = await sdkOf(emulator, workspace.api_key).devices.list()
    expect(devices).toHaveLength(1)
    const wrong = { ...fixture, devices: [{ ...fixture.devices[0], model: 'schlag' }] }
    await expect(control('workspaces/create', { fixture: wrong })).rejects.toThrow(
      /devices\.0\.model: There is no lock model \\"schlag\\": did you mean \\"schlage\\"\?/,
    )
    await expect(control('workspaces/create', { fixture: '../secret' })).rejects.toThrow(
      /There is no fixture/,
    )
  })

  it('come back to their first instant on reset, with key and fixture, and repeat to the byte', async () => {
    const { clock, workspaces, seam } = setUp('reset')
    const play = async () => {
      await seam.webhooks.create({ url: `${emulator.endpoint}/_emulator/inbox/receive/x` })
      const code = await seam.accessCodes.create({ device_id: FRONT_DOOR, name: 'Guest' })
      await clock.advance('1h')
      const events = await seam.events.list({ since: '2020-01-01T00:00:00Z' })
      return JSON.stringify([code, events, await seam.accessCodes.list({ device_id: FRONT_DOOR })])
    }
    const first = await play()
    const workspace = await workspaces.reset()
    expect(workspace.clock.now).toBe('2025-01-01T00:00:00.000Z')
    expect(await seam.accessCodes.list({ device_id: FRONT_DOOR })).toEqual([])
    expect(await seam.webhooks.list()).toEqual([])
    expect(await play()).toBe(first)
  })

  it('take another seed on reset, and are then as one that was made with it', async () => {
    const { clock, workspaces, seam } = setUp('reseed')
    const play = async () => {
      const code = await seam.accessCodes.create({ device_id: FRONT_DOOR, name: 'Guest' })
      await clock.advance('1h')
      return JSON.stringify([code, await seam.events.list({ since: '2020-01-01T00:00:00Z' })])
    }
    await workspaces.reset()
    const own = await play()
    const workspace = await workspaces.reset({ seed: 7 })
    expect(workspace.seed).toBe('7')
    const reseeded = await play()
    expect(reseeded).not.toBe(own)
    await workspaces.reset()
    expect(await play()).toBe(reseeded)

    await workspaces.delete()
    const maker = setUp('reseeds_maker').workspaces
    await maker.create({ api_key: 'seam_test_reseed', seed: '7' })
    expect(await play()).toBe(reseeded)
  })

  it('are gone when deleted; their key opens a new one', async () => {
    const { workspaces, seam } = setUp('gone')
    await seam.accessCodes.create({ device_id: FRONT_DOOR })
    await workspaces.delete()
    expect(await seam.accessCodes.list({ device_id: FRONT_DOOR })).toEqual([])
  })

  it('are opened by no late call when their key is retired with them, until one is made', async () => {
    const { workspaces, seam } = setUp('retired')
    await seam.accessCodes.create({ device_id: FRONT_DOOR })
    await workspaces.delete({ retire_key: true })
    const late = ['seam_test_retired', 'seam_at_test_retired', 'seam_pk_test_retired']
    for (const token of late) {
      for (const path of ['/devices/list', '/_emulator/clock/get']) {
        const answer = await fetch(emulator.endpoint + path, {
          headers: { authorization: `Bearer ${token}` },
        })
        expect(answer.status).toBe(401)
        expect(await answer.json()).toMatchObject({ error: { type: 'workspace_not_found' } })
      }
    }
    const beside = setUp('beside_retired').workspaces
    const keys = async () => (await beside.list()).map(({ api_key }) => api_key)
    expect(await keys()).not.toContain('seam_test_retired')
    await beside.create({ api_key: 'seam_test_retired' })
    expect(await keys()).toContain('seam_test_retired')
    expect(await seam.accessCodes.list({ device_id: FRONT_DOOR })).toEqual([])
  })
})

describe('snapshots', () => {
  const world = z.looseObject({ tables: z.looseObject({ inbox_messages: z.array(z.unknown()) }) })
  const codes = async (seam: ReturnType<typeof sdkOf>) =>
    (await seam.accessCodes.list({ device_id: FRONT_DOOR })).map(({ code, status }) => [
      code,
      status,
    ])

  it('are kept by name, and restored as often as wanted', async () => {
    const { clock, snapshots, control, seam } = setUp('snap')
    await seam.accessCodes.create({ device_id: FRONT_DOOR, code: '4711' })
    await snapshots.create({ name: 'booked' })
    for (let n = 0; n < 2; n++) {
      await clock.advance('1h')
      expect(await codes(seam)).toEqual([['4711', 'set']])
      await snapshots.restore({ name: 'booked' })
      expect(await codes(seam)).toEqual([['4711', 'setting']])
    }
    await expect(control('snapshots/restore', { name: 'lost' })).rejects.toThrow(/booked/)
  })

  it('go from one workspace to another as JSON', async () => {
    const { snapshots, seam } = setUp('from')
    await seam.accessCodes.create({ device_id: FRONT_DOOR, code: '4711' })
    const snapshot = await snapshots.export()
    const other = setUp('to')
    const answer = await other.snapshots.import({ snapshot })
    expect(answer).toMatchObject({
      name: null,
      created_at: '2025-01-01T00:00:00.000Z',
      size: JSON.stringify(snapshot).length,
      counts: { access_codes: 1, webhooks: 0 },
    })
    await other.clock.advance('1h')
    expect(await codes(other.seam)).toEqual([['4711', 'set']])
    expect(await codes(seam)).toEqual([['4711', 'setting']])
    await expect(other.snapshots.import({ snapshot: { format: 'x' } })).rejects.toThrow(
      /invalid_snapshot/,
    )
  })

  it('are only kept when they are imported under a name', async () => {
    const { snapshots, seam } = setUp('kept')
    await seam.accessCodes.create({ device_id: FRONT_DOOR, code: '4711' })
    const snapshot = await snapshots.export()
    const other = setUp('keeper')
    const answer = await other.snapshots.import({ snapshot, name: 'bug' })
    const { workspace_id } = await other.seam.workspaces.get()
    expect(answer).toMatchObject({ name: 'bug', workspace_id })
    expect(await codes(other.seam)).toEqual([])
    await other.snapshots.restore({ name: 'bug' })
    expect(await codes(other.seam)).toEqual([['4711', 'setting']])
  })

  it('may be as large as a long run makes them', async () => {
    const { snapshots, seam } = setUp('large')
    const snapshot = world.parse(await snapshots.export())
    const message = {
      inbox: 'app',
      received_at: 0,
      event_id: null,
      event_type: null,
      is_verified: false,
      headers: {},
      body: JSON.stringify({ text: 'x'.repeat(7_000_000) }),
    }
    snapshot.tables.inbox_messages.push(message)
    const answer = await snapshots.import({ snapshot })
    expect(answer.counts['inbox_messages']).toBe(1)
    expect(await seam.devices.list()).not.toHaveLength(0)
  })

  it('beyond 256 MiB are refused before they are read', async () => {
    const request = httpRequest(`${emulator.endpoint}/_emulator/snapshots/import`, {
      method: 'POST',
      headers: {
        authorization: 'Bearer seam_test_huge',
        'content-type': 'application/json',
        'content-length': 256 * 1024 * 1024 + 1,
      },
    })
    request.flushHeaders()
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request.once('response', resolve).once('error', reject)
    })
    let text = ''
    for await (const chunk of response) text += String(chunk)
    request.destroy()
    expect(response.statusCode).toBe(413)
    expect(text).toContain('larger than the 256 MiB that this route takes')
  })
})
