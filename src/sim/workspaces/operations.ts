import type { WorkspaceSettings } from '../../db/tables/workspaces.ts'
import { importRows } from '../../db/snapshot.ts'
import type { Snapshot } from '../../db/snapshot-format.ts'
import { clockNow, DEFAULT_FROZEN_AT, frozenClock, runningClock } from '../kernel/clock.ts'
import type { Clock } from '../kernel/clock.ts'
import { domainError } from '../kernel/errors.ts'
import { createStream } from '../kernel/random.ts'
import { forgetBeyond, recountHistory } from '../history/forget.ts'
import { settingsWith } from '../kernel/settings.ts'
import type { Universe } from '../kernel/universe.ts'
import type { World } from '../kernel/world.ts'
import type { Workspace } from '../../db/tables/workspaces.ts'
import { labelOfTestKey, testTokens } from './test-tokens.ts'
import { applyFixture } from './apply-fixture.ts'
import { emptyWorkspace, emptyWorld } from './empty-tables.ts'
import { closeClientSessions, issueKeys, issueTokens } from './issue-keys.ts'
import { fixtureSchema } from './fixture.ts'
import type { Fixture } from './fixture.ts'

/** How a new workspace's clock starts. */
export interface ClockChoice {
  mode: 'realtime' | 'scaled' | 'frozen'
  /** First instant, ms; the present (realtime, scaled) or a fixed instant (frozen) when not given. */
  at?: number | undefined
  rate?: number | undefined
}

export interface NewWorkspace {
  api_key: string
  name?: string | undefined
  /** Everything random derives from it; the API key's label when not given. */
  seed?: string | undefined
  fixture: Fixture
  clock: ClockChoice
  company_name?: string | undefined
  is_sandbox?: boolean | undefined
  /** A user who belongs to the workspace from the beginning, besides the one of its test key. */
  user_id?: string | undefined
}

export const clockOf = (choice: ClockChoice, wall: number): Clock =>
  choice.mode === 'frozen'
    ? frozenClock(choice.at ?? DEFAULT_FROZEN_AT, wall)
    : runningClock(choice.at ?? wall, wall, choice.mode === 'scaled' ? (choice.rate ?? 1) : 1)

const makeWorkspace = (
  universe: Universe,
  input: NewWorkspace,
  wall: number,
  touch: (workspace_id: string) => void,
): string => {
  const { db } = universe
  const before = db.credentials.find(input.api_key)
  if (before?.kind === 'retired_key') db.credentials.delete(input.api_key)
  else if (before !== undefined) {
    throw domainError(
      'workspace_exists',
      `A workspace with the key ${input.api_key} exists already.`,
      { param: 'api_key' },
    )
  }
  const label = labelOfTestKey(input.api_key) ?? input.api_key
  const seed = input.seed ?? label
  const { fixture } = input
  const fixed_id = fixture.workspace?.workspace_id
  // A fixture that names its workspace can be used again: later ones get an id of their own.
  const isFree = fixed_id !== undefined && !universe.exists(fixed_id)
  const workspace_id = isFree ? fixed_id : createStream(label, 'workspace').uuid(0)
  const clock = clockOf(input.clock, wall)
  const now = clockNow(clock, wall)
  db.workspaceRow(workspace_id).insert({
    name: input.name ?? fixture.workspace?.name ?? `Sandbox ${label}`,
    company_name: input.company_name ?? fixture.workspace?.company_name ?? 'Seam Emulator',
    is_sandbox: input.is_sandbox ?? fixture.workspace?.is_sandbox ?? true,
    is_suspended: false,
    is_publishable_key_auth_enabled: true,
    organization_id: null,
    connect_webview_customization: {},
    created_at: now,
    seed,
    fixture: fixture.name,
    fixture_data: fixture,
    settings: settingsWith(fixture.settings),
    loose_ids: fixture.loose_ids,
    ...clock,
  })
  touch(workspace_id)
  db.claimNumber(workspace_id)
  const world = universe.world(workspace_id)
  universe.beginAt(workspace_id, now)
  applyFixture(world, fixture)
  issueKeys(universe, world, fixture)
  issueTokens(universe, world, input)
  world.flush()
  for (const companion of fixture.companions) {
    // Its key is the fixture's own, so there is one of it for all worlds of the fixture.
    if (db.credentials.find(keyOf(companion)) !== undefined) continue
    const own = {
      api_key: keyOf(companion),
      fixture: { ...companion, companions: [] },
      clock: input.clock,
      seed: `${seed} ${companion.name}`,
    }
    makeWorkspace(universe, own, wall, touch)
  }
  return workspace_id
}

/** Makes a workspace from a fixture, with its API key and its companions. @throws workspace_exists when the key is in use. */
export const createWorkspace = (universe: Universe, input: NewWorkspace, wall: number): string =>
  universe.overhaul((touch) => makeWorkspace(universe, input, wall, touch))

const keyOf = ({ name, api_keys: [first] }: Fixture['companions'][number]): string => {
  if (first !== undefined) return first.token
  throw domainError('invalid_fixture', `The companion ${name} needs an API key: give api_keys.`)
}

