/** What a fixture may say of an access system. */
import { z } from 'zod'
import { isValidTimeZone } from '../../lib/time-zone-name.ts'
import { fixtureId, fixturePart, fixtureText } from '../kernel/fixture-part.ts'
import { insertSystem } from './create.ts'
import { acsModels } from './models/index.ts'

const item = () =>
  z.strictObject({
    acs_system_id: fixtureId('Its id.'),
    model: fixtureText('Its brand, such as `visionline`.'),
    connected_account_id: fixtureId(
      'The account that it belongs to; one of its brand, or a new one, when not given.',
    ).optional(),
    bridge_id: fixtureId(
      'The Seam Bridge on its network; made when not given, if the brand needs one.',
    ).optional(),
    name: fixtureText("Its name; the brand's when not given.").min(1).optional(),
    time_zone: z
      .string()
      .refine(isValidTimeZone, 'There is no such IANA time zone')
      .describe('Where it is, such as `Europe/Berlin`.')
      .optional(),
    subscription_slots: z
      .int()
      .min(0)
      .max(100_000)
      .describe("How many users its subscription has; the brand's number when not given.")
      .optional(),
    is_server_up: z.boolean().default(true).describe('Whether its server answers.'),
  })

export const acsSystemsFixture = fixturePart({
  list: 'acs_systems',
  description: 'Access systems: sites with their own server, doors, users and credentials.',
  item,
  unique: ['acs_system_id'],
  references: [
    { field: 'model', to: () => Object.keys(acsModels), noun: 'access system' },
    { field: 'connected_account_id', to: 'connected_accounts', noun: 'connected account' },
    { field: 'bridge_id', to: 'bridges', noun: 'bridge' },
  ],
  apply: (world, { is_server_up, ...system }) => {
    const { acs_system_id } = insertSystem(world, system)
    if (is_server_up) return
    world.acs_systems.update(acs_system_id, {
      server_down_at: world.now,
      disconnected_at: world.now,
    })
  },
})
