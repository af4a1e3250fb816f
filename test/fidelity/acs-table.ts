/**
 * The same of access systems: for every error, warning and pending mutation the test of test/stories
 * that reaches it, or why nothing leads there. Their events are in `event-table.ts`.
 */
import type { Evidence } from './table.ts'

export const acsThings = {
  acs_system: 'Access systems',
  acs_entrance: 'Entrances',
  acs_user: 'Users of access systems',
  acs_access_group: 'Access groups',
  acs_credential: 'Credentials',
  acs_encoder: 'Encoders',
  attempt: 'Action attempts of access systems',
} as const

export interface AcsRow {
  thing: keyof typeof acsThings
  /** A `code` is one for which the document has no list: a free string. */
  what: 'error' | 'warning' | 'mutation' | 'code'
  name: string
  evidence: Evidence
  scenario?: string
  absent?: string
  note?: string
}

const links = 'a system says which part of its link is broken'
const slots = 'a site of Salto KS runs out of subscriptions, and says so before'
const doors = 'doors tell of privacy and of zones that they share'
const refused = 'what a server refuses to take of a user is told until it takes it'
const changing = 'a user and its group show what is on its way to the server'
const moving = 'a credential that changes hands is pending with both users'
const cards = 'a card says what is yet to be done with it'
const codes = 'what a server refuses to take of a credential is told by a code of its own'
const encoders = 'an encoder that is gone from its system says so'
const attempts = 'encoders, cards and doors end attempts with every error that they have'
const nothing = 'nothing that happens in the emulator is unknown to it'

const of =
  (thing: AcsRow['thing'], what: AcsRow['what']) =>
  (name: string, scenario: string, evidence: Evidence = 'schema', note?: string): AcsRow => ({
    thing,
    what,
    name,
    scenario,
    evidence,
    ...(note !== undefined && { note }),
  })

const no =
  (thing: AcsRow['thing'], what: AcsRow['what']) =>
  (name: string, absent: string): AcsRow => ({ thing, what, name, absent, evidence: 'schema' })

const systemError = of('acs_system', 'error')
const noSystemError = no('acs_system', 'error')
const userError = of('acs_user', 'error')
const userMutation = of('acs_user', 'mutation')
const credentialCode = of('acs_credential', 'code')
const attemptCode = of('attempt', 'code')
const endsOf = (type: string, errors: readonly string[]): AcsRow[] =>
  errors.map((error) => of('attempt', 'error')(`${type} ${error}`, attempts))
const noGroupMutation = no('acs_access_group', 'mutation')

