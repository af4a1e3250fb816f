/** Which of the cards that lie on it an encoder takes notice of. */
import type { AcsCard } from '../../db/tables/acs-cards.ts'
import { cardOn } from '../acs-cards/rows.ts'
import type { World } from '../kernel/world.ts'

/** What of an attempt decides it. */
export interface Detection {
  acs_encoder_id: string
  acs_credential_id?: string | undefined
  detect_new_tags?: boolean | undefined
}

/** The brands whose tags have a number and nothing else: what they are for stands in the site's table. */
export const hasTags = (world: World, acs_encoder_id: string): boolean => {
  const encoder = world.acs_encoders.get(acs_encoder_id)
  return encoder !== undefined && world.acs_systems.get(encoder.acs_system_id)?.model === 'salto_ks'
}

const isRegistered = (world: World, { contents }: AcsCard): boolean =>
  contents !== null && world.acs_credentials.get(contents.acs_credential_id) !== undefined

/**
 * The card that is worked with. A reader of Salto KS notices tags that the site knows, and with
 * `detect_new_tags` those alone that it does not (OpenAPI document); where cards come by themselves
 * the right one is always there.
 */
export const detectedCard = (
  world: World,
  { acs_encoder_id, acs_credential_id, detect_new_tags }: Detection,
): AcsCard | undefined => {
  const card = cardOn(world, acs_encoder_id)
  const isScan = acs_credential_id === undefined
  const isByHand = world.acs_encoders.get(acs_encoder_id)?.auto_card === false
  if (card === undefined || !isScan || !isByHand || !hasTags(world, acs_encoder_id)) return card
  return isRegistered(world, card) === (detect_new_tags !== true) ? card : undefined
}
