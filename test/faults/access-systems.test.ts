/** Faults of access systems: links that break, and servers that forget. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPlaces, T0, iso } from '../support/place.ts'
import type { Place } from '../support/place.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

/** An office with PINs at wired doors, and somebody with a PIN. */
const office = async (place: Place) => {
  const { acs } = place.seam
  const { acs_system_id, entrances } = await place.emulator.acsSystems.create({
    model: 'salto_ks',
  })
  const [door = ''] = entrances.map((it) => it.acs_entrance_id)
  const [group] = await acs.accessGroups.list({ acs_system_id })
  const { acs_user_id } = await acs.users.create({
    acs_system_id,
    full_name: 'Ada',
    ...(group && { acs_access_group_ids: [group.acs_access_group_id] }),
  })
  const { acs_credential_id } = await acs.credentials.create({ acs_user_id, access_method: 'code' })
  const waited = await place.emulator.waitUntil({ acs_credential_id, status: 'issued' })
  await place.advance('1m')
  const code = waited.acs_credential.code ?? ''
  return {
    acs,
    acs_system_id,
    acs_user_id,
    acs_credential_id,
    door,
    code,
    opens: async () =>
      (await place.emulator.acsSystems.present({ acs_entrance_id: door, code })).opened,
  }
}

const errorsOf = async (place: Place, acs_system_id: string) =>
  (await place.seam.acs.systems.get({ acs_system_id })).errors.map((it) => it.error_code)

test('acs_system.link: the server is away while the fault lasts, told once, and doors go on', async () => {
  const place = emulator.open()
  const { acs, acs_system_id, opens } = await office(place)
  await place.emulator.faults.create({
    on: 'acs_system.link',
    match: { model: 'salto_ks' },
    effect: { kind: 'down', for: '1h' },
  })
  expect(await errorsOf(place, acs_system_id)).toEqual(['provider_service_unavailable'])
  const { acs_user_id } = await acs.users.create({ acs_system_id, full_name: 'Bea' })
  await place.advance('30m')
  expect(await opens()).toBe(true)
  expect((await acs.users.get({ acs_user_id })).pending_mutations).toMatchObject([
    { mutation_code: 'creating' },
  ])
  await place.advance('40m')
  expect(await errorsOf(place, acs_system_id)).toEqual([])
  await place.emulator.waitUntil({ acs_user_id, status: 'created', event_type: 'acs_user.created' })
  const types = await place.types()
  const links = types.filter((type) => /^acs_system\.(dis)?connected/.test(type))
  expect(links).toEqual(['acs_system.connected', 'acs_system.disconnected', 'acs_system.connected'])
})

test('entrance.link: a door that is cut off judges by what it knew', async () => {
  const place = emulator.open()
  const { acs, acs_user_id, door, opens } = await office(place)
  const { fault_id } = await place.emulator.faults.create({
    on: 'entrance.link',
    match: { acs_entrance_id: door },
    effect: { kind: 'down' },
  })
  await place.emulator.waitUntil({ acs_entrance_id: door, status: 'offline' })
  await acs.users.suspend({ acs_user_id })
  await place.advance('10m')
  expect(await opens()).toBe(true)
  await place.emulator.faults.delete({ fault_id })
  await place.emulator.waitUntil({ acs_entrance_id: door, status: 'online' })
  expect(await opens()).toBe(false)
})

test('entrance.link: a line that flaps is as often cut as it says', async () => {
  const place = emulator.open()
  const { door } = await office(place)
  const { fault_id } = await place.emulator.faults.create({
    on: 'entrance.link',
    times: 3,
    effect: { kind: 'flap', every: '10m', for: '2m' },
  })
  await place.advance('1h')
  expect((await place.emulator.entrances.get({ acs_entrance_id: door })).online).toBe(true)
  const faults = await place.emulator.faults.list()
  expect(faults.find((it) => it.fault_id === fault_id)).toMatchObject({
    state: 'exhausted',
    hits: 3,
  })
})

