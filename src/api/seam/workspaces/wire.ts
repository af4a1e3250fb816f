import { z } from 'zod'
import { once } from '../../../lib/once.ts'
import { text } from '../common.ts'
import type { World } from '../../../sim/kernel/world.ts'

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

/** A workspace as it goes over the wire. */
export const presentWorkspace = ({ workspace, tokens }: World) => {
  const [publishable_key] = tokens.all('publishable_key')
  return {
    workspace_id: workspace.workspace_id,
    name: workspace.name,
    company_name: workspace.company_name,
    connect_partner_name: workspace.company_name,
    connect_webview_customization: webviewCustomization().parse(
      workspace.connect_webview_customization,
    ),
    is_sandbox: workspace.is_sandbox,
    is_suspended: workspace.is_suspended,
    is_publishable_key_auth_enabled: workspace.is_publishable_key_auth_enabled,
    ...(publishable_key !== undefined && { publishable_key }),
    organization_id: workspace.organization_id,
  }
}
