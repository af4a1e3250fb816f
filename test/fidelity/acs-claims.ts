/**
 * What is claimed of access systems: their servers, doors, cards, encoders and brands, and the test
 * that holds each claim. Wherever something opens or not, the door is asked.
 */
import { claimsIn } from './claims.ts'
import type { Claim, ClaimsAbout } from './claims.ts'

const by = claimsIn({
  stories: 'stories/access-systems.test.ts',
  issues: 'stories/access-systems-issues.test.ts',
  doors: 'scenarios/access-systems-doors.test.ts',
  cards: 'scenarios/access-systems-cards.test.ts',
  encoders: 'scenarios/access-systems-encoders.test.ts',
  credentials: 'scenarios/access-systems-credentials.test.ts',
  brands: 'scenarios/access-systems-brands.test.ts',
  users: 'api/seam/acs-users.test.ts',
  assigned: 'api/seam/acs-credentials.test.ts',
  systems: 'api/seam/acs-systems.test.ts',
  faults: 'faults/access-systems.test.ts',
  time: 'support/time-laws.ts',
  explained: 'scenarios/explain-credentials.test.ts',
  truth: 'properties/explain-credentials.test.ts',
})

const cutOff = 'a door whose line is cut'
const encoder = '5: an encoder'
const user = 'a user'
const link = 'the link of a system'
const suspended =
  '8: a suspension takes effect when the controller knows, and waits for a link that is broken'
const visitor = '7: a visitor of Salto KS has a PIN of the provider, in the schedule and no longer'
const remote =
  'a remote unlock ends as its door does: refused, cut off, or for a reason that a fault gives'

const places: Claim[] = [
  ...by('doors', {
    'From the API to the server 1 to 4 s, from there to a wired door 0.5 to 2 s':
      'a PIN is at the server after one to four seconds, and at its doors half a second to two later',
    'A PIN of the provider is null until it is pushed; then the credential is issued and synced':
      'a PIN of the provider is unknown until the provider has it',
    'A PIN is one of a kind on its site; another one is the error code_already_in_use until it is free':
      'a PIN that another user of the site has is an error of the credential, and opens for the first',
  }),
  ...by('users', {
    'A user is created at once, with the mutation creating until it is pushed; groups are joined after that': `${user} > is there at once, and in its system a little later`,
    'Changes are mutations with from and to until they are pushed': `${user} > is changed in parts, each of which is pending with what it was`,
    'An address that a server has already is failed_to_create_on_acs_system, until it is another one': `${user} > of the same address is not taken by its system, until the address is another`,
    'What is pushed waits for a broken link; a push that fails is tried again':
      'faults of pushes > %s: the user is pending, and there in the end',
    'A group that is deleted goes when its server has deleted it':
      'a group > is deleted from its system; members keep their other groups',
    'grant_access is for systems without groups':
      'doors that are granted one by one > are for systems without groups',
  }),
  ...by('credentials', {
    'A schedule begins now where nothing else is said':
      'a schedule without a start begins now, and one without an end does not end',
    'Users and groups of a system are counted as they are':
      'a system counts its users and groups as they are',
    'With a user its credentials go: invalidated, deleted, then the user':
      'a user that is deleted takes credentials along: invalidated first, then deleted, then the user',
    'A window that is over or turned round is refused, and a door of another site':
      'a credential that ends before it begins, or has ended, is refused, and one of another site’s door',
  }),
  ...by('assigned', {
    'A credential that nobody has opens nothing; who has one is asked before it is given away':
      'a credential is assigned to a user or a person, opens for whoever has it, and for nobody without',
    'report_devices is Hotek’s':
      'Hotek hears of its doors and encoders from the integrator, and nobody else does',
  }),
  ...by('systems', {
    'An account brings system, doors and encoders, told in this order':
      'an account of an access system > brings its system with doors and encoders, told in this order',
    'A broken bridge is told once, and its return once': `${link} > breaks with its Seam Bridge, and is told of once`,
    'With the account the system goes': 'an account of an access system > takes its system with it',
  }),
  ...by('issues', {
    'account, bridge and server are told apart': 'a system says which part of its link is broken',
    'A credential that changes hands is pending with both users':
      'a credential that changes hands is pending with both users',
  }),
  ...by('stories', {
    'Behind a bridge that is out everything waits':
      '9: behind a bridge that is out everything waits, and goes on',
  }),
  ...by('explained', {
    'Every reason to refuse and to wait is explained, with what to do':
      'every reason to refuse and to wait has been told by one of these',
    'Every error, warning and pending mutation has its advice': 'what to do about %s is written',
  }),
  ...by('truth', {
    'What is explained of a door is what it answers':
      'a door of flats and offices answers what is explained',
  }),
  ...by('faults', {
    'What a server forgets a door refuses, and Seam does not know':
      'lose_later: the server forgets a credential, the door refuses it, and Seam does not know',
  }),
  ...by('time', {
    'One leap and many steps are the same history':
      'one leap and many steps give the same transcript, the same deliveries in the same order, and the same rows',
  }),
]