test('encoder.link: nothing can be encoded while its cable is out', async () => {
  const place = emulator.open()
  const { acs } = place.seam
  const { acs_system_id, entrances, encoders } = await place.emulator.acsSystems.create({
    model: 'visionline',
  })
  const acs_encoder_id = encoders[0]?.acs_encoder_id ?? ''
  const { acs_user_id } = await acs.users.create({ acs_system_id, full_name: 'Ada' })
  const { acs_credential_id } = await acs.credentials.create({
    acs_user_id,
    access_method: 'card',
    allowed_acs_entrance_ids: [entrances[1]?.acs_entrance_id ?? ''],
    ends_at: iso(T0 + 86_400_000),
  })
  await place.emulator.faults.create({
    on: 'encoder.link',
    match: { acs_encoder_id },
    effect: { kind: 'down', for: '10m' },
  })
  const encode = () => acs.encoders.encodeCredential({ acs_encoder_id, acs_credential_id })
  await expect(encode()).rejects.toThrow(/offline/)
  await place.advance('11m')
  await encode()
  await place.emulator.waitUntil({ acs_credential_id, status: 'issued' })
})

test('lose_later: the server forgets a credential, the door refuses it, and Seam does not know', async () => {
  const place = emulator.open()
  await place.emulator.faults.create({
    on: 'acs.credential',
    match: { access_method: 'code' },
    times: 1,
    effect: { kind: 'lose_later', after: '2h' },
  })
  const { acs, acs_credential_id, acs_system_id, door, opens } = await office(place)
  expect(await opens()).toBe(true)
  await place.advance('2h')
  expect(await opens()).toBe(false)
  expect(await acs.credentials.get({ acs_credential_id })).toMatchObject({
    is_issued: true,
    is_latest_desired_state_synced_with_provider: true,
    errors: [],
  })
  const { summary } = await place.emulator.acsSystems.explainCredential({
    acs_credential_id,
    acs_entrance_id: door,
  })
  expect(summary.join(' ')).toMatch(/The server has lost it, and Seam does not know/)
  // A change is pushed whole, and so it is there again.
  await acs.credentials.update({ acs_credential_id, ends_at: iso(T0 + 48 * 3_600_000) })
  await place.advance('1m')
  expect(await opens()).toBe(true)
  expect(await errorsOf(place, acs_system_id)).toEqual([])
})

test('device.link reaches thermostats and noise sensors as well', async () => {
  const place = emulator.open()
  const { thermostats, noiseSensors } = place.emulator
  const ids = [
    (await thermostats.create({ model: 'ecobee' })).device_id,
    (await noiseSensors.create({ model: 'minut' })).device_id,
  ]
  for (const device_id of ids) {
    await place.emulator.faults.create({
      on: 'device.link',
      match: { device_id },
      effect: { kind: 'down', for: '1h' },
    })
    await place.emulator.waitUntil({ device_id, status: 'offline' })
  }
  await place.advance('61m')
  for (const device_id of ids) {
    const { device } = await place.emulator.waitUntil({ device_id, status: 'online' })
    expect(device.device_id).toBe(device_id)
    const types = await place.types({ device_id })
    expect(types.filter((type) => /^device\.(dis)?connected$/.test(type))).toContain(
      'device.disconnected',
    )
  }
})

test('what is waited for in vain is told with its status', async () => {
  const place = emulator.open()
  const { door, acs_user_id } = await office(place)
  await expect(
    place.emulator.waitUntil({ acs_entrance_id: door, status: 'offline', timeout: '5m' }),
  ).rejects.toThrow(/its status is online/)
  await expect(
    // @ts-expect-error A user is never offline.
    place.emulator.waitUntil({ acs_user_id, status: 'offline' }),
  ).rejects.toThrow(/has no status "offline"/)
  const { device_id } = await place.emulator.thermostats.create({ model: 'ecobee' })
  const schedule = await place.seam.thermostats.schedules.create({
    device_id,
    climate_preset_key: 'home',
    starts_at: iso(T0 + 3_600_000),
    ends_at: iso(T0 + 7_200_000),
  })
  const { thermostat_schedule_id } = schedule
  await place.emulator.waitUntil({ thermostat_schedule_id, status: 'active', timeout: '2h' })
  const { event } = await place.emulator.waitUntil({
    thermostat_schedule_id,
    event_type: 'thermostat.climate_preset_activated',
  })
  expect(event).toMatchObject({ thermostat_schedule_id })
  await place.emulator.waitUntil({ thermostat_schedule_id, status: 'over', timeout: '2h' })
})
