/** What brings about the events of access systems, thermostats and noise sensors. */
import { z } from 'zod'
import type { EventType } from '../../client/inputs.ts'
import type { Scenario, Stage } from './stage.ts'

const userAnswer = z.looseObject({ acs_user: z.looseObject({ acs_user_id: z.string() }) })
const credentialAnswer = z.looseObject({
  acs_credential: z.looseObject({ acs_credential_id: z.string() }),
})
const groupsAnswer = z.looseObject({
  acs_access_groups: z.array(z.looseObject({ acs_access_group_id: z.string() })),
})

/** A site of its own beside the lock: cards at a hotel, PINs at an office, rooms that are reported. */
const site = async ({ client }: Stage, model: 'visionline' | 'salto_ks' | 'hotek') => {
  const made = await client.acsSystems.create({ model, name: 'Triggered' })
  return { ...made, door: made.entrances[1] ?? made.entrances[0], encoder: made.encoders[0] }
}

const userOf = async ({ client, timeout }: Stage, acs_system_id: string): Promise<string> => {
  const asked = { acs_system_id, full_name: 'Triggered Guest' }
  const { acs_user_id } = userAnswer.parse(await client.call('/acs/users/create', asked)).acs_user
  await client.waitUntil({ acs_user_id, event_type: 'acs_user.created', timeout })
  return acs_user_id
}

/** A PIN that the office's server has. */
const pin = async (stage: Stage) => {
  const { client, timeout } = stage
  const { acs_system_id } = await site(stage, 'salto_ks')
  const acs_user_id = await userOf(stage, acs_system_id)
  const asked = { acs_user_id, access_method: 'code' }
  const answer = await client.call('/acs/credentials/create', asked)
  const { acs_credential_id } = credentialAnswer.parse(answer).acs_credential
  await client.waitUntil({ acs_credential_id, event_type: 'acs_credential.issued', timeout })
  return { acs_system_id, acs_user_id, acs_credential_id }
}

/** A card for a room of the hotel, encoded as often as is said. */
const card =
  (...tellings: EventType[]): Scenario =>
  async (stage) => {
    const { client, timeout } = stage
    const { acs_system_id, door, encoder } = await site(stage, 'visionline')
    const asked = { acs_system_id, full_name: 'Triggered Guest' }
    const made = userAnswer.parse(await client.call('/acs/users/create', asked))
    const answer = await client.call('/acs/credentials/create', {
      acs_user_id: made.acs_user.acs_user_id,
      access_method: 'card',
      allowed_acs_entrance_ids: [door?.acs_entrance_id],
      ends_at: await stage.inHours(24),
    })
    const { acs_credential_id } = credentialAnswer.parse(answer).acs_credential
    for (const event_type of tellings) {
      await client.call('/acs/encoders/encode_credential', {
        acs_encoder_id: encoder?.acs_encoder_id,
        acs_credential_id,
      })
      await client.waitUntil({ acs_credential_id, event_type, timeout })
    }
  }

/** Rooms and an encoder that Hotek's installer reports, and takes away again. */
const reported =
  (is_removed: boolean): Scenario =>
  async (stage) => {
    const { acs_system_id } = await site(stage, 'hotek')
    const report = (more: object) =>
      stage.client.call('/acs/systems/report_devices', {
        acs_system_id,
        acs_entrances: [
          { display_name: 'Triggered', hotek_metadata: { room_number: '999' }, ...more },
        ],
        acs_encoders: [
          { display_name: 'Triggered', hotek_metadata: { encoder_number: '99' }, ...more },
        ],
      })
    await report({})
    if (is_removed) await report({ is_removed })
  }

const away: Scenario = async (stage) => {
  const { acs_system_id } = await site(stage, 'salto_ks')
  await stage.client.faults.create({
    on: 'acs_system.link',
    match: { acs_system_id },
    effect: { kind: 'down' },
  })
}

