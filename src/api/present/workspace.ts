import type { World } from '../../sim/world.ts'
import { webviewCustomization } from '../schemas/workspace.ts'

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