const wired: Claim[] = [
  ...by('doors', {
    'Credential, user and group must all hold now':
      'the window of the credential, the schedule of the user and that of the group hold together',
    'A group has a schedule of its own; of several groups the widest counts':
      'a group with a schedule of its own opens its doors then alone, and of several groups the widest counts',
    'A door that is in no group of the user refuses with unknown_code':
      'a door that no group of the user has refuses a PIN that opens others',
    'Revoked is unknown_code, suspended is blocklisted_code, and both leave what was declared':
      'who has lost all doors is unknown to them, and who is suspended is blocked',
    'Without a slot of the subscription a PIN is credential_error, until one is free':
      'a user without a slot of the subscription stands before a shut door, until one is free',
    'A door that is cut off has the table as it was, and its own clock':
      'a door that is cut off knows the window that it knew, by a clock that goes on',
    'A door that a fixture has cut off knows what the site knew':
      'a door that a fixture has cut off knows what the site knew, and nothing that came later',
    'A group that is deleted takes its doors along, and no others':
      'a group that is deleted takes its doors from its members, who keep those of other groups',
    'Doors of Avigilon Alta that share a zone open together, and are listed together':
      'doors of Avigilon Alta that share a zone open to the same people, and say so',
    'is_connected of Latch follows the line': 'what a door of Latch says of its line is so',
    'Privacy and a cut line stop remote unlocking':
      'a door that is cut off cannot be unlocked by remote, and one in privacy mode refuses it',
  }),
  ...by('stories', {
    'Uses at a door are told at once; those at a door that is cut off when it is back': `${cutOff} > judges by what it knew, and tells of it when the line is mended`,
    'In privacy mode nobody is let in, and the metadata says so': `${cutOff} > in privacy mode refuses everybody, and says so`,
    'A suspension waits for the controller; what the door does meanwhile is told with its own instant':
      suspended,
    'A visitor is subscribed for as long as the schedule holds': visitor,
    'A cloud key unlocks by remote, until access is revoked':
      '10: a cloud key opens by remote, until access is revoked',
    'A year over a site that rests costs nothing': 'a year over a site that rests costs no events',
  }),
  ...by('credentials', {
    'A remote unlock ends with access_denied, entrance_offline or uncategorized_error': remote,
    'A door is shown exactly one thing': 'a door is shown one thing at a time',
    'A mobile key for all phones has one key on each, which come and go with the phones':
      'a mobile key for all phones is one key on each phone, and they come and go with the phones and with it',
  }),
  ...by('faults', {
    'entrance.link cuts a line': 'entrance.link: a door that is cut off judges by what it knew',
  }),
]

const offline: Claim[] = [
  ...by('stories', {
    'A card opens the doors that it lists, in its window':
      '1: a key card at the desk opens its room in its time, and no other',
    'An override takes effect when it is first used; the one before is invalidated':
      '2: the next guest overrides the last one, from the first time at the door',
    'Cards that join share a number': '3: a family: cards that join open side by side',
    'A deletion does not reach a card; it reaches a wired door within seconds':
      '4: a deletion does not reach a card; it reaches an online door within seconds',
    'A card that is out of date is obeyed until it is encoded again':
      '6: a card that is out of date is told by a scan, obeyed by the door, and encoded again',
    'A phone opens with the key that is on it':
      'a mobile key needs a manager and a phone, is on that phone, and goes with it',
  }),
  ...by('cards', {
    'Each door has seen its own numbers':
      'an override takes effect at each door by itself, when it is first used there',
    'Doors that many share compare no numbers':
      'a door that many share compares no numbers: who was there before is still let in',
    'door_category and its like say which doors are those of one guest':
      'what a brand says of a door decides whether it is the door of one guest',
    'auto_join overrides where nobody is, and joins where somebody is':
      'a card of auto_join overrides where nobody is, and joins where somebody is',
    'A card of staff has no number, and locks nobody out':
      'a card of staff opens whoever has the room, and locks nobody out',
    'Blank cards, foreign cards and PINs are unknown_code':
      'a blank card, a number that is nobody’s and a card of another hotel are unknown to a door',
    'A damaged card is credential_error, and cannot be written again':
      'a card is torn away and encoded again: what was damaged is read by no door, and written by no encoder',
    'A card has one credential: the one before is invalidated':
      'a card that is overwritten by another credential invalidates the one that was on it',
    'Suspended, revoked and deleted users go on opening doors without a line':
      'an offline door lets the card of a suspended user in, of a deleted one, and of one without rights',
    'Changed rights need a new encoding, and the credential says so':
      'changed rights reach an offline door with a new encoding, which the credential asks for',
    'Schedules of groups stand on the card, door by door':
      'a group with a schedule opens doors without a line then alone: it stands on the card',
    'Privacy keeps cards out as well':
      'privacy mode keeps a card out of a door without a line, too',
    'An offline door of a hotel tells nothing':
      'nothing is told of an offline door of a hotel, however often it opens',
    'With audit_on_keys cards of Salto Space carry openings to the next reader with a line':
      'a Salto Space door that audits on keys has its openings told by the card, at the next reader with a line',
    'Without audit_on_keys nobody learns of them':
      'a Salto Space door that does not audit on keys never tells who came in',
    'A reader that is cut off takes nothing off a card; a system that is not reached tells later':
      'what a card carries waits for a reader whose line works, and for a system that is reached',
    'A tag that is written anew belongs to the new credential alone':
      'a tag that is written for somebody else opens the doors of that one, and of nobody before',
    'A credential of a card opens nothing without the card':
      'a credential of a card is no key: nobody can hold it to a reader without the card',
    'Encoders read what a card carries':
      'an encoder reads what a card carries, also when it writes the card anew',
  }),
]

