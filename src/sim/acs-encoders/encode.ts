/** What comes of an encoding: the card is the judge of most of it. */
import type { AcsCard } from '../../db/tables/acs-cards.ts'
import type { AcsCredential } from '../../db/tables/acs-credentials.ts'
import { failure } from '../action-attempts/action.ts'
import type { Settlement } from '../action-attempts/attempts.ts'
import { cardOn, layCard, newCard } from '../acs-cards/rows.ts'
import { writeCard } from '../acs-cards/write.ts'
import { entrancesOfCredential } from '../acs-credentials/access.ts'
import { requireCredential } from '../acs-credentials/rows.ts'
import type { World } from '../kernel/world.ts'
import type { EncoderAction } from './queue.ts'

/** So many doors fit on an rfid48 card (Seam docs: Visionline). */
const MOST_GUEST_DOORS = 33
const MOST_COMMON_DOORS = 28

/** A card of these brands belongs to its credential for good. */
const oneCardOnly: ReadonlySet<string> = new Set(['salto_space', 'visionline'])

const success = (credential: AcsCredential): Settlement => ({
  status: 'success',
  result: {
    acs_credential_id: credential.acs_credential_id,
    acs_system_id: credential.acs_system_id,
    connected_account_id: credential.connected_account_id,
    access_method: credential.access_method,
    created_at: credential.created_at,
  },
})

/** The settlement that tells of a credential as it is now. */
export const credentialResult = (world: World, acs_credential_id: string): Settlement =>
  success(requireCredential(world, acs_credential_id))

const overfull = (world: World, credential: AcsCredential): boolean => {
  const doors = entrancesOfCredential(world, credential)
  const guests = doors.filter((door) => door.category === 'guest').length
  return guests > MOST_GUEST_DOORS || doors.length - guests > MOST_COMMON_DOORS
}

const refusalOf = (world: World, credential: AcsCredential, card: AcsCard): Settlement | null => {
  const { options, card_number, issued_at } = credential
  if (card.damaged_at !== null)
    return failure('uncategorized_error', 'The card is damaged and cannot be written.')
  const format = options.card_format ?? card.format
  if (format !== card.format || (card.format === 'rfid48' && overfull(world, credential)))
    return failure(
      'incompatible_card_format',
      `What is to be written does not fit on a card of the format ${card.format}.`,
    )
  const model = world.acs_systems.get(credential.acs_system_id)?.model ?? ''
  const isOnOther = issued_at !== null && card_number !== null && card_number !== card.card_number
  return isOnOther && oneCardOnly.has(model)
    ? failure(
        'credential_cannot_be_reissued',
        `The credential is on the card ${card_number} already: encode that one again.`,
      )
    : null
}

/** The simulation's outcome: the card is written, or left as it was. */
const forcedOutcome = (
  world: World,
  { acs_encoder_id, forced }: EncoderAction,
  credential: AcsCredential,
): Settlement => {
  if (forced?.error_code !== undefined)
    return failure(forced.error_code, 'This is what was simulated for the next encoding.')
  const card =
    cardOn(world, acs_encoder_id) ??
    layCard(world, acs_encoder_id, newCard(world, credential.options.card_format).card_number)
  writeCard(world, card, credential)
  return credentialResult(world, credential.acs_credential_id)
}

export const encodeNow = (world: World, action: EncoderAction): Settlement => {
  const { acs_encoder_id, acs_credential_id = '', forced } = action
  const credential = world.acs_credentials.get(acs_credential_id)
  if (credential === undefined || credential.deletion_requested_at !== null)
    return failure('credential_deleted', 'The credential was deleted before it was encoded.')
  if (forced !== undefined) return forcedOutcome(world, action, credential)
  const card = cardOn(world, acs_encoder_id)
  if (card === undefined)
    return failure('no_credential_on_encoder', 'There is no card on the encoder.')
  const refusal = refusalOf(world, credential, card)
  if (refusal !== null) return refusal
  writeCard(world, card, credential)
  return credentialResult(world, acs_credential_id)
}
