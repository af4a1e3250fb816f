/**
 * How true the emulator is to grants, methods, spaces, people, phones and automations of the real
 * service: for every event, error, warning, pending mutation and rule the test that reaches it, or
 * why nothing leads there. `docs/fidelity.md` is generated from this; each test checks that it
 * reaches its rows (`reaches.ts`).
 */
import type { Evidence } from './table.ts'

export const things = {
  access_grant: 'Access grants',
  access_method: 'Access methods',
  space: 'Spaces',
  user_identity: 'User identities',
  phone: 'Phones and sessions',
  automation: 'Reservation automations',
} as const

export const whats = ['event', 'error', 'warning', 'mutation', 'rule', 'failed run'] as const

export interface GrantRow {
  thing: keyof typeof things
  what: (typeof whats)[number]
  name: string
  evidence: Evidence
  /** The title of the test that reaches it. */
  scenario?: string
  /** Why nothing in the emulator leads there. */
  absent?: string
  note?: string
}

const stories = {
  G1: 'G1: a guest tonight has a PIN, gets in, and is out after the end',
  G3: 'G3: a wished PIN that is taken on one lock is given on the other',
  G4: 'G4: a guest stays longer, with the same PIN',
  G5: 'G5: what is cancelled while the lock is offline goes when it is back',
  G6: 'G6: a grant follows its space as locks come and go',
  G7: 'G7: what no door can serve is told, and the rest is served',
  G8: 'G8: a lock that fails until after check-in is told of, and heals',
  G10: 'G10: a booking that is pushed gives access, follows its changes, and leaves nothing behind',
  G11: 'G11: a push that comes to nothing is ok all the same, and its run says why',
  G12: 'G12: a guest has an instant key and a phone for as long as they are there',
  H1: 'H1: a guest has a card that is encoded at the desk, opens the room, and is nothing after the stay',
  H2: 'H2: a stay that moves to another room and another time needs its card encoded again',
  known: 'who is a user of the system already is that user, and stays when the grant is gone',
  names: 'names are followed: a guest or a flat is called otherwise, and so are the codes',
  staff: 'staff has access without an end, and its codes are called as the person is',
  spare: 'a spare code stands in for one that failed until the start, as a method of its own',
  lastDoor: 'a grant that loses its last door says so, and stays',
  times: 'times that a lock has no code for are told: ongoing_not_supported',
  acsUser: 'a person shows what is wrong with who they are in an access system',
  person: 'a person who is deleted is there until the last lock is clean',
} as const

type Story = keyof typeof stories

const of =
  (thing: GrantRow['thing'], what: GrantRow['what']) =>
  (name: string, story: Story, evidence: Evidence, note?: string): GrantRow => ({
    thing,
    what,
    name,
    evidence,
    scenario: stories[story],
    ...(note !== undefined && { note }),
  })

const grants: GrantRow[] = [
  of('access_grant', 'event')('access_grant.created', 'G1', 'document'),
  of('access_grant', 'event')(
    'access_grant.access_granted_to_all_doors',
    'G1',
    'document',
    'Again after other doors, not after other times: inferred.',
  ),
  of('access_grant', 'event')(
    'access_grant.access_times_changed',
    'G4',
    'document',
    'With both times.',
  ),
  of('access_grant', 'event')(
    'access_grant.could_not_create_requested_access_methods',
    'G7',
    'schema',
    'Once for each change of what is missing: inferred.',
  ),
  of('access_grant', 'event')(
    'access_grant.deleted',
    'G5',
    'document',
    'After the locks are clean.',
  ),
  of('access_grant', 'event')(
    'access_grant.access_granted_to_door',
    'H1',
    'schema',
    'Of entrances.',
  ),
  of('access_grant', 'event')('access_grant.access_to_door_lost', 'H2', 'schema', 'Of entrances.'),
  of('access_grant', 'error')('cannot_create_requested_access_methods', 'G7', 'schema'),
  of('access_grant', 'warning')('being_deleted', 'G5', 'schema'),
  of('access_grant', 'warning')('underprovisioned_access', 'G6', 'schema'),
  of('access_grant', 'warning')('overprovisioned_access', 'G6', 'schema'),
  of('access_grant', 'warning')('updating_access_times', 'G4', 'document'),
  of('access_grant', 'warning')('requested_code_unavailable', 'G3', 'schema'),
  of('access_grant', 'warning')('device_does_not_support_access_codes', 'G7', 'schema'),
  of('access_grant', 'warning')('device_time_constraints_violated', 'times', 'schema'),
  of('access_grant', 'mutation')('updating_spaces', 'G6', 'schema'),
  of('access_grant', 'mutation')('updating_access_times', 'G4', 'schema'),
]

