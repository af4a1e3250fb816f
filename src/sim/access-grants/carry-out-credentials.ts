/** Carries out what the reconciler of grants says about credentials of access systems. */
import type { AccessGrant } from '../../db/tables/access-grants.ts'
import type { AccessMethod, MethodInSystem } from '../../db/tables/access-methods.ts'
import { deleteCredential, forgetIdleUser } from '../acs-credentials/carry-out.ts'
import { createCredential } from '../acs-credentials/operations.ts'
import { declareTerms } from '../acs-credentials/terms.ts'
import { userInSystem } from '../acs-users/of-person.ts'
import { requireAccessMethod } from '../access-methods/rows.ts'
import { tellMethod } from '../access-methods/told.ts'
import { recordEvent } from '../events/record.ts'
import { isDomainError } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'
import { noteRequest } from './new-methods.ts'
import { orNone } from './entrances.ts'
import { openEntrances } from './open-entrances.ts'
import type { GrantStep } from './steps.ts'
import { optionsOfReservation } from './reservations.ts'
import { wishedCode } from './wished-code.ts'

export type CredentialDeed = Extract<
  GrantStep,
  {
    do:
      | 'open_entrances'
      | 'close_entrances'
      | 'make_credential'
      | 'change_credential'
      | 'delete_credential'
      | 'tell_encoding'
      | 'tell_entrances'
  }
>

type InSystem = AccessMethod & { acs: MethodInSystem }

const requireInSystem = (world: World, access_method_id: string): InSystem => {
  const method = requireAccessMethod(world, access_method_id)
  const { acs } = method
  if (acs === null) throw new Error(`The method ${access_method_id} is in no access system`)
  return { ...method, acs }
}

const update = (
  world: World,
  { access_method_id, acs }: InSystem,
  patch: Partial<MethodInSystem>,
): void => world.access_methods.update(access_method_id, { acs: { ...acs, ...patch } })

/** The system takes no such credential: its entrances are left out for good. */
const giveUp = (world: World, grant: AccessGrant, method: InSystem): void => {
  const { access_method_id, acs } = method
  update(world, method, { entrance_ids: [] })
  const index = grant.requested.findIndex(({ access_method_ids }) =>
    access_method_ids.includes(access_method_id),
  )
  noteRequest(world, { grant, index }, (request) => ({
    ...request,
    without: [...request.without, ...acs.entrance_ids],
  }))
}

const makeCredential = (world: World, grant: AccessGrant, method: InSystem): void => {
  const { access_method_id, acs, mode } = method
  const { acs_system_id, entrance_ids } = acs
  let holder: string | null = null
  try {
    const { acs_user_id } = userInSystem(world, grant.user_identity_id, acs_system_id, 'by_grant')
    holder = acs_user_id
    const { acs_credential_id } = createCredential(world, {
      acs_user_id,
      access_method: mode,
      access_method_id,
      acs_entrance_ids: entrance_ids,
      code: wishedCode(world, grant, method),
      starts_at: Math.max(grant.starts_at, world.now),
      ends_at: grant.ends_at,
      // The guest's phones may come later, and be several.
      is_multi_phone_sync: mode === 'mobile_key',
      options: optionsOfReservation(world, grant, acs_system_id),
    })
    update(world, method, { acs_credential_id })
  } catch (error) {
    if (!isDomainError(error)) throw error
    giveUp(world, grant, method)
    forgetIdleUser(world, holder)
  }
}

const tellEntrances = (
  world: World,
  { access_grant_id, told_entrances }: AccessGrant,
  { granted, lost }: { granted: readonly string[]; lost: readonly string[] },
): void => {
  const still = (told_entrances ?? []).filter((id) => !lost.includes(id))
  world.access_grants.update(access_grant_id, { told_entrances: orNone([...still, ...granted]) })
  for (const acs_entrance_id of granted)
    recordEvent(world, 'access_grant.access_granted_to_door', { access_grant_id, acs_entrance_id })
  for (const acs_entrance_id of lost)
    recordEvent(world, 'access_grant.access_to_door_lost', { access_grant_id, acs_entrance_id })
}

export const carryOutCredential = (
  world: World,
  grant: AccessGrant,
  step: CredentialDeed,
): void => {
  if (step.do === 'open_entrances') return openEntrances(world, grant, step)
  if (step.do === 'tell_entrances') return tellEntrances(world, grant, step)
  const method = requireInSystem(world, step.access_method_id)
  const { acs } = method
  switch (step.do) {
    case 'close_entrances':
      update(world, method, {
        entrance_ids: acs.entrance_ids.filter((id) => !step.acs_entrance_ids.includes(id)),
      })
      return
    case 'make_credential':
      makeCredential(world, grant, method)
      return
    case 'change_credential':
      declareTerms(world, acs.acs_credential_id ?? '', {
        starts_at: Math.max(grant.starts_at, world.now),
        ends_at: grant.ends_at,
        acs_entrance_ids: acs.entrance_ids,
      })
      return
    case 'delete_credential':
      deleteCredential(world, acs.acs_credential_id ?? '')
      return
    case 'tell_encoding':
      tellMethod(world, grant, method, 'card_encoding_required')
      update(world, method, { encoding_told_at: world.now })
      return
    default:
      return step satisfies never
  }
}
