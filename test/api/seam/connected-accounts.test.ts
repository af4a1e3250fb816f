import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { home, iso, startPlaces, T0 } from '../../support/place.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

const since = { since: iso(T0 - 1) }

test('an account is found by its id and by the email address of its login', async () => {
  const { seam } = emulator.open()
  const byId = await seam.connectedAccounts.get({ connected_account_id: home.schlage_account })
  expect(byId).toMatchObject({
    account_type: 'schlage',
    account_type_display_name: 'Schlage',
    user_identifier: { email: 'jane@example.com' },
    custom_metadata: {},
    errors: [],
  })
  const byEmail = await seam.connectedAccounts.get({ email: 'JANE@example.com' })
  expect(byEmail.connected_account_id).toBe(home.august_account)
})

test('an unknown account is 404, and neither id nor email is 400', async () => {
  const { raw } = emulator.open()
  const connected_account_id = 'a0000000-0000-4000-8000-00000000dead'
  expect(await raw('/connected_accounts/get', { connected_account_id })).toMatchObject({
    status: 404,
    body: { error: { type: 'connected_account_not_found', data: { connected_account_id } } },
  })
  expect(await raw('/connected_accounts/get', { email: 'nobody@example.com' })).toMatchObject({
    status: 404,
  })
  expect(await raw('/connected_accounts/get')).toMatchObject({
    status: 400,
    body: { error: { type: 'invalid_input' } },
  })
})

test('metadata is merged, null removes a key, and lists are filtered by it', async () => {
  const { seam, raw } = emulator.open()
  const connected_account_id = home.august_account
  await seam.connectedAccounts.update({
    connected_account_id,
    custom_metadata: { internal_id: '7', vip: true },
    customer_key: 'acme',
    automatically_manage_new_devices: false,
  })
  await raw('/connected_accounts/update', {
    connected_account_id,
    custom_metadata: { internal_id: '8', vip: null },
  })
  const account = await seam.connectedAccounts.get({ connected_account_id })
  expect(account).toMatchObject({
    custom_metadata: { internal_id: '8' },
    customer_key: 'acme',
    automatically_manage_new_devices: false,
  })
  const ids = async (filter: Parameters<typeof seam.connectedAccounts.list>[0]) =>
    (await seam.connectedAccounts.list(filter)).map((it) => it.connected_account_id)
  expect(await ids({ custom_metadata_has: { internal_id: '8' } })).toEqual([connected_account_id])
  expect(await ids({ custom_metadata_has: { internal_id: '7' } })).toEqual([])
  expect(await ids({ customer_key: 'acme' })).toEqual([connected_account_id])
  expect(await ids({ search: 'SCHLAGE' })).toEqual([home.schlage_account])
  expect(await ids({ search: '%' })).toEqual([])
  expect(await ids({})).toHaveLength(4)
})

test('more than 50 keys of metadata, or a value too long, are refused and change nothing', async () => {
  const { raw, seam } = emulator.open()
  const connected_account_id = home.august_account
  const custom_metadata = Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`key${i}`, 'x']))
  for (const given of [custom_metadata, { note: 'x'.repeat(501) }]) {
    expect(
      await raw('/connected_accounts/update', { connected_account_id, custom_metadata: given }),
    ).toMatchObject({ status: 400, body: { error: { type: 'invalid_input' } } })
  }
  const account = await seam.connectedAccounts.get({ connected_account_id })
  expect(account.custom_metadata).toEqual({})
})

test('pages of accounts', async () => {
  const { seam } = emulator.open()
  const pages = seam.createPaginator(seam.connectedAccounts.list({ limit: 3 }))
  expect(await pages.flattenToArray()).toHaveLength(4)
})

test('deleting an account deletes its devices and codes in order, and the lock keeps its codes', async () => {
  const place = emulator.open()
  const { seam } = place
  const code = await seam.accessCodes.create({ device_id: home.august, code: '1234' })
  await place.advance('5m')
  expect(await place.opens(home.august, '1234')).toBe(true)
  await seam.connectedAccounts.delete({ connected_account_id: home.august_account })
  const events = await place.events({ connected_account_id: home.august_account })
  const deletions = events.filter((it) => it.event_type.endsWith('.deleted'))
  expect(deletions).toMatchObject([
    { event_type: 'access_code.deleted', access_code_id: code.access_code_id, code: '1234' },
    { event_type: 'device.deleted', device_id: home.august, device_name: 'Front Door' },
    { event_type: 'device.deleted', device_id: home.august_without_keypad },
    { event_type: 'connected_account.deleted', connected_account_type: 'august' },
  ])
  expect(await seam.devices.list({ connected_account_id: home.august_account })).toEqual([])
  await expect(seam.accessCodes.get({ access_code_id: code.access_code_id })).rejects.toMatchObject(
    { code: 'access_code_not_found' },
  )
  // A year of idle time wakes nothing of what is gone.
  await place.advance('365d')
  expect(await seam.events.list({ ...since, device_id: home.august, limit: 1000 })).toHaveLength(
    events.filter((it) => it['device_id'] === home.august).length,
  )
})

