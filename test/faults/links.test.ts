/** Links that go down and come back, as the official SDK sees them. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { controlBy, FRONT_DOOR, sdkOf, startTestEmulator } from '../support/emulator.ts'
import type { TestEmulator } from '../support/emulator.ts'

let emulator: TestEmulator
beforeAll(async () => {
  emulator = await startTestEmulator()
})
afterAll(() => emulator.close())

const BRIDGE = 'b0000000-0000-4000-8000-000000000001'
const ACCOUNT = 'a0000000-0000-4000-8000-000000000001'

const setUp = (label: string) => {
  const api_key = `seam_test_links_${label}`
  const { clock, faults } = emulator.as(api_key)
  const seam = sdkOf(emulator, api_key)
  return {
    control: controlBy(emulator.as(api_key)),
    faults,
    seam,
    advance: clock.advance,
    fault: faults.create,
    state: async () => {
      const { properties, errors } = await seam.devices.get({ device_id: FRONT_DOOR })
      return [properties.online, ...errors.map(({ error_code }) => error_code)]
    },
  }
}

it('down: a bridge is off while the fault lasts, and a code waits for it', async () => {
  const { faults, seam, advance, fault, state } = setUp('down')
  const bridge = { bridge_id: BRIDGE }
  const { fault_id } = await fault({ on: 'bridge.link', match: bridge, effect: { kind: 'down' } })
  expect(await state()).toEqual([false, 'hub_disconnected'])
  const { access_code_id } = await seam.accessCodes.create({ device_id: FRONT_DOOR })
  await advance('1h')
  expect((await seam.accessCodes.get({ access_code_id })).status).toBe('setting')
  await faults.delete({ fault_id })
  await advance('1m')
  expect(await state()).toEqual([true])
  expect((await seam.accessCodes.get({ access_code_id })).status).toBe('set')
})

it('down between two instants: an account is lost at the one and back at the other', async () => {
  const { advance, fault, state } = setUp('between')
  const { state: made } = await fault({
    on: 'connected_account.link',
    match: { connected_account_id: ACCOUNT },
    between: ['2025-01-01T01:00:00Z', '2025-01-01T02:00:00+00:00'],
    effect: { kind: 'down' },
  })
  expect(made).toBe('scheduled')
  await advance('59m')
  expect(await state()).toEqual([true])
  await advance('2m')
  expect(await state()).toEqual([false, 'account_disconnected'])
  await advance('1h')
  expect(await state()).toEqual([true])
})

it('flap: a lock comes and goes, and Seam calls the connection flaky', async () => {
  const { seam, advance, fault } = setUp('flap')
  await fault({
    on: 'device.link',
    match: { device_id: FRONT_DOOR },
    times: 4,
    effect: { kind: 'flap', every: '10m', for: '90s' },
  })
  await advance('1h')
  const events = await seam.events.list({
    device_id: FRONT_DOOR,
    since: '2020-01-01T00:00:00Z',
  })
  const counted = (type: string) => events.filter(({ event_type }) => event_type === type).length
  expect(counted('device.disconnected')).toBe(4)
  expect(counted('device.connected')).toBe(4)
  expect(counted('device.connection_became_flaky')).toBe(1)
})

it('a fault that cannot be says what could be', async () => {
  const { control } = setUp('wrong')
  const fault = (definition: object) => control('faults/create', definition)
  await expect(fault({ on: 'bridge.link', effect: { kind: 'flap', for: '1m' } })).rejects.toThrow(
    /The effect flap needs a value for every for .*effect.every/,
  )
  await expect(fault({ on: 'bridge.link', effect: { kind: 'fail' } })).rejects.toThrow(
    /The effect fail acts on access_code.set.*Effects on bridge.link: down, flap.*effect\.kind/,
  )
  await expect(
    fault({ on: 'webhook', match: { device: 'x' }, effect: { kind: 'drop' } }),
  ).rejects.toThrow(/webhook has no device to match/)
})

it('a cleared fault that never acted is told apart', async () => {
  const { faults, fault } = setUp('never')
  await fault({ on: 'lock.unlock', name: 'unused', effect: { kind: 'fail' } })
  await fault({ on: 'device.link', name: 'used', effect: { kind: 'down', for: '1m' } })
  const answer = await faults.clear()
  expect(answer.faults.map(({ name }) => name)).toEqual(['unused', 'used'])
  expect(answer.never_fired.map(({ name }) => name)).toEqual(['unused'])
})
