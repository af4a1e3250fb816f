/** For each route the least input with which it succeeds in a furnished workspace. */
import type { Endpoint } from '../../../src/api/http/endpoint.ts'
import { endpoints } from '../../../src/api/seam/index.ts'
import { once } from '../../../src/lib/once.ts'
import { day, home, hour, iso, T0 } from '../place.ts'
import type { Furniture } from './furnish.ts'
import { window } from './furnish.ts'
import { paramsOf } from './inputs.ts'

type Recipe = (ids: Furniture) => Record<string, unknown>

const nothing: Recipe = () => ({})
const pick =
  (...names: string[]): Recipe =>
  (ids) =>
    Object.fromEntries(names.map((name) => [name, ids[name]]))

const device = pick('device_id')
const code = pick('access_code_id')
const unmanagedCode: Recipe = (ids) => ({ access_code_id: ids['unmanaged_code_id'] })
const unmanagedDevice: Recipe = (ids) => ({ device_id: ids['unmanaged_device_id'] })
const account = pick('connected_account_id')
const session = pick('client_session_id')
const webhook = pick('webhook_id')
const identity = pick('user_identity_id')
const instantKey = pick('instant_key_id')
const phone: Recipe = (ids) => ({ device_id: ids['phone_id'] })
const grant = pick('access_grant_id')
const method = pick('access_method_id')

const sensor: Recipe = (ids) => ({ device_id: ids['noise_sensor_id'] })
const threshold: Recipe = (ids) => ({ ...sensor(ids), ...pick('noise_threshold_id')(ids) })

const thermostat: Recipe = (ids) => ({ device_id: ids['thermostat_id'] })
const preset: Recipe = (ids) => ({ ...thermostat(ids), climate_preset_key: 'guest' })
const heating = { heating_set_point_celsius: 20 }
const cooling = { cooling_set_point_celsius: 25 }
const dayProgram = {
  name: 'Day',
  periods: [{ starts_at_time: '07:00:00', climate_preset_key: 'home' }],
}

const inSpace: Recipe = (ids) => ({ ...pick('space_id')(ids), device_ids: [ids['device_id']] })

const acsUser = pick('acs_user_id')
const credential = pick('acs_credential_id')
const encoder = pick('acs_encoder_id')
const inGroup = pick('acs_access_group_id', 'acs_user_id')

const entranceInSpace: Recipe = (ids) => ({
  ...pick('space_id')(ids),
  acs_entrance_ids: [ids['acs_entrance_id']],
})

