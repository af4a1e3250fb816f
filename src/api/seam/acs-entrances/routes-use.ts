/** Who can open a door, and opening it by remote. */
import { z } from 'zod'
import { unlockEntrance } from '../../../sim/acs-cards/unlock.ts'
import { entrancesOfCredential } from '../../../sim/acs-credentials/access.ts'
import { credentialsOfSystem } from '../../../sim/acs-credentials/rows.ts'
import { requireEntrance } from '../../../sim/acs-entrances/rows.ts'
import { serverAuth, withSessions } from '../../http/auth.ts'
import { notFound } from '../../../sim/kernel/errors.ts'
import { seesAccount } from '../../http/visibility.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import { id } from '../../http/fields.ts'
import { acsCredential, presentAcsCredential } from '../acs-credentials/wire.ts'
import { actionAttempt, presentStartedAttempt } from '../action-attempts/wire.ts'

const listCredentials = defineEndpoint({
  path: '/acs/entrances/list_credentials_with_access',
  methods: ['GET', 'POST'],
  auth: withSessions,
  summary: 'The credentials that are to open a door, now or later.',
  effect: 'read',
  params: () =>
    z.object({
      acs_entrance_id: id(),
      include_if: z.array(z.enum(['visionline_metadata.is_valid'])).optional(),
    }),
  result: () => ({ acs_credentials: z.array(acsCredential()) }),
  handler: ({ world, auth }, { acs_entrance_id, include_if = [] }) => {
    const { acs_system_id, connected_account_id } = requireEntrance(world, acs_entrance_id)
    if (!seesAccount(auth, connected_account_id))
      throw notFound('acs_entrance', { acs_entrance_id })
    const isForValid = include_if.length > 0
    const credentials = credentialsOfSystem(world, acs_system_id).filter(
      (row) =>
        (!isForValid || (row.issued_at !== null && row.invalidated_at === null)) &&
        entrancesOfCredential(world, row).some((it) => it.acs_entrance_id === acs_entrance_id),
    )
    return { acs_credentials: credentials.map((row) => presentAcsCredential(world, row)) }
  },
})

const unlock = defineEndpoint({
  path: '/acs/entrances/unlock',
  methods: ['POST'],
  auth: serverAuth,
  summary: 'Unlocks a door by remote, with a key in the cloud.',
  effect: 'write',
  action_attempt_type: 'UNLOCK_DOOR',
  params: () => z.object({ acs_credential_id: id(), acs_entrance_id: id() }),
  result: () => ({ action_attempt: actionAttempt() }),
  handler: ({ world }, { acs_credential_id, acs_entrance_id }) => ({
    action_attempt: presentStartedAttempt(
      unlockEntrance(world, acs_entrance_id, acs_credential_id),
    ),
  }),
})

export const acsEntranceUseEndpoints = [listCredentials, unlock]
