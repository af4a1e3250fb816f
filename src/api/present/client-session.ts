import { accountsSeen, deviceCount } from '../../sim/client-sessions/operations.ts'
import type { ClientSession } from '../../sim/client-sessions/operations.ts'
import { toIso } from '../../sim/instant.ts'
import type { World } from '../../sim/world.ts'

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
