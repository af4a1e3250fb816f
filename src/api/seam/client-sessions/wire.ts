import { z } from 'zod'
import { once } from '../../../lib/once.ts'
import { instant, text } from '../common.ts'
import { deviceCount } from '../../../sim/accessible-devices.ts'
import { accountsSeen } from '../../../sim/client-sessions/operations.ts'
import type { ClientSession } from '../../../db/tables/client-sessions.ts'
import { toIso } from '../../../sim/kernel/instant.ts'
import type { World } from '../../../sim/kernel/world.ts'

export const clientSession = once(() =>
  z.strictObject({
    client_session_id: z.guid(),
    workspace_id: z.guid(),
    token: z.string(),
    user_identifier_key: z.string().nullable(),
    user_identity_id: z.guid().optional(),
    user_identity_ids: z.array(z.guid()),
    customer_key: text,
    connected_account_ids: z.array(z.guid()),
    connect_webview_ids: z.array(z.guid()),
    device_count: z.number(),
    expires_at: instant,
    created_at: instant,
  }),
)

/** A client session as it goes over the wire. */
export const presentClientSession = (world: World, session: ClientSession) => {
  const { user_identity_id, customer_key, created_at } = session
  return {
    client_session_id: session.client_session_id,
    workspace_id: world.workspace_id,
    token: session.token,
    user_identifier_key: session.user_identifier_key,
    ...(user_identity_id !== null && { user_identity_id }),
    user_identity_ids: user_identity_id === null ? [] : [user_identity_id],
    ...(customer_key !== null && { customer_key }),
    connected_account_ids: accountsSeen(world, session),
    connect_webview_ids: session.connect_webview_ids,
    device_count: deviceCount(world, session),
    expires_at: toIso(session.expires_at ?? created_at),
    created_at: toIso(created_at),
  }
}
