/** Thermostats of a fixture. */
import { z } from 'zod'
import { fanModes, hvacModes } from '../../db/tables/thermostats.ts'
import { describedDeviceId, modelledDeviceFields } from '../devices/fixture.ts'
import { fixtureId, fixturePart } from '../kernel/fixture-part.ts'
import { createThermostat } from './create.ts'
import { thermostatProfiles } from './models/index.ts'
import { inCelsius } from './temperature.ts'

const celsius = (description: string) =>
  z.number().min(-100).max(100).describe(description).optional()

const room = () =>
  z.strictObject({
    temperature: celsius('How warm it is, °C; 20 when not given.'),
    outdoor: celsius('How warm it is outside, °C; 5 when not given.'),
    tau: z
      .number()
      .min(60_000)
      .max(1e12)
      .describe('How slowly the room follows, milliseconds; four hours when not given.')
      .optional(),
    heating_gain: z
      .number()
      .min(0)
      .max(100)
      .describe('How much warmer than outside heating would make it at last, K; 25 when not given.')
      .optional(),
    cooling_gain: z
      .number()
      .min(0)
      .max(100)
      .describe('How much colder than outside cooling would make it at last, K; 18 when not given.')
      .optional(),
  })

const setting = () =>
  z.strictObject({
    hvac_mode_setting: z.enum(hvacModes).describe('The mode; heating when not given.').optional(),
    fan_mode_setting: z.enum(fanModes).describe('When the fan runs.').optional(),
    heating_set_point_celsius: celsius('The set point of heating, °C; 20 when not given.'),
    cooling_set_point_celsius: celsius('The set point of cooling, °C; 24 when not given.'),
  })

const item = () =>
  z.strictObject({
    ...modelledDeviceFields('The model, such as `ecobee`; see `thermostat_models/list`.'),
    bridge_id: fixtureId(
      'The hub of a model that needs one; that of its account, or a new one, when not given.',
    ).optional(),
    room: room().describe('The room that it looks after.').optional(),
    setting: setting().describe('What it is set to.').optional(),
  })

/** Fields that are given, in the shape of the simulated world. */
export const settingOf = (given: z.output<ReturnType<typeof setting>> | undefined) => {
  if (given === undefined) return undefined
  const { hvac_mode_setting: mode, fan_mode_setting: fan } = given
  const { heating_set_point_celsius: heating, cooling_set_point_celsius: cooling } = given
  return {
    ...(mode !== undefined && { hvac_mode_setting: mode }),
    ...(fan !== undefined && { fan_mode_setting: fan }),
    ...(heating !== undefined && { heating: inCelsius(heating) }),
    ...(cooling !== undefined && { cooling: inCelsius(cooling) }),
  }
}

export const thermostatsFixture = fixturePart({
  list: 'thermostats',
  description: 'Thermostats, each with the room that it looks after.',
  item,
  unique: ['device_id'],
  also: { devices: () => true },
  references: [
    { field: 'connected_account_id', to: 'connected_accounts', noun: 'connected account' },
    { field: 'bridge_id', to: 'bridges', noun: 'bridge' },
    { field: 'model', to: () => Object.keys(thermostatProfiles), noun: 'thermostat model' },
  ],
  apply: (world, thermostat, place) => {
    createThermostat(world, {
      ...thermostat,
      device_id: describedDeviceId(world, 'thermostat', thermostat, place),
      setting: settingOf(thermostat.setting),
    })
  },
})
