/** What a fixture may say of any device. */
import { z } from 'zod'
import { fixtureId, fixtureMetadata, fixtureText } from '../kernel/fixture-part.ts'
import type { Place, Problem } from '../kernel/fixture-part.ts'
import type { World } from '../kernel/world.ts'
import { isValidTimeZone } from '../../lib/time-zone-name.ts'

export const deviceFixtureFields = () => ({
  device_id: fixtureId('Its id; made from its name when not given.').optional(),
  connected_account_id: fixtureId(
    'The account that it is in; one of its provider is found or made for a lock when not given.',
  ).optional(),
  model: fixtureText('The lock model, such as `august`; see `lock_models/list`.').optional(),
  device_type: fixtureText(
    'For a device that is not simulated: its `device_type` on the wire.',
  ).optional(),
  wire: z
    .record(z.string(), z.unknown())
    .describe('Fields that it has otherwise on the wire than its kind has.')
    .optional(),
  name: fixtureText('Its name at the provider.'),
  nickname: fixtureText('The name that it was given in Seam.').optional(),
  is_managed: z.boolean().default(true).describe('Whether the workspace manages it.'),
  is_online: z.boolean().default(true).describe('Whether its own radio is on.'),
  location: z
    .strictObject({
      location_name: fixtureText('What the place is called.').optional(),
      time_zone: z
        .string()
        .refine(isValidTimeZone, 'There is no such IANA time zone: give one as Europe/Amsterdam')
        .describe('Its IANA time zone, such as `Europe/Amsterdam`.')
        .optional(),
    })
    .describe('Where it is.')
    .optional(),
  custom_metadata: fixtureMetadata(),
  customer_key: fixtureText('The customer that it belongs to.').optional(),
})

/** The same of a kind whose list takes nothing but its own models. */
export const modelledDeviceFields = (aboutModel: string) => {
  const {
    model: _,
    device_type: _type,
    connected_account_id: _account,
    ...rest
  } = deviceFixtureFields()
  return {
    ...rest,
    model: fixtureText(aboutModel),
    connected_account_id: fixtureId(
      'The account that it is in; one of its provider is found or made when not given.',
    ).optional(),
  }
}

/** The id that was given, or one made from its name: so one that is added to the file changes no other one's. */
export const describedDeviceId = <Given extends { name: string; device_id?: string | undefined }>(
  world: World,
  sort: 'device' | 'thermostat' | 'noise sensor',
  { name, device_id }: Given,
  { index, list }: Place<Given>,
): string => {
  if (device_id !== undefined) return device_id
  const nth = list.slice(0, index).filter((it) => it.name === name).length
  return world.random.stream(`fixture ${sort} ${name}`).uuid(nth)
}

/** A device of a fixture, whose id is known. */
export type DescribedDevice = z.output<z.ZodObject<ReturnType<typeof deviceFixtureFields>>> & {
  device_id: string
}

/** What is wrong with a device that is no simulated lock. */
export const problemsOfListed = ({
  device_type,
  connected_account_id,
}: Omit<DescribedDevice, 'device_id'>): Problem[] => [
  ...(device_type === undefined
    ? [
        {
          path: ['model'],
          message: 'Give the model of a lock, or the device_type of another device',
        },
      ]
    : []),
  ...(connected_account_id === undefined
    ? [{ path: ['connected_account_id'], message: 'Only a lock finds its account by itself' }]
    : []),
]