const own: Readonly<Record<string, Recipe>> = {
  '/access_codes/create': (ids) => ({ ...device(ids), ...window, name: 'Plumber' }),
  '/access_codes/create_multiple': (ids) => ({ device_ids: [ids['device_id']] }),
  '/access_codes/get': code,
  '/access_codes/list': device,
  '/access_codes/pull_backup_access_code': (ids) => ({ access_code_id: ids['pooled_code_id'] }),
  '/access_codes/report_device_constraints': () => ({
    device_id: home.smartthings,
    supported_code_lengths: [4, 6],
  }),
  '/access_codes/simulate/create_unmanaged_access_code': (ids) => ({
    ...device(ids),
    name: 'Cat',
    code: '8306',
  }),
  '/access_codes/unmanaged/convert_to_managed': unmanagedCode,
  '/access_codes/unmanaged/delete': unmanagedCode,
  '/access_codes/unmanaged/get': unmanagedCode,
  '/access_codes/unmanaged/update': (ids) => ({ ...unmanagedCode(ids), is_managed: true }),
  '/access_codes/update': (ids) => ({ ...code(ids), name: 'Other' }),
  '/access_codes/update_multiple': (ids) => ({ ...pick('common_code_key')(ids), name: 'All' }),
  '/access_grants/create': (ids) => ({
    ...identity(ids),
    device_ids: [home.schlage],
    requested_access_methods: [{ mode: 'code' }],
  }),
  '/access_grants/get': grant,
  '/access_grants/get_related': (ids) => ({ access_grant_ids: [ids['access_grant_id']] }),
  '/access_grants/request_access_methods': (ids) => ({
    ...grant(ids),
    requested_access_methods: [{ mode: 'code' }],
  }),
  '/access_grants/unmanaged/update': (ids) => ({ ...grant(ids), is_managed: true }),
  '/access_grants/update': (ids) => ({ ...grant(ids), name: 'Stay' }),
  '/access_methods/assign_card': (ids) => ({
    access_method_id: ids['tag_method_id'],
    card_number: '1',
  }),
  '/access_methods/delete': method,
  '/access_methods/encode': (ids) => ({
    access_method_id: ids['card_method_id'],
    ...encoder(ids),
  }),
  '/access_methods/get_related': (ids) => ({ access_method_ids: [ids['access_method_id']] }),
  '/access_methods/unlock_door': (ids) => ({
    access_method_id: ids['cloud_method_id'],
    acs_entrance_id: ids['office_door_id'],
  }),
  '/acs/access_groups/add_user': inGroup,
  '/acs/access_groups/remove_user': inGroup,
  '/acs/credentials/assign': (ids) => ({
    acs_credential_id: ids['spare_credential_id'],
    acs_user_id: ids['hotel_user_id'],
  }),
  '/acs/credentials/create': (ids) => ({
    acs_user_id: ids['hotel_user_id'],
    access_method: 'card',
  }),
  '/acs/credentials/update': (ids) => ({ ...credential(ids), ends_at: window.ends_at }),
  '/acs/encoders/encode_credential': pick('acs_encoder_id', 'acs_credential_id'),
  '/acs/encoders/scan_to_assign_credential': (ids) => ({
    ...encoder(ids),
    acs_user_id: ids['hotel_user_id'],
  }),
  '/acs/entrances/grant_access': (ids) => ({
    ...pick('acs_entrance_id')(ids),
    acs_user_id: ids['hotel_user_id'],
  }),
  '/acs/entrances/unlock': (ids) => ({
    acs_entrance_id: ids['office_door_id'],
    acs_credential_id: ids['cloud_key_id'],
  }),
  '/acs/systems/report_devices': (ids) => ({
    acs_system_id: ids['hotek_id'],
    acs_entrances: [{ hotek_metadata: { room_number: '7' } }],
  }),
  '/acs/users/create': (ids) => ({ ...pick('acs_system_id')(ids), full_name: 'Eve Guest' }),
  '/acs/users/delete': acsUser,
  '/acs/users/get': acsUser,
  '/acs/users/list_accessible_entrances': acsUser,
  '/acs/users/remove_from_access_group': inGroup,
  '/acs/users/revoke_access_to_all_entrances': acsUser,
  '/acs/users/suspend': acsUser,
  '/acs/users/unsuspend': acsUser,
  '/acs/users/update': (ids) => ({ ...acsUser(ids), full_name: 'Ann Other' }),
  '/client_sessions/get': session,
  '/client_sessions/get_or_create': () => ({ user_identifier_key: 'guest' }),
  '/client_sessions/grant_access': (ids) => ({
    ...session(ids),
    connected_account_ids: [ids['connected_account_id']],
  }),
  '/connected_accounts/get': account,
  '/connected_accounts/update': (ids) => ({ ...account(ids), display_name: 'Ours' }),
  '/customers/create_portal': () => ({ customer_data: { customer_key: 'sunny' } }),
  '/customers/delete_data': () => ({ guest_keys: ['nobody'] }),
  '/customers/push_data': () => ({ customer_key: 'sunny' }),
  '/customers/reservations/create_deep_link': () => ({
    customer_key: 'furnished',
    reservation_key: 'booked',
  }),
  '/seam/customer/v1/automation_runs/list': nothing,
  '/seam/customer/v1/automations/get': nothing,
  '/seam/customer/v1/automations/update': nothing,
  '/devices/get': device,
  '/devices/report_provider_metadata': () => ({
    devices: [{ device_id: home.schlage, schlage_metadata: { time_zone: 'America/New_York' } }],
  }),
  '/devices/simulate/paid_subscription': (ids) => ({
    device_id: ids['subscribed_device_id'],
    is_expired: true,
  }),
  '/devices/unmanaged/get': unmanagedDevice,
  '/devices/unmanaged/update': (ids) => ({ ...unmanagedDevice(ids), is_managed: true }),
  '/devices/update': (ids) => ({ ...device(ids), name: 'Main Door' }),
  '/events/get': pick('event_id'),
  '/events/list': () => ({ since: iso(T0 - 1) }),
  '/locks/configure_auto_lock': (ids) => ({ ...device(ids), auto_lock_enabled: true }),
  '/locks/get': device,
  '/locks/simulate/keypad_code_entry': (ids) => ({ ...device(ids), code: '4821' }),
  '/instant_keys/get': instantKey,
  '/noise_sensors/noise_thresholds/create': (ids) => ({
    device_id: ids['activity_zone_id'],
    starts_daily_at: '22:00:00',
    ends_daily_at: '07:00:00',
    noise_threshold_decibels: 60,
  }),
  '/noise_sensors/noise_thresholds/delete': threshold,
  '/noise_sensors/noise_thresholds/list': sensor,
  '/noise_sensors/noise_thresholds/update': (ids) => ({ ...threshold(ids), name: 'Late' }),
  '/noise_sensors/simulate/trigger_noise_threshold': sensor,
  '/phones/deactivate': phone,
  '/phones/get': phone,
  '/spaces/add_acs_entrances': entranceInSpace,
  '/spaces/add_devices': inSpace,
  '/spaces/create': () => ({ name: 'Flat' }),
  '/spaces/get': pick('space_id'),
  '/spaces/get_related': (ids) => ({ space_ids: [ids['space_id']] }),
  '/spaces/remove_acs_entrances': entranceInSpace,
  '/spaces/remove_devices': inSpace,
  '/spaces/update': (ids) => ({ ...pick('space_id')(ids), name: 'Attic' }),
  '/thermostats/activate_climate_preset': preset,
  '/thermostats/cool': (ids) => ({ ...thermostat(ids), ...cooling }),
  '/thermostats/create_climate_preset': (ids) => ({
    ...thermostat(ids),
    climate_preset_key: 'other',
  }),
  '/thermostats/daily_programs/create': (ids) => ({ ...thermostat(ids), ...dayProgram }),
  '/thermostats/daily_programs/update': (ids) => ({
    ...pick('thermostat_daily_program_id')(ids),
    ...dayProgram,
  }),
  '/thermostats/delete_climate_preset': preset,
  '/thermostats/heat': (ids) => ({ ...thermostat(ids), ...heating }),
  '/thermostats/heat_cool': (ids) => ({ ...thermostat(ids), ...heating, ...cooling }),
  '/thermostats/off': thermostat,
  '/thermostats/schedules/create': (ids) => ({
    ...preset(ids),
    starts_at: iso(T0 + 5 * hour),
    ends_at: iso(T0 + 2 * day),
  }),
  '/thermostats/schedules/list': thermostat,
  '/thermostats/schedules/update': (ids) => ({
    ...pick('thermostat_schedule_id')(ids),
    name: 'Stay',
  }),
  '/thermostats/set_fallback_climate_preset': preset,
  '/thermostats/set_fan_mode': (ids) => ({ ...thermostat(ids), fan_mode_setting: 'on' }),
  '/thermostats/set_hvac_mode': (ids) => ({
    ...thermostat(ids),
    hvac_mode_setting: 'heat',
    ...heating,
  }),
  '/thermostats/set_temperature_threshold': (ids) => ({
    ...thermostat(ids),
    lower_limit_celsius: 10,
  }),
  '/thermostats/simulate/hvac_mode_adjusted': (ids) => ({
    ...thermostat(ids),
    hvac_mode: 'heat',
    ...heating,
  }),
  '/thermostats/simulate/temperature_reached': (ids) => ({
    ...thermostat(ids),
    temperature_celsius: 18,
  }),
  '/thermostats/update_climate_preset': (ids) => ({ ...preset(ids), name: 'Guest' }),
  '/thermostats/update_weekly_program': thermostat,
  '/user_identities/add_acs_user': (ids) => ({ ...identity(ids), ...acsUser(ids) }),
  '/user_identities/get': identity,
  '/user_identities/remove_acs_user': (ids) => ({
    ...identity(ids),
    acs_user_id: ids['linked_user_id'],
  }),
  '/user_identities/unmanaged/update': (ids) => ({ ...identity(ids), is_managed: true }),
  '/user_identities/update': (ids) => ({ ...identity(ids), full_name: 'Ann Other' }),
  '/webhooks/create': () => ({ url: 'http://127.0.0.1:9/' }),
  '/webhooks/update': (ids) => ({ ...webhook(ids), event_types: ['lock.locked'] }),
  '/workspaces/create': () => ({ name: 'New' }),
  '/workspaces/update': () => ({ name: 'Renamed' }),
}

/** A route says itself with what it can be tried, or takes the ids of furniture alone. */
const derived = (endpoint: Endpoint): Recipe => {
  const required = once(() => paramsOf(endpoint).required)
  return (ids) => ({ ...(endpoint.example?.() ?? pick(...required())(ids)) })
}

export const recipes: Readonly<Record<string, Recipe>> = {
  ...Object.fromEntries(endpoints.map((endpoint) => [endpoint.path, derived(endpoint)])),
  ...own,
}

/** Routes for what access systems would have made by themselves, which none of these does, and the type of error that they answer. */
export const withoutFindings: Readonly<Record<string, string>> = {
  '/access_grants/unmanaged/get': 'access_grant_not_found',
  '/access_grants/unmanaged/update': 'access_grant_not_found',
  '/access_methods/unmanaged/get': 'access_method_not_found',
  '/user_identities/unmanaged/get': 'user_identity_not_found',
  '/user_identities/unmanaged/update': 'user_identity_not_found',
}
