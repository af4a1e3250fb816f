import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { z } from 'zod'
import { json, seq, workspaceId } from './column-kinds.ts'
import { id, instant, metadata, prose, record } from './meanings.ts'
import { tableWith } from './traits.ts'

/** A person's phone with an app in it. It is addressed like a device, and no list of devices has it. */
export const phones = sqliteTable(
  'phones',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    device_id: text('device_id').notNull(),
    user_identity_id: text('user_identity_id').notNull(),
    device_type: text('device_type').$type<'ios_phone' | 'android_phone'>().notNull(),
    display_name: text('display_name').notNull(),
    custom_metadata: json('custom_metadata').$type<Record<string, string | boolean>>().notNull(),
    /** What the phone was made with. */
    made_with: json('made_with').$type<Record<string, unknown>>().notNull(),
    created_at: integer('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('phones_id').on(t.workspace_id, t.device_id),
    index('phones_by_identity').on(t.workspace_id, t.user_identity_id),
  ],
)

export const phonesTable = tableWith(phones, {
  id: ['device_id'],
  drawn_from: 'phone',
  in_world: true,
  not_shown: 'nothing on a lock depends on them',
  sandbox_reset: 'goes',
  refers: { user_identity_id: 'user_identities' },
  means: () => ({
    device_id: id(),
    user_identity_id: id(),
    device_type: z.enum(['ios_phone', 'android_phone']),
    display_name: prose(),
    custom_metadata: metadata(),
    made_with: record(),
    created_at: instant(),
  }),
})

export type Phone = typeof phones.$inferSelect
