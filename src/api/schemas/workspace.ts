import { z } from 'zod'
import { once } from '../../once.ts'
import { text } from './common.ts'

export const webviewCustomization = once(() =>
  z.strictObject({
    inviter_logo_url: text,
    logo_shape: z.enum(['circle', 'square']).optional(),
    primary_button_color: text,
    primary_button_text_color: text,
    success_message: text,
  }),
)

export const workspace = once(() =>
  z.strictObject({
    workspace_id: z.guid(),
    name: z.string(),
    company_name: z.string(),
    connect_partner_name: z.string().nullable(),
    connect_webview_customization: webviewCustomization(),
    is_sandbox: z.boolean(),
    is_suspended: z.boolean(),
    is_publishable_key_auth_enabled: z.boolean(),
    publishable_key: text,
    organization_id: z.guid().nullable(),
  }),
)
