/**
 * The database: every row belongs to one workspace, and every identity is
 * `(workspace_id, id)`, so that two workspaces can hold the same fixture.
 * `seq` is the order of creation: lists, events, jobs and deliveries follow it.
 * Instants are integer milliseconds of the workspace's own clock.
 */
export { access_codes } from './access-codes.ts'
export { action_attempts } from './action-attempts.ts'
export { bridges } from './bridges.ts'
export { client_sessions } from './client-sessions.ts'
export { connect_webviews } from './connect-webviews.ts'
export { connected_accounts } from './connected-accounts.ts'
export { credentials, memberships } from './credentials.ts'
export { devices } from './devices.ts'
export { events } from './events.ts'
export { faults } from './faults.ts'
export { jobs } from './jobs.ts'
export { locks, lock_memory_slots, door_history, lock_log } from './locks.ts'
export { snapshots } from './snapshots.ts'
export { streams } from './streams.ts'
export { webhooks, webhook_deliveries, webhook_attempts, inbox_messages } from './webhooks.ts'
export { workspaces } from './workspaces.ts'
