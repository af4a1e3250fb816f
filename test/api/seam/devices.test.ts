import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { day, home, iso, startPlaces, T0 } from '../../support/place.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

describe('devices/update', () => {
  test('a name of your own is told once, and null goes back to the name at the provider', async () => {
    const place = emulator.open()
    const { seam } = place
    const device_id = home.august
    await seam.devices.update({ device_id, name: 'Suite 7' })
    await seam.devices.update({ device_id, name: 'Suite 7' })
    expect(await seam.devices.get({ name: 'Suite 7' })).toMatchObject({
      device_id,
      display_name: 'Suite 7',
      nickname: 'Suite 7',
      properties: { name: 'Suite 7' },
    })
    await seam.devices.update({ device_id, properties: { name: null } })
    const device = await seam.devices.get({ device_id })
    expect(device.display_name).toBe('Front Door')
    expect(device.nickname).toBeUndefined()
    expect(await place.events({ device_id })).toMatchObject([
      { event_type: 'device.name_changed', device_name: 'Suite 7' },
      { event_type: 'device.name_changed', device_name: 'Front Door' },
    ])
  })

  test('metadata is merged and goes out with the events of the device', async () => {
    const place = emulator.open()
    const { seam, raw } = place
    const device_id = home.schlage
    await seam.devices.update({ device_id, custom_metadata: { room: '7', vip: true } })
    await raw('/devices/update', { device_id, custom_metadata: { vip: null }, name: 'Room 7' })
    expect(await seam.devices.list({ custom_metadata_has: { room: '7' } })).toMatchObject([
      { device_id, custom_metadata: { room: '7' } },
    ])
    expect(await place.events({ device_id })).toMatchObject([
      { device_custom_metadata: { room: '7' } },
    ])
  })

  test('metadata that is true is found by the official SDK, which puts the filter into a query', async () => {
    const place = emulator.open()
    const { seam, raw } = place
    const found = async (custom_metadata_has: Record<string, string | boolean>) =>
      (await seam.devices.list({ custom_metadata_has })).map((device) => device.device_id)
    await seam.devices.update({ device_id: home.schlage, custom_metadata: { vip: true } })
    await seam.devices.update({ device_id: home.august, custom_metadata: { vip: 'true' } })
    expect(await found({ vip: true })).toEqual([home.august, home.schlage])
    expect(await found({ vip: false })).toEqual([])
    const { body } = await raw('/devices/list', { custom_metadata_has: { vip: true } })
    expect(body).toMatchObject({ devices: [{ device_id: home.schlage }] })
  })

  test('the backup pool is switched on and off', async () => {
    const place = emulator.open()
    const { seam } = place
    const device_id = home.schlage
    await seam.devices.update({ device_id, backup_access_code_pool_enabled: true })
    await place.advance('30m')
    expect(await place.slots(device_id)).toHaveLength(3)
    await seam.devices.update({ device_id, backup_access_code_pool_enabled: false })
    await place.advance('30m')
    expect(await place.slots(device_id)).toHaveLength(0)
    expect(await seam.devices.get({ device_id })).toMatchObject({
      properties: { backup_access_code_pool_enabled: false },
    })
  })
})

