/** Mobile keys are on phones: one key a phone, or one for all phones of a person with a child for each. */
import { is } from '../../db/conditions.ts'
import { acs_credentials } from '../../db/tables/acs-credentials.ts'
import type { AcsUser } from '../../db/tables/acs-users.ts'
import { phones } from '../../db/tables/phones.ts'
import type { Phone } from '../../db/tables/phones.ts'
import { domainError } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'
import { credentialsOfUser, usersOfIdentity } from '../acs-users/rows.ts'
import { bringCredentialForward, deleteCredential } from './carry-out.ts'
import { insertCredential } from './create.ts'
import { requireCredential } from './rows.ts'

const ofIdentity = is(phones.user_identity_id)
const onPhone = is(acs_credentials.phone_id)

const phonesOfUser = (world: World, { user_identity_id }: AcsUser): Phone[] =>
  user_identity_id === null ? [] : world.phones.all(ofIdentity(user_identity_id))

/** The newest phone of whoever the user is. @throws user_identity_has_no_phone */
export const requirePhoneOf = (world: World, user: AcsUser): string => {
  const phone = phonesOfUser(world, user).at(-1)
  if (phone !== undefined) return phone.device_id
  throw domainError(
    'user_identity_has_no_phone',
    'A mobile key needs a phone: link the user with a user identity that has one (in a sandbox: phones/simulate/create_sandbox_phone).',
    { data: { acs_user_id: user.acs_user_id, user_identity_id: user.user_identity_id } },
  )
}

const addKey = (world: World, parent_id: string, phone_id: string): void => {
  const parent = requireCredential(world, parent_id)
  const { acs_credential_id } = insertCredential(world, { ...parent, acs_credential_id: undefined })
  world.acs_credentials.update(acs_credential_id, {
    parent_acs_credential_id: parent_id,
    phone_id,
    credential_manager_acs_system_id: parent.credential_manager_acs_system_id,
    issue: parent.issue,
    access_method_id: parent.access_method_id,
  })
  bringCredentialForward(world, acs_credential_id)
}

/** A key for each phone that the person of the parent has. */
export const addKeysOfPhones = (world: World, parent_id: string): void => {
  const { acs_user_id } = requireCredential(world, parent_id)
  const user = acs_user_id === null ? undefined : world.acs_users.get(acs_user_id)
  if (user === undefined) return
  for (const { device_id } of phonesOfUser(world, user)) addKey(world, parent_id, device_id)
}

/** A person has another phone: the keys for all phones are on it too. */
export const followNewPhone = (world: World, device_id: string): void => {
  const phone = world.phones.get(device_id)
  if (phone === undefined) return
  const parents = usersOfIdentity(world, phone.user_identity_id)
    .flatMap((user) => credentialsOfUser(world, user))
    .filter((it) => it.is_multi_phone_sync && it.deletion_requested_at === null)
  for (const { acs_credential_id } of parents) addKey(world, acs_credential_id, device_id)
}

/** A phone is lost: the keys on it are deleted. */
export const followLostPhone = (world: World, device_id: string): void => {
  for (const { acs_credential_id } of world.acs_credentials.all(onPhone(device_id)))
    deleteCredential(world, acs_credential_id)
}