const desks: Claim[] = [
  ...by('encoders', {
    'Encoding takes 2 to 4 s, scanning 1 to 3 s; cards are waited for 30 s, and answers as well':
      'an encoding takes two to four seconds, a scan one to three, and a missing card is waited for half a minute',
    'Work begins when a card is put there': 'an encoder that waits begins when a card is put on it',
    'rfid48 holds 33 rooms and 28 doors that many share':
      'an rfid48 card holds 33 rooms and 28 doors that many share, a TLCode card any number',
    'Visionline and Salto Space write a credential on one card alone':
      'a second card is refused by Visionline and Salto Space, and written by the others',
    'A simulation outranks cards, cables and bridges, once; a later one replaces it':
      'what is simulated outranks an encoder without card, cable or bridge, once, and for its credential alone',
    'An encoder that was removed says acs_encoder_removed and is not online':
      'an encoder that was removed says so, and encodes nothing; nor does one whose server is down',
    'detect_new_tags of Salto KS waits for a tag that is nobody’s':
      'a reader of Salto KS waits for a tag that the site does not know, and finds its number',
    'In a sandbox the right card lies there by itself':
      'where cards come by themselves, the reader has the right one at once',
    'A scan names the fields that are out of sync, and cards whose credential is gone':
      'a card that is scanned tells each field in which it is out of date',
  }),
  ...by('stories', {
    'Every error has its natural cause, and the next encoding works': `${encoder} > fails by its natural causes, and the next encoding succeeds`,
    'A card that is taken away is damaged, with encoding_interrupted': `${encoder} > is interrupted when the card is taken away, which nobody can read then`,
    'A credential that is deleted meanwhile is credential_deleted': `${encoder} > is told that the credential was deleted while it waited`,
    'One thing after the other': `${encoder} > works at one thing after the other`,
    'The simulations of Seam, each once': `${encoder} > does once what was simulated`,
  }),
  ...by('faults', {
    'encoder.link pulls the cable': 'encoder.link: nothing can be encoded while its cable is out',
  }),
]

const brands: Claim[] = [
  ...by('brands', {
    'Name, bridge, encoder, lines and deferred users of each brand':
      'is named, connected and equipped as its row says',
    'Access methods of each brand; the others are not_supported, with its external_type':
      'has the credentials of its row, and refuses all others by its name',
    'Groups or credentials, and remote unlocking':
      '$model gives access and unlocks as its row says',
    'PTI: codes from 1 to 4294967296, two types of groups':
      'PTI takes codes from 1 to 4294967296, and has two types of groups',
    'Latch: codes are the provider’s, for one door each':
      'a code of Latch is the provider’s and opens one door, a mobile key opens many',
    'Salto Space: one card and one mobile key a user':
      'a user of Salto Space has one card and one mobile key, changed by update_current_key',
    'Which credential manager issues whose mobile keys': 'the mobile keys of %s are issued by %s',
  }),
  ...by('users', {
    'Salto KS: slots from start to end of the schedule, a warning over 80 %, errors when full':
      'the subscription of a Salto KS site > has room for those whose schedule holds, and tells when it is full',
  }),
]

