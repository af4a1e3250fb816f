/** Which events a list asks for: every id that an event bears is a filter. */
import { z } from 'zod'
import { once } from '../../../lib/once.ts'
import {
  bears,
  either,
  gt,
  gte,
  inTable,
  is,
  listHasOneOf,
  lt,
  oneOf,
  where,
} from '../../../db/conditions.ts'
import type { Filter } from '../../../db/conditions.ts'
import { access_grants } from '../../../db/tables/access-grants.ts'
import { devices } from '../../../db/tables/devices.ts'
import { events } from '../../../db/tables/events.ts'
import { spaces } from '../../../db/tables/spaces.ts'
import { user_identities } from '../../../db/tables/user-identities.ts'
import { eventCatalog, eventTypes } from '../../../sim/events/catalog.ts'
import { domainError, invalidInput } from '../../../sim/kernel/errors.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { devicesOfCustomer } from '../devices/of-customer.ts'
import { ofCustomer, seenBy } from '../../http/list-filters.ts'
import { id, timestamp } from '../../http/fields.ts'

const eventType = once(() => z.enum([...eventTypes]))

/** More unknown types than this are not told of one by one. */
const TOLD_TYPES = 5

/** A list of them, whose unknown ones are found in a set: there may be very many. */
const eventTypeList = once(() =>
  z
    .array(z.string())
    .transform((given, context) => {
      const unknown = [...given.entries()].filter(([, type]) => !eventTypes.has(type))
      for (const [index, input] of unknown.slice(0, TOLD_TYPES)) {
        const values = [...eventTypes]
        context.issues.push({ code: 'invalid_value', values, input, path: [index] })
      }
      return given
    })
    .meta({ type: 'array', items: { type: 'string', enum: [...eventTypes] } }),
)

/** Filters that have columns of their own: what is asked for often. */
const byColumn = [
  'device_id',
  'access_code_id',
  // Of a grant, of its methods and of their codes.
  'access_grant_id',
  'access_method_id',
  'connected_account_id',
  'connect_webview_id',
] as const

/** Filters that read the event itself. */
const byBody = [
  'acs_access_group_id',
  'acs_credential_id',
  'acs_encoder_id',
  'acs_entrance_id',
  'acs_system_id',
  'acs_user_id',
  'space_id',
  'user_identity_id',
] as const

/** Those of which several can be given at once, as `<name>s`. */
const severalByColumn = [
  'event_id',
  'device_id',
  'access_code_id',
  'access_grant_id',
  'access_method_id',
] as const
const severalByBody = ['acs_system_id', 'space_id'] as const

type Condition = Filter<'events'>

const ofTypes = oneOf(events.event_type)
const since = where(events, ['created_at'], (c, its) => gte(c.created_at, its.created_at))
const after = where(events, ['created_at'], (c, its) => gt(c.created_at, its.created_at))
const before = where(events, ['created_at'], (c, its) => lt(c.created_at, its.created_at))
const ofAccountsOf = ofCustomer(events.connected_account_id)
/** Of grants whose person is the customer's, and of their methods and codes. */
const grantsOf = inTable(events.access_grant_id, access_grants.access_grant_id)
const peopleOf = inTable(access_grants.user_identity_id, user_identities.user_identity_id)
const ofCustomersPerson = is(user_identities.customer_key)
const withKey = bears(events.body, 'customer_key')
const atDevices = inTable(events.device_id, devices.device_id)
const inOneOf = listHasOneOf(devices.space_ids)
const spacesOf = is(spaces.customer_key)
/** By their names, what one or several values of a filter ask for. */
const columns = ['event_type', 'event_id', ...byColumn] as const
const equal = new Map(columns.map((name) => [name, is(events[name])]))
const among = new Map(columns.map((name) => [name, oneOf(events[name])]))
const inBody = new Map(byBody.map((name) => [name, bears(events.body, name)]))

const optional = (names: readonly string[], schema: () => z.ZodType) =>
  Object.fromEntries(names.map((name) => [name, schema().optional()]))

const plural = (name: string): string => `${name}s`

