import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { z } from 'zod'
import { json, seq, workspaceId } from './column-kinds.ts'
import { cardContents } from './acs-credentials.ts'
import type { CardContents } from './acs-credentials.ts'
import { id, instant, prose } from './meanings.ts'
import { tableWith } from './traits.ts'

/** A piece of plastic: it says what was last written on it, whatever became of the credential. */
export const acs_cards = sqliteTable(
  'acs_cards',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    card_number: text('card_number').notNull(),
    format: text('format').$type<CardFormat>().notNull(),
    /** The encoder that it lies on; null: somebody has it in the hand. */
    acs_encoder_id: text('acs_encoder_id'),
    /** null: blank. */
    contents: json('contents').$type<CardContents>(),
    written_at: integer('written_at'),
    /** Since when it cannot be read: it was taken away while it was written. */
    damaged_at: integer('damaged_at'),
    /** Openings of doors without a line that it carries to the next reader with one, oldest first; null: none. */
    carried: json('carried').$type<CarriedOpening[]>(),
    created_at: integer('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('acs_cards_id').on(t.workspace_id, t.card_number),
    index('acs_cards_by_encoder').on(t.workspace_id, t.acs_encoder_id),
  ],
)

/** A door that has no line has opened to the card. */
export interface CarriedOpening {
  at: number
  acs_entrance_id: string
  acs_user_id: string | null
}

export const cardFormats = ['rfid48', 'TLCode'] as const

export type CardFormat = (typeof cardFormats)[number]

export const acsCardsTable = tableWith(acs_cards, {
  id: ['card_number'],
  drawn_from: 'acs_card',
  at_hand: true,
  in_world: true,
  not_shown: 'what stands on cards',
  sandbox_reset: 'goes',
  refers: { acs_encoder_id: 'acs_encoders' },
  means: () => ({
    card_number: prose(100).min(1),
    format: z.enum(cardFormats),
    acs_encoder_id: id(),
    contents: cardContents(),
    written_at: instant(),
    damaged_at: instant(),
    carried: z.array(
      z.strictObject({ at: instant(), acs_entrance_id: id(), acs_user_id: id().nullable() }),
    ),
    created_at: instant(),
  }),
})

export type AcsCard = typeof acs_cards.$inferSelect
