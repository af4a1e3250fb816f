/** A credential gets on a card: what was there before is gone. */
import type { AcsCard } from '../../db/tables/acs-cards.ts'
import type { AcsCredential } from '../../db/tables/acs-credentials.ts'
import { bringCredentialForward } from '../acs-credentials/carry-out.ts'
import { writtenOf } from '../acs-credentials/contents.ts'
import { invalidate, issueCredential, issueFor } from '../acs-credentials/issuing.ts'
import { requireCredential, wantedCredential } from '../acs-credentials/rows.ts'
import { heldFromNow } from '../acs-systems/push.ts'
import type { World } from '../kernel/world.ts'

/** The encoder is the server's own: it knows what it has written. */
const noteOnServer = (world: World, acs_credential_id: string): void => {
  const credential = requireCredential(world, acs_credential_id)
  const state = wantedCredential(credential)
  world.acs_credentials.update(acs_credential_id, {
    known: state,
    held: heldFromNow(world, acs_credential_id, credential.held, state),
    push: null,
    synced_at: world.now,
  })
}

/** Another credential is on its card: doors that know numbers let the other one in by it. */
const takeCardFrom = (
  world: World,
  { acs_credential_id, deletion_requested_at }: AcsCredential,
) => {
  invalidate(world, acs_credential_id)
  world.acs_credentials.update(acs_credential_id, { card_number: null })
  if (deletion_requested_at === null) noteOnServer(world, acs_credential_id)
}

export const writeCard = (world: World, card: AcsCard, credential: AcsCredential): void => {
  const { card_number } = card
  const { acs_credential_id } = credential
  const before = card.contents?.acs_credential_id
  // What was overridden is good again by a number of its own: doors take no lower one than they have seen.
  if (credential.invalidated_at !== null)
    world.acs_credentials.update(acs_credential_id, { issue: issueFor(world, credential) })
  const contents = writtenOf(world, requireCredential(world, acs_credential_id))
  world.acs_cards.update(card_number, { contents, written_at: world.now, damaged_at: null })
  const other = before === undefined ? undefined : world.acs_credentials.get(before)
  if (other !== undefined && before !== acs_credential_id && other.card_number === card_number)
    takeCardFrom(world, other)
  world.acs_credentials.update(acs_credential_id, { card_number, written: contents })
  noteOnServer(world, acs_credential_id)
  issueCredential(world, acs_credential_id)
  bringCredentialForward(world, acs_credential_id)
}
