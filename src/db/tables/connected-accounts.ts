import { integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { z } from 'zod'
import { flag, json, seq, workspaceId } from './column-kinds.ts'
import { id, instant, metadata, prose } from './meanings.ts'
import { tableWith } from './traits.ts'

export const connected_accounts = sqliteTable(
  'connected_accounts',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    connected_account_id: text('connected_account_id').notNull(),
    account_type: text('account_type').notNull(),
    account_type_display_name: text('account_type_display_name').notNull(),
    display_name: text('display_name').notNull(),
    user_identifier: json('user_identifier').$type<UserIdentifier>(),
    custom_metadata: json('custom_metadata').$type<Record<string, string | boolean>>().notNull(),
    customer_key: text('customer_key'),
    accepted_capabilities: json('accepted_capabilities').$type<AcceptedCapability[]>().notNull(),
    automatically_manage_new_devices: flag('automatically_manage_new_devices').notNull(),
    connect_webview_id: text('connect_webview_id'),
    disconnected_at: integer('disconnected_at'),
    /** Since when the provider wants its owner to sign in again; null = it does not. */
    reauthorization_requested_at: integer('reauthorization_requested_at'),
    created_at: integer('created_at').notNull(),
  },
  (t) => [uniqueIndex('connected_accounts_id').on(t.workspace_id, t.connected_account_id)],
)

export const connectedAccountsTable = tableWith(connected_accounts, {
  id: ['connected_account_id'],
  at_hand: true,
  in_world: true,
  sandbox_reset: 'goes',
  means: () => ({
    connected_account_id: id(),
    account_type: prose(),
    account_type_display_name: prose(),
    display_name: prose(),
    user_identifier: z.strictObject({
      api_url: prose().optional(),
      email: prose().optional(),
      phone: prose().optional(),
      username: prose().optional(),
    }),
    custom_metadata: metadata(),
    customer_key: prose(),
    accepted_capabilities: z.array(z.enum(acceptedCapabilities)),
    connect_webview_id: id(),
    disconnected_at: instant(),
    reauthorization_requested_at: instant(),
    created_at: instant(),
  }),
})

/** What an account or webview may be asked to bring. */
export const acceptedCapabilities = [
  'lock',
  'thermostat',
  'noise_sensor',
  'access_control',
  'camera',
] as const

export type AcceptedCapability = (typeof acceptedCapabilities)[number]

/** Who the account's owner is at the provider. */
export interface UserIdentifier {
  api_url?: string | undefined
  email?: string | undefined
  phone?: string | undefined
  username?: string | undefined
}

export type ConnectedAccount = typeof connected_accounts.$inferSelect
