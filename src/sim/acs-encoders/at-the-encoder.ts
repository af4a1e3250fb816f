/** What people do at an encoder. */
import type { AcsCard, CardFormat } from '../../db/tables/acs-cards.ts'
import { failure } from '../action-attempts/action.ts'
import { settleActionAttempt } from '../action-attempts/attempts.ts'
import { cardOn, layCard, newCard, requireCard, takeCardOff } from '../acs-cards/rows.ts'
import { cancelJob } from '../kernel/jobs.ts'
import type { World } from '../kernel/world.ts'
import { beginWork, currentAttempt, leaveQueue } from './queue.ts'
import { requireEncoder } from './rows.ts'

/**
 * Puts a card on an encoder, a new one when none is named: from then on cards no longer come by themselves.
 *
 * @throws acs_encoder_not_found, acs_card_not_found
 */
export const placeCard = (
  world: World,
  acs_encoder_id: string,
  { card_number, format }: { card_number?: string | undefined; format?: CardFormat | undefined },
): AcsCard => {
  requireEncoder(world, acs_encoder_id)
  const card = card_number === undefined ? newCard(world, format) : requireCard(world, card_number)
  world.acs_encoders.update(acs_encoder_id, { auto_card: false })
  const laid = layCard(world, acs_encoder_id, card.card_number)
  beginWork(world, requireEncoder(world, acs_encoder_id))
  return laid
}

/** Takes the card away; one that was being written cannot be read after that. @throws acs_encoder_not_found */
export const removeCard = (world: World, acs_encoder_id: string): void => {
  const encoder = requireEncoder(world, acs_encoder_id)
  world.acs_encoders.update(acs_encoder_id, { auto_card: false })
  const card = cardOn(world, acs_encoder_id)
  takeCardOff(world, acs_encoder_id)
  const current = currentAttempt(world, encoder)
  const isWriting =
    current?.action.phase === 'working' && current.attempt.action_type === 'ENCODE_CREDENTIAL'
  if (card === undefined || current === undefined || !isWriting) return
  const { attempt } = current
  world.acs_cards.update(card.card_number, {
    damaged_at: world.now,
    contents: null,
    carried: null,
  })
  cancelJob(world, 'action_attempt.settle', attempt.action_attempt_id)
  const message = 'The card was taken away while it was written: it cannot be read any more.'
  settleActionAttempt(world, attempt, failure('encoding_interrupted', message))
  leaveQueue(world, acs_encoder_id, attempt.action_attempt_id)
}

/** Pulls an encoder's cable, or puts it in. @throws acs_encoder_not_found */
export const setEncoderOnline = (world: World, acs_encoder_id: string, online: boolean): void => {
  const { offline_at } = requireEncoder(world, acs_encoder_id)
  if ((offline_at === null) === online) return
  world.acs_encoders.update(acs_encoder_id, { offline_at: online ? null : world.now })
}
