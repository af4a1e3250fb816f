/** Why and what to do, in plain words: of waits, of refusals, and of every code that objects of access systems show. */
import type { credentialWaits } from '../../contract/acs-explanations.ts'
import type { DoorCause } from './explain-causes.ts'

export type CredentialWait = (typeof credentialWaits)[number]

interface Words {
  why: string
  /** null: there is nothing to do. */
  help: string | null
}

const BY_ITSELF = 'Nothing has to be done: it is tried again by itself.'
const LINK =
  'Mend the link: bridges/plug for a Seam Bridge, a Connect Webview for the account, or the end of the fault that holds it down.'
const ENCODE =
  'Encode the card (acs/encoders/encode_credential), and read its action attempt to the end.'
const ENCODE_AGAIN = 'Encode the same card again.'

export const waitWords: Readonly<Record<CredentialWait, Words | null>> = {
  link: { why: 'It waits for the way to its access system, which is broken.', help: LINK },
  answer: { why: 'It waits for the answer of its access system.', help: null },
  retry: { why: 'It waits for the next attempt.', help: BY_ITSELF },
  user: {
    why: 'It waits for its access system to know the user.',
    help: 'Look what the user waits for: its errors and pending mutations.',
  },
  encoding: { why: 'It waits to be encoded on a card.', help: ENCODE },
  nothing: null,
}

export const causeWords: Readonly<Record<DoorCause, Words>> = {
  gone: {
    why: 'there is no such credential any more',
    help: 'Make another one (acs/credentials/create).',
  },
  lost: {
    why: 'the server has lost it, and Seam does not know',
    help: 'Change something of it: that is pushed whole.',
  },
  on_its_way: {
    why: 'the door has not heard of it yet',
    help: 'Wait for acs_credential.issued, or see what it waits for.',
  },
  cut_off: {
    why: 'the line of the door is cut, and it did not know it before',
    help: 'Mend the line (entrances/set_online).',
  },
  nobodys: {
    why: 'it is assigned to nobody',
    help: 'Assign it to a user (acs/credentials/assign).',
  },
  no_door: {
    why: 'nothing gives it this door',
    help: 'Add its user to an access group with the door, or name the door when the credential is made (allowed_acs_entrance_ids).',
  },
  not_encoded: { why: 'it is on no card yet', help: ENCODE },
  overwritten: {
    why: 'its card has been written with another credential',
    help: 'Make another credential, and encode that.',
  },
  out_of_date: { why: 'the card was written before it was given this door', help: ENCODE_AGAIN },
  no_reader: {
    why: 'a door without a line has no keypad and cannot be opened by remote',
    help: 'Give the user a card or a mobile key.',
  },
  too_early: {
    why: 'its time has not come',
    help: 'Nothing is wrong: advance the clock to see it.',
  },
  too_late: {
    why: 'its time is over',
    help: 'Give it, or the schedule of its user, a later end; a card has to be encoded again after that.',
  },
  suspended: { why: 'its user is suspended', help: 'Let the user in again (acs/users/unsuspend).' },
  overridden: {
    why: 'a later guest has been at the door',
    help: 'Encode it again, or make one that joins that guest.',
  },
  privacy: {
    why: 'somebody inside wants no visitors',
    help: 'Wait, or end it (entrances/set_privacy_mode).',
  },
  damaged: {
    why: 'the card cannot be read',
    help: 'Encode it on another card; where a credential belongs to one card, make another one.',
  },
  no_phone: {
    why: 'the phone that it was on is gone',
    help: 'Add a phone (phones/simulate/create_sandbox_phone), and make another mobile key.',
  },
  no_slot: {
    why: 'the subscription of the site has no slot for its user',
    help: 'Delete users who have left, or give them schedules that end.',
  },
}

/** What to do about each error, warning and pending mutation. Their messages say why. */
export const issueHelp: Readonly<Record<string, string | null>> = {
  account_disconnected: 'Let the owner sign in again, with a Connect Webview.',
  bridge_disconnected: 'Plug in the Seam Bridge (bridges/plug).',
  visionline_instance_unreachable: 'Start the server again: end the fault on acs_system.link.',
  provider_service_unavailable: 'Wait for the provider: end the fault on acs_system.link.',
  salto_ks_subscription_limit_exceeded:
    'Delete users who have left, or give them schedules that end.',
  salto_ks_subscription_limit_almost_reached: 'Delete users who have left before it is full.',
  salto_ks_user_not_subscribed:
    'Nothing has to be done before the schedule begins; after its end give the user another one.',
  privacy_mode: 'Wait, or end it (entrances/set_privacy_mode).',
  salto_ks_privacy_mode: 'Wait, or end it (entrances/set_privacy_mode).',
  entrance_shares_zone: 'Give access to it only where all doors of the zone may be opened.',
  failed_to_create_on_acs_system: BY_ITSELF,
  failed_to_update_on_acs_system: BY_ITSELF,
  failed_to_delete_on_acs_system: BY_ITSELF,
  code_already_in_use: 'Give it another code (acs/credentials/update).',
  acs_encoder_removed: 'Take another encoder (acs/encoders/list).',
  being_deleted: null,
  waiting_to_be_issued: ENCODE,
  needs_to_be_reissued: ENCODE_AGAIN,
  schedule_modified: 'Give a start that is not in the past.',
  creating: null,
  deleting: null,
  deferring_creation: 'Make a credential for the user: with the first one the system hears of it.',
  updating_user_information: null,
  updating_access_schedule: null,
  updating_suspension_state: null,
  updating_group_membership: null,
  updating_user_membership: null,
  updating_credential_assignment: null,
}