/** The parameters of `/events/list`. */
export const listParams = () =>
  z.object({
    since: timestamp().optional(),
    between: z.array(timestamp()).optional(),
    customer_key: z.string().optional(),
    limit: z.number().int().min(1).default(500),
    unstable_offset: z.number().int().min(0).default(0),
    event_type: eventType().optional(),
    event_types: eventTypeList().optional(),
    ...optional([...byColumn, ...byBody], id),
    ...optional([...severalByColumn, ...severalByBody].map(plural), () => z.array(id())),
  })

export type ListParams = z.output<ReturnType<typeof listParams>>

/** What a client session may see; everything, for everybody else. */
export const visible = seenBy(oneOf(events.connected_account_id), oneOf(events.device_id))

const typesWith = (fields: readonly string[]): string[] =>
  Object.entries(eventCatalog).flatMap(([type, carried]) =>
    fields.some((field) => field in carried || `${field}?` in carried) ? [type] : [],
  )

/**
 * Events that bear one of the values under this name, alone or in a list: of the types that can, so
 * that no others are read.
 */
const bearing = (name: (typeof byBody)[number], values: readonly string[]): Condition[] => {
  const found = inBody.get(name)?.(values)
  return found === undefined ? [] : [ofTypes(typesWith([name, plural(name)])), found]
}

type Window = { since?: number | undefined; between?: number[] | undefined }

/** `since` begins with its own instant; the bounds of `between` are both exclusive, as documented. */
const window = ({ since: start, between }: Window): Condition[] => {
  if ((start === undefined) === (between === undefined)) {
    throw domainError('invalid_input', 'Give exactly one of since and between', {
      param: start === undefined ? 'since' : 'between',
    })
  }
  if (start !== undefined) return [since({ created_at: start })]
  const [from, to] = between ?? []
  if (from === undefined || to === undefined || (between ?? []).length !== 2) {
    throw invalidInput('between', 'between must be two instants: [from, to]')
  }
  if (to <= from)
    throw invalidInput('between', 'The second instant of between must be later than the first')
  return [after({ created_at: from }), before({ created_at: to })]
}

/** Events of a space itself, and of the devices that are in it. */
const ofSpaces = (space_ids: readonly string[]): Condition[] => {
  const [ofTheirTypes, itself] = bearing('space_id', space_ids)
  if (ofTheirTypes === undefined || itself === undefined) return []
  return [either([ofTheirTypes, itself], atDevices(inOneOf(space_ids)))]
}

/** What bears the customer's key, and what is about its accounts, devices, spaces and people. */
const ofCustomerKey = (world: World, customer_key: string): Condition => {
  const space_ids = world.spaces.all(spacesOf(customer_key)).map(({ space_id }) => space_id)
  return either(
    ofAccountsOf(customer_key),
    atDevices(devicesOfCustomer(customer_key)),
    withKey([customer_key]),
    grantsOf(peopleOf(ofCustomersPerson(customer_key))),
    ...(space_ids.length === 0 ? [] : ofSpaces(space_ids)),
  )
}

/** The filters of `byBody` that mean no more than what the event bears. */
const plain = byBody.filter((name) => name !== 'space_id')

/** The conditions of a list. */
export const conditionsOf = (world: World, params: ListParams): Condition[] => {
  const given = new Map<string, unknown>(Object.entries(params))
  const one = (name: string): string[] => {
    const value = given.get(name)
    return typeof value === 'string' ? [value] : []
  }
  const several = (name: string): string[][] => {
    const values = given.get(plural(name))
    return Array.isArray(values) ? [values.map(String)] : []
  }
  return [
    ...window(params),
    ...columns.flatMap((name) => one(name).flatMap((value) => equal.get(name)?.(value) ?? [])),
    ...columns.flatMap((name) =>
      several(name).flatMap((values) => among.get(name)?.(values) ?? []),
    ),
    ...plain.flatMap((name) => one(name).flatMap((value) => bearing(name, [value]))),
    ...plain.flatMap((name) => several(name).flatMap((values) => bearing(name, values))),
    ...[...one('space_id').map((value) => [value]), ...several('space_id')].flatMap(ofSpaces),
    ...one('customer_key').map((key) => ofCustomerKey(world, key)),
  ]
}