describe('unmanaged devices', () => {
  test('codes stay on the lock as unmanaged ones, spare codes go, and no route controls the lock', async () => {
    const place = emulator.open()
    const { seam } = place
    const device_id = home.schlage
    const code = await seam.accessCodes.create({
      device_id,
      code: '4711',
      name: 'Guest',
      starts_at: iso(T0),
      ends_at: iso(T0 + 2 * day),
      use_backup_access_code_pool: true,
    })
    await place.advance('1h')
    expect(await place.slots(device_id)).toHaveLength(4)
    await seam.devices.update({ device_id, is_managed: false })
    await place.advance('1h')
    expect(await place.slots(device_id)).toMatchObject([{ code: '4711' }])
    expect(await place.opens(device_id, '4711')).toBe(true)
    await expect(seam.devices.get({ device_id })).rejects.toMatchObject({
      code: 'device_not_found',
    })
    expect(await seam.devices.unmanaged.get({ device_id })).toMatchObject({
      device_id,
      is_managed: false,
    })
    expect(await seam.devices.unmanaged.list()).toHaveLength(1)
    expect(await seam.devices.list()).toHaveLength(4)
    expect(await seam.accessCodes.unmanaged.list({ device_id })).toMatchObject([
      { access_code_id: code.access_code_id, code: '4711', is_managed: false },
    ])
    await expect(seam.accessCodes.create({ device_id })).rejects.toMatchObject({
      code: 'device_unmanaged',
    })
    await expect(seam.devices.update({ device_id, name: 'x' })).rejects.toMatchObject({
      code: 'device_unmanaged',
    })
    expect(await place.types({ device_id })).toContain('device.converted_to_unmanaged')
  })

  test('taking the device over leaves its codes unmanaged', async () => {
    const place = emulator.open()
    const { seam } = place
    const device_id = home.schlage
    await seam.accessCodes.create({ device_id, code: '4711' })
    await place.advance('10m')
    await seam.devices.update({ device_id, is_managed: false })
    await seam.devices.unmanaged.update({
      device_id,
      is_managed: true,
      custom_metadata: { room: '7' },
    })
    expect(await seam.devices.get({ device_id })).toMatchObject({
      is_managed: true,
      custom_metadata: { room: '7' },
    })
    expect(await seam.accessCodes.list({ device_id })).toEqual([])
    expect(await seam.accessCodes.unmanaged.list({ device_id })).toMatchObject([{ code: '4711' }])
    expect((await place.types({ device_id })).at(-1)).toBe('device.unmanaged.converted_to_managed')
    await expect(
      seam.devices.unmanaged.update({ device_id, is_managed: true }),
    ).rejects.toMatchObject({ code: 'device_managed' })
  })

  test('the link of an unmanaged device has events of its own', async () => {
    const place = emulator.open()
    const { seam } = place
    const device_id = home.august
    await seam.devices.update({ device_id, is_managed: false })
    await place.unplug(home.august_bridge)
    await place.plug(home.august_bridge)
    expect((await place.types({ device_id })).slice(-2)).toEqual([
      'device.unmanaged.disconnected',
      'device.unmanaged.connected',
    ])
  })
})

describe('devices/simulate', () => {
  test('disconnect and connect, each told once', async () => {
    const place = emulator.open()
    const { seam } = place
    const device_id = home.schlage
    await seam.devices.simulate.disconnect({ device_id })
    await seam.devices.simulate.disconnect({ device_id })
    expect(await seam.devices.get({ device_id })).toMatchObject({
      properties: { online: false },
      errors: [{ error_code: 'device_disconnected' }],
    })
    await seam.devices.simulate.connect({ device_id })
    await seam.devices.simulate.connect({ device_id })
    expect(await seam.devices.get({ device_id })).toMatchObject({
      properties: { online: true },
      errors: [],
    })
    expect(await place.events({ device_id })).toMatchObject([
      { event_type: 'device.disconnected', error_code: 'device_disconnected' },
      { event_type: 'device.connected' },
    ])
  })

  test('the hub of an August lock', async () => {
    const place = emulator.open()
    const { seam } = place
    const device_id = home.august
    await seam.devices.simulate.disconnectFromHub({ device_id })
    expect(await seam.devices.get({ device_id })).toMatchObject({
      properties: { online: false },
      can_remotely_unlock: false,
      errors: [{ error_code: 'hub_disconnected' }],
    })
    await seam.devices.simulate.connectToHub({ device_id })
    expect(await place.events({ device_id })).toMatchObject([
      { event_type: 'device.disconnected', error_code: 'hub_disconnected' },
      { event_type: 'device.connected' },
    ])
  })

  test('a paid plan lapses and is renewed at the next poll', async () => {
    const place = emulator.open()
    const { seam } = place
    const device_id = await place.hang('nuki')
    await seam.devices.simulate.paidSubscription({ device_id, is_expired: true })
    expect((await seam.devices.get({ device_id })).errors).toEqual([])
    await place.advance('15m')
    expect(await seam.devices.get({ device_id })).toMatchObject({
      can_program_online_access_codes: false,
      errors: [{ error_code: 'subscription_required' }],
    })
    await seam.devices.simulate.paidSubscription({ device_id, is_expired: false })
    await place.advance('15m')
    expect((await seam.devices.get({ device_id })).errors).toEqual([])
    const types = await place.types({ device_id })
    expect(types.filter((type) => type.includes('subscription'))).toEqual([
      'device.error.subscription_required',
      'device.error.subscription_required.resolved',
    ])
  })

  test('a removed device is told once and takes no other simulation', async () => {
    const place = emulator.open()
    const { seam } = place
    const device_id = home.schlage
    await seam.devices.simulate.remove({ device_id })
    await seam.devices.simulate.remove({ device_id })
    expect(await seam.devices.get({ device_id })).toMatchObject({
      errors: [{ error_code: 'device_removed' }],
    })
    const types = await place.types({ device_id })
    expect(types).toEqual(['device.removed'])
    await expect(seam.devices.simulate.connect({ device_id })).rejects.toMatchObject({
      code: 'invalid_input',
    })
  })

  test.each([
    ['connect_to_hub', home.schlage, 'can_simulate_hub_connection'],
    ['disconnect_from_hub', home.schlage, 'can_simulate_hub_disconnection'],
    ['paid_subscription', home.august, 'can_simulate_paid_subscription'],
  ])('%s names the missing flag and the devices that have it', async (route, device_id, flag) => {
    const { raw } = emulator.open(route)
    const answer = await raw(`/devices/simulate/${route}`, { device_id, is_expired: true })
    expect(answer).toMatchObject({
      status: 400,
      body: { error: { type: 'device_type_not_supported', data: { device_id } } },
    })
    expect(JSON.stringify(answer.body)).toContain(flag)
  })
})

