/** A saved answer of `/devices/list` becomes a world that can be started. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { readListed } from '../../src/cli/import/listed.ts'
import { worldOf } from '../../src/cli/import/world-of.ts'
import { lockModels } from '../../src/contract/vocabulary.ts'
import { startTestEmulator, sdkOf } from '../support/emulator.ts'
import { parseFixture } from '../../src/sim/workspaces/check-fixture.ts'
import { cli } from './run.ts'

const folder = mkdtempSync(join(tmpdir(), 'seam-import-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** What a real account may answer, beside what the emulator knows. */
const strange = {
  device_id: 'f0000000-0000-4000-8000-000000000001',
  device_type: 'ecobee_thermostat',
  connected_account_id: 'f0000000-0000-4000-8000-00000000000a',
  display_name: 'Hall',
  custom_metadata: { owner: 'Ada' },
  errors: [{ error_code: 'device_offline' }],
  warnings: [{ warning_code: 'long_battery_replacement' }],
  properties: { online: false, something_new: { deeper: [1] } },
}

const listOf = async (fixture: string | Record<string, unknown>) => {
  const emulator = await startTestEmulator({ fixture: 'default' })
  const workspace = await emulator
    .as('seam_test_default')
    .workspaces.create({ api_key: 'seam_test_listed', fixture })
  const devices = await sdkOf(emulator, 'seam_test_listed').devices.list()
  await emulator.close()
  expect(workspace.api_key).toBe('seam_test_listed')
  return devices
}

/** Of a device what is the same in two worlds that agree. */
const looks = (device: Awaited<ReturnType<typeof listOf>>[number]) => {
  const { device_id, connected_account_id, device_type, display_name, location } = device
  const { online, locked, battery_level, supported_code_lengths, max_active_codes_supported } =
    device.properties
  const flags = Object.entries(device).filter(([name]) => name.startsWith('can_'))
  return {
    ...Object.fromEntries(flags),
    device_id,
    connected_account_id,
    device_type,
    display_name,
    location,
    online,
    locked,
    battery_level,
    supported_code_lengths,
    max_active_codes_supported,
  }
}

describe('seam-emulator import', { timeout: 60_000 }, () => {
  test('makes a world whose list of devices is the one that it was made of', async () => {
    const devices = await listOf('default')
    const listed = readListed(JSON.parse(JSON.stringify({ devices })))
    const { fixture, locks } = worldOf(listed.devices, { name: 'again', anonymise: false })
    expect(locks).toBeGreaterThan(4)
    const again = await listOf(fixture)
    expect(again.map(looks)).toEqual(devices.map(looks))
  })

  test('knows the locks of every model', async () => {
    const fixture = {
      name: 'all',
      devices: lockModels.map((model) => ({ model, name: `A ${model}` })),
    }
    const devices = await listOf(fixture)
    const { devices: listed } = readListed(JSON.parse(JSON.stringify(devices)))
    const made = worldOf(listed, { name: 'again', anonymise: true })
    expect(made).toMatchObject({ locks: lockModels.length, others: 0 })
    const models = parseFixture(made.fixture, 'it').devices.map((it) => it.model)
    expect(new Set(models)).toEqual(new Set(lockModels))
  })

  test('lists what is not modelled, and says what it left out', () => {
    const sensor = { ...strange, device_id: `${strange.device_id.slice(0, -1)}2` }
    const { fixture, left_out } = worldOf(
      readListed([strange, { ...sensor, device_type: 'minut_sensor' }]).devices,
      { name: 'strange', anonymise: false },
    )
    expect(parseFixture(fixture, 'it').noise_sensors).toMatchObject([{ model: 'minut' }])
    expect(parseFixture(fixture, 'it').devices).toMatchObject([
      { device_type: 'ecobee_thermostat', name: 'Hall', custom_metadata: { owner: 'Ada' } },
    ])
    expect(left_out).toContain('ecobee_thermostat (1) is listed as it is, and does nothing')
    expect(left_out).toContain('long_battery_replacement (2 devices) is not made again')
  })

  test('lets nobody learn whose devices they were, where that is asked for', async () => {
    const devices = [...(await listOf('default')), strange]
    const { fixture } = worldOf(readListed(JSON.parse(JSON.stringify(devices))).devices, {
      name: 'nobody',
      anonymise: true,
    })
    const text = JSON.stringify(fixture)
    const secrets = devices.flatMap((it) => [
      it.device_id,
      it.connected_account_id,
      it.display_name,
      ...('serial_number' in it.properties ? [it.properties.serial_number ?? ''] : []),
    ])
    for (const secret of secrets.filter((it) => it.length > 3)) expect(text).not.toContain(secret)
    expect(text).not.toContain('Ada')
  })

  test('writes the file, says how to start with it, and starts', async () => {
    const from = join(folder, 'devices.json')
    const to = join(folder, 'ours.json')
    const pagination = { has_next_page: true, next_page_cursor: 'x', next_page_url: null }
    writeFileSync(from, JSON.stringify({ ok: true, devices: [strange], pagination }))
    const done = await cli(['import', from, to])
    expect(done).toMatchObject({ code: 0, stderr: '' })
    expect(done.stdout).toContain(`start --fixture ${to}`)
    expect(done.stdout).toContain('has more pages')
    expect(z.looseObject({ name: z.string() }).parse(JSON.parse(readFileSync(to, 'utf8')))).toEqual(
      expect.objectContaining({ name: 'ours' }),
    )
    expect(await cli(['import', from, to])).toMatchObject({
      code: 1,
    })
    expect(JSON.parse(readFileSync(to, 'utf8'))).toHaveProperty('devices.0.name', 'Hall')
    const { stdout } = await cli(['exec', '--fixture', to, '--', 'true'])
    expect(stdout).toBe('')
  })

  test('names a file that is something else, and what is expected', async () => {
    const from = join(folder, 'other.json')
    writeFileSync(from, JSON.stringify({ access_codes: [] }))
    const { code, stderr } = await cli(['import', from, join(folder, 'x.json')])
    expect(code).toBe(1)
    expect(stderr).toContain('is not what /devices/list answered')
  })
})
