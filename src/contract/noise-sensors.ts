/** Noise sensors as they hang on their walls, and the sound around them. */
import { z } from 'zod'
import { actingFaults } from './acting-faults.ts'
import { once } from '../lib/once.ts'
import { count, duration, id, instant, share, textOrNull, when, word } from './fields.ts'
import { identityOfNewDevice, placeOfNewDevice } from './device-creation.ts'
import { acts, actsOn, controlRoute, reads } from './route.ts'
import { seamDevice } from './seam.ts'
import { noiseSensorModels } from './vocabulary.ts'

const sensorId = () => id().describe('The noise sensor: its `device_id`.')
const decibels = (description: string) => z.number().min(0).max(200).describe(description)

const heldThreshold = () =>
  z.strictObject({
    noise_threshold_id: z.string().describe('Its id.'),
    name: z.string().describe('Its name.'),
    decibels: count('How loud, dB.'),
    starts_daily_at: z.string().describe('When it begins to rule.'),
    ends_daily_at: z.string().describe('When it ends to rule.'),
  })

const noiseSensor = once(() =>
  z
    .strictObject({
      device_id: z.string().describe('Its id.'),
      model: word(noiseSensorModels, 'Its model.'),
      name: z.string().describe('Its name.'),
      online: z.boolean().describe('Whether the API reaches it now.'),
      level: count('How loud it is around it now, dB.'),
      battery: z
        .strictObject({
          level: count('From 0 to 1.'),
          status: z.enum(['critical', 'low', 'good', 'full']).describe('The level in a word.'),
        })
        .nullable()
        .describe('Its battery; null for one that is wired.'),
      slots: z.array(heldThreshold()).describe('The thresholds in its own memory.'),
      untold: count('Notices that it keeps until it can be heard again.'),
    })
    .meta({
      id: 'noise_sensor',
      description: 'The sensor itself, which need not hold what the API was asked for.',
    }),
)
export type NoiseSensor = z.output<ReturnType<typeof noiseSensor>>

const segment = () =>
  z.strictObject({
    at: when('When it begins; now when neither this nor `after` is given.').optional(),
    after: duration('How long from now it begins.').optional(),
    for: duration('How long it lasts.').refine((ms) => ms > 0, 'must be longer than nothing'),
    decibels: decibels('How loud it is.'),
  })

const times = (description: string) =>
  z
    .strictObject({
      name: z.string().describe('Its name.'),
      decibels: count('How loud, dB.'),
      times: z.string().describe('From when until when it rules.'),
    })
    .describe(description)

const explainedThreshold = () =>
  z.strictObject({
    noise_threshold_id: z.string().describe('Its id.'),
    declared: times('What the API was asked for.'),
    deletion_requested_at: textOrNull('When its deletion was asked for.'),
    on_sensor: times('What the sensor holds.')
      .nullable()
      .describe('What the sensor holds of it; null when nothing.'),
    is_programmed: z.boolean().describe('Whether the API knows that the sensor holds it.'),
    last_attempt: z
      .strictObject({
        kind: z.enum(['set', 'update', 'remove']).describe('What is tried.'),
        since: instant('Since when.'),
        attempts: count('How often it was tried.'),
        answer_at: textOrNull('When the answer to the command under way comes.'),
        retry_at: textOrNull('When it is tried again.'),
        error: textOrNull('Why the last attempt failed.'),
        fault_id: textOrNull('The fault that had a hand in it.'),
      })
      .nullable()
      .describe('What is being tried; null when nothing.'),
    waits_for: z
      .strictObject({
        reason: word(['answer', 'retry', 'link'], 'What for.'),
        until: textOrNull('When it is looked at again.'),
      })
      .nullable()
      .describe('What it waits for; null when it is as it is wanted.'),
  })

const explanation = once(() =>
  z
    .strictObject({
      device_id: z.string().describe('The noise sensor.'),
      summary: z.array(z.string()).describe('All of this in sentences for people.'),
      level: count('How loud it is, dB.'),
      ruling_noise_threshold_id: textOrNull('The threshold that rules now.'),
      disturbance: z
        .strictObject({
          noise_threshold_id: z.string().describe('The threshold that is reached.'),
          since: instant('Since when.'),
          notices: count('How many notices were given.'),
          quiet_since: textOrNull('Since when it has been quiet again.'),
        })
        .nullable()
        .describe('The noise that it follows; null while it is quiet.'),
      untold: count('Notices that it keeps until it can be heard again.'),
      thresholds: z.array(explainedThreshold()).describe('Its thresholds, wanted and held.'),
      faults: actingFaults(),
    })
    .meta({
      id: 'noise_sensor_explanation',
      description: 'Why a noise sensor tells of noise or not, and what its thresholds wait for.',
    }),
)
export type NoiseSensorExplanation = z.output<ReturnType<typeof explanation>>

const sensorOnly = once(() => z.strictObject({ device_id: sensorId() }))

const ofExample = () => ({ device_id: '<device.device_id>' })
const madeBefore = () => [
  { path: '/_emulator/noise_sensors/create', body: { model: 'minut', name: 'Living Room' } },
]

const onSensor = actsOn('noise_sensors', {
  result: () => ({ noise_sensor: noiseSensor() }),
  after: madeBefore,
  example: ofExample,
})

export const noiseSensorRoutes = {
  create: controlRoute({
    path: '/_emulator/noise_sensors/create',
    methods: acts,
    summary: 'Puts up a noise sensor of any model; its account is made when not given.',
    params: () =>
      z.strictObject({
        model: z.enum(noiseSensorModels).meta({ description: 'Its model.', examples: ['minut'] }),
        ...identityOfNewDevice(),
        level: decibels("The sound around it; the model's background when not given.").optional(),
        battery_level: share("Its battery's level; full when not given.").optional(),
        ...placeOfNewDevice(),
      }),
    result: () => ({ device: seamDevice() }),
    example: () => ({ model: 'minut', name: 'Living Room' }),
  }),
  get: controlRoute({
    path: '/_emulator/noise_sensors/get',
    methods: reads,
    summary: 'The sensor itself: what it hears, what it holds, its battery.',
    params: sensorOnly,
    result: () => ({ noise_sensor: noiseSensor() }),
    after: madeBefore,
    example: ofExample,
  }),
  play: onSensor(
    'play',
    'Lays sounds over what is heard around a sensor, later ones over earlier ones.',
    () =>
      z.strictObject({
        device_id: sensorId(),
        segments: z.array(segment()).min(1).max(1_000).describe('The sounds, in their order.'),
      }),
    { segments: [{ after: '1h', for: '40m', decibels: 75 }] },
  ),
  set_battery: onSensor(
    'set_battery',
    'Puts in a battery of this level, 0 to 1.',
    () => z.strictObject({ device_id: sensorId(), level: share("The battery's level, 0 to 1.") }),
    { level: 0.05 },
  ),
  explain: controlRoute({
    path: '/_emulator/noise_sensors/explain',
    methods: reads,
    summary: 'Why a sensor tells of noise or not: level, ruling threshold, what waits, faults.',
    params: sensorOnly,
    result: () => ({ explanation: explanation() }),
    after: madeBefore,
    example: ofExample,
  }),
}