test('providers, by category, with the flags that any of their locks has', async () => {
  const { seam } = emulator.open()
  const all = await seam.devices.listDeviceProviders()
  expect(all.length).toBeGreaterThan(15)
  expect(all.find((it) => it.device_provider_name === 'nuki')).toMatchObject({
    display_name: 'Nuki',
    can_simulate_paid_subscription: true,
    can_program_online_access_codes: true,
    provider_categories: ['stable', 'consumer_smartlocks'],
  })
  const systems = await seam.devices.listDeviceProviders({
    provider_category: 'access_control_systems',
  })
  expect(systems.map((it) => it.device_provider_name)).toEqual(['salto_ks'])
})

test('a reported time zone clears the warning; what is none, or for another lock, is refused', async () => {
  const place = emulator.open()
  const { seam, raw } = place
  const device_id = await place.hang('ultraloq')
  expect((await seam.devices.get({ device_id })).warnings).toMatchObject([
    { warning_code: 'ultraloq_time_zone_unknown' },
  ])
  const report = (devices: unknown) => raw('/devices/report_provider_metadata', { devices })
  expect(
    await report([{ device_id, ultraloq_metadata: { time_zone: 'Mars/Olympus' } }]),
  ).toMatchObject({ status: 400, body: { error: { type: 'invalid_input' } } })
  expect(
    await report([
      { device_id, ultraloq_metadata: { time_zone: 'Europe/Berlin' } },
      { device_id: home.august, ultraloq_metadata: { time_zone: 'Europe/Berlin' } },
    ]),
  ).toMatchObject({ status: 400, body: { error: { type: 'device_type_not_supported' } } })
  expect((await seam.devices.get({ device_id })).warnings).toHaveLength(1)
  await report([{ device_id, ultraloq_metadata: { time_zone: 'Europe/Berlin' } }])
  expect(await seam.devices.get({ device_id })).toMatchObject({
    warnings: [],
    location: { time_zone: 'Europe/Berlin' },
  })
})

test('the offset that TTLock tells of a zone is that of the minute, in lists and by id', async () => {
  const place = emulator.open()
  const { seam } = place
  const location = { location_name: 'Cabin', time_zone: 'America/New_York' }
  const device_id = await place.hang('ttlock', { location })
  const offsets = async () =>
    [
      await seam.devices.get({ device_id }),
      ...(await seam.devices.list({ search: device_id })),
    ].map(({ properties }) => properties.ttlock_metadata?.timezone_raw_offset_ms)
  await place.advanceTo(Date.UTC(2025, 2, 9, 6, 59))
  expect(await offsets()).toEqual([-5 * 3_600_000, -5 * 3_600_000])
  await place.advance('2m')
  expect(await offsets()).toEqual([-4 * 3_600_000, -4 * 3_600_000])
})
