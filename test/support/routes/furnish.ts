/** A workspace with one of everything in it, so that routes with ids find something. */
import { z } from 'zod'
import { endpoints } from '../../../src/api/seam/index.ts'
import { day, hour, home, iso, T0 } from '../place.ts'
import type { Place } from '../place.ts'

const has = new Set<string>(endpoints.map(({ path }) => path))

/** The ids of a furnished workspace, by what they name. */
export type Furniture = Record<string, string>

export const window = { starts_at: iso(T0 + hour), ends_at: iso(T0 + 2 * day) }

const text = z.string()

const idIn = (answer: unknown, key: string, id: string): string => {
  const found = z.record(z.string(), z.unknown()).parse(answer)[key]
  return text.parse(z.record(z.string(), z.unknown()).parse(found)[id])
}

const listIn = (answer: unknown, key: string): unknown[] =>
  z.array(z.unknown()).parse(z.record(z.string(), z.unknown()).parse(answer)[key])

const site = z.object({
  acs_system: z.object({
    acs_system_id: text,
    entrances: z.array(z.object({ acs_entrance_id: text, display_name: text })),
    access_groups: z.array(z.object({ acs_access_group_id: text })),
    encoders: z.array(z.object({ acs_encoder_id: text })),
  }),
})

const grantShape = z.object({
  access_grant: z.looseObject({ access_method_ids: z.array(text) }),
})

/** A hotel with an encoder, the service for its mobile keys, and an office with groups and remote unlocking. */
const furnishSites = async (
  post: (path: string, body: object) => Promise<unknown>,
): Promise<Furniture> => {
  const put = async (model: string) =>
    site.parse(await post('/_emulator/acs_systems/create', { model })).acs_system
  const hotel = await put('visionline')
  await put('assa_abloy_credential_service')
  const office = await put('brivo')
  const ann = { full_name: 'Ann Guest', acs_system_id: office.acs_system_id }
  const group = { acs_access_group_ids: [office.access_groups[0]?.acs_access_group_id] }
  const created = await post('/acs/users/create', { ...ann, ...group })
  const bob = { full_name: 'Bob Guest', acs_system_id: hotel.acs_system_id }
  const hotelUser = await post('/acs/users/create', bob)
  const doors = [hotel.entrances[1]?.acs_entrance_id]
  const card = { access_method: 'card', allowed_acs_entrance_ids: doors }
  const whose = { acs_user_id: idIn(hotelUser, 'acs_user', 'acs_user_id') }
  const credential = await post('/acs/credentials/create', { ...whose, ...card })
  const spare = await post('/acs/credentials/create', { ...whose, ...card })
  const spare_id = idIn(spare, 'acs_credential', 'acs_credential_id')
  await post('/acs/credentials/unassign', { acs_credential_id: spare_id })
  const inCloud = { acs_user_id: idIn(created, 'acs_user', 'acs_user_id') }
  const cloud = await post('/acs/credentials/create', { ...inCloud, access_method: 'cloud_key' })
  const hotek = await put('hotek')
  const tags = await put('salto_ks')
  /** The method of a grant over one door. */
  const methodAt = async (acs_entrance_id: string | undefined, mode: string) => {
    const granted = await post('/access_grants/create', {
      user_identity: { full_name: 'Cyd Guest' },
      acs_entrance_ids: [acs_entrance_id],
      requested_access_methods: [{ mode }],
    })
    const { access_method_ids } = grantShape.parse(granted).access_grant
    return access_method_ids[0] ?? ''
  }
  return {
    card_method_id: await methodAt(hotel.entrances[1]?.acs_entrance_id, 'card'),
    tag_method_id: await methodAt(tags.entrances[0]?.acs_entrance_id, 'card'),
    cloud_method_id: await methodAt(office.entrances[0]?.acs_entrance_id, 'cloud_key'),
    hotek_id: hotek.acs_system_id,
    acs_credential_id: idIn(credential, 'acs_credential', 'acs_credential_id'),
    spare_credential_id: spare_id,
    cloud_key_id: idIn(cloud, 'acs_credential', 'acs_credential_id'),
    acs_user_id: idIn(created, 'acs_user', 'acs_user_id'),
    hotel_user_id: idIn(hotelUser, 'acs_user', 'acs_user_id'),
    acs_system_id: hotel.acs_system_id,
    acs_entrance_id: hotel.entrances[1]?.acs_entrance_id ?? '',
    acs_encoder_id: hotel.encoders[0]?.acs_encoder_id ?? '',
    office_id: office.acs_system_id,
    office_door_id: office.entrances[0]?.acs_entrance_id ?? '',
    acs_access_group_id: office.access_groups[0]?.acs_access_group_id ?? '',
  }
}

/** The routes that make something and say themselves of what it can be made. */
export const makers = () =>
  endpoints.flatMap(({ path, example }) =>
    example !== undefined && path.endsWith('/create') ? [{ path, example }] : [],
  )

