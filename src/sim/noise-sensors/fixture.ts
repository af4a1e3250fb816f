/** Noise sensors of a fixture. */
import { z } from 'zod'
import { deviceFixtureFields } from '../devices/fixture.ts'
import { fixtureId, fixturePart, fixtureText } from '../kernel/fixture-part.ts'
import type { Place } from '../kernel/fixture-part.ts'
import type { World } from '../kernel/world.ts'
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

const common = () => {
  const {
    model: _,
    device_type: _type,
    connected_account_id: _account,
    ...rest
  } = deviceFixtureFields()
  return rest
}

const item = () =>
  z.strictObject({
    ...common(),
    model: fixtureText('The model: `minut` or `noiseaware`.'),
    connected_account_id: fixtureId(
      'The account that it is in; one of its provider is found or made when not given.',
    ).optional(),
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

type Described = z.output<ReturnType<typeof item>>

/** Made from its name, so that one that is added to the file changes no other one's id. */
const madeId = (world: World, { name }: Described, { index, list }: Place<Described>): string => {
  const nth = list.slice(0, index).filter((it) => it.name === name).length
  return world.random.stream(`fixture noise sensor ${name}`).uuid(nth)
}

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
      device_id: sensor.device_id ?? madeId(world, sensor, place),
      thresholds: sensor.thresholds?.map(({ noise_threshold_decibels, ...it }) => ({
        ...it,
        decibels: noise_threshold_decibels,
      })),
    })
  },
})