export const acsClaims: readonly ClaimsAbout[] = [
  { about: 'The API, the server and its doors', claims: places },
  { about: 'Doors with a line', claims: wired },
  { about: 'Doors without a line, and cards', claims: offline },
  { about: 'Encoders', claims: desks },
  { about: 'Brands of access systems', claims: brands },
]

/** What brands say of doors, and the test in which the door does it. */
export const actedOn: Readonly<Record<string, string>> = {
  'assa_abloy_vostio_metadata.door_type':
    'what a brand says of a door decides whether it is the door of one guest',
  'avigilon_alta_metadata.zone_id':
    'doors of Avigilon Alta that share a zone open to the same people, and say so',
  'hotek_metadata.common_area_number':
    'Hotek hears of its doors and encoders from the integrator, and nobody else does',
  'hotek_metadata.room_number':
    'Hotek hears of its doors and encoders from the integrator, and nobody else does',
  'latch_metadata.is_connected': 'what a door of Latch says of its line is so',
  'salto_ks_metadata.online': 'what a door of Salto KS says of its line is so',
  'salto_ks_metadata.privacy_mode': 'in privacy mode refuses everybody, and says so',
  'salto_space_metadata.audit_on_keys':
    'a Salto Space door that audits on keys has its openings told by the card, at the next reader with a line',
  'visionline_metadata.door_category':
    'what a brand says of a door decides whether it is the door of one guest',
}

const NAME = 'a name, for people'
const BATTERY =
  'the lock of a simulated door has no battery of its own; a fixture says what is shown'
const ALARM = 'nobody breaks a simulated door open, or leaves it open; a fixture says what is shown'

/** What Seam's document shows of doors and credentials, and nothing here acts on, with the reason. */
export const shownOnly: Readonly<Record<string, string>> = {
  'assa_abloy_vostio_metadata.door_name': NAME,
  'assa_abloy_vostio_metadata.door_number': NAME,
  'assa_abloy_vostio_metadata.pms_id': NAME,
  'assa_abloy_vostio_metadata.stand_open':
    'whether keys may set a door to stand open: nobody does so here',
  'avigilon_alta_metadata.entry_name': NAME,
  'avigilon_alta_metadata.entry_relays_total_count': 'one relay or more, the door opens',
  'avigilon_alta_metadata.org_name': NAME,
  'avigilon_alta_metadata.site_id': NAME,
  'avigilon_alta_metadata.site_name': NAME,
  'avigilon_alta_metadata.zone_name': NAME,
  'brivo_metadata.access_point_id': NAME,
  'brivo_metadata.site_id': NAME,
  'brivo_metadata.site_name': NAME,
  'dormakaba_ambiance_metadata.access_point_name': NAME,
  'dormakaba_community_metadata.access_point_profile': NAME,
  'hotek_metadata.common_area_name': NAME,
  'latch_metadata.accessibility_type': 'a name without a published meaning',
  'latch_metadata.door_name': NAME,
  'latch_metadata.door_type': 'a name without a published meaning',
  'salto_ks_metadata.battery_level': BATTERY,
  'salto_ks_metadata.door_name': NAME,
  'salto_ks_metadata.intrusion_alarm': ALARM,
  'salto_ks_metadata.left_open_alarm': ALARM,
  'salto_ks_metadata.lock_type': 'which locks have a keypad is not published by their types',
  'salto_ks_metadata.locked_state': 'a door that opens to somebody is locked again behind them',
  'salto_space_metadata.door_description': NAME,
  'salto_space_metadata.door_id': NAME,
  'salto_space_metadata.door_name': NAME,
  'salto_space_metadata.room_description': NAME,
  'salto_space_metadata.room_name': NAME,
  'visionline_metadata.door_name': NAME,
  'visionline_metadata.profiles':
    'what a mobile key needs of a lock is not published beyond its name',
  'users: hid_acs_system_id': 'pools of credentials have no public routes',
  'credentials: acs_credential_pool_id': 'the same',
  'credentials: is_one_time_use': 'no route asks for it',
  'credentials: assa_abloy_credential_service_mobile_endpoint_id':
    'deprecated and read-only in Seam’s document',
  'credentials: override_guest_acs_entrance_ids of Vostio':
    'a card has one number for all of its doors: if it overrides one, it overrides all',
  'cards: rooms in a row, and seven doors more, of rfid48':
    'which rooms are in a row, nobody tells; the numbers of rooms and shared doors count',
  'remote unlocking of Salto KS':
    'its credentials are no cloud keys, which the route asks for: credential_is_not_cloud_key',
  'administrators, whom privacy mode lets in': 'the API makes none',
}
