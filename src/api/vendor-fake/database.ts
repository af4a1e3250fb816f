import { z } from 'zod'
import { once } from '../../lib/once.ts'
import type { World } from '../../sim/kernel/world.ts'
import { bodyOf } from '../../db/tables/event-body.ts'
import type { TableName } from '../../db/tables/index.ts'
import { toIso } from '../../sim/kernel/instant.ts'
import { defineEndpoint } from '../http/endpoint.ts'
import { presentAccessCode, presentUnmanagedAccessCode } from '../seam/access-codes/wire.ts'
import { presentActionAttempt } from '../seam/action-attempts/wire.ts'
import { presentDevice, presentUnmanagedDevice } from '../seam/devices/present.ts'

/** A row as it is kept, with its instants in words. */
const presentRow = (row: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row)
      .filter(([name]) => name !== 'seq')
      .map(([name, value]: [string, unknown]) => [
        name,
        name.endsWith('_at') && typeof value === 'number' ? toIso(value) : value,
      ]),
  )

type Rows = (world: World) => unknown[]

const asTheyAre =
  (name: TableName): Rows =>
  (world) => {
    const table: { all(): object[] } = world[name]
    return table.all().map(presentRow)
  }

/** What the vendor's fake calls a table, and its rows in one workspace. */
const tables = {
  workspaces: ({ workspace_id, workspace }) => {
    const { name, company_name, is_sandbox, is_suspended, created_at } = workspace
    return [presentRow({ workspace_id, name, company_name, is_sandbox, is_suspended, created_at })]
  },
  devices: (world) =>
    world.devices
      .all()
      .map((row) => (row.is_managed ? presentDevice : presentUnmanagedDevice)(world, row)),
  connected_accounts: asTheyAre('connected_accounts'),
  access_codes: (world) =>
    world.access_codes
      .all()
      .map((row) => (row.is_managed ? presentAccessCode : presentUnmanagedAccessCode)(world, row)),
  action_attempts: (world) =>
    world.action_attempts
      .all()
      .map((row) => ({ ...presentActionAttempt(world, row), workspace_id: world.workspace_id })),
  client_sessions: asTheyAre('client_sessions'),
  connect_webviews: asTheyAre('connect_webviews'),
  events: (world) => world.events.all().map((row): unknown => JSON.parse(bodyOf(world, row))),
  webhooks: asTheyAre('webhooks'),
} satisfies Partial<Record<TableName | 'workspaces', Rows>>

const result = once(() => {
  const rows = z.array(z.unknown())
  return Object.fromEntries(Object.keys(tables).map((name) => [name, rows]))
})

/** To look at only: the state of a world is changed by snapshots. */
export const fakeDatabaseEndpoint = defineEndpoint({
  path: '/_fake/database',
  methods: ['GET'],
  auth: [],
  summary: 'Everything in all workspaces.',
  effect: 'unscoped',
  params: () => z.object({}),
  result,
  handler: ({ universe }) => {
    const ids = universe.db.allWorkspaceIds()
    return Object.fromEntries(
      Object.entries<Rows>(tables).map(([name, rowsOf]) => [
        name,
        ids.flatMap((id) => universe.read(id, rowsOf)),
      ]),
    )
  },
})
