/** Console sessions as the vendor's fake has them: JWTs of `{user_id, key}`, signed with `secret`. */
import { createHmac } from 'node:crypto'
import { z } from 'zod'
import type { Credential } from '../../db/tables/credentials.ts'
import { once } from '../../lib/once.ts'
import type { Universe } from '../../sim/kernel/universe.ts'
import { consoleSessionToken } from '../../sim/workspaces/issue-keys.ts'

const SECRET = 'secret'

const claims = once(() => z.object({ user_id: z.string(), key: z.string() }))

const verified = (token: string): z.output<ReturnType<typeof claims>> | undefined => {
  const [head = '', payload = '', signature] = token.split('.')
  const expected = createHmac('sha256', SECRET).update(`${head}.${payload}`).digest('base64url')
  if (signature !== expected) return undefined
  try {
    return claims().safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString())).data
  } catch {
    return undefined
  }
}

/** The session of a console JWT; only fixtures hand out such sessions. */
export const consoleSession = (universe: Universe, token: string): Credential | undefined => {
  const session = verified(token)
  return session && universe.findCredential(consoleSessionToken(session.user_id, session.key))
}