/** Fills a place that was just opened; what the emulator has no route for is left out. */
export const furnish = async (place: Place): Promise<Furniture> => {
  const ids: Furniture = {
    device_id: home.august,
    connected_account_id: home.august_account,
    offline_device_id: home.igloohome,
  }
  const post = async (path: string, body: object): Promise<unknown> => {
    const answer = await place.raw(path, body)
    if (answer.status === 200) return answer.body
    throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
  }
  const make = async (name: string, path: string, body: object, key: string, id = name) => {
    if (has.has(path)) ids[name] = idIn(await post(path, body), key, id)
  }
  const device_id = home.august
  const code = { device_id, name: 'Guest' }
  const code_id = 'access_code_id'
  const create = '/access_codes/create'
  await make('space_id', '/spaces/create', { name: 'Home', device_ids: [home.august] }, 'space')
  await make(code_id, create, { ...code, code: '4821' }, 'access_code')
  const pooled = { ...code, ...window, code: '5930', use_backup_access_code_pool: true }
  await make('pooled_code_id', create, pooled, 'access_code', code_id)
  const unmanaged = { device_id, name: 'Neighbour', code: '7042' }
  const simulate = '/access_codes/simulate/create_unmanaged_access_code'
  await make('unmanaged_code_id', simulate, unmanaged, 'access_code', code_id)
  const several = await post('/access_codes/create_multiple', {
    device_ids: [home.august, home.schlage],
    name: 'Cleaner',
  })
  const { common_code_key } = z
    .looseObject({ common_code_key: text })
    .parse(listIn(several, 'access_codes')[0])
  ids.common_code_key = common_code_key
  await make('action_attempt_id', '/locks/unlock_door', { device_id }, 'action_attempt')
  // A port where nobody listens, and an event that does not happen.
  const url = 'http://127.0.0.1:9/'
  const event_types = ['camera.activated']
  await make('webhook_id', '/webhooks/create', { url, event_types }, 'webhook')
  await make('connect_webview_id', '/connect_webviews/create', {}, 'connect_webview')
  await make(
    'client_session_id',
    '/client_sessions/create',
    { user_identifier_key: 'guest', connected_account_ids: [home.august_account] },
    'client_session',
  )
  const person = { full_name: 'Ann Guest', user_identity_key: 'ann' }
  await make('user_identity_id', '/user_identities/create', person, 'user_identity')
  const { user_identity_id } = ids
  const generate = '/user_identities/generate_instant_key'
  await make('instant_key_id', generate, { user_identity_id }, 'instant_key')
  const phone = '/phones/simulate/create_sandbox_phone'
  await make('phone_id', phone, { user_identity_id }, 'phone', 'device_id')
  const grant = {
    user_identity_id: ids.user_identity_id,
    device_ids: [home.schlage],
    requested_access_methods: [{ mode: 'code' }],
    access_grant_key: 'stay',
  }
  await make('access_grant_id', '/access_grants/create', grant, 'access_grant')
  const [method] = listIn(
    await post('/access_methods/list', { access_grant_id: ids.access_grant_id }),
    'access_methods',
  )
  ids.access_method_id = z.looseObject({ access_method_id: text }).parse(method).access_method_id
  await post('/customers/push_data', {
    customer_key: 'furnished',
    reservations: [{ reservation_key: 'booked' }],
  })
  Object.assign(ids, await furnishSites(post))
  const { hotel_user_id: linked } = ids
  await post('/user_identities/add_acs_user', { user_identity_id, acs_user_id: linked })
  ids.linked_user_id = linked ?? ''
  ids.unmanaged_device_id = await place.hang('schlage', { is_managed: false })
  const sensor = await place.emulator.noiseSensors.create({ model: 'minut', name: 'Lounge' })
  ids.noise_sensor_id = sensor.device_id
  const zone = await place.emulator.noiseSensors.create({ model: 'noiseaware', name: 'Hall' })
  ids.activity_zone_id = zone.device_id
  const [, quiet] = listIn(
    await post('/noise_sensors/noise_thresholds/list', { device_id: sensor.device_id }),
    'noise_thresholds',
  )
  const threshold = z.looseObject({ noise_threshold_id: text }).parse(quiet)
  ids.noise_threshold_id = threshold.noise_threshold_id
  const thermostat = await place.emulator.thermostats.create({ model: 'ecobee', name: 'Lounge' })
  ids.thermostat_id = thermostat.device_id
  const onThermostat = { device_id: thermostat.device_id, climate_preset_key: 'guest' }
  await post('/thermostats/create_climate_preset', {
    ...onThermostat,
    hvac_mode_setting: 'heat',
    heating_set_point_celsius: 21,
  })
  const schedule = { ...onThermostat, climate_preset_key: 'home', ...window }
  const schedules = '/thermostats/schedules/create'
  await make('thermostat_schedule_id', schedules, schedule, 'thermostat_schedule')
  const program = {
    device_id: thermostat.device_id,
    name: 'Day',
    periods: [{ starts_at_time: '06:00:00', climate_preset_key: 'home' }],
  }
  const programs = '/thermostats/daily_programs/create'
  await make('thermostat_daily_program_id', programs, program, 'thermostat_daily_program')
  ids.subscribed_device_id = await place.hang('nuki')
  for (const { path, example } of makers()) {
    const answer = z.record(z.string(), z.unknown()).parse(await post(path, example()))
    const { ok: _, ...made } = answer
    for (const key of Object.keys(made)) ids[`${key}_id`] = idIn(answer, key, `${key}_id`)
  }
  await place.advance('2h')
  const [event] = await place.events()
  if (event !== undefined) ids.event_id = event.event_id
  return ids
}
