import { is } from '../../db/conditions.ts'
import { acs_credentials } from '../../db/tables/acs-credentials.ts'
import type { AcsCredential } from '../../db/tables/acs-credentials.ts'
import type { AcsCredentialState } from '../../db/tables/acs-shapes.ts'
import { notFound } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'

const ofSystem = is(acs_credentials.acs_system_id)
const ofMethod = is(acs_credentials.access_method_id)

/** @throws acs_credential_not_found */
export const requireCredential = (world: World, acs_credential_id: string): AcsCredential => {
  const credential = world.acs_credentials.get(acs_credential_id)
  if (credential === undefined) throw notFound('acs_credential', { acs_credential_id })
  return credential
}

/** The keys of a credential for all phones of a person, each on a phone of its own. */
export const keysOf = (world: World, acs_credential_id: string): AcsCredential[] => {
  const parent = world.acs_credentials.get(acs_credential_id)
  if (parent === undefined) return []
  const column = 'parent_acs_credential_id'
  return world.acs_credentials.matching(parent.acs_system_id, acs_credential_id, column)
}

/** In the order in which they were made. */
export const credentialsOfSystem = (world: World, acs_system_id: string): AcsCredential[] =>
  world.acs_credentials.all(ofSystem(acs_system_id))

/** Those that an access method has: of a mobile key also the ones on phones. */
export const credentialsOfMethod = (world: World, access_method_id: string): AcsCredential[] =>
  world.acs_credentials.all(ofMethod(access_method_id))

/** What the API wants the system to know of a credential. */
export const wantedCredential = (credential: AcsCredential): AcsCredentialState => ({
  code: credential.code,
  card_number: credential.card_number,
  starts_at: credential.starts_at,
  ends_at: credential.ends_at,
  acs_user_id: credential.acs_user_id,
  acs_entrance_ids: credential.acs_entrance_ids,
})