export const acsTable: readonly AcsRow[] = [
  systemError('account_disconnected', links),
  systemError('bridge_disconnected', links, 'document'),
  systemError('visionline_instance_unreachable', links, 'schema', 'Of Visionline alone.'),
  systemError('provider_service_unavailable', links, 'inferred', 'Of every other brand.'),
  systemError('salto_ks_subscription_limit_exceeded', slots, 'document'),
  noSystemError('seam_bridge_disconnected', 'the older name of bridge_disconnected'),
  noSystemError('acs_system_disconnected', 'a broken link is told by its cause'),
  noSystemError('salto_ks_certification_expired', 'no certificate of a simulated site expires'),
  of('acs_system', 'warning')(
    'salto_ks_subscription_limit_almost_reached',
    slots,
    'document',
    'Over 80 %: inferred.',
  ),
  no('acs_system', 'warning')(
    'time_zone_does_not_match_location',
    'windows are instants; simulated doors have no clocks of their own',
  ),
  no('acs_system', 'warning')('setup_required', 'simulated sites are set up'),
  of('acs_entrance', 'warning')('privacy_mode', doors),
  of('acs_entrance', 'warning')('salto_ks_privacy_mode', doors),
  of('acs_entrance', 'warning')('entrance_shares_zone', doors, 'document'),
  no('acs_entrance', 'warning')(
    'salto_ks_entrance_access_code_support_removed',
    'no simulated door changes its model',
  ),
  no('acs_entrance', 'warning')('entrance_setup_required', 'simulated doors are set up'),
  userError('failed_to_create_on_acs_system', refused, 'document'),
  userError('failed_to_update_on_acs_system', refused),
  userError('failed_to_delete_on_acs_system', refused),
  userError('salto_ks_subscription_limit_exceeded', slots, 'document'),
  no('acs_user', 'error')('deleted_externally', 'nobody works at a simulated server directly'),
  no('acs_user', 'error')(
    'latch_conflict_with_resident_user',
    'Latch has no residents here but those of the API',
  ),
  of('acs_user', 'warning')('being_deleted', changing),
  of('acs_user', 'warning')('salto_ks_user_not_subscribed', slots, 'document'),
  no('acs_user', 'warning')('acs_user_inactive', 'a suspension is the only way to be inactive'),
  no('acs_user', 'warning')('unknown_issue_with_acs_user', nothing),
  no('acs_user', 'warning')('latch_resident_user', 'the same'),
  userMutation('creating', changing),
  userMutation('deleting', changing),
  userMutation('deferring_creation', cards, 'inferred', 'Where the first credential brings it.'),
  userMutation('updating_user_information', changing),
  userMutation('updating_access_schedule', changing),
  userMutation('updating_suspension_state', changing),
  userMutation('updating_group_membership', changing),
  no('acs_user', 'mutation')(
    'deferring_group_membership_update',
    'groups are joined as soon as the user is there',
  ),
  userMutation('updating_credential_assignment', moving, 'document'),
  no('acs_access_group', 'error')(
    'failed_to_create_on_acs_system',
    'groups are synced, never created by the API',
  ),
  of('acs_access_group', 'warning')('being_deleted', changing),
  no('acs_access_group', 'warning')('unknown_issue_with_acs_access_group', nothing),
  of('acs_access_group', 'mutation')('deleting', changing),
  of('acs_access_group', 'mutation')('updating_user_membership', changing),
  noGroupMutation('creating', 'groups are synced, never created by the API'),
  noGroupMutation('deferring_deletion', 'groups are deleted as soon as their server is reached'),
  noGroupMutation('updating_group_information', 'the API has no way to change a group'),
  noGroupMutation('updating_access_schedule', 'the same'),
  noGroupMutation('updating_entrance_membership', 'the same'),
  noGroupMutation('deferring_user_membership_update', 'members join as soon as they are there'),
  of('acs_credential', 'warning')('waiting_to_be_issued', cards, 'document'),
  of('acs_credential', 'warning')('needs_to_be_reissued', cards, 'document'),
  of('acs_credential', 'warning')('schedule_modified', cards, 'inferred', 'A start that is past.'),
  of('acs_credential', 'warning')('being_deleted', cards),
  no('acs_credential', 'warning')(
    'schedule_externally_modified',
    'nobody works at a simulated server directly',
  ),
  no('acs_credential', 'warning')('unknown_issue_with_acs_credential', nothing),
  credentialCode(
    'code_already_in_use',
    codes,
    'inferred',
    'A PIN that another one of the site has.',
  ),
  credentialCode('failed_to_create_on_acs_system', codes, 'inferred', 'As of users.'),
  credentialCode('failed_to_update_on_acs_system', codes, 'inferred', 'As of users.'),
  credentialCode('failed_to_delete_on_acs_system', codes, 'inferred', 'As of users.'),
  of('acs_encoder', 'error')('acs_encoder_removed', encoders),
  ...endsOf('ENCODE_CREDENTIAL', [
    'uncategorized_error',
    'action_attempt_expired',
    'no_credential_on_encoder',
    'incompatible_card_format',
    'credential_cannot_be_reissued',
    'encoder_not_online',
    'encoder_communication_timeout',
    'bridge_disconnected',
    'encoding_interrupted',
    'credential_deleted',
  ]),
  ...endsOf('SCAN_CREDENTIAL', [
    'uncategorized_error',
    'action_attempt_expired',
    'no_credential_on_encoder',
    'encoder_not_online',
    'encoder_communication_timeout',
    'bridge_disconnected',
  ]),
  ...endsOf('SCAN_TO_ASSIGN_CREDENTIAL', [
    'uncategorized_error',
    'action_attempt_expired',
    'no_credential_on_encoder',
  ]),
  ...endsOf('ASSIGN_CREDENTIAL', ['uncategorized_error', 'credential_not_found']),
  no('attempt', 'error')(
    'ASSIGN_CREDENTIAL action_attempt_expired',
    'an assignment waits for nobody: it ends by itself',
  ),
  attemptCode('UNLOCK_DOOR access_denied', attempts, 'inferred', 'The document has a free string.'),
  attemptCode('UNLOCK_DOOR entrance_offline', attempts, 'inferred', 'The same.'),
  attemptCode('UNLOCK_DOOR uncategorized_error', attempts, 'inferred', 'The same.'),
]
