/** What a fixture may say of a space. */
import { z } from 'zod'
import { fixtureId, fixturePart, fixtureText } from '../kernel/fixture-part.ts'
import { addSpace } from './operations.ts'

const item = () =>
  z.strictObject({
    space_id: fixtureId('Its id; made when not given.').optional(),
    name: fixtureText('Its name.').min(1),
    space_key: fixtureText('Your own key for it.').min(1).optional(),
    customer_key: fixtureText('The customer that it belongs to.').min(1).optional(),
    device_ids: z.array(fixtureId('A device.')).default([]).describe('The devices that are in it.'),
    acs_entrance_ids: z
      .array(fixtureId('A door of an access system.'))
      .default([])
      .describe('The doors of access systems that are in it.'),
  })

export const spacesFixture = fixturePart({
  list: 'spaces',
  description: 'Spaces: places that have doors.',
  item,
  unique: ['space_id', 'space_key'],
  references: [
    { field: 'device_ids', to: 'devices', noun: 'device' },
    { field: 'acs_entrance_ids', to: 'acs_entrances', noun: 'entrance' },
  ],
  apply: (world, space) => void addSpace(world, space),
})
