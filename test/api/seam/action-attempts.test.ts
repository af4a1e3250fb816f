/** Every type of action attempt, from its start to its place in the list. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { actionTypes } from '../../../src/db/tables/action-attempts.ts'
import type { ActionType } from '../../../src/db/tables/action-attempts.ts'
import { createContract } from '../../support/openapi-contract.ts'
import { home, startPlaces } from '../../support/place.ts'
import type { Place } from '../../support/place.ts'

let places: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  places = await startPlaces()
})
afterAll(() => places.stop())

const { assertMatchesOpenApi } = createContract()

const attemptShape = z.object({
  action_attempt_id: z.string(),
  action_type: z.string(),
  status: z.string(),
  result: z.looseObject({}).nullable(),
  error: z.unknown(),
})
type Attempt = z.infer<typeof attemptShape>

/** Not by way of the SDK: one type has no schema in the document that judges its answers. */
const ask = async (place: Place, path: string, body: object = {}): Promise<unknown> => {
  const response = await fetch(new URL(path, place.endpoint), {
    method: 'POST',
    headers: { authorization: `Bearer ${place.api_key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const answer: unknown = await response.json()
  expect({ path, status: response.status, answer }).toMatchObject({ status: 200 })
  return answer
}

const started = async (place: Place, path: string, body: object): Promise<string> =>
  z
    .object({ action_attempt: attemptShape })
    .parse(await ask(place, path, { device_id: home.schlage, ...body })).action_attempt
    .action_attempt_id

const allOf = async (place: Place): Promise<Attempt[]> =>
  z
    .object({ action_attempts: z.array(attemptShape) })
    .parse(await ask(place, '/action_attempts/list')).action_attempts

const codeOf = async (place: Place) => {
  const { access_code_id } = await place.seam.accessCodes.create({
    device_id: home.schlage,
    code: '4242',
  })
  await place.advance('1h')
  return { access_code_id }
}

const evening = {
  starts_daily_at: '18:00:00',
  ends_daily_at: '22:00:00',
  noise_threshold_decibels: 60,
}

const sensorOf = async (place: Place) =>
  (await place.emulator.noiseSensors.create({ model: 'noiseaware' })).device_id

const thermostatOf = async (place: Place) =>
  (await place.emulator.thermostats.create({ model: 'ecobee' })).device_id
const hotelOf = async (place: Place) => {
  const { acs_system_id, encoders } = await place.emulator.acsSystems.create({
    model: 'visionline',
  })
  const { acs_user_id } = await place.seam.acs.users.create({ acs_system_id, full_name: 'Guest' })
  return { acs_encoder_id: encoders[0]?.acs_encoder_id ?? '', acs_user_id }
}

/** How an attempt of each type is begun. A type that is missing here does not compile. */
const recipes: Record<ActionType, (place: Place) => Promise<string>> = {
  LOCK_DOOR: (place) => started(place, '/locks/lock_door', {}),
  UNLOCK_DOOR: (place) => started(place, '/locks/unlock_door', {}),
  CONFIGURE_AUTO_LOCK: (place) =>
    started(place, '/locks/configure_auto_lock', { auto_lock_enabled: true }),
  SIMULATE_KEYPAD_CODE_ENTRY: (place) =>
    started(place, '/locks/simulate/keypad_code_entry', { code: '1234' }),
  SIMULATE_MANUAL_LOCK_VIA_KEYPAD: (place) =>
    started(place, '/locks/simulate/manual_lock_via_keypad', {}),
  CREATE_ACCESS_CODE: (place) => started(place, '/access_codes/create', { code: '4242' }),
  UPDATE_ACCESS_CODE: async (place) =>
    started(place, '/access_codes/update', { ...(await codeOf(place)), name: 'New' }),
  DELETE_ACCESS_CODE: async (place) => started(place, '/access_codes/delete', await codeOf(place)),
  CONVERT_ACCESS_CODE_TO_MANAGED: async (place) => {
    await place.control('manufacturer_app/create_code', {
      device_id: home.schlage,
      code: '1357',
      name: 'Cleaner',
    })
    await place.advance('1h')
    const [found] = await place.seam.accessCodes.unmanaged.list({ device_id: home.schlage })
    await ask(place, '/access_codes/unmanaged/convert_to_managed', {
      access_code_id: found?.access_code_id,
    })
    return (await allOf(place)).at(-1)?.action_attempt_id ?? ''
  },
  CREATE_NOISE_THRESHOLD: async (place) => {
    const device_id = await sensorOf(place)
    return started(place, '/noise_sensors/noise_thresholds/create', { device_id, ...evening })
  },
  UPDATE_NOISE_THRESHOLD: async (place) => {
    const device_id = await sensorOf(place)
    const { noise_threshold_id } = await place.seam.noiseSensors.noiseThresholds.create({
      device_id,
      ...evening,
    })
    const change = { device_id, noise_threshold_id, name: 'Late' }
    return started(place, '/noise_sensors/noise_thresholds/update', change)
  },
  DELETE_NOISE_THRESHOLD: async (place) => {
    const device_id = await sensorOf(place)
    const { noise_threshold_id } = await place.seam.noiseSensors.noiseThresholds.create({
      device_id,
      ...evening,
    })
    const which = { device_id, noise_threshold_id }
    return started(place, '/noise_sensors/noise_thresholds/delete', which)
  },
  SET_HVAC_MODE: async (place) =>
    started(place, '/thermostats/off', { device_id: await thermostatOf(place) }),
  SET_FAN_MODE: async (place) =>
    started(place, '/thermostats/set_fan_mode', {
      device_id: await thermostatOf(place),
      fan_mode_setting: 'on',
    }),
  ACTIVATE_CLIMATE_PRESET: async (place) =>
    started(place, '/thermostats/activate_climate_preset', {
      device_id: await thermostatOf(place),
      climate_preset_key: 'home',
    }),
  PUSH_THERMOSTAT_PROGRAMS: async (place) =>
    started(place, '/thermostats/update_weekly_program', {
      device_id: await thermostatOf(place),
    }),
  ENCODE_CREDENTIAL: async (place) => {
    const { acs_encoder_id, acs_user_id } = await hotelOf(place)
    const { acs_credential_id } = await place.seam.acs.credentials.create({
      acs_user_id,
      access_method: 'card',
    })
    await place.advance('10s')
    return started(place, '/acs/encoders/encode_credential', { acs_encoder_id, acs_credential_id })
  },
  SCAN_CREDENTIAL: async (place) => {
    const { acs_encoder_id } = await hotelOf(place)
    return started(place, '/acs/encoders/scan_credential', { acs_encoder_id })
  },
  SCAN_TO_ASSIGN_CREDENTIAL: async (place) => {
    const which = await hotelOf(place)
    return started(place, '/acs/encoders/scan_to_assign_credential', which)
  },
  ASSIGN_CREDENTIAL: async (place) => {
    const site = await place.emulator.acsSystems.create({ model: 'salto_ks' })
    const { access_method_ids } = await place.seam.accessGrants.create({
      user_identity: { full_name: 'Guest' },
      acs_entrance_ids: [site.entrances[0]?.acs_entrance_id ?? ''],
      requested_access_methods: [{ mode: 'card' }],
    })
    await place.advance('10s')
    const acs_encoder_id = site.encoders[0]?.acs_encoder_id ?? ''
    const { card } = await place.emulator.encoders.placeCard({ acs_encoder_id })
    const access_method_id = access_method_ids[0]
    const { card_number } = card ?? {}
    return started(place, '/access_methods/assign_card', { access_method_id, card_number })
  },
  RESET_SANDBOX_WORKSPACE: (place) => started(place, '/workspaces/reset_sandbox', {}),
}

describe.each(actionTypes)('an action attempt of type %s', (action_type) => {
  it('succeeds, is listed, and has the result that the document gives it', async () => {
    const place = places.open(`attempt_${action_type}`)
    const action_attempt_id = await recipes[action_type](place)
    const body = await ask(place, '/action_attempts/get', { action_attempt_id })
    const { action_attempt } = z.object({ action_attempt: attemptShape }).parse(body)
    expect(action_attempt).toMatchObject({ action_type, status: 'success', error: null })
    expect(await allOf(place)).toContainEqual(action_attempt)
    if (action_type !== 'CONVERT_ACCESS_CODE_TO_MANAGED')
      assertMatchesOpenApi('/action_attempts/get', 200, body)
    const tells = ['CREATE_ACCESS_CODE', 'UPDATE_ACCESS_CODE'].includes(action_type)
    expect(Object.hasOwn(action_attempt.result ?? {}, 'access_code')).toBe(tells)
  })
})

describe('the result of an attempt about an access code', () => {
  it('is the code as the lock holds it, also with sync', async () => {
    const place = places.open()
    const { access_code_id } = await codeOf(place)
    const answer = z
      .object({ action_attempt: attemptShape })
      .parse(await ask(place, '/access_codes/update', { access_code_id, code: '7788', sync: true }))
    expect(answer.action_attempt).toMatchObject({
      status: 'success',
      result: { access_code: { access_code_id, code: '7788', status: 'set' } },
    })
  })

  it('has nothing to tell of once the code is gone', async () => {
    const place = places.open()
    const action_attempt_id = await recipes.CREATE_ACCESS_CODE(place)
    await place.advance('1h')
    const [code] = await place.seam.accessCodes.list({ device_id: home.schlage })
    await place.seam.accessCodes.delete({ access_code_id: code?.access_code_id ?? '' })
    await place.advance('1h')
    expect(await place.seam.actionAttempts.get({ action_attempt_id })).toMatchObject({
      status: 'success',
      result: {},
    })
  })
})
