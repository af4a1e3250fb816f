/** What a fixture may say of a door of an access system. */
import { z } from 'zod'
import { entranceCategories } from '../../db/tables/acs-entrances.ts'
import { fixtureId, fixturePart, fixtureText } from '../kernel/fixture-part.ts'
import { insertEntrance } from './create.ts'

const item = () =>
  z.strictObject({
    acs_entrance_id: fixtureId('Its id.'),
    acs_system_id: fixtureId('The access system that it belongs to.'),
    display_name: fixtureText('Its name.').min(1),
    category: z
      .enum(entranceCategories)
      .describe(
        'The door of one guest or unit, or one that many share; as the metadata says when not given, and else `guest`.',
      )
      .optional(),
    is_wired: z
      .boolean()
      .describe(
        'Whether it has a line to the controller; without one, what stands on the card opens it. As the brand has it when not given.',
      )
      .optional(),
    metadata: z
      .record(z.string().max(100), z.unknown())
      .default({})
      .describe("What the brand says of it: fields of the brand's metadata."),
    is_online: z.boolean().default(true).describe('Whether its line works, if it has one.'),
    in_privacy_mode: z
      .boolean()
      .default(false)
      .describe('Whether somebody inside wants no visitors.'),
  })

export const acsEntrancesFixture = fixturePart({
  list: 'acs_entrances',
  description: 'Doors of access systems.',
  item,
  unique: ['acs_entrance_id'],
  references: [{ field: 'acs_system_id', to: 'acs_systems', noun: 'access system' }],
  apply: (world, { is_online, in_privacy_mode, ...entrance }) => {
    const { acs_entrance_id } = insertEntrance(world, entrance)
    world.acs_entrances.update(acs_entrance_id, {
      ...(!is_online && { offline_at: world.now }),
      ...(in_privacy_mode && { privacy_mode_at: world.now }),
    })
  },
})
