/** What users of access systems may open: groups, suspension, and the doors that follow. */
import { z } from 'zod'
import { entrancesOfUser } from '../../../sim/acs-credentials/access.ts'
import { revokeAllAccess } from '../../../sim/acs-credentials/revoke-all-access.ts'
import { setMembership, suspendUser } from '../../../sim/acs-users/operations.ts'
import { userOfPerson } from '../../../sim/acs-users/rows.ts'
import { requireGroup } from '../../../sim/acs-access-groups/rows.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { serverAuth, withSessions } from '../../http/auth.ts'
import { notFound } from '../../../sim/kernel/errors.ts'
import { seesAccount } from '../../http/visibility.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import { id } from '../../http/fields.ts'
import { acsEntrance, presentAcsEntrance } from '../acs-entrances/wire.ts'
import { exactlyOneUser, findUser, userChoice } from './find.ts'

/** A route that does something to one user. */
const onUser = (
  path: '/acs/users/suspend' | '/acs/users/unsuspend' | '/acs/users/revoke_access_to_all_entrances',
  summary: string,
  change: (world: World, acs_user_id: string) => void,
) =>
  defineEndpoint({
    path,
    methods: ['POST'],
    auth: serverAuth,
    summary,
    effect: 'write',
    params: () => z.object(userChoice()),
    result: () => ({}),
    handler: ({ world }, by) => {
      change(world, findUser(world, by).acs_user_id)
      return {}
    },
  })

const addToGroup = defineEndpoint({
  path: '/acs/users/add_to_access_group',
  methods: ['POST', 'PUT'],
  auth: serverAuth,
  summary: 'Lets a user join an access group.',
  effect: 'write',
  params: () => z.object({ acs_access_group_id: id(), acs_user_id: id() }),
  result: () => ({}),
  handler: ({ world }, { acs_access_group_id, acs_user_id }) => {
    setMembership(world, acs_user_id, acs_access_group_id, true)
    return {}
  },
})

const removeFromGroup = defineEndpoint({
  path: '/acs/users/remove_from_access_group',
  methods: ['POST', 'DELETE'],
  auth: serverAuth,
  summary: 'Lets a user leave an access group.',
  effect: 'write',
  params: () =>
    z.object({
      acs_access_group_id: id(),
      acs_user_id: id().optional(),
      user_identity_id: id().optional(),
    }),
  result: () => ({}),
  handler: ({ world }, { acs_access_group_id, ...by }) => {
    exactlyOneUser(by)
    const { acs_system_id } = requireGroup(world, acs_access_group_id)
    const acs_user_id =
      by.acs_user_id ?? userOfPerson(world, by.user_identity_id ?? '', acs_system_id).acs_user_id
    setMembership(world, acs_user_id, acs_access_group_id, false)
    return {}
  },
})

const listEntrances = defineEndpoint({
  path: '/acs/users/list_accessible_entrances',
  methods: ['GET', 'POST'],
  auth: withSessions,
  summary: 'The doors that a user may open, now or later.',
  effect: 'read',
  params: () => z.object(userChoice()),
  result: () => ({ acs_entrances: z.array(acsEntrance()) }),
  handler: ({ world, auth }, by) => {
    const user = findUser(world, by)
    const { acs_user_id, connected_account_id } = user
    if (!seesAccount(auth, connected_account_id)) throw notFound('acs_user', { acs_user_id })
    return {
      acs_entrances: entrancesOfUser(world, user).map((row) => presentAcsEntrance(world, row)),
    }
  },
})

export const acsUserAccessEndpoints = [
  addToGroup,
  removeFromGroup,
  listEntrances,
  onUser(
    '/acs/users/suspend',
    'Suspends a user: doors refuse from the instant at which their controller knows.',
    (world, acs_user_id) => suspendUser(world, acs_user_id, true),
  ),
  onUser('/acs/users/unsuspend', 'Takes a suspension back.', (world, acs_user_id) =>
    suspendUser(world, acs_user_id, false),
  ),
  onUser(
    '/acs/users/revoke_access_to_all_entrances',
    'Takes a user out of all groups and from all doors; its credentials stay, and open nothing.',
    revokeAllAccess,
  ),
]
