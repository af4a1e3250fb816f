import { z } from 'zod'
import { invalidInput } from '../../../sim/kernel/errors.ts'
import { mergeUserIdentities } from '../../../sim/user-identities/merge.ts'
import { findUserIdentity } from '../../../sim/user-identities/rows.ts'
import { serverAuth } from '../../http/auth.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import { id } from '../../http/fields.ts'
import { key } from '../user-identities/find.ts'

const BY_ID_OR_KEY =
  'Give user_identity_id with merged_user_identity_ids, or user_identity_key with merged_user_identity_keys'

/** How many may be merged in one call (Seam's OpenAPI document, 1.1038). */
const MOST = 20

const merge = defineEndpoint({
  path: '/user_identities/merge',
  methods: ['POST'],
  auth: serverAuth,
  since: '1.1038',
  summary: 'Makes several persons one: access moves, and the ids and keys of all go on working.',
  effect: 'write',
  params: () =>
    z.object({
      user_identity_id: id().optional(),
      merged_user_identity_ids: z.array(id()).min(1).max(MOST).optional(),
      user_identity_key: key().optional(),
      merged_user_identity_keys: z.array(key()).min(1).max(MOST).optional(),
    }),
  result: () => ({}),
  handler: ({ world }, params) => {
    const { user_identity_id, user_identity_key } = params
    const { merged_user_identity_ids: ids, merged_user_identity_keys: keys } = params
    const isById = user_identity_id !== undefined && ids !== undefined
    const isByKey = user_identity_key !== undefined && keys !== undefined
    const given = Object.values(params).filter((value) => value !== undefined)
    if (given.length !== 2 || isById === isByKey)
      throw invalidInput('user_identity_id', BY_ID_OR_KEY)
    if (isById) {
      mergeUserIdentities(world, user_identity_id, ids)
      return {}
    }
    const person = findUserIdentity(world, { user_identity_key })
    const others = (keys ?? []).map((it) => findUserIdentity(world, { user_identity_key: it }))
    if (keys?.includes(user_identity_key ?? '') === true) {
      throw invalidInput('merged_user_identity_keys', 'A person cannot be merged into itself')
    }
    mergeUserIdentities(
      world,
      person.user_identity_id,
      others
        .map((it) => it.user_identity_id)
        .filter((merged) => merged !== person.user_identity_id),
    )
    return {}
  },
})

export const newerMergeEndpoints = [merge]
