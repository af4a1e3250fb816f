import { z } from 'zod'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { json, seq, workspaceId } from './column-kinds.ts'
import { id, ids, instant, prose, record } from './meanings.ts'
import { tableWith } from './traits.ts'

export const stayKinds = ['reservation', 'booking', 'access_grant', 'staff_member'] as const

export type StayKind = (typeof stayKinds)[number]

const portalParts = ['connect', 'organize', 'manage', 'reservations', 'staff', 'configure'] as const

export type PortalPart = (typeof portalParts)[number]

/** A customer of the integrator, who has places, people and stays. */
export const customers = sqliteTable(
  'customers',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    customer_key: text('customer_key').notNull(),
    created_at: integer('created_at').notNull(),
  },
  (t) => [uniqueIndex('customers_id').on(t.workspace_id, t.customer_key)],
)

export const customersTable = tableWith(customers, {
  id: ['customer_key'],
  in_world: true,
  not_shown: 'owners of things that are shown',
  sandbox_reset: 'goes',
  means: () => ({
    customer_key: id(),
    created_at: instant(),
  }),
})

/** A stay that was pushed: someone at some places for some time. Automations make an access grant of it. */
export const stays = sqliteTable(
  'stays',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    stay_id: text('stay_id').notNull(),
    customer_key: text('customer_key').notNull(),
    kind: text('kind').$type<StayKind>().notNull(),
    /** Its `reservation_key`, `booking_key`, `access_grant_key` or `staff_member_key`. */
    stay_key: text('stay_key').notNull(),
    name: text('name'),
    starts_at: integer('starts_at'),
    ends_at: integer('ends_at'),
    /** Keys of user identities; more than one is a mistake that its run tells. */
    person_keys: json('person_keys').$type<string[]>().notNull(),
    /** Keys of spaces, whatever sort of place each was called. */
    space_keys: json('space_keys').$type<string[]>().notNull(),
    preferred_code: text('preferred_code'),
    custom_metadata: json('custom_metadata').$type<Record<string, unknown>>(),
    access_grant_id: text('access_grant_id'),
    /** What its grant was last made or changed for; null: no grant could be made yet. */
    applied: json('applied').$type<AppliedStay>(),
    created_at: integer('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('stays_id').on(t.workspace_id, t.stay_id),
    uniqueIndex('stays_by_key').on(t.workspace_id, t.kind, t.stay_key),
    index('stays_by_customer').on(t.workspace_id, t.customer_key),
  ],
)

export const staysTable = tableWith(stays, {
  id: ['stay_id'],
  in_world: true,
  not_shown: 'their grants are shown',
  sandbox_reset: 'goes',
  unique: [['kind', 'stay_key']],
  means: () => ({
    stay_id: id(),
    customer_key: id(),
    kind: z.enum(stayKinds),
    stay_key: id(),
    name: prose(),
    starts_at: instant(),
    ends_at: instant(),
    person_keys: ids(),
    space_keys: ids(),
    preferred_code: prose(),
    custom_metadata: record(),
    access_grant_id: id(),
    applied: z.strictObject({
      starts_at: instant().nullable(),
      ends_at: instant().nullable(),
      person_keys: ids(),
      space_keys: ids(),
      preferred_code: prose().nullable(),
    }),
    created_at: instant(),
  }),
})

/** The parts of a stay that automations answer to. */
export interface AppliedStay {
  starts_at: number | null
  ends_at: number | null
  person_keys: string[]
  space_keys: string[]
  preferred_code: string | null
}

/** People who were pushed and not taken, since somebody else has their address. */
export const refused_people = sqliteTable(
  'refused_people',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    user_identity_key: text('user_identity_key').notNull(),
    customer_key: text('customer_key').notNull(),
    message: text('message').notNull(),
    created_at: integer('created_at').notNull(),
  },
  (t) => [uniqueIndex('refused_people_id').on(t.workspace_id, t.user_identity_key)],
)

export const refusedPeopleTable = tableWith(refused_people, {
  id: ['user_identity_key'],
  in_world: true,
  not_shown: 'their grants are shown',
  sandbox_reset: 'goes',
  means: () => ({
    user_identity_key: id(),
    customer_key: id(),
    message: prose(),
    created_at: instant(),
  }),
})

/** A page for one customer, and the session that it is opened by. */
export const customer_portals = sqliteTable(
  'customer_portals',
  {
    seq: seq(),
    workspace_id: workspaceId(),
    customer_portal_id: text('customer_portal_id').notNull(),
    customer_key: text('customer_key').notNull(),
    client_session_id: text('client_session_id').notNull(),
    options: json('options').$type<PortalOptions>().notNull(),
    created_at: integer('created_at').notNull(),
    expires_at: integer('expires_at').notNull(),
  },
  (t) => [
    uniqueIndex('customer_portals_id').on(t.workspace_id, t.customer_portal_id),
    index('customer_portals_by_customer').on(t.workspace_id, t.customer_key),
  ],
)

export const customerPortalsTable = tableWith(customer_portals, {
  id: ['customer_portal_id'],
  in_world: true,
  not_shown: 'pages of their own',
  sandbox_reset: 'goes',
  means: () => ({
    customer_portal_id: id(),
    customer_key: id(),
    client_session_id: id(),
    options: z.strictObject({
      is_read_only: z.boolean(),
      excluded: z.array(z.enum(portalParts)),
      filters: z.array(z.strictObject({ field: prose(), value: z.union([prose(), z.boolean()]) })),
      accepted_providers: z.array(prose()).optional(),
      excluded_providers: z.array(prose()).optional(),
    }),
    created_at: instant(),
    expires_at: instant(),
  }),
})

/** Metadata that a stay or a listing must have to be shown. */
export interface ResourceFilter {
  field: string
  value: string | boolean
}

export interface PortalOptions {
  is_read_only: boolean
  /** Parts of the page that are not shown. */
  excluded: PortalPart[]
  filters: ResourceFilter[]
  /** What accounts may be connected of; all when not given. */
  accepted_providers?: string[]
  excluded_providers?: string[]
}

export type Stay = typeof stays.$inferSelect
export type CustomerPortal = typeof customer_portals.$inferSelect