/** Rows of each kind of history that a change of its bounds forgets before it is answered. */
const FORGOTTEN_AT_ONCE = 5_000

/** Changes some of a workspace's settings. What it shall no longer keep goes, the rest of it soon. */
export const updateSettings = (world: World, changes: Partial<WorkspaceSettings>): void => {
  world.updateWorkspace({ settings: settingsWith(changes, world.settings) })
  if (Object.keys(changes).some((name) => name.startsWith('keep_history_'))) {
    recountHistory(world)
    forgetBeyond(world, FORGOTTEN_AT_ONCE)
  }
}

/** What a new workspace is made of; what is not given is as the emulator was started. */
export interface WorkspaceRequest {
  api_key?: string | undefined
  name?: string | undefined
  /** A known fixture's name, or the fixture itself. */
  fixture?: string | Readonly<Record<string, unknown>> | undefined
  seed?: string | undefined
  clock?: ClockChoice | undefined
  company_name?: string | undefined
  is_sandbox?: boolean | undefined
  /** A user who belongs to it from the beginning. */
  user_id?: string | undefined
}

/** What is to be otherwise when a workspace begins again. */
export interface ResetChoice {
  clock?: ClockChoice | undefined
  /** Everything random derives from it; the seed stays when none is given. */
  seed?: string | undefined
}

const fixtures = new WeakMap<object, Fixture>()

/** The fixture that a workspace was made from. A row is a value, so one object of it is read once. */
const fixtureOf = ({ fixture_data }: Workspace): Fixture => {
  const isObject = typeof fixture_data === 'object' && fixture_data !== null
  const known = isObject ? fixtures.get(fixture_data) : undefined
  const fixture = known ?? fixtureSchema().parse(fixture_data)
  if (isObject) fixtures.set(fixture_data, fixture)
  return fixture
}

/**
 * Puts a workspace back to its first instant: keys and fixture stay, and the same
 * calls give the same bytes again.
 */
export const resetWorkspace = (
  universe: Universe,
  workspace_id: string,
  { clock, seed }: ResetChoice,
  wall: number,
): void => {
  const { workspace } = universe.world(workspace_id)
  const fixture = fixtureOf(workspace)
  universe.overhaul((touch) => {
    touch(workspace_id)
    const world = emptyWorld(universe, workspace_id)
    closeClientSessions(world)
    const fresh = clockOf(clock ?? firstClock(workspace), wall)
    world.updateWorkspace({
      ...fresh,
      seed: seed ?? workspace.seed,
      created_at: clockNow(fresh, wall),
      settings: settingsWith(fixture.settings),
    })
    world.invalidate()
    universe.beginAt(workspace_id, clockNow(fresh, wall))
    applyFixture(world, fixture)
    world.flush()
  })
  universe.forget(workspace_id)
}

/** A frozen clock goes back to the workspace's first instant; a running one begins now. */
const firstClock = ({ clock_mode, clock_rate, created_at }: Workspace): ClockChoice =>
  clock_mode === 'frozen'
    ? { mode: clock_mode, at: created_at }
    : { mode: clock_mode, rate: clock_rate }

/**
 * Puts a snapshot in place of all that a workspace holds. Its own id and API keys stay;
 * a running clock goes on from the instant of the snapshot.
 */
export const restoreWorkspace = (
  universe: Universe,
  workspace_id: string,
  snapshot: Snapshot,
  wall: number,
): void => {
  const { db } = universe
  const { clock, settings, ...rest } = snapshot.workspace
  const { mode, rate, now } = clock
  universe.overhaul((touch) => {
    touch(workspace_id)
    const world = emptyWorld(universe, workspace_id)
    importRows(db, workspace_id, snapshot)
    world.updateWorkspace({
      ...rest,
      settings: settingsWith(settings),
      ...clockOf({ mode, at: now, rate }, wall),
    })
  })
  universe.forget(workspace_id)
}

/** What becomes of a workspace's keys when it is deleted. */
export interface DeletionChoice {
  /** A test key of it opens no workspace from now on, until one is made with it. */
  retire_key?: boolean | undefined
}

/** A key that nobody may use by itself; when it was retired is of no interest. */
const retireKey = ({ db }: Universe, token: string): void =>
  db.credentials.insert({
    token,
    kind: 'retired_key',
    workspace_id: null,
    name: null,
    user_id: null,
    client_session_id: null,
    created_at: 0,
  })

export const deleteWorkspace = (
  universe: Universe,
  workspace_id: string,
  { retire_key = false }: DeletionChoice = {},
): void => {
  const { db } = universe
  universe.overhaul((touch) => {
    touch(workspace_id)
    emptyWorkspace(universe, workspace_id)
    for (const { token } of db.credentials.ofWorkspace(workspace_id)) {
      const label = labelOfTestKey(token)
      if (label !== null) db.credentials.delete(testTokens(label).personal_access_token)
      db.credentials.delete(token)
      if (retire_key && label !== null) retireKey(universe, token)
    }
    db.memberships.deleteOf(workspace_id)
    // Emptied, so that its number is free again.
    db.workspaceRow(workspace_id).clear()
  })
  universe.forget(workspace_id)
}
