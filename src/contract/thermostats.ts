/** Thermostats on their walls, and the rooms that they look after. */
import { z } from 'zod'
import { actingFaults } from './acting-faults.ts'
import { once } from '../lib/once.ts'
import { identityOfNewDevice, placeOfNewDevice } from './device-creation.ts'
import { count, duration, id, textOrNull, when, word } from './fields.ts'
import { acts, actsOn, controlRoute, reads } from './route.ts'
import { seamDevice } from './seam.ts'
import { thermostatModels } from './vocabulary.ts'

const modes = ['off', 'heat', 'cool', 'heat_cool', 'eco'] as const
const fans = ['auto', 'on', 'circulate'] as const
const states = ['idle', 'heating', 'cooling'] as const

const thermostatId = () => id().describe('The thermostat: its `device_id`.')
const celsius = (description: string) => z.number().min(-100).max(100).describe(description)
const gain = (description: string) => z.number().min(0).max(100).describe(description).optional()

const roomFields = () => ({
  temperature: celsius('How warm it is, °C.').optional(),
  outdoor: celsius('How warm it is outside, °C.').optional(),
  tau: duration('How slowly the room follows; an open window is half an hour.')
    .refine((ms) => ms >= 60_000, 'must be a minute at least')
    .optional(),
  heating_gain: gain('How much warmer than outside heating would make it at last, K; 0: broken.'),
  cooling_gain: gain('How much colder than outside cooling would make it at last, K; 0: broken.'),
  outdoor_steps: z
    .array(
      z.strictObject({
        at: when('From when on.'),
        celsius: celsius('How warm it is outside then, °C.'),
      }),
    )
    .max(10_000)
    .describe('How the temperature outside will change; takes the place of what was said before.')
    .optional(),
})

const settingFields = () => ({
  hvac_mode_setting: z.enum(modes).describe('The mode.').optional(),
  fan_mode_setting: z.enum(fans).describe('When the fan runs.').optional(),
  heating_set_point_celsius: celsius('The set point of heating, °C.').optional(),
  cooling_set_point_celsius: celsius('The set point of cooling, °C.').optional(),
})

const heldSetting = (description: string) =>
  z
    .strictObject({
      hvac_mode_setting: z.enum(modes).describe('The mode.'),
      fan_mode_setting: z.enum(fans).describe('When the fan runs.'),
      heating_set_point_celsius: z.number().nullable().describe('The set point of heating, °C.'),
      cooling_set_point_celsius: z.number().nullable().describe('The set point of cooling, °C.'),
      climate_preset_key: textOrNull('The preset in force that nobody touched.'),
    })
    .describe(description)

const thermostat = once(() =>
  z
    .strictObject({
      device_id: z.string().describe('Its id.'),
      model: word(thermostatModels, 'Its model.'),
      name: z.string().describe('Its name.'),
      online: z.boolean().describe('Whether the API reaches it now.'),
      bridge_id: textOrNull('The hub that it goes through; null for one with its own network.'),
      temperature_celsius: count('How warm the room is now, °C, as it really is.'),
      state: word(states, 'What the thermostat does now.'),
      is_fan_running: z.boolean().describe('Whether the fan runs now.'),
      held: heldSetting('What the thermostat holds.'),
      known: heldSetting('What the API knows of that.'),
      room: z
        .strictObject({
          outdoor: count('How warm it is outside, °C.'),
          tau: count('How slowly the room follows, milliseconds.'),
          heating_gain: count('How much heating adds at last, K.'),
          cooling_gain: count('How much cooling takes at last, K.'),
        })
        .describe('The room.'),
      has_program: z.boolean().describe('Whether it has a week in its own memory.'),
    })
    .meta({
      id: 'thermostat',
      description: 'The thermostat itself and its room, which need not be what the API believes.',
    }),
)
export type Thermostat = z.output<ReturnType<typeof thermostat>>

const waitReasons = ['answer', 'retry', 'link', 'override', 'schedule'] as const

