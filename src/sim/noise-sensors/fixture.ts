/** Noise sensors of a fixture. */
import { z } from 'zod'
import { describedDeviceId, modelledDeviceFields } from '../devices/fixture.ts'
import { fixtureId, fixturePart, fixtureText } from '../kernel/fixture-part.ts'
import { createNoiseSensor } from './create.ts'
import { noiseSensorProfiles } from './models/index.ts'

const threshold = () =>
  z.strictObject({
    noise_threshold_id: fixtureId('Its id; made when not given.').optional(),
    name: fixtureText('Its name.'),
    starts_daily_at: z.string().max(100).describe('When it begins to rule, as `22:00:00`.'),
    ends_daily_at: z.string().max(100).describe('When it ends to rule, as `07:00:00`.'),
    noise_threshold_decibels: z.number().min(0).max(200).describe('How loud, dB.'),
  })

const item = () =>
  z.strictObject({
    ...modelledDeviceFields('The model: `minut` or `noiseaware`.'),
    level: z
      .number()
      .min(0)
      .max(200)
      .describe("The sound around it, dB; the model's background when not given.")
      .optional(),
    battery_level: z
      .number()
      .min(0)
      .max(1)
      .default(1)
      .describe("Its battery's level, from 0 to 1."),
    thresholds: z
      .array(threshold())
      .describe('Its noise thresholds; those that the model comes with when not given.')
      .optional(),
  })

export const noiseSensorsFixture = fixturePart({
  list: 'noise_sensors',
  description: 'Noise sensors.',
  item,
  unique: ['device_id'],
  also: { devices: () => true },
  references: [
    { field: 'connected_account_id', to: 'connected_accounts', noun: 'connected account' },
    { field: 'model', to: () => Object.keys(noiseSensorProfiles), noun: 'noise sensor model' },
  ],
  apply: (world, sensor, place) => {
    createNoiseSensor(world, {
      ...sensor,
      device_id: describedDeviceId(world, 'noise sensor', sensor, place),
      thresholds: sensor.thresholds?.map(({ noise_threshold_decibels, ...it }) => ({
        ...it,
        decibels: noise_threshold_decibels,
      })),
    })
  },
})
