/** Instant keys: links that open a person's doors in a browser. Each has a client session of its own. */
import { later } from '../kernel/instant.ts'
import { is } from '../../db/conditions.ts'
import { instant_keys } from '../../db/tables/instant-keys.ts'
import type { InstantKey } from '../../db/tables/instant-keys.ts'
import { createSession, deleteSession } from '../client-sessions/operations.ts'
import { notFound } from '../kernel/errors.ts'
import { deactivatePhonesOfLink } from '../phones/operations.ts'
import { react } from '../kernel/react.ts'
import { drawToken } from '../kernel/tokens.ts'
import type { World } from '../kernel/world.ts'
import { personMergedWith, requireLivingIdentity } from '../user-identities/rows.ts'

const ofCode = is(instant_keys.code)
const ofIdentity = is(instant_keys.user_identity_id)
const ofSession = is(instant_keys.client_session_id)

/** How long a key works when nobody says how long, ms. Assumed: Seam does not publish it. */
const LIFETIME = 7 * 24 * 3_600_000

/** Letters that cannot be taken for digits. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ'

/**
 * What stands in place of a token for the code of a link: a browser comes with nothing else, and it
 * says in which workspace the key is. Headers carry no line breaks, so nobody can show it as a token.
 */
export const instantKeyToken = (code: string): string => `instant key\n${code}`

const drawCode = (world: World): string => {
  // Codes are looked up across workspaces, of which several may have the same seed.
  const stream = `instant_key_code ${world.workspace_id}`
  let code = drawToken(world, stream, 6, LETTERS)
  while (world.tokens.isTaken(instantKeyToken(code))) code = drawToken(world, stream, 6, LETTERS)
  return code
}

/** @throws instant_key_not_found */
export const requireInstantKey = (world: World, instant_key_id: string): InstantKey => {
  const key = world.instant_keys.get(instant_key_id)
  if (key === undefined) throw notFound('instant_key', { instant_key_id })
  return key
}

export const instantKeyOfCode = (world: World, code: string): InstantKey | undefined =>
  world.instant_keys.first(ofCode(code))

export interface NewInstantKey {
  user_identity_id: string
  max_use_count: number
  customization_profile_id?: string | undefined
  /** ms */
  expires_at?: number | undefined
}

/** @throws user_identity_not_found */
export const createInstantKey = (world: World, input: NewInstantKey): InstantKey => {
  const { user_identity_id } = requireLivingIdentity(world, input.user_identity_id)
  const expires_at = input.expires_at ?? later(world.now, LIFETIME)
  const { client_session_id } = createSession(world, { user_identity_id, expires_at })
  const instant_key_id = world.random.uuid('instant_key')
  const code = drawCode(world)
  world.instant_keys.insert({
    instant_key_id,
    code,
    user_identity_id,
    client_session_id,
    max_use_count: input.max_use_count,
    visits: [],
    customization_profile_id: input.customization_profile_id ?? null,
    expires_at,
    created_at: world.now,
  })
  world.tokens.issue('client_session', instantKeyToken(code), client_session_id)
  return requireInstantKey(world, instant_key_id)
}

/** The link leads nowhere any more, and its session is gone. @throws instant_key_not_found */
export const deleteInstantKey = (world: World, instant_key_id: string): void =>
  deleteSession(world, requireInstantKey(world, instant_key_id).client_session_id)

/** The key works until another instant, ms; one that is gone stays so. */
export const moveExpiry = (world: World, instant_key_id: string, expires_at: number): void => {
  const key = world.instant_keys.get(instant_key_id)
  if (key === undefined) return
  world.instant_keys.update(instant_key_id, { expires_at })
  world.client_sessions.update(key.client_session_id, { expires_at })
}

/** A key ends with its session. */
export const forgetKeyOfSession = (world: World, client_session_id: string): void => {
  const key = world.instant_keys.first(ofSession(client_session_id))
  if (key === undefined) return
  world.tokens.withdraw(instantKeyToken(key.code))
  world.instant_keys.delete(key.instant_key_id)
  deactivatePhonesOfLink(world, key)
}

/** What comes of opening the link: the token of this browser's visit, or why it does not open. */
export type Opening = { visit: string } | { refused: 'expired' | 'revoked' | 'used_up' }

/** Whether the key works now for the browser that has opened it before, or for none yet. */
export const stateOfKey = (
  world: World,
  key: InstantKey,
  visit: string | undefined,
): 'open' | 'unopened' | 'expired' | 'revoked' | 'used_up' => {
  if (key.expires_at <= world.now) return 'expired'
  const session = world.client_sessions.get(key.client_session_id)
  if (session === undefined || session.revoked_at !== null) return 'revoked'
  if (visit !== undefined && key.visits.includes(visit)) return 'open'
  return key.visits.length < key.max_use_count ? 'unopened' : 'used_up'
}

/**
 * A browser opens the link. The first time is a use of the key; after that the same browser may come
 * back as often as it likes. Assumed: Seam only says that a key can be used so many times.
 */
export const openInstantKey = (
  world: World,
  key: InstantKey,
  visit: string | undefined,
): Opening => {
  const state = stateOfKey(world, key, visit)
  if (state === 'open' && visit !== undefined) return { visit }
  if (state !== 'unopened') return { refused: state === 'open' ? 'revoked' : state }
  const made = drawToken(world, `instant_key_visit ${world.workspace_id}`, 32)
  world.instant_keys.update(key.instant_key_id, { visits: [...key.visits, made] })
  react(world, 'instant_key_opened', key.instant_key_id)
  return { visit: made }
}

/** A person was merged into another one, whose keys these are now. */
export const moveKeysOfMerged = (world: World, merged_id: string): void => {
  const { user_identity_id } = personMergedWith(world, merged_id)
  for (const { instant_key_id } of world.instant_keys.all(ofIdentity(merged_id)))
    world.instant_keys.update(instant_key_id, { user_identity_id })
}