const explanation = once(() =>
  z
    .strictObject({
      device_id: z.string().describe('The thermostat.'),
      summary: z.array(z.string()).describe('All of this in sentences for people.'),
      temperature_celsius: count('How warm the room is, °C.'),
      state: word(states, 'What the thermostat does.'),
      held: z.string().describe('What the thermostat holds.'),
      known: z.string().describe('What the API knows of that.'),
      goal: z
        .strictObject({
          kind: word(['schedule', 'fallback', 'program', 'edit'], 'Why it is wanted.'),
          climate_preset_key: z.string().describe('The preset that is wanted.'),
          is_reached: z.boolean().describe('Whether the thermostat has taken it.'),
          overridden_at: textOrNull('When somebody last changed it all the same.'),
        })
        .nullable()
        .describe('What Seam wants of it now; null when nothing.'),
      active_thermostat_schedule_id: textOrNull('The schedule that rules now.'),
      waits_for: z
        .strictObject({
          reason: word(waitReasons, 'What for.'),
          until: textOrNull('When it is looked at again.'),
        })
        .nullable()
        .describe('What it waits for; null when nothing is to come.'),
      faults: actingFaults(),
    })
    .meta({
      id: 'thermostat_explanation',
      description: 'Why a room is as warm as it is, and what its thermostat waits for.',
    }),
)
export type ThermostatExplanation = z.output<ReturnType<typeof explanation>>

const model = once(() =>
  z
    .object({
      model: word(thermostatModels, 'Its name, which `thermostats/create` takes.'),
      device_type: z.string().describe("Seam's `device_type` of it."),
      display_name: z.string().describe('The thermostat as people know it.'),
      hvac_modes: z.array(z.string()).describe('Its modes.'),
      fan_modes: z.array(z.string()).describe('The modes of its fan.'),
      quirks: z.array(z.string()).describe('What surprises integrators, in plain words.'),
      sources: z
        .record(z.string(), z.string())
        .describe('Where each fact comes from; `assumed` where nothing is published.'),
    })
    .meta({
      id: 'thermostat_model',
      description: 'A thermostat model; its other fields come along.',
    }),
)
export type ThermostatModel = z.output<ReturnType<typeof model>>

const thermostatOnly = once(() => z.strictObject({ device_id: thermostatId() }))
const ofExample = () => ({ device_id: '<device.device_id>' })
const madeBefore = () => [
  { path: '/_emulator/thermostats/create', body: { model: 'ecobee', name: 'Living Room' } },
]

const onThermostat = actsOn('thermostats', {
  result: () => ({ thermostat: thermostat() }),
  after: madeBefore,
  example: ofExample,
})

export const thermostatRoutes = {
  create: controlRoute({
    path: '/_emulator/thermostats/create',
    methods: acts,
    summary: 'Puts up a thermostat of any model; its account is made when not given.',
    params: () =>
      z.strictObject({
        model: z.enum(thermostatModels).meta({ description: 'Its model.', examples: ['ecobee'] }),
        ...identityOfNewDevice(),
        bridge_id: id()
          .describe(
            'The hub of a model that needs one; that of its account, or a new one, when not given.',
          )
          .optional(),
        room: z.strictObject(roomFields()).describe('The room that it looks after.').optional(),
        setting: z.strictObject(settingFields()).describe('What it is set to.').optional(),
        ...placeOfNewDevice(),
      }),
    result: () => ({ device: seamDevice() }),
    example: () => ({ model: 'ecobee', name: 'Living Room' }),
  }),
  get: controlRoute({
    path: '/_emulator/thermostats/get',
    methods: reads,
    summary: 'The thermostat itself: its room, what it holds, what it does.',
    params: thermostatOnly,
    result: () => ({ thermostat: thermostat() }),
    after: madeBefore,
    example: ofExample,
  }),
  set_room: onThermostat(
    'set_room',
    'Changes the room: how warm it is, the weather, an open window, a broken furnace.',
    () => z.strictObject({ device_id: thermostatId(), ...roomFields() }),
    { temperature: 16, outdoor: -5 },
  ),
  turn_dial: onThermostat(
    'turn_dial',
    'Somebody turns the dial on the wall: the thermostat holds that, seen by the API or not.',
    () => z.strictObject({ device_id: thermostatId(), ...settingFields() }),
    { heating_set_point_celsius: 26 },
  ),
  explain: controlRoute({
    path: '/_emulator/thermostats/explain',
    methods: reads,
    summary: 'Why a room is as warm as it is: held, known, wanted, what waits, faults.',
    params: thermostatOnly,
    result: () => ({ explanation: explanation() }),
    after: madeBefore,
    example: ofExample,
  }),
}

export const thermostatModelRoutes = {
  list: controlRoute({
    path: '/_emulator/thermostat_models/list',
    methods: reads,
    summary:
      'The thermostat models that thermostats/create makes, with where each fact comes from.',
    params: () => z.strictObject({}),
    result: () => ({ thermostat_models: z.array(model()).describe('All models.') }),
    example: () => ({}),
  }),
}
