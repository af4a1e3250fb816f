/**
 * Doors of Salto Space that have no line note their openings on the card, where they are set to
 * (`audit_on_keys`): the card carries them to the next reader that has a line, and there they are told.
 */
import type { AcsCard, CarriedOpening } from '../../db/tables/acs-cards.ts'
import type { AcsEntrance } from '../../db/tables/acs-entrances.ts'
import type { World } from '../kernel/world.ts'
import { reportUse } from './door-uses.ts'

/** A card has room for so many openings; the oldest are written over. Assumed. */
const MOST_CARRIED = 60

/** The setting is one of Salto Space's alone: no other brand's doors have the field. */
const notesOnCards = ({ is_wired, metadata }: AcsEntrance): boolean =>
  !is_wired && metadata['audit_on_keys'] === true

/** A door without a line has opened to a card. */
export const noteOnCard = (
  world: World,
  entrance: AcsEntrance,
  { card_number, carried, contents }: AcsCard,
): void => {
  if (!notesOnCards(entrance)) return
  const opening: CarriedOpening = {
    at: world.now,
    acs_entrance_id: entrance.acs_entrance_id,
    acs_user_id: contents?.acs_user_id ?? null,
  }
  world.acs_cards.update(card_number, {
    carried: [...(carried ?? []), opening].slice(-MOST_CARRIED),
  })
}

/** A reader with a line, or an encoder, reads what a card carries for its own system, and takes it off the card. */
export const takeOffCard = (world: World, card: AcsCard, acs_system_id: string): void => {
  const { card_number, carried, damaged_at } = card
  if (carried === null || damaged_at !== null) return
  const isOwn = ({ acs_entrance_id }: CarriedOpening): boolean =>
    world.acs_entrances.get(acs_entrance_id)?.acs_system_id === acs_system_id
  const left = carried.filter((it) => !isOwn(it))
  if (left.length === carried.length) return
  world.acs_cards.update(card_number, { carried: left.length === 0 ? null : left })
  for (const { at, acs_entrance_id, acs_user_id } of carried) {
    const entrance = world.acs_entrances.get(acs_entrance_id)
    if (entrance?.acs_system_id !== acs_system_id) continue
    reportUse(world, entrance, { at, acs_user_id, method: 'card', reason: null })
  }
}
