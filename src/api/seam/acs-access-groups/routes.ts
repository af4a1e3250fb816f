import { z } from 'zod'
import { contains, is, nothing, oneOf } from '../../../db/conditions.ts'
import type { Filter } from '../../../db/conditions.ts'
import { acs_access_groups } from '../../../db/tables/acs-access-groups.ts'
import { deleteGroup } from '../../../sim/acs-access-groups/carry-out.ts'
import { requireGroup } from '../../../sim/acs-access-groups/rows.ts'
import { doorsWithIds } from '../../../sim/acs-credentials/access.ts'
import { setMembership } from '../../../sim/acs-users/operations.ts'
import { userInSystem } from '../../../sim/acs-users/of-person.ts'
import { usersOfGroup, usersOfIdentity } from '../../../sim/acs-users/rows.ts'
import { serverAuth, withSessions } from '../../http/auth.ts'
import { notFound } from '../../../sim/kernel/errors.ts'
import { seesAccount } from '../../http/visibility.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import { id } from '../../http/fields.ts'
import { acsEntrance, presentAcsEntrance } from '../acs-entrances/wire.ts'
import { exactlyOneUser } from '../acs-users/find.ts'
import { acsUser, acsUserPresenter } from '../acs-users/wire.ts'
import { acsAccessGroup, presentAcsAccessGroup } from './wire.ts'

const group = () => z.object({ acs_access_group_id: id() })

const get = defineEndpoint({
  path: '/acs/access_groups/get',
  methods: ['GET', 'POST'],
  auth: serverAuth,
  summary: 'One group of doors.',
  effect: 'read',
  params: group,
  result: () => ({ acs_access_group: acsAccessGroup() }),
  handler: ({ world }, { acs_access_group_id }) => ({
    acs_access_group: presentAcsAccessGroup(world, requireGroup(world, acs_access_group_id)),
  }),
})

const ofSystem = is(acs_access_groups.acs_system_id)
const withIds = oneOf(acs_access_groups.acs_access_group_id)
const searched = contains(acs_access_groups.name, acs_access_groups.acs_access_group_id)

const list = defineEndpoint({
  path: '/acs/access_groups/list',
  methods: ['GET', 'POST'],
  auth: serverAuth,
  summary: 'Groups of doors in the order in which they were added.',
  effect: 'read',
  params: () =>
    z.object({
      acs_system_id: id().optional(),
      acs_user_id: id().optional(),
      user_identity_id: id().optional(),
      search: z.string().min(1).optional(),
    }),
  result: () => ({ acs_access_groups: z.array(acsAccessGroup()) }),
  handler: ({ world }, { acs_system_id, acs_user_id, user_identity_id, search }) => {
    const filters: Filter<'acs_access_groups'>[] = []
    if (acs_system_id !== undefined) filters.push(ofSystem(acs_system_id))
    if (acs_user_id !== undefined) {
      const ids = world.acs_users.get(acs_user_id)?.acs_access_group_ids
      filters.push(ids === undefined ? nothing : withIds(ids))
    }
    if (user_identity_id !== undefined) {
      const users = usersOfIdentity(world, user_identity_id)
      filters.push(withIds(users.flatMap((user) => user.acs_access_group_ids)))
    }
    if (search !== undefined) filters.push(searched(search))
    const rows = world.acs_access_groups.all(filters)
    return { acs_access_groups: rows.map((row) => presentAcsAccessGroup(world, row)) }
  },
})

const listUsers = defineEndpoint({
  path: '/acs/access_groups/list_users',
  methods: ['GET', 'POST'],
  auth: serverAuth,
  summary: 'The users who are in a group.',
  effect: 'read',
  params: group,
  result: () => ({ acs_users: z.array(acsUser()) }),
  handler: ({ world }, { acs_access_group_id }) => {
    requireGroup(world, acs_access_group_id)
    const users = usersOfGroup(world, acs_access_group_id)
    return { acs_users: users.map(acsUserPresenter(world)) }
  },
})

const listEntrances = defineEndpoint({
  path: '/acs/access_groups/list_accessible_entrances',
  methods: ['GET', 'POST'],
  auth: serverAuth,
  summary: 'The doors that a group opens.',
  effect: 'read',
  params: group,
  result: () => ({ acs_entrances: z.array(acsEntrance()) }),
  handler: ({ world }, { acs_access_group_id }) => {
    const { acs_entrance_ids } = requireGroup(world, acs_access_group_id)
    const doors = doorsWithIds(world, acs_entrance_ids)
    return { acs_entrances: doors.map((row) => presentAcsEntrance(world, row)) }
  },
})

const member = () =>
  z.object({
    acs_access_group_id: id(),
    acs_user_id: id().optional(),
    user_identity_id: id().optional(),
  })

const membership = (
  path: '/acs/access_groups/add_user' | '/acs/access_groups/remove_user',
  isIn: boolean,
) =>
  defineEndpoint({
    path,
    methods: isIn ? ['POST', 'PUT'] : ['POST', 'DELETE'],
    auth: serverAuth,
    summary: isIn
      ? 'Lets a user join a group; of a person whom the system does not know it makes a user.'
      : 'Lets a user leave a group.',
    effect: 'write',
    params: member,
    result: () => ({}),
    handler: ({ world }, { acs_access_group_id, ...by }) => {
      exactlyOneUser(by)
      const { acs_system_id } = requireGroup(world, acs_access_group_id)
      const acs_user_id =
        by.acs_user_id ??
        userInSystem(world, by.user_identity_id ?? '', acs_system_id, isIn).acs_user_id
      setMembership(world, acs_user_id, acs_access_group_id, isIn)
      return {}
    },
  })

const remove = defineEndpoint({
  path: '/acs/access_groups/delete',
  methods: ['POST', 'DELETE'],
  auth: withSessions,
  summary: 'Deletes a group from its access system; its users keep their other groups.',
  effect: 'write',
  params: group,
  result: () => ({}),
  handler: ({ world, auth }, { acs_access_group_id }) => {
    const { connected_account_id } = requireGroup(world, acs_access_group_id)
    if (!seesAccount(auth, connected_account_id))
      throw notFound('acs_access_group', { acs_access_group_id })
    deleteGroup(world, acs_access_group_id)
    return {}
  },
})

export const acsAccessGroupEndpoints = [
  get,
  list,
  listUsers,
  listEntrances,
  membership('/acs/access_groups/add_user', true),
  membership('/acs/access_groups/remove_user', false),
  remove,
]
