import { z } from 'zod'
import { is } from '../../../db/conditions.ts'
import { access_grants } from '../../../db/tables/access-grants.ts'
import type { AccessMethod } from '../../../db/tables/access-methods.ts'
import { deleteMethods } from '../../../sim/access-grants/operations.ts'
import { methodIdsOf } from '../../../sim/access-grants/rows.ts'
import { invalidInput, notFound } from '../../../sim/kernel/errors.ts'
import { assignCard, encodeMethod, unlockByMethod } from '../../../sim/access-grants/cards.ts'
import { requireEntrance } from '../../../sim/acs-entrances/rows.ts'
import { isAtLeast } from '../../../sim/kernel/settings.ts'
import { serverAuth } from '../../http/auth.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import { id, pageParams } from '../../http/fields.ts'
import { pageOf, pageStart } from '../../http/pagination.ts'
import { pagination } from '../../http/pagination.ts'
import { actionAttempt, presentStartedAttempt } from '../action-attempts/wire.ts'
import { seesGrant, visibleGrant } from '../access-grants/find.ts'
import { anyCustomer } from '../access-grants/routes.ts'
import { listMethods, methodFilters, visibleMethod } from './find.ts'
import { accessMethod, presentAccessMethod } from './wire.ts'

const get = defineEndpoint({
  path: '/access_methods/get',
  methods: ['GET', 'POST'],
  auth: serverAuth,
  summary: 'One access method.',
  effect: 'read',
  params: () => z.object({ access_method_id: id() }),
  result: () => ({ access_method: accessMethod() }),
  handler: ({ world, auth, origin }, { access_method_id }) => ({
    access_method: presentAccessMethod(world, visibleMethod(world, auth, access_method_id), origin),
  }),
})

const list = defineEndpoint({
  path: '/access_methods/list',
  methods: ['GET', 'POST'],
  auth: anyCustomer,
  summary: 'Access methods in the order of their creation, all at once; in pages since 1.1038.',
  effect: 'read',
  params: () => z.object({ ...methodFilters(), ...pageParams(500) }),
  result: () => ({
    access_methods: z.array(accessMethod()),
    pagination: pagination().optional(),
  }),
  handler: (call, { limit, page_cursor, ...params }) => {
    const { world, auth } = call
    const rows = listMethods(world, auth, params)
    const shown = (some: readonly AccessMethod[]) =>
      some.map((row) => presentAccessMethod(world, row, call.origin))
    if (!isAtLeast(world.settings, '1.1038')) return { access_methods: shown(rows) }
    const [begin = 0] = pageStart(call, page_cursor) ?? []
    const rest = rows.filter(({ seq }) => seq > Number(begin))
    const page = pageOf(call, rest, { limit, positionOf: ({ seq }) => [seq] })
    return { access_methods: shown(page.rows), pagination: page.pagination }
  },
})

const ofReservation = is(access_grants.reservation_key)

const remove = defineEndpoint({
  path: '/access_methods/delete',
  methods: ['POST', 'DELETE'],
  auth: anyCustomer,
  summary: 'Takes methods back; their grant stays, and makes none in their place.',
  effect: 'write',
  params: () =>
    z.object({
      access_method_id: id().optional(),
      access_grant_id: id().optional(),
      reservation_key: z.string().optional(),
    }),
  result: () => ({}),
  handler: ({ world, auth }, { access_method_id, access_grant_id, reservation_key }) => {
    const given = [access_method_id, access_grant_id, reservation_key].filter(
      (value) => value !== undefined,
    )
    if (given.length !== 1) {
      throw invalidInput(
        'access_method_id',
        'Give exactly one of access_method_id, access_grant_id and reservation_key',
      )
    }
    if (access_method_id !== undefined) {
      const method = visibleMethod(world, auth, access_method_id)
      deleteMethods(world, method.access_grant_id, [access_method_id])
      return {}
    }
    const grants =
      access_grant_id === undefined
        ? world.access_grants.all(ofReservation(reservation_key ?? ''))
        : [visibleGrant(world, auth, { access_grant_id })]
    for (const grant of grants.filter((row) => seesGrant(world, auth, row)))
      deleteMethods(world, grant.access_grant_id, methodIdsOf(grant))
    return {}
  },
})

const assign = defineEndpoint({
  path: '/access_methods/assign_card',
  methods: ['POST'],
  auth: serverAuth,
  summary: 'Assigns a card to a method that waits for one.',
  effect: 'write',
  action_attempt_type: 'ASSIGN_CREDENTIAL',
  params: () => z.object({ access_method_id: id(), card_number: z.string().min(1).max(100) }),
  result: () => ({ action_attempt: actionAttempt() }),
  handler: ({ world }, { access_method_id, card_number }) => ({
    action_attempt: presentStartedAttempt(assignCard(world, access_method_id, card_number)),
  }),
})

const encode = defineEndpoint({
  path: '/access_methods/encode',
  methods: ['POST'],
  auth: serverAuth,
  summary: 'Encodes a card.',
  effect: 'write',
  action_attempt_type: 'ENCODE_CREDENTIAL',
  params: () => z.object({ access_method_id: id(), acs_encoder_id: id() }),
  result: () => ({ action_attempt: actionAttempt() }),
  handler: ({ world }, { access_method_id, acs_encoder_id }) => ({
    action_attempt: presentStartedAttempt(encodeMethod(world, access_method_id, acs_encoder_id)),
  }),
})

const unlockDoor = defineEndpoint({
  path: '/access_methods/unlock_door',
  methods: ['POST'],
  auth: serverAuth,
  summary: 'Unlocks an entrance by a cloud key.',
  effect: 'write',
  action_attempt_type: 'UNLOCK_DOOR',
  params: () => z.object({ access_method_id: id(), acs_entrance_id: id() }),
  result: () => ({ action_attempt: actionAttempt() }),
  handler: ({ world }, { access_method_id, acs_entrance_id }) => {
    requireEntrance(world, acs_entrance_id)
    const attempt = unlockByMethod(world, access_method_id, acs_entrance_id)
    return { action_attempt: presentStartedAttempt(attempt) }
  },
})

/** Unmanaged methods and grants would be read from access systems that make grants themselves: none of these does. */
const getUnmanaged = defineEndpoint({
  path: '/access_methods/unmanaged/get',
  methods: ['GET', 'POST'],
  auth: serverAuth,
  summary: 'One unmanaged access method.',
  effect: 'read',
  params: () => z.object({ access_method_id: id() }),
  result: () => ({ access_method: accessMethod() }),
  handler: (_, { access_method_id }) => {
    throw notFound('access_method', { access_method_id })
  },
})

const listUnmanaged = defineEndpoint({
  path: '/access_methods/unmanaged/list',
  methods: ['GET', 'POST'],
  auth: anyCustomer,
  summary: 'Unmanaged access methods of a grant.',
  effect: 'read',
  params: () =>
    z.object({
      access_grant_id: id(),
      acs_entrance_id: id().optional(),
      device_id: id().optional(),
      space_id: id().optional(),
    }),
  result: () => ({ access_methods: z.array(accessMethod()) }),
  handler: ({ world, auth }, { access_grant_id }) => {
    visibleGrant(world, auth, { access_grant_id })
    return { access_methods: [] }
  },
})

export const accessMethodEndpoints = [
  get,
  list,
  remove,
  assign,
  encode,
  unlockDoor,
  getUnmanaged,
  listUnmanaged,
]
