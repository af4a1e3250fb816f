/** A world as data: what a fixture file may say. */
import { z } from 'zod'
import { webhookSecret } from '../../lib/webhook-secret.ts'
import { deviceFixtureFields } from '../devices/fixture.ts'
import { lockFixtureFields } from '../locks/fixture.ts'
import { faultSchema } from '../faults/definition.ts'

const id = z.string().min(1)
const metadata = z.record(z.string().max(40), z.union([z.string().max(500), z.boolean()]))

const fields = {
  $schema: z.string().optional(),
  name: z.string().min(1),
  description: z.string().optional(),
  /** Ids of this world need not be UUIDs; its lists of events have the oldest first, as the vendor's fake. */
  loose_ids: z.boolean().default(false),
  workspace: z
    .strictObject({
      name: z.string(),
      company_name: z.string().optional(),
      workspace_id: id.optional(),
      is_sandbox: z.boolean().default(true),
    })
    .optional(),
  /** Keys of this very world. It exists once: a world with keys of its own opens for no other key. */
  api_keys: z.array(z.strictObject({ token: id, name: z.string().optional() })).default([]),
  publishable_key: id.optional(),
  /** People who belong to the workspace, with what they sign in by. */
  users: z
    .array(
      z.strictObject({
        user_id: id,
        personal_access_tokens: z.array(id).default([]),
        /** Keys of console sessions, whose tokens are JWTs of `{user_id, key}`. */
        console_session_keys: z.array(id).default([]),
      }),
    )
    .default([]),
  settings: z.record(z.string(), z.union([z.number(), z.boolean(), z.null()])).default({}),
  connected_accounts: z
    .array(
      z.strictObject({
        connected_account_id: id,
        /** The lock model whose provider the account belongs to. */
        model: z.string().optional(),
        account_type: z.string().optional(),
        account_type_display_name: z.string().optional(),
        display_name: z.string().optional(),
        user_identifier: z
          .strictObject({
            api_url: z.string().optional(),
            email: z.string().optional(),
            phone: z.string().optional(),
            username: z.string().optional(),
          })
          .optional(),
        custom_metadata: metadata.default({}),
        customer_key: z.string().optional(),
        is_connected: z.boolean().default(true),
      }),
    )
    .default([]),
  bridges: z
    .array(
      z.strictObject({
        bridge_id: id,
        connected_account_id: id,
        name: z.string(),
        is_online: z.boolean().default(true),
      }),
    )
    .default([]),
  devices: z
    .array(
      z.strictObject({
        ...deviceFixtureFields,
        ...lockFixtureFields,
      }),
    )
    .default([]),
  access_codes: z
    .array(
      z.strictObject({
        device_id: id,
        name: z.string(),
        code: z.string(),
        /** Milliseconds from the world's first instant. */
        starts_in: z.int().optional(),
        ends_in: z.int().optional(),
        use_backup_access_code_pool: z.boolean().optional(),
      }),
    )
    .default([]),
  webhooks: z
    .array(
      z.strictObject({
        url: z.url(),
        event_types: z.array(z.string()).default(['*']),
        /** What its messages are signed with; made when not given. */
        secret: webhookSecret().optional(),
      }),
    )
    .default([]),
  /** Trouble that this world begins with, as `/_emulator/faults/create` takes it. */
  faults: z.array(faultSchema).default([]),
  /** Webviews that led to an account of this world. */
  connect_webviews: z
    .array(
      z.strictObject({
        connect_webview_id: id,
        connected_account_id: id,
        accepted_providers: z.array(z.string()).default([]),
      }),
    )
    .default([]),
  client_sessions: z
    .array(
      z.strictObject({
        client_session_id: id,
        token: id,
        user_identifier_key: z.string().optional(),
        user_identity_id: id.optional(),
        connected_account_ids: z.array(id).default([]),
        connect_webview_ids: z.array(id).default([]),
      }),
    )
    .default([]),
  /** What `GET /_fake/default_seed` answers. With it come the other routes of the vendor's fake. */
  default_seed: z.record(z.string(), z.string()).optional(),
}

const worldSchema = z.strictObject(fields)

/** A world, with the worlds that are always made with it. */
export const fixtureSchema = worldSchema.extend({ companions: z.array(worldSchema).default([]) })

export type Fixture = z.infer<typeof fixtureSchema>
