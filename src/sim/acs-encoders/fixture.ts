/** What a fixture may say of an encoder. */
import { z } from 'zod'
import { fixtureId, fixturePart, fixtureText } from '../kernel/fixture-part.ts'
import { insertEncoder } from './create.ts'

const item = () =>
  z.strictObject({
    acs_encoder_id: fixtureId('Its id.'),
    acs_system_id: fixtureId('The access system that it belongs to.'),
    display_name: fixtureText('Its name.').min(1),
    auto_card: z
      .boolean()
      .default(true)
      .describe('Whether blank cards come by themselves; otherwise somebody has to place one.'),
    is_online: z.boolean().default(true).describe('Whether its cable is in.'),
  })

export const acsEncodersFixture = fixturePart({
  list: 'acs_encoders',
  description: 'Devices that write and read the cards of access systems.',
  item,
  unique: ['acs_encoder_id'],
  references: [{ field: 'acs_system_id', to: 'acs_systems', noun: 'access system' }],
  apply: (world, { is_online, ...encoder }) => {
    const { acs_encoder_id } = insertEncoder(world, encoder)
    if (!is_online) world.acs_encoders.update(acs_encoder_id, { offline_at: world.now })
  },
})
