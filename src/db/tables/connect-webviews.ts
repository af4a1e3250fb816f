import { integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { z } from 'zod'
import { json, seq, workspaceId } from './column-kinds.ts'
import { count, id, instant, metadata, prose, redirectUrl, timeZone } from './meanings.ts'
import { tableWith } from './traits.ts'
import { acceptedCapabilities } from './connected-accounts.ts'
import type { AcceptedCapability } from './connected-accounts.ts'

export const connect_webviews = sqliteTable(
  'connect_webviews',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    connect_webview_id: text('connect_webview_id').notNull(),
    auth_token: text('auth_token').notNull(),
    status: text('status').$type<'pending' | 'authorized' | 'failed'>().notNull(),
    options: json('options').$type<WebviewOptions>().notNull(),
    failed_logins: integer('failed_logins').notNull(),
    custom_metadata: json('custom_metadata').$type<Record<string, string | boolean>>().notNull(),
    customer_key: text('customer_key'),
    selected_provider: text('selected_provider'),
    connected_account_id: text('connected_account_id'),
    authorized_at: integer('authorized_at'),
    created_at: integer('created_at').notNull(),
  },
  (t) => [uniqueIndex('connect_webviews_id').on(t.workspace_id, t.connect_webview_id)],
)

export const connectWebviewsTable = tableWith(connect_webviews, {
  id: ['connect_webview_id'],
  in_world: true,
  not_shown: 'a page of its own',
  sandbox_reset: 'goes',
  means: () => ({
    connect_webview_id: id(),
    auth_token: id(),
    status: z.enum(['pending', 'authorized', 'failed']),
    options: z.strictObject({
      accepted_capabilities: z.array(z.enum(acceptedCapabilities)),
      accepted_providers: z.array(prose()),
      excluded_providers: z.array(prose()),
      any_provider_allowed: z.boolean(),
      automatically_manage_new_devices: z.boolean(),
      wait_for_device_creation: z.boolean(),
      device_selection_mode: z.enum(['none', 'single', 'multiple']),
      custom_redirect_url: redirectUrl().nullable(),
      custom_redirect_failure_url: redirectUrl().nullable(),
      time_zone: timeZone().optional(),
    }),
    failed_logins: count(),
    custom_metadata: metadata(),
    customer_key: prose(),
    selected_provider: prose(),
    connected_account_id: id(),
    authorized_at: instant(),
    created_at: instant(),
  }),
})

/** What a Connect Webview was asked for. */
export interface WebviewOptions {
  accepted_capabilities: AcceptedCapability[]
  /** Provider keys; empty with `any_provider_allowed`. */
  accepted_providers: string[]
  excluded_providers: string[]
  any_provider_allowed: boolean
  automatically_manage_new_devices: boolean
  wait_for_device_creation: boolean
  device_selection_mode: 'none' | 'single' | 'multiple'
  custom_redirect_url: string | null
  custom_redirect_failure_url: string | null
  /** What the account's owner answered on the page, for providers that ask. */
  time_zone?: string
}

export type ConnectWebview = typeof connect_webviews.$inferSelect
