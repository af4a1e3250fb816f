import { z } from 'zod'
import { once } from '../../lib/once.ts'
import type { World } from '../../sim/kernel/world.ts'
import { toIso } from '../../sim/kernel/instant.ts'
import { defineEndpoint } from '../http/endpoint.ts'
import { presentAccessCode, presentUnmanagedAccessCode } from '../seam/access-codes/wire.ts'
import { presentActionAttempt } from '../seam/action-attempts/wire.ts'
import { presentDevice, presentUnmanagedDevice } from '../seam/devices/present.ts'

const inOrder = 'order by seq'

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

/** The tables of one workspace, under the names that the vendor's fake gives them. */
const tablesOf = (world: World) => {
  const { workspace_id, workspace } = world
  const { name, company_name, is_sandbox, is_suspended, created_at } = workspace
  return {
    workspaces: [
      presentRow({ workspace_id, name, company_name, is_sandbox, is_suspended, created_at }),
    ],
    devices: world.devices
      .all('true', [], inOrder)
      .map((row) => (row.is_managed ? presentDevice : presentUnmanagedDevice)(world, row)),
    connected_accounts: world.connected_accounts.all('true', [], inOrder).map(presentRow),
    access_codes: world.access_codes
      .all('true', [], inOrder)
      .map((row) => (row.is_managed ? presentAccessCode : presentUnmanagedAccessCode)(world, row)),
    action_attempts: world.action_attempts
      .all('true', [], inOrder)
      .map((row) => ({ ...presentActionAttempt(row), workspace_id })),
    client_sessions: world.client_sessions.all('true', [], inOrder).map(presentRow),
    connect_webviews: world.connect_webviews.all('true', [], inOrder).map(presentRow),
    events: world.events.all('true', [], inOrder).map((row): unknown => JSON.parse(row.body)),
    webhooks: world.webhooks.all('true', [], inOrder).map(presentRow),
  }
}

type Table = keyof ReturnType<typeof tablesOf>

const rows = once(() => z.array(z.unknown()))
const tables = once((): Record<Table, ReturnType<typeof rows>> => ({
  workspaces: rows(),
  devices: rows(),
  connected_accounts: rows(),
  access_codes: rows(),
  action_attempts: rows(),
  client_sessions: rows(),
  connect_webviews: rows(),
  events: rows(),
  webhooks: rows(),
}))

/** To look at only: the state of a world is changed by snapshots. */
export const fakeDatabaseEndpoint = defineEndpoint({
  path: '/_fake/database',
  methods: ['GET'],
  auth: [],
  summary: 'Everything in all workspaces.',
  effect: 'unscoped',
  params: () => z.object({}),
  result: tables,
  handler: ({ universe }) => {
    const worlds = universe.db.allWorkspaceIds().map((id) => universe.read(id, tablesOf))
    const all = (name: Table): unknown[] => worlds.flatMap((world): unknown[] => world[name])
    return {
      workspaces: all('workspaces'),
      devices: all('devices'),
      connected_accounts: all('connected_accounts'),
      access_codes: all('access_codes'),
      action_attempts: all('action_attempts'),
      client_sessions: all('client_sessions'),
      connect_webviews: all('connect_webviews'),
      events: all('events'),
      webhooks: all('webhooks'),
    }
  },
})