const methods: GrantRow[] = [
  of('access_method', 'event')(
    'access_method.created',
    'G1',
    'inferred',
    'With the grant, at once.',
  ),
  of('access_method', 'event')(
    'access_method.issued',
    'G1',
    'document',
    'On its locks, or scheduled there: inferred.',
  ),
  of('access_method', 'event')('access_method.revoked', 'G1', 'document'),
  of('access_method', 'event')('access_method.reissued', 'G4', 'document'),
  of('access_method', 'event')(
    'access_method.delay_in_issuing',
    'G8',
    'schema',
    '15 minutes before the start: inferred.',
  ),
  of('access_method', 'event')('access_method.failed_to_issue', 'G8', 'schema'),
  of('access_method', 'event')('access_method.deleted', 'G5', 'document'),
  of('access_method', 'event')(
    'access_method.card_encoding_required',
    'H1',
    'document',
    'When its system knows the credential, so that it can be encoded: inferred.',
  ),
  of('access_method', 'error')('failed_to_issue', 'G8', 'schema'),
  of('access_method', 'warning')('being_deleted', 'G5', 'schema'),
  of('access_method', 'warning')('updating_access_times', 'G4', 'schema'),
  of('access_method', 'warning')('pulled_backup_access_code', 'spare', 'schema'),
  of('access_method', 'warning')('delay_in_issuing', 'G8', 'schema'),
  of('access_method', 'mutation')('provisioning_access', 'G6', 'schema'),
  of('access_method', 'mutation')('revoking_access', 'G6', 'schema'),
  of('access_method', 'mutation')('updating_access_times', 'G4', 'schema'),
]

const people: GrantRow[] = [
  of('space', 'event')('space.created', 'G6', 'schema'),
  of('space', 'event')('space.device_membership_changed', 'G6', 'schema'),
  of('space', 'event')('space.deleted', 'lastDoor', 'schema', 'With the members just before.'),
  of('user_identity', 'error')('issue_with_acs_user', 'acsUser', 'schema'),
  of('user_identity', 'warning')('being_deleted', 'person', 'schema'),
  of('user_identity', 'warning')(
    'acs_user_profile_does_not_match_user_identity',
    'known',
    'schema',
  ),
  of('phone', 'event')('phone.deactivated', 'G12', 'schema'),
  of('phone', 'event')('client_session.deleted', 'G12', 'schema'),
]

const run = of('automation', 'failed run')
const rule = of('automation', 'rule')

const automations: GrantRow[] = [
  rule('reservation_created', 'G10', 'document'),
  rule('reservation_time_updated', 'G10', 'document'),
  rule('reservation_spaces_updated', 'G10', 'document'),
  rule('reservation_deleted', 'G10', 'document'),
  rule('space_name_updated', 'names', 'schema'),
  rule('user_identity_name_updated', 'names', 'schema'),
  rule('staff_member_created', 'staff', 'schema'),
  rule('staff_member_name_updated', 'staff', 'schema'),
  run('user_identity_email_or_phone_conflict', 'G11', 'document'),
  run('user_identity_not_found', 'G11', 'inferred'),
  run('space_not_found', 'G11', 'inferred'),
  run('space_has_no_devices', 'G11', 'inferred'),
  run('missing_time_frame', 'G11', 'inferred'),
]

export const grantsTable: GrantRow[] = [...grants, ...methods, ...people, ...automations]
