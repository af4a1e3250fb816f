/** Which events a list asks for: every id that an event bears is a filter. */
import { z } from 'zod'
import { once } from '../../../lib/once.ts'
import { eventCatalog, eventTypes } from '../../../sim/events/catalog.ts'
import { domainError, invalidInput } from '../../../sim/kernel/errors.ts'
import type { Auth } from '../../http/auth.ts'
import { oneOf } from '../../http/conditions.ts'
import type { Condition } from '../../http/conditions.ts'
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
  'connected_account_id',
  'connect_webview_id',
] as const

/** Filters that read the event itself. */
const byBody = [
  'access_grant_id',
  'access_method_id',
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
const severalByColumn = ['event_id', 'device_id', 'access_code_id'] as const
const severalByBody = ['access_grant_id', 'access_method_id', 'acs_system_id', 'space_id'] as const

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

/** What a client session may see; everything, for everybody else. */
export const visible = (auth: Auth): Condition[] =>
  auth.visible_connected_account_ids === null
    ? []
    : [oneOf('connected_account_id', auth.visible_connected_account_ids)]

const typesWith = (fields: readonly string[]): string[] =>
  Object.entries(eventCatalog).flatMap(([type, carried]) =>
    fields.some((field) => field in carried || `${field}?` in carried) ? [type] : [],
  )

/**
 * Events that bear one of the values under this name, alone or in a list: of the types that can, so
 * that no others are read.
 */
const bears = (name: string, values: readonly string[]): Condition => {
  const list = plural(name)
  const [types, wanted] = [JSON.stringify(typesWith([name, list])), JSON.stringify(values)]
  const within = 'in (select value from json_each(?))'
  return [
    `event_type ${within} and (body ->> '$.${name}' ${within} or exists (select 1 from json_each(body, '$.${list}') where value ${within}))`,
    types,
    wanted,
    wanted,
  ]
}

/** Events about the customer's accounts, and others that bear the key. */
const ofCustomer = (customer_key: string): Condition => [
  "connected_account_id in (select connected_account_id from connected_accounts a where a.workspace_id = events.workspace_id and a.customer_key = ?) or body ->> '$.customer_key' = ?",
  customer_key,
  customer_key,
]

type Window = { since?: number | undefined; between?: number[] | undefined }

/** `since` begins with its own instant; the bounds of `between` are both exclusive, as documented. */
const window = ({ since, between }: Window): Condition => {
  if ((since === undefined) === (between === undefined)) {
    throw domainError('invalid_input', 'Give exactly one of since and between', {
      param: since === undefined ? 'since' : 'between',
    })
  }
  if (since !== undefined) return ['created_at >= ?', since]
  const [from, to] = between ?? []
  if (from === undefined || to === undefined || (between ?? []).length !== 2) {
    throw invalidInput('between', 'between must be two instants: [from, to]')
  }
  if (to <= from)
    throw invalidInput('between', 'The second instant of between must be later than the first')
  return ['created_at > ? and created_at < ?', from, to]
}

/** The conditions of a list, as SQL. */
export const conditionsOf = (params: z.output<ReturnType<typeof listParams>>): Condition[] => {
  const given = new Map<string, unknown>(Object.entries(params))
  const one = (name: string, condition: (name: string, values: string[]) => Condition) => {
    const value = given.get(name)
    return typeof value === 'string' ? [condition(name, [value])] : []
  }
  const several = (name: string, condition: (name: string, values: string[]) => Condition) => {
    const values = given.get(plural(name))
    return Array.isArray(values) ? [condition(name, values.map(String))] : []
  }
  const equals = (name: string, [value = '']: string[]): Condition => [`${name} = ?`, value]
  return [
    window(params),
    ...['event_type', ...byColumn].flatMap((name) => one(name, equals)),
    ...['event_type', ...severalByColumn].flatMap((name) => several(name, oneOf)),
    ...byBody.flatMap((name) => one(name, bears)),
    ...severalByBody.flatMap((name) => several(name, bears)),
    ...(params.customer_key === undefined ? [] : [ofCustomer(params.customer_key)]),
  ]
}
