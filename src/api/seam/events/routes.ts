import { z } from 'zod'
import { once } from '../../../lib/once.ts'
import { eventTypes } from '../../../sim/events/catalog.ts'
import { domainError, invalidInput } from '../../../sim/kernel/errors.ts'
import type { Auth } from '../../http/auth.ts'
import { serverAuth } from '../../http/auth.ts'
import { rawAnswer } from '../../http/answer.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import { id, timestamp } from '../../http/fields.ts'
import { event } from './wire.ts'

const anyClient = [...serverAuth, 'client_session', 'client_session_with_customer'] as const
const eventType = once(() => z.enum([...eventTypes]))
const json = { 'content-type': 'application/json' }

type Condition = [sql: string, ...params: (string | number)[]]

const oneOf = (column: string, values: readonly string[]): Condition => [
  `${column} in (select value from json_each(?))`,
  JSON.stringify(values),
]

const visible = (auth: Auth): Condition[] =>
  auth.visible_connected_account_ids === null
    ? []
    : [oneOf('connected_account_id', auth.visible_connected_account_ids)]

/** Things that the emulator has no events about: a filter by one of them finds nothing. */
const neverMatching = once(() => ({
  access_grant_id: id().optional(),
  access_grant_ids: z.array(id()).optional(),
  access_method_id: id().optional(),
  access_method_ids: z.array(id()).optional(),
  acs_access_group_id: id().optional(),
  acs_credential_id: id().optional(),
  acs_encoder_id: id().optional(),
  acs_entrance_id: id().optional(),
  acs_system_id: id().optional(),
  acs_system_ids: z.array(id()).optional(),
  acs_user_id: id().optional(),
  space_id: id().optional(),
  space_ids: z.array(id()).optional(),
  user_identity_id: id().optional(),
}))

/** Columns of the events table by which a list can be filtered. */
const filters = once(() => ({
  event_type: eventType().optional(),
  device_id: id().optional(),
  access_code_id: id().optional(),
  connected_account_id: id().optional(),
  connect_webview_id: id().optional(),
}))
const setFilters = once(() => ({
  event_types: z.array(eventType()).optional(),
  event_ids: z.array(id()).optional(),
  device_ids: z.array(id()).optional(),
  access_code_ids: z.array(id()).optional(),
}))

const window = (params: {
  since?: number | undefined
  between?: number[] | undefined
}): Condition => {
  const { since, between } = params
  if ((since === undefined) === (between === undefined)) {
    throw domainError('invalid_input', 'Give exactly one of since and between', {
      param: since === undefined ? 'since' : 'between',
    })
  }
  if (since !== undefined) return ['created_at > ?', since]
  const [from, to] = between ?? []
  if (from === undefined || to === undefined || (between ?? []).length !== 2) {
    throw invalidInput('between', 'between must be two instants: [from, to]')
  }
  if (to <= from)
    throw invalidInput('between', 'The second instant of between must be later than the first')
  return ['created_at > ? and created_at < ?', from, to]
}

const list = defineEndpoint({
  path: '/events/list',
  methods: ['GET', 'POST'],
  auth: anyClient,
  summary: 'Events since an instant or between two, oldest first; both bounds are exclusive.',
  effect: 'read',
  params: () =>
    z.object({
      since: timestamp().optional(),
      between: z.array(timestamp()).optional(),
      customer_key: z.string().optional(),
      limit: z.number().int().min(1).default(500),
      unstable_offset: z.number().int().min(0).default(0),
      ...filters(),
      ...setFilters(),
      ...neverMatching(),
    }),
  result: () => ({ events: z.array(event()) }),
  handler: ({ world, auth }, params) => {
    const given = new Map<string, unknown>(Object.entries(params))
    const conditions: Condition[] = []
    for (const column of Object.keys(filters())) {
      const value = given.get(column)
      if (typeof value === 'string') conditions.push([`${column} = ?`, value])
    }
    for (const [name, values] of [
      ['event_type', params.event_types],
      ['event_id', params.event_ids],
      ['device_id', params.device_ids],
      ['access_code_id', params.access_code_ids],
    ] as const) {
      if (values !== undefined) conditions.push(oneOf(name, values))
    }
    if (params.customer_key !== undefined) {
      conditions.push([
        'connected_account_id in (select connected_account_id from connected_accounts a where a.workspace_id = events.workspace_id and a.customer_key = ?)',
        params.customer_key,
      ])
    }
    conditions.push(window(params), ...visible(auth))
    if (Object.keys(neverMatching()).some((name) => given.get(name) !== undefined))
      conditions.push(['0'])
    const bodies = world.events.column(
      'body',
      conditions.map(([sql]) => sql).join(' and '),
      conditions.flatMap(([, ...values]) => values),
      `order by created_at, seq limit ${params.limit} offset ${params.unstable_offset}`,
    )
    // The bodies are kept as they go out: joining them is all there is to do.
    return rawAnswer(200, json, `{"events":[${bodies.join(',')}],"ok":true}`)
  },
})

const get = defineEndpoint({
  path: '/events/get',
  methods: ['GET', 'POST'],
  auth: anyClient,
  summary: 'One event by its id, or the latest of a type or device.',
  effect: 'read',
  params: () =>
    z.object({
      event_id: id().optional(),
      event_type: z.string().optional(),
      device_id: id().optional(),
    }),
  result: () => ({ event: event().optional(), message: z.string().optional() }),
  handler: ({ world, auth }, { event_id, event_type, device_id }) => {
    const conditions = visible(auth)
    if (event_id !== undefined) conditions.push(['event_id = ?', event_id])
    if (event_type !== undefined) conditions.push(['event_type = ?', event_type])
    if (device_id !== undefined) conditions.push(['device_id = ?', device_id])
    if (event_id === undefined && event_type === undefined && device_id === undefined) {
      throw invalidInput('event_id', 'Give event_id, event_type or device_id')
    }
    const found = world.events.first(
      conditions.map(([sql]) => sql).join(' and '),
      conditions.flatMap(([, ...values]) => values),
      'order by created_at desc, seq desc limit 1',
    )
    // The real service answers 200 without an event (legacy Python SDK recordings).
    if (found === undefined) return { message: 'No event found' }
    return rawAnswer(200, json, `{"event":${found.body},"ok":true}`)
  },
})

export const eventEndpoints = [list, get]
