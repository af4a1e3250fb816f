/**
 * The database: every row belongs to one workspace, and every identity is
 * `(workspace_id, id)`, so that two workspaces can hold the same fixture.
 * `seq` is the order of creation: lists, events, jobs and deliveries follow it.
 * Instants are integer milliseconds of the workspace's own clock.
 */
import { accessCodesTable } from './access-codes.ts'
import { accessGrantsTable } from './access-grants.ts'
import { accessMethodsTable } from './access-methods.ts'
import { acsAccessGroupsTable } from './acs-access-groups.ts'
import { acsCardsTable } from './acs-cards.ts'
import { acsCredentialsTable } from './acs-credentials.ts'
import { acsEncodersTable } from './acs-encoders.ts'
import { acsEntrancesTable } from './acs-entrances.ts'
import { acsSystemsTable } from './acs-systems.ts'
import { acsUsersTable } from './acs-users.ts'
import { actionAttemptsTable } from './action-attempts.ts'
import { bridgesTable } from './bridges.ts'
import { chronicleTable } from './chronicle.ts'
import { clientSessionsTable } from './client-sessions.ts'
import { connectWebviewsTable } from './connect-webviews.ts'
import { connectedAccountsTable } from './connected-accounts.ts'
import { automationRunsTable, automationsTable } from './automations.ts'
import {
  customerPortalsTable,
  customersTable,
  refusedPeopleTable,
  staysTable,
} from './customers.ts'
import { devicesTable } from './devices.ts'
import { eventsTable } from './events.ts'
import { failedJobsTable } from './failed-jobs.ts'
import { faultsTable } from './faults.ts'
import { instantKeysTable } from './instant-keys.ts'
import { jobsTable } from './jobs.ts'
import { locksTable, lockMemorySlotsTable, doorHistoryTable, lockLogTable } from './locks.ts'
import { noiseSensorsTable, noiseThresholdsTable } from './noise-sensors.ts'
import { phonesTable } from './phones.ts'
import { snapshotsTable } from './snapshots.ts'
import { spacesTable } from './spaces.ts'
import { streamsTable } from './streams.ts'
import { thermostatDailyProgramsTable, thermostatSchedulesTable } from './thermostat-schedules.ts'
import { thermostatsTable } from './thermostats.ts'
import {
  mergedUserIdentitiesTable,
  userIdentitiesTable,
  userIdentityDevicesTable,
} from './user-identities.ts'
import {
  webhooksTable,
  webhookDeliveriesTable,
  webhookAttemptsTable,
  inboxMessagesTable,
} from './webhooks.ts'
import type { Traits } from './traits.ts'

/** The tables of a workspace, in the order in which a snapshot has them: one line a table. */
export const registry = {
  streams: streamsTable,
  jobs: jobsTable,
  failed_jobs: failedJobsTable,
  connected_accounts: connectedAccountsTable,
  bridges: bridgesTable,
  devices: devicesTable,
  acs_systems: acsSystemsTable,
  acs_entrances: acsEntrancesTable,
  acs_access_groups: acsAccessGroupsTable,
  acs_encoders: acsEncodersTable,
  spaces: spacesTable,
  customers: customersTable,
  automations: automationsTable,
  locks: locksTable,
  lock_memory_slots: lockMemorySlotsTable,
  door_history: doorHistoryTable,
  lock_log: lockLogTable,
  chronicle: chronicleTable,
  noise_sensors: noiseSensorsTable,
  noise_thresholds: noiseThresholdsTable,
  thermostats: thermostatsTable,
  thermostat_schedules: thermostatSchedulesTable,
  thermostat_daily_programs: thermostatDailyProgramsTable,
  access_codes: accessCodesTable,
  access_grants: accessGrantsTable,
  access_methods: accessMethodsTable,
  action_attempts: actionAttemptsTable,
  events: eventsTable,
  webhooks: webhooksTable,
  webhook_deliveries: webhookDeliveriesTable,
  webhook_attempts: webhookAttemptsTable,
  inbox_messages: inboxMessagesTable,
  faults: faultsTable,
  connect_webviews: connectWebviewsTable,
  client_sessions: clientSessionsTable,
  refused_people: refusedPeopleTable,
  stays: staysTable,
  automation_runs: automationRunsTable,
  customer_portals: customerPortalsTable,
  user_identities: userIdentitiesTable,
  user_identity_devices: userIdentityDevicesTable,
  merged_user_identities: mergedUserIdentitiesTable,
  phones: phonesTable,
  instant_keys: instantKeysTable,
  acs_users: acsUsersTable,
  acs_credentials: acsCredentialsTable,
  acs_cards: acsCardsTable,
  snapshots: snapshotsTable,
}

export type Registry = typeof registry
export type TableName = keyof Registry

type With<Trait extends object> = {
  [K in TableName]: Registry[K] extends Trait ? K : never
}[TableName]

const isTable = (name: string): name is TableName => name in registry

export const tableNames: readonly TableName[] = Object.keys(registry).filter(isTable)

/** The tables that hold a world: all but the snapshots taken of it. */
export type WorldTable = With<{ in_world: true }>

const isOfWorld = (name: TableName): name is WorldTable => registry[name].in_world

export const worldTables: readonly WorldTable[] = tableNames.filter(isOfWorld)

/** The tables of which the oldest rows are forgotten. */
export type HistoryTable = With<{ is_history: true }>

/** The tables of which a reset of a sandbox takes some rows and leaves others. */
export type PartlyResetTable = With<{ sandbox_reset: 'partly' }>

/** The streams of luck from which ids are drawn. */
export type DrawnId = {
  [K in TableName]: Registry[K] extends { drawn_from: infer Name extends string }
    ? Name
    : Registry[K]['id'] extends readonly [`${infer Name}_id`]
      ? Name
      : never
}[TableName]

/** Which tables' ids are drawn from a stream of luck, and which column has them. */
export const drawnIds = () =>
  worldTables.flatMap((table) => {
    const { id, drawn_from }: Traits = registry[table]
    const [column, ...more] = id
    const name =
      drawn_from ?? (column.endsWith('_id') && more.length === 0 ? column.slice(0, -3) : null)
    return name === null ? [] : [{ name, table, column }]
  })
