import { SeamHttp } from '@seamapi/http'
import { mkdtempSync, rmSync } from 'node:fs'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { connectEmulator, createEmulator, isEmulatorError } from '../../src/index.ts'
import type { Emulator } from '../../src/index.ts'

const device_id = 'd0000000-0000-4000-8000-000000000001'
const sdk = ({ endpoint, apiKey }: { endpoint: string; apiKey: string }): SeamHttp =>
  new SeamHttp({ endpoint, apiKey })

const stay = { starts_at: '2025-01-20T15:00:00.000Z', ends_at: '2025-01-23T11:00:00.000Z' }

/** Books a stay, jumps into it and answers everything that happened. */
const story = async (emulator: Emulator): Promise<string> => {
  const seam = sdk(emulator)
  const code = await seam.accessCodes.create({ device_id, name: 'Guest', ...stay })
  const { transcript } = await emulator.clock.advance({ to: stay.starts_at })
  return JSON.stringify([
    code,
    transcript,
    await seam.events.list({ since: '2025-01-01T00:00:00Z' }),
  ])
}

describe('an emulator in this process', () => {
  test('stands still at a fixed instant and repeats a run to the byte', async () => {
    await using first = await createEmulator()
    await using second = await createEmulator()
    expect(await first.clock.get()).toMatchObject({
      mode: 'frozen',
      now: '2025-01-01T00:00:00.000Z',
    })
    const told = await story(first)
    expect(told).toContain('access_code.set_on_device')
    expect(await story(second)).toBe(told)
  })

  test('begins at an instant that is given as text, a Date or milliseconds', async () => {
    const now = '2030-06-01T00:00:00.000Z'
    for (const at of [now, new Date(now), Date.parse(now)]) {
      await using emulator = await createEmulator({ clock: { mode: 'frozen', at } })
      expect(await emulator.clock.get()).toMatchObject({ mode: 'frozen', now })
    }
    await expect(createEmulator({ clock: { mode: 'frozen', at: 'soon' } })).rejects.toThrow(
      '"soon" is no first instant',
    )
    await expect(createEmulator({ clock: { mode: 'scaled', rate: 0 } })).rejects.toThrow(
      '0 is no rate of a clock',
    )
  })

  test('gives other PINs for another seed', async () => {
    await using first = await createEmulator({ seed: 'one' })
    await using second = await createEmulator({ seed: 'two' })
    expect(await story(first)).not.toBe(await story(second))
  })

  test('starts at the instant and at the rate that it is given', async () => {
    await using frozen = await createEmulator({ clock: 'frozen@2031-05-01T10:00:00Z' })
    await using fast = await createEmulator({ clock: { mode: 'scaled', rate: 60 } })
    expect((await frozen.clock.get()).now).toBe('2031-05-01T10:00:00.000Z')
    expect(await fast.clock.get()).toMatchObject({ mode: 'scaled', rate: 60 })
    await expect(createEmulator({ clock: 'fast' })).rejects.toThrow(/no clock setting.*realtime/)
  })

  test('opens the door with the code that the API gave out', async () => {
    await using emulator = await createEmulator()
    const code = await sdk(emulator).accessCodes.create({ device_id, name: 'Cleaner' })
    const pin = code.code ?? ''
    expect((await emulator.locks.enterCode({ device_id, code: pin })).opened).toBe(false)
    await emulator.waitUntil({ access_code_id: code.access_code_id, status: 'set' })
    expect(await emulator.locks.enterCode({ device_id, code: pin })).toMatchObject({
      opened: true,
      access_code_id: code.access_code_id,
    })
    const { memory_bank } = await emulator.locks.get({ device_id })
    expect(memory_bank.slots).toMatchObject([{ code: pin, name: 'Cleaner' }])
  })

  test('lets a person act on the lock outside of Seam', async () => {
    await using emulator = await createEmulator()
    const { manufacturerApp, locks } = emulator
    const { slot } = (await manufacturerApp.createCode({ device_id, code: '2468' })) ?? {}
    const changed = await manufacturerApp.updateCode({
      device_id,
      ...(slot !== undefined && { slot }),
      name: 'Cleaner',
    })
    expect(changed).toMatchObject({ code: '2468', name: 'Cleaner' })
    expect((await locks.enterCode({ device_id, code: '2468' })).opened).toBe(true)
    await manufacturerApp.deleteCode({ device_id, ...(slot !== undefined && { slot }) })
    expect((await locks.get({ device_id })).memory_bank.slots).toEqual([])
  })

  test('takes a snapshot and a reset, and answers what the routes do', async () => {
    await using emulator = await createEmulator()
    expect(await emulator.snapshot()).toMatchObject({ name: 'snapshot' })
    expect(await emulator.restore()).toMatchObject({ name: 'snapshot' })
    const snapshot = await emulator.snapshots.export()
    expect(await emulator.snapshots.import({ snapshot, name: 'copy' })).toMatchObject({
      name: 'copy',
      workspace_id: emulator.workspaceId,
    })
    expect(await emulator.reset({ seed: 'other' })).toMatchObject({ seed: 'other' })
  })

  test('gives each label a workspace that knows nothing of the others', async () => {
    await using emulator = await createEmulator()
    const [one, two] = [emulator.workspace('one'), emulator.workspace('two')]
    expect(emulator.workspace('one')).toBe(one)
    await sdk(one).accessCodes.create({ device_id, name: 'Only here' })
    await one.clock.advance('72h')
    expect(await sdk(two).accessCodes.list({ device_id })).toEqual([])
    expect((await two.clock.get()).now).toBe('2025-01-01T00:00:00.000Z')
    expect(one.apiKey).toBe('seam_test_one')
    expect(() => emulator.workspace('no such label')).toThrow(/is no label/)
  })

  test('is controlled over HTTP by a client of its own as well', async () => {
    await using emulator = await createEmulator()
    const { endpoint, apiKey } = emulator
    const remote = connectEmulator({ endpoint, apiKey })
    await remote.clock.advance('1h')
    await remote.close()
    expect((await emulator.clock.get()).now).toBe('2025-01-01T01:00:00.000Z')
  })

  test("passes the emulator's own words on when it refuses", async () => {
    await using emulator = await createEmulator()
    const refused = await emulator.clock.advance('soon').catch((error: unknown) => error)
    expect(isEmulatorError(refused)).toBe(true)
    expect(refused).toMatchObject({ status: 400, type: 'invalid_input' })
    expect(String(refused)).toContain('"soon" is no duration')
  })

  test('says in one line that nobody answers', async () => {
    const emulator = await createEmulator()
    await emulator.close()
    await expect(emulator.clock.get()).rejects.toThrow(/No emulator answers at http.*npx seam-/)
  })

  test('is reached over both loopback addresses, where the machine has both', async () => {
    await using emulator = await createEmulator()
    const ask = (host: string): Promise<number | string> =>
      fetch(`http://${host}:${emulator.port}/_emulator/ready`).then(
        ({ status }) => status,
        ({ cause }: Error) => String(cause),
      )
    expect(await ask('127.0.0.1')).toBe(200)
    const hasIpv6 = Object.values(networkInterfaces()).some((list) =>
      list?.some(({ address }) => address === '::1'),
    )
    if (hasIpv6) expect(await ask('[::1]')).toBe(200)
  })

  test('leaves nothing behind when it cannot listen', async () => {
    await using emulator = await createEmulator()
    const folder = mkdtempSync(join(tmpdir(), 'seam-emulator-test-'))
    const db = join(folder, 'world.db')
    await expect(createEmulator({ port: emulator.port, db })).rejects.toThrow(/EADDRINUSE/)
    const second = await createEmulator({ db })
    await second.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('refuses a port that is taken', async () => {
    await using emulator = await createEmulator()
    await expect(createEmulator({ port: emulator.port })).rejects.toThrow(/EADDRINUSE/)
  })
})
