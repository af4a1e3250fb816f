/** When and at which doors a credential opens, declared anew; its keys on phones follow. */
import type { AcsCredential } from '../../db/tables/acs-credentials.ts'
import type { AcsUser } from '../../db/tables/acs-users.ts'
import { credentialsOfUser } from '../acs-users/rows.ts'
import { domainError } from '../kernel/errors.ts'
import { react } from '../kernel/react.ts'
import type { World } from '../kernel/world.ts'
import { bringCredentialForward } from './carry-out.ts'
import { issueFor, renumberLaterStays } from './issuing.ts'
import { keysOf, requireCredential } from './rows.ts'

export interface CredentialTerms {
  starts_at?: number | null
  ends_at?: number | null
  acs_entrance_ids?: readonly string[]
  code?: string | null
}

/**
 * Declares what is given, and leaves the rest as it is. At a door that is new to it a credential
 * needs a number of its own: those that were there before may have had a higher one.
 */
export const declareTerms = (
  world: World,
  acs_credential_id: string,
  { acs_entrance_ids, ...terms }: CredentialTerms,
): void => {
  const before = requireCredential(world, acs_credential_id)
  const doors = acs_entrance_ids === undefined ? before.acs_entrance_ids : [...acs_entrance_ids]
  world.acs_credentials.update(acs_credential_id, { ...terms, acs_entrance_ids: doors })
  if (doors.some((id) => !before.acs_entrance_ids.includes(id))) {
    const issue = issueFor(world, requireCredential(world, acs_credential_id))
    world.acs_credentials.update(acs_credential_id, { issue })
    renumberLaterStays(world, acs_credential_id)
  }
  const { starts_at, ends_at, issue } = requireCredential(world, acs_credential_id)
  for (const key of keysOf(world, acs_credential_id)) {
    const patch = { starts_at, ends_at, issue, acs_entrance_ids: doors }
    world.acs_credentials.update(key.acs_credential_id, patch)
    bringCredentialForward(world, key.acs_credential_id)
  }
  bringCredentialForward(world, acs_credential_id)
  react(world, 'acs_credential_moved', acs_credential_id)
}

const managed = (message: string, data: Record<string, unknown>) =>
  domainError('acs_credential_managed_by_access_grant', message, { data })

/**
 * The name is assumed, after the one for access codes.
 *
 * @throws acs_credential_managed_by_access_grant for a credential that nobody but its grant may change
 */
export const refuseOfGrant = (credential: AcsCredential): void => {
  const { access_method_id, acs_credential_id } = credential
  if (access_method_id === null) return
  throw managed(
    'The credential belongs to an access grant: change or delete the grant, or its access method.',
    { acs_credential_id, access_method_id },
  )
}

/** @throws acs_credential_managed_by_access_grant for a user who has such a credential */
export const refuseUserOfGrant = (world: World, user: AcsUser): void => {
  const { acs_user_id } = user
  const of = credentialsOfUser(world, user).find((it) => it.access_method_id !== null)
  if (of === undefined) return
  throw managed(
    'The user has a credential of an access grant: change or delete the grant, or its access method.',
    { acs_user_id, acs_credential_id: of.acs_credential_id, access_method_id: of.access_method_id },
  )
}
