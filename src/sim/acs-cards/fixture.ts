/** What a fixture may say of a blank card. */
import { z } from 'zod'
import { cardFormats } from '../../db/tables/acs-cards.ts'
import { fixtureId, fixturePart } from '../kernel/fixture-part.ts'

const item = () =>
  z.strictObject({
    card_number: z
      .string()
      .regex(/^[0-9A-F]{1,32}$/, 'must be of digits and the letters A to F')
      .describe('The number that is burnt into it.'),
    format: z.enum(cardFormats).default('rfid48').describe('What can be written on it.'),
    acs_encoder_id: fixtureId(
      'The encoder that it lies on; in somebody’s hand when not given.',
    ).optional(),
  })

export const acsCardsFixture = fixturePart({
  list: 'acs_cards',
  description: 'Blank cards.',
  item,
  unique: ['card_number'],
  references: [{ field: 'acs_encoder_id', to: 'acs_encoders', noun: 'encoder' }],
  apply: (world, { acs_encoder_id, ...card }) => {
    world.acs_cards.insert({
      ...card,
      acs_encoder_id: acs_encoder_id ?? null,
      contents: null,
      written_at: null,
      damaged_at: null,
      carried: null,
      created_at: world.now,
    })
  },
})