test('a disconnected account takes its devices and codes with it, once', async () => {
  const place = emulator.open()
  const { seam } = place
  const connected_account_id = home.schlage_account
  const { access_code_id } = await seam.accessCodes.create({ device_id: home.schlage })
  await place.advance('5m')
  await seam.connectedAccounts.simulate.disconnect({ connected_account_id })
  await seam.connectedAccounts.simulate.disconnect({ connected_account_id })
  expect(await seam.connectedAccounts.get({ connected_account_id })).toMatchObject({
    errors: [{ error_code: 'account_disconnected', is_connected_account_error: true }],
  })
  expect(await seam.devices.get({ device_id: home.schlage })).toMatchObject({
    properties: { online: false },
    errors: [{ error_code: 'account_disconnected' }],
  })
  expect((await seam.accessCodes.get({ access_code_id })).status).toBe('unknown')
  const types = await place.types({ connected_account_id })
  expect(types.filter((type) => type.endsWith('.disconnected'))).toEqual([
    'connected_account.disconnected',
    'device.disconnected',
  ])
})

test('sync reads the locks now instead of at the next poll', async () => {
  const place = emulator.open()
  const { seam } = place
  await place.control('manufacturer_app/create_code', {
    device_id: home.schlage,
    code: '9876',
    name: 'Cleaner',
  })
  const unmanaged = () => seam.accessCodes.unmanaged.list({ device_id: home.schlage })
  expect(await unmanaged()).toEqual([])
  await seam.connectedAccounts.sync({ connected_account_id: home.schlage_account })
  expect(await unmanaged()).toMatchObject([{ code: '9876', name: 'Cleaner' }])
})

test('a provider may ask for another login while everything still works', async () => {
  const place = emulator.open()
  const connected_account_id = home.schlage_account
  await place.control('connected_accounts/request_reauthorization', { connected_account_id })
  expect(await place.seam.connectedAccounts.get({ connected_account_id })).toMatchObject({
    errors: [],
    warnings: [{ warning_code: 'account_reauthorization_requested' }],
  })
  expect(await place.events({ connected_account_id })).toMatchObject([
    {
      event_type: 'connected_account.reauthorization_requested',
      connected_account_errors: [],
      connected_account_warnings: [{ warning_code: 'account_reauthorization_requested' }],
    },
  ])
})

describe('the device id of a lock whose account was deleted', () => {
  test('is free for a new lock of another model', async () => {
    const place = emulator.open()
    const device_id = home.schlage
    await place.seam.connectedAccounts.delete({ connected_account_id: home.schlage_account })
    await place.control('locks/create', { model: 'kwikset', device_id })
    const device = await place.seam.devices.get({ device_id })
    expect(device.device_type).toBe('kwikset_lock')
    expect((await place.lock(device_id)).model).toBe('kwikset')
    // What the old lock had in its memory, the new one does not have.
    expect(await place.slots(device_id)).toEqual([])
  })

  test('a code that is set on the new lock is the new lock’s', async () => {
    const place = emulator.open()
    const device_id = home.schlage
    const old = await place.seam.accessCodes.create({ device_id, code: '1234' })
    await place.advance('1m')
    await place.seam.connectedAccounts.delete({ connected_account_id: home.schlage_account })
    await place.control('locks/create', { model: 'schlage', device_id, memory_slots: 1 })
    expect(await place.enter(device_id, '1234')).toMatchObject({ opened: false })
    const { access_code_id } = await place.seam.accessCodes.create({ device_id, code: '5678' })
    await place.advance('1m')
    expect(access_code_id).not.toBe(old.access_code_id)
    expect(await place.seam.accessCodes.get({ access_code_id })).toMatchObject({ status: 'set' })
    expect(await place.enter(device_id, '5678')).toMatchObject({ opened: true })
  })
})
