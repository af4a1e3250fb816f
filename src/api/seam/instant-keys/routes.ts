import { z } from 'zod'
import { is } from '../../../db/conditions.ts'
import { instant_keys } from '../../../db/tables/instant-keys.ts'
import type { InstantKey } from '../../../db/tables/instant-keys.ts'
import {
  createInstantKey,
  deleteInstantKey,
  instantKeyOfCode,
  requireInstantKey,
} from '../../../sim/instant-keys/operations.ts'
import { invalidInput, notFound } from '../../../sim/kernel/errors.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { serverAuth } from '../../http/auth.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import { id } from '../../http/fields.ts'
import { codeInPath, instantKey, presentInstantKey } from './wire.ts'

const ofIdentity = is(instant_keys.user_identity_id)

const generate = defineEndpoint({
  path: '/user_identities/generate_instant_key',
  methods: ['POST'],
  auth: serverAuth,
  summary: "Makes a link that opens a person's doors in a browser.",
  effect: 'write',
  params: () =>
    z.object({
      user_identity_id: id(),
      customization_profile_id: id().optional(),
      max_use_count: z.number().int().min(1).default(1),
    }),
  result: () => ({ instant_key: instantKey() }),
  handler: ({ world, origin }, params) => ({
    instant_key: presentInstantKey(world, origin, createInstantKey(world, params)),
  }),
})

/** Whatever name this server has in the URL, its path says which key it is. */
const keyOfUrl = (world: World, instant_key_url: string): InstantKey => {
  const code = codeInPath(new URL(instant_key_url).pathname)
  const found = code === undefined ? undefined : instantKeyOfCode(world, code)
  if (found === undefined) throw notFound('instant_key', { instant_key_url })
  return found
}

const get = defineEndpoint({
  path: '/instant_keys/get',
  methods: ['GET', 'POST'],
  auth: serverAuth,
  summary: 'One instant key, by its id or its URL.',
  effect: 'read',
  params: () => z.object({ instant_key_id: id().optional(), instant_key_url: z.url().optional() }),
  result: () => ({ instant_key: instantKey() }),
  handler: ({ world, origin }, { instant_key_id, instant_key_url }) => {
    if (instant_key_id === undefined && instant_key_url === undefined)
      throw invalidInput('instant_key_id', 'Give instant_key_id or instant_key_url')
    const row = instant_key_id === undefined ? undefined : requireInstantKey(world, instant_key_id)
    const named = instant_key_url === undefined ? row : keyOfUrl(world, instant_key_url)
    if (named === undefined || (row !== undefined && row.code !== named.code))
      throw notFound('instant_key', { instant_key_id, instant_key_url })
    return { instant_key: presentInstantKey(world, origin, named) }
  },
})

const list = defineEndpoint({
  path: '/instant_keys/list',
  methods: ['GET', 'POST'],
  auth: serverAuth,
  summary: 'Instant keys in the order of their creation.',
  effect: 'read',
  params: () => z.object({ user_identity_id: id().optional() }),
  result: () => ({ instant_keys: z.array(instantKey()) }),
  handler: ({ world, origin }, { user_identity_id }) => ({
    instant_keys: world.instant_keys
      .all(user_identity_id === undefined ? [] : ofIdentity(user_identity_id))
      .map((row) => presentInstantKey(world, origin, row)),
  }),
})

const remove = defineEndpoint({
  path: '/instant_keys/delete',
  methods: ['POST', 'DELETE'],
  auth: serverAuth,
  summary: 'Deletes an instant key with its client session: its page opens nothing any more.',
  effect: 'write',
  params: () => z.object({ instant_key_id: id() }),
  result: () => ({}),
  handler: ({ world }, { instant_key_id }) => {
    deleteInstantKey(world, instant_key_id)
    return {}
  },
})

export const instantKeyEndpoints = [generate, get, list, remove]