const ofAccessSystems: Partial<Record<EventType, Scenario>> = {
  'acs_system.added': (stage) => site(stage, 'visionline'),
  'acs_system.connected': (stage) => site(stage, 'visionline'),
  'acs_system.disconnected': away,
  'acs_entrance.added': (stage) => site(stage, 'visionline'),
  'acs_entrance.removed': reported(true),
  'acs_encoder.added': (stage) => site(stage, 'visionline'),
  'acs_encoder.removed': reported(true),
  'acs_user.created': async (stage) => userOf(stage, (await site(stage, 'salto_ks')).acs_system_id),
  'acs_user.deleted': async (stage) => {
    const { client, timeout } = stage
    const acs_user_id = await userOf(stage, (await site(stage, 'salto_ks')).acs_system_id)
    await client.call('/acs/users/delete', { acs_user_id })
    await client.waitUntil({ acs_user_id, event_type: 'acs_user.deleted', timeout })
  },
  'acs_access_group.deleted': async (stage) => {
    const { client } = stage
    const { acs_system_id } = await site(stage, 'salto_ks')
    const answer = await client.call('/acs/access_groups/list', { acs_system_id })
    const [group] = groupsAnswer.parse(answer).acs_access_groups
    await client.call('/acs/access_groups/delete', {
      acs_access_group_id: group?.acs_access_group_id,
    })
    await client.clock.advance('1m')
  },
  'acs_credential.issued': pin,
  'acs_credential.reissued': card('acs_credential.issued', 'acs_credential.reissued'),
  'acs_credential.deleted': async (stage) => {
    const { client, timeout } = stage
    const { acs_credential_id } = await pin(stage)
    await client.call('/acs/credentials/delete', { acs_credential_id })
    await client.waitUntil({ acs_credential_id, event_type: 'acs_credential.deleted', timeout })
  },
  'acs_credential.invalidated': async (stage) => {
    const { client, timeout } = stage
    const { acs_user_id, acs_credential_id } = await pin(stage)
    await client.call('/acs/users/delete', { acs_user_id })
    const event_type = 'acs_credential.invalidated'
    await client.waitUntil({ acs_credential_id, event_type, timeout })
  },
}

/** A cold room with a thermostat that is told to make it warm. */
const warmed: Scenario = async ({ client, timeout }) => {
  const { device_id } = await client.thermostats.create({
    model: 'ecobee',
    name: 'Triggered',
    room: { temperature: 16 },
  })
  await client.call('/thermostats/heat', { device_id, heating_set_point_celsius: 19 })
  const event_type = 'thermostat.temperature_reached_set_point'
  await client.waitUntil({ device_id, event_type, timeout })
}

const thermostat = async ({ client }: Stage): Promise<string> =>
  (await client.thermostats.create({ model: 'ecobee', name: 'Triggered' })).device_id

/** A limit that the room does not keep, and then one that it does. */
const limits =
  (...lower: number[]): Scenario =>
  async (stage) => {
    const device_id = await thermostat(stage)
    for (const lower_limit_celsius of lower) {
      await stage.client.call('/thermostats/set_temperature_threshold', {
        device_id,
        lower_limit_celsius,
      })
    }
  }

const ofClimate: Partial<Record<EventType, Scenario>> = {
  'thermostat.climate_preset_activated': async (stage) => {
    const device_id = await thermostat(stage)
    const { client, timeout } = stage
    const asked = { device_id, climate_preset_key: 'home' }
    await client.call('/thermostats/activate_climate_preset', asked)
    const event_type = 'thermostat.climate_preset_activated'
    await client.waitUntil({ device_id, event_type, timeout })
  },
  'thermostat.manually_adjusted': async (stage) =>
    stage.client.call('/thermostats/simulate/hvac_mode_adjusted', {
      device_id: await thermostat(stage),
      hvac_mode: 'heat',
      heating_set_point_celsius: 22,
    }),
  'thermostat.temperature_changed': warmed,
  'thermostat.temperature_reached_set_point': warmed,
  'thermostat.temperature_threshold_exceeded': limits(30),
  'thermostat.temperature_threshold_no_longer_exceeded': limits(30, 10),
  'noise_sensor.noise_threshold_triggered': async ({ client }) => {
    const { device_id } = await client.noiseSensors.create({ model: 'minut', name: 'Triggered' })
    await client.call('/noise_sensors/simulate/trigger_noise_threshold', { device_id })
  },
}

export const ofOthers: Partial<Record<EventType, Scenario>> = { ...ofAccessSystems, ...ofClimate }
