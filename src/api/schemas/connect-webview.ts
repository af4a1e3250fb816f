import { z } from 'zod'
import { once } from '../../once.ts'
import { instant, metadata, text } from './common.ts'
import { acceptedCapability } from './connected-account.ts'

export const connectWebview = once(() =>
  z.strictObject({
    connect_webview_id: z.guid(),
    workspace_id: z.guid(),
    url: z.url(),
    status: z.enum(['pending', 'failed', 'authorized']),
    login_successful: z.boolean(),
    connected_account_id: z.guid().nullable(),
    authorized_at: instant.nullable(),
    selected_provider: z.string().nullable(),
    accepted_capabilities: z.array(acceptedCapability()),
    accepted_devices: z.array(z.string()),
    accepted_providers: z.array(z.string()),
    any_device_allowed: z.boolean(),
    any_provider_allowed: z.boolean(),
    automatically_manage_new_devices: z.boolean(),
    wait_for_device_creation: z.boolean(),
    device_selection_mode: z.enum(['none', 'single', 'multiple']),
    custom_metadata: metadata,
    custom_redirect_url: z.url().nullable(),
    custom_redirect_failure_url: z.url().nullable(),
    customer_key: text,
    created_at: instant,
  }),
)
