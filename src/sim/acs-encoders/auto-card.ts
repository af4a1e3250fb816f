/** Encoders with an endless pile of blank cards: the right card lies there whenever one is needed. */
import type { AcsEncoder } from '../../db/tables/acs-encoders.ts'
import { cardOn, layCard, newCard } from '../acs-cards/rows.ts'
import type { World } from '../kernel/world.ts'

interface Wanted {
  acs_credential_id?: string | undefined
  /** Somebody is to be given a card. */
  acs_user_id?: string | undefined
  detect_new_tags?: boolean | undefined
}

/** The credential's own card when it is to be encoded again, a blank one for its first time, and for scans what lies there. */
export const layFittingCard = (
  world: World,
  { auto_card, acs_encoder_id }: Pick<AcsEncoder, 'auto_card' | 'acs_encoder_id'>,
  { acs_credential_id, acs_user_id, detect_new_tags }: Wanted,
): void => {
  if (!auto_card) return
  const there = cardOn(world, acs_encoder_id)
  const credential =
    acs_credential_id === undefined ? undefined : world.acs_credentials.get(acs_credential_id)
  const own =
    credential === undefined || credential.card_number === null
      ? undefined
      : world.acs_cards.get(credential.card_number)
  if (own !== undefined) {
    if (own.acs_encoder_id !== acs_encoder_id) layCard(world, acs_encoder_id, own.card_number)
    return
  }
  const isBlankWanted = (acs_credential_id ?? acs_user_id) !== undefined || detect_new_tags === true
  const format = credential?.options.card_format
  const isOfFormat = format === undefined || there?.format === format
  const isFitting = there !== undefined && isOfFormat && (!isBlankWanted || there.contents === null)
  if (isFitting) return
  layCard(world, acs_encoder_id, newCard(world, format).card_number)
}
