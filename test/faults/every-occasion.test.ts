/** Every occasion on which a fault can strike comes: somebody asks about it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { faultCatalog } from '../../src/contract/fault-occasions.ts'
import type { FaultOn } from '../../src/contract/fault-occasions.ts'
import { home, startPlaces } from '../support/place.ts'
import type { Place, Places } from '../support/place.ts'

let emulator: Places
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

/** What leads to the occasion, once the fault is there. */
type Deed = () => Promise<unknown>

const code =
  (path: 'update' | 'delete') =>
  async (place: Place): Promise<Deed> => {
    const { access_code_id } = await place.seam.accessCodes.create({ device_id: home.schlage })
    await place.advance('2m')
    return () => place.raw(`/access_codes/${path}`, { access_code_id, name: 'Ana' })
  }

const thermostat = async ({ emulator: { thermostats } }: Place) =>
  (await thermostats.create({ model: 'ecobee', name: 'Suite' })).device_id

const threshold =
  (path: 'update' | 'delete') =>
  async ({ emulator: { noiseSensors }, seam, raw, advance }: Place): Promise<Deed> => {
    const { device_id } = await noiseSensors.create({ model: 'noiseaware', name: 'Suite' })
    const { noiseThresholds } = seam.noiseSensors
    const hours = { starts_daily_at: '22:00:00[Etc/UTC]', ends_daily_at: '23:00:00[Etc/UTC]' }
    await noiseThresholds.create({ device_id, ...hours, noise_threshold_decibels: 60 })
    await advance('2m')
    const [first] = await noiseThresholds.list({ device_id })
    const { noise_threshold_id } = first ?? {}
    const change = { device_id, noise_threshold_id, noise_threshold_decibels: 70 }
    return () => raw(`/noise_sensors/noise_thresholds/${path}`, change)
  }

const office = async (
  { emulator: { acsSystems }, seam: { acs }, advance }: Place,
  model: 'salto_ks' | 'kisi' = 'salto_ks',
) => {
  const { acs_system_id, entrances } = await acsSystems.create({ model })
  const { acs_user_id } = await acs.users.create({ acs_system_id, full_name: 'Ana' })
  await advance('2m')
  return { acs_system_id, acs_user_id, acs_entrance_id: entrances[0]?.acs_entrance_id ?? '' }
}

const hotel = async ({ emulator: { acsSystems }, seam: { acs }, advance }: Place) => {
  const { acs_system_id, entrances, encoders } = await acsSystems.create({ model: 'visionline' })
  const { acs_user_id } = await acs.users.create({ acs_system_id, full_name: 'Ana' })
  const { acs_credential_id } = await acs.credentials.create({
    acs_user_id,
    access_method: 'card',
    allowed_acs_entrance_ids: entrances.map((it) => it.acs_entrance_id),
    visionline_metadata: { card_format: 'rfid48' },
  })
  await advance('2m')
  return { acs_system_id, acs_credential_id, acs_encoder_id: encoders[0]?.acs_encoder_id ?? '' }
}

const atOnce = async (): Promise<Deed> => async () => {}
const making =
  (make: (place: Place) => Promise<unknown>) =>
  async (place: Place): Promise<Deed> => {
    await make(place)
    return async () => {}
  }

const deeds: Record<FaultOn, (place: Place) => Promise<Deed>> = {
  'access_code.set':
    async ({ raw }) =>
    () =>
      raw('/access_codes/create', { device_id: home.schlage }),
  'access_code.update': code('update'),
  'access_code.remove': code('delete'),
  'lock.lock':
    async ({ raw }) =>
    () =>
      raw('/locks/lock_door', { device_id: home.schlage }),
  'lock.unlock':
    async ({ raw }) =>
    () =>
      raw('/locks/unlock_door', { device_id: home.schlage }),
  'thermostat.command': async (place) => {
    const device_id = await thermostat(place)
    return () => place.raw('/thermostats/heat', { device_id, heating_set_point_celsius: 20 })
  },
  'thermostat.program': async (place) => {
    const device_id = await thermostat(place)
    return () => place.raw('/thermostats/update_weekly_program', { device_id })
  },
  'noise_threshold.set': async ({ emulator: { noiseSensors }, raw }) => {
    const { device_id } = await noiseSensors.create({ model: 'noiseaware', name: 'Suite' })
    const hours = { starts_daily_at: '22:00:00[Etc/UTC]', ends_daily_at: '23:00:00[Etc/UTC]' }
    const wanted = { device_id, ...hours, noise_threshold_decibels: 60 }
    return () => raw('/noise_sensors/noise_thresholds/create', wanted)
  },
  'noise_threshold.update': threshold('update'),
  'noise_threshold.remove': threshold('delete'),
  'device.link': atOnce,
  'bridge.link': atOnce,
  'connected_account.link': atOnce,
  'acs_system.link': making((place) => office(place)),
  'entrance.link': making((place) => office(place)),
  'encoder.link': making(hotel),
  'acs.user': async (place) => {
    const { acs_user_id } = await office(place)
    return () => place.raw('/acs/users/update', { acs_user_id, full_name: 'Bea' })
  },
  'acs.credential': async (place) => {
    const { acs_user_id } = await office(place)
    return () => place.raw('/acs/credentials/create', { acs_user_id, access_method: 'code' })
  },
  'acs.group': async (place) => {
    const { acs_system_id } = await office(place)
    const [group] = await place.seam.acs.accessGroups.list({ acs_system_id })
    return () =>
      place.raw('/acs/access_groups/delete', {
        acs_access_group_id: group?.acs_access_group_id,
      })
  },
  'encoder.encode': async (place) => {
    const { acs_encoder_id, acs_credential_id } = await hotel(place)
    return () => place.raw('/acs/encoders/encode_credential', { acs_encoder_id, acs_credential_id })
  },
  'encoder.scan': async (place) => {
    const { acs_encoder_id } = await hotel(place)
    return () => place.raw('/acs/encoders/scan_credential', { acs_encoder_id })
  },
  'entrance.unlock': async (place) => {
    const { acs_user_id, acs_entrance_id } = await office(place, 'kisi')
    const { acs_credential_id } = await place.seam.acs.credentials.create({
      acs_user_id,
      access_method: 'cloud_key',
    })
    await place.advance('2m')
    return () => place.raw('/acs/entrances/unlock', { acs_entrance_id, acs_credential_id })
  },
  http:
    async ({ raw }) =>
    () =>
      raw('/devices/list'),
  webhook: async (place) => {
    await place.seam.webhooks.create({ url: `${place.endpoint}/_emulator/inbox/receive/app` })
    return () => place.raw('/access_codes/create', { device_id: home.schlage })
  },
}

test.each(faultCatalog())('a fault on $on meets its occasion', async ({ on, effects }) => {
  const place = emulator.open()
  const act = await deeds[on](place)
  const [{ kind, parameters } = { kind: '', parameters: [] }] = effects
  const effect: Record<string, unknown> = { kind }
  for (const { name, example } of parameters) effect[name] = example
  await place.raw('/_emulator/faults/create', { on, effect })
  await act()
  await place.advance('2m')
  const [fault] = await place.emulator.faults.list()
  expect(fault?.on).toBe(on)
  expect(fault?.seen).toBeGreaterThan(0)
})
