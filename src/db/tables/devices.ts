import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { z } from 'zod'
import { flag, json, seq, workspaceId } from './column-kinds.ts'
import { id, ids, instant, metadata, prose, record, timeZone } from './meanings.ts'
import { lockModels, noiseSensorModels, thermostatModels } from '../../contract/vocabulary.ts'
import { tableWith } from './traits.ts'

/** What all devices have, as the API's user knows them; what only one kind has is in a table of its own. */
export const devices = sqliteTable(
  'devices',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    device_id: text('device_id').notNull(),
    connected_account_id: text('connected_account_id').notNull(),
    /** The name of its model's profile; null for a device that is not simulated. */
    model: text('model'),
    device_type: text('device_type').notNull(),
    /** The name at the provider. */
    name: text('name').notNull(),
    nickname: text('nickname'),
    is_managed: flag('is_managed').notNull(),
    custom_metadata: json('custom_metadata').$type<Record<string, string | boolean>>().notNull(),
    customer_key: text('customer_key'),
    location: json('location').$type<DeviceLocation>(),
    space_ids: json('space_ids').$type<string[]>().notNull(),
    created_at: integer('created_at').notNull(),
    removed_at: integer('removed_at'),
    /** Capability flags and properties given by the fixture as they go over the wire. */
    wire_overrides: json('wire_overrides').$type<Record<string, unknown>>(),
    reported_time_zone: text('reported_time_zone'),
    /** Since when its own radio does not answer; null while it does. */
    radio_offline_at: integer('radio_offline_at'),
    /** What Seam last told about the link: null = online. */
    offline_cause: text('offline_cause'),
    offline_since: integer('offline_since'),
    /** Recent instants of disconnection, for the flaky-connection rule. */
    disconnections: json('disconnections').$type<number[]>().notNull(),
    flaky_since: integer('flaky_since'),
    battery_status: text('battery_status'),
  },
  (t) => [
    uniqueIndex('devices_id').on(t.workspace_id, t.device_id),
    index('devices_by_account').on(t.workspace_id, t.connected_account_id),
  ],
)

/** Where a device is, as the provider says. */
export const location = () =>
  z.strictObject({ location_name: prose().optional(), time_zone: timeZone().optional() })

export const devicesTable = tableWith(devices, {
  id: ['device_id'],
  at_hand: true,
  in_world: true,
  sandbox_reset: 'goes',
  refers: { connected_account_id: 'connected_accounts' },
  means: () => ({
    device_id: id(),
    connected_account_id: id(),
    model: z.enum([...lockModels, ...noiseSensorModels, ...thermostatModels]),
    device_type: prose(),
    name: prose(),
    nickname: prose(),
    custom_metadata: metadata(),
    customer_key: prose(),
    location: location(),
    space_ids: ids(),
    created_at: instant(),
    removed_at: instant(),
    wire_overrides: record(),
    reported_time_zone: timeZone(),
    radio_offline_at: instant(),
    offline_cause: z.enum(['account_disconnected', 'hub_disconnected', 'device_disconnected']),
    offline_since: instant(),
    disconnections: z.array(instant()),
    flaky_since: instant(),
    battery_status: z.enum(['critical', 'low', 'good', 'full']),
  }),
})

export interface DeviceLocation {
  location_name?: string
  time_zone?: string
}

export type Device = typeof devices.$inferSelect
