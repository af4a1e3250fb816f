import { z } from 'zod'
import { once } from '../../once.ts'
import { instant, text } from './common.ts'

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
