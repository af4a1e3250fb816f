/** The app over a universe with nothing in it but workspaces and keys, for tests of the API's framework. */
import { createFetchApp } from './fetch-app.ts'
import type { AppOptions } from '../../src/api/http/app-options.ts'
import type { Services } from '../../src/api/http/services.ts'
import type { Endpoint } from '../../src/api/http/endpoint.ts'
import type { Credential } from '../../src/db/tables/credentials.ts'
import type { Universe } from '../../src/sim/kernel/universe.ts'
import { fixtureSchema } from '../../src/sim/workspaces/fixture.ts'
import { createWorkspace } from '../../src/sim/workspaces/operations.ts'
import { openUniverse } from './frozen-world.ts'

/** The frozen present of every workspace made here. */
export const present = Date.UTC(2025, 0, 1, 16)

export const addWorkspace = (universe: Universe, workspace_id: string, loose_ids = false): void => {
  const workspace = { name: workspace_id, workspace_id }
  const fixture = fixtureSchema().parse({ name: 'empty', workspace, loose_ids })
  const api_key = `seam_test_${workspace_id}`
  createWorkspace(universe, { api_key, fixture, clock: { mode: 'frozen', at: present } }, present)
}

export const addCredential = (
  universe: Universe,
  token: string,
  kind: Credential['kind'],
  ids: Partial<Pick<Credential, 'workspace_id' | 'user_id' | 'client_session_id'>>,
): void => {
  const { workspace_id = null, user_id = null, client_session_id = null } = ids
  universe.db.credentials.insert({
    token,
    kind,
    workspace_id,
    name: null,
    user_id,
    client_session_id,
    created_at: present,
  })
}

/** Workspaces `one` (UUIDs) and `two` (any ids), with the keys `seam_test_one` and `seam_test_two`. */
export const createTestUniverse = (): Universe => {
  const universe = openUniverse({ wall: () => present })
  addWorkspace(universe, 'one')
  addWorkspace(universe, 'two', true)
  return universe
}

const notHere = (): never => {
  throw new Error('This test app moves no time')
}

export const testServices: Services = {
  settleActionAttempt: () => Promise.resolve(),
  outcomeOfActionAttempt: () => Promise.resolve(),
  advance: notHere,
  rehearse: notHere,
  stop: notHere,
  freeze: notHere,
  resume: notHere,
  nextInstant: () => null,
  lag: () => 0,
  waitUntil: notHere,
  deliverDue: notHere,
  forge: notHere,
  pause: notHere,
  workspaces: {
    create: notHere,
    reset: notHere,
    delete: notHere,
    copy: notHere,
    parse: notHere,
    restore: notHere,
    fixtures: () => [],
  },
  live: { open: notHere, mark: () => null },
  journal: { observe: () => undefined, list: () => [], count: () => 0, clear: () => 0 },
}

/** The app over a test universe, with a table of its own. */
export const createTestApp = (
  table: readonly Endpoint[],
  options: Partial<AppOptions> = {},
): ReturnType<typeof createFetchApp> =>
  createFetchApp(
    {
      universe: createTestUniverse(),
      services: testServices,
      auth: { isMember: () => false },
      reportError: () => undefined,
      checkResponses: true,
      ...options,
    },
    { api: table, control: [], compat: [] },
  )

export const bearer = (token = 'seam_test_one') => ({ authorization: `Bearer ${token}` })

/** A POST with JSON. */
export const post = (body: unknown, headers: Record<string, string> = bearer()): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
})
