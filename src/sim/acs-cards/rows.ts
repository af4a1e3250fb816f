import { is } from '../../db/conditions.ts'
import { acs_cards } from '../../db/tables/acs-cards.ts'
import type { AcsCard, CardFormat } from '../../db/tables/acs-cards.ts'
import { notFound } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'

const onEncoder = is(acs_cards.acs_encoder_id)

/** @throws acs_card_not_found */
export const requireCard = (world: World, card_number: string): AcsCard => {
  const card = world.acs_cards.get(card_number)
  if (card === undefined) throw notFound('acs_card', { card_number })
  return card
}

/** The card that lies on an encoder. */
export const cardOn = (world: World, acs_encoder_id: string): AcsCard | undefined =>
  world.acs_cards.first(onEncoder(acs_encoder_id))

/** Takes whatever lies on an encoder into the hand. */
export const takeCardOff = (world: World, acs_encoder_id: string): void => {
  const card = cardOn(world, acs_encoder_id)
  if (card !== undefined) world.acs_cards.update(card.card_number, { acs_encoder_id: null })
}

/** Puts a card on an encoder, in place of what lies there. */
export const layCard = (world: World, acs_encoder_id: string, card_number: string): AcsCard => {
  takeCardOff(world, acs_encoder_id)
  world.acs_cards.update(card_number, { acs_encoder_id })
  return requireCard(world, card_number)
}

/** The number that a card gets by what was drawn for it. */
export const cardNumberOf = (uuid: string): string =>
  uuid.replaceAll('-', '').slice(0, 16).toUpperCase()

/** A blank card from the pile. */
export const newCard = (world: World, format: CardFormat = 'rfid48'): AcsCard => {
  const card_number = cardNumberOf(world.random.uuid('acs_card'))
  world.acs_cards.insert({
    card_number,
    format,
    acs_encoder_id: null,
    contents: null,
    written_at: null,
    damaged_at: null,
    carried: null,
    created_at: world.now,
  })
  return requireCard(world, card_number)
}
