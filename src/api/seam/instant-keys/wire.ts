import { z } from 'zod'
import type { InstantKey } from '../../../db/tables/instant-keys.ts'
import { once } from '../../../lib/once.ts'
import { toIso } from '../../../sim/kernel/instant.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { instant } from '../common.ts'

export const instantKey = once(() =>
  z.strictObject({
    instant_key_id: z.guid(),
    workspace_id: z.guid(),
    user_identity_id: z.guid(),
    client_session_id: z.guid(),
    instant_key_url: z.url(),
    customization_profile_id: z.guid().optional(),
    expires_at: instant,
    created_at: instant,
  }),
)

const PATH = /^\/ik\/([A-Z]{6})$/

/** The letters in a key's path; undefined when there are none. */
export const codeInPath = (path: string): string | undefined => PATH.exec(path)?.[1]

/** The page of a key, on this very server. */
export const pathOfKey = ({ code }: Pick<InstantKey, 'code'>): string => `/ik/${code}`

/** An instant key as it goes over the wire. */
const urlOfKey = (origin: string, key: Pick<InstantKey, 'code'>): string =>
  `${origin}${pathOfKey(key)}`

export const presentInstantKey = (world: World, origin: string, row: InstantKey) => ({
  instant_key_id: row.instant_key_id,
  workspace_id: world.workspace_id,
  user_identity_id: row.user_identity_id,
  client_session_id: row.client_session_id,
  instant_key_url: urlOfKey(origin, row),
  ...(row.customization_profile_id !== null && {
    customization_profile_id: row.customization_profile_id,
  }),
  expires_at: toIso(row.expires_at),
  created_at: toIso(row.created_at),
})

/** The link that a mobile key has; where the server's address is not known there is only its session. */
export const presentLink = (
  world: World,
  instant_key_id: string | null | undefined,
  origin?: string,
) => {
  const key = world.instant_keys.get(instant_key_id ?? '')
  if (key === undefined) return {}
  const session = world.client_sessions.get(key.client_session_id)
  return {
    ...(origin !== undefined && { instant_key_url: urlOfKey(origin, key) }),
    ...(session !== undefined && { client_session_token: session.token }),
  }
}
