/** Whole workspaces: made, put back, copied, replaced and deleted, between leaps of their clocks. */
import { exportWorkspace } from '../db/snapshot.ts'
import { checkSnapshot } from '../sim/check-snapshot.ts'
import type { Snapshot } from '../db/snapshot-format.ts'
import { domainError } from '../sim/kernel/errors.ts'
import type { Universe } from '../sim/kernel/universe.ts'
import { parseFixture } from '../sim/workspaces/check-fixture.ts'
import type { Fixture } from '../sim/workspaces/fixture.ts'
import {
  createWorkspace,
  deleteWorkspace,
  resetWorkspace,
  restoreWorkspace,
} from '../sim/workspaces/operations.ts'
import type {
  ClockChoice,
  DeletionChoice,
  ResetChoice,
  WorkspaceRequest,
} from '../sim/workspaces/operations.ts'
import type { TimeTravel } from './time-travel.ts'

/** The known worlds, which are files. */
export interface FixtureShelf {
  names(): string[]
  load(name: string): Fixture
}

export interface WorkspaceDefaults {
  fixture: Fixture
  clock: ClockChoice
  /** Seeds of workspaces that are given none derive from it and their key. */
  seed?: string | undefined
}

/** What workspaces are made of, and who forgets them. */
export interface WorkspaceParts {
  timeTravel: Pick<TimeTravel, 'exclusively'>
  wall: () => number
  shelf: FixtureShelf
  defaults: WorkspaceDefaults
  forgetCalls: (workspace_id: string) => void
  /** Is told before a snapshot takes a workspace's place. */
  noteRestored: (workspace_id: string) => void
}

/** The fixture that a request names or holds; the default one when it does neither. */
const fixtureOf = (
  { shelf, defaults }: Pick<WorkspaceParts, 'shelf' | 'defaults'>,
  given: WorkspaceRequest['fixture'],
): Fixture => {
  if (given === undefined) return defaults.fixture
  if (typeof given !== 'string') return parseFixture(given, 'fixture')
  if (given === defaults.fixture.name) return defaults.fixture
  // Only by name: the API must not read files at will.
  if (shelf.names().includes(given)) return shelf.load(given)
  throw domainError(
    'invalid_input',
    `There is no fixture "${given}". Known: ${shelf.names().join(', ')}; or give a fixture as JSON.`,
    { param: 'fixture' },
  )
}

/** Names of which it is known where their free keys begin; a bound, so that memory stays flat. */
const KNOWN_NAMES = 1_000

/** Finds the first free key of a name: `seam_test_smoke`, `seam_test_smoke_2`, … */
const createKeys = ({ db }: Universe) => {
  /** The number below which all keys of a name were taken: a suite makes thousands of one name. */
  const takenBelow = new Map<string, number>()
  return {
    free: (name = 'workspace'): string => {
      const label = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')
      const stem = label.replaceAll(/^_+|_+$/g, '').slice(0, 100) || 'workspace'
      for (let n = takenBelow.get(stem) ?? 1; ; n++) {
        const api_key = `seam_test_${n === 1 ? stem : `${stem}_${n}`}`
        const taken = db.credentials.find(api_key)
        if (taken !== undefined && taken.kind !== 'retired_key') continue
        if (takenBelow.size >= KNOWN_NAMES) takenBelow.clear()
        takenBelow.set(stem, n)
        return api_key
      }
    },
    /** Keys may be free again. */
    forget: () => takenBelow.clear(),
  }
}

const create = (
  universe: Universe,
  parts: WorkspaceParts & { keys: ReturnType<typeof createKeys> },
  { fixture, ...request }: WorkspaceRequest,
): string => {
  const { defaults, wall, keys } = parts
  const api_key = request.api_key ?? keys.free(request.name)
  const seed =
    request.seed ?? (defaults.seed === undefined ? undefined : `${defaults.seed} ${api_key}`)
  const whole = {
    ...request,
    api_key,
    seed,
    fixture: fixtureOf(parts, fixture),
    clock: request.clock ?? defaults.clock,
  }
  return createWorkspace(universe, whole, wall())
}

export const createWorkspaceService = (universe: Universe, parts: WorkspaceParts) => {
  const { db } = universe
  const { timeTravel, wall, shelf, forgetCalls, noteRestored } = parts
  const keys = createKeys(universe)

  return {
    create: (request: WorkspaceRequest): string => create(universe, { ...parts, keys }, request),
    reset: (workspace_id: string, choice: ResetChoice): Promise<void> =>
      timeTravel.exclusively(workspace_id, () => {
        resetWorkspace(universe, workspace_id, choice, wall())
        forgetCalls(workspace_id)
      }),
    delete: (workspace_id: string, choice: DeletionChoice = {}): Promise<void> =>
      timeTravel.exclusively(workspace_id, () => {
        deleteWorkspace(universe, workspace_id, choice)
        keys.forget()
        forgetCalls(workspace_id)
      }),
    copy: (workspace_id: string): Promise<Snapshot> =>
      timeTravel.exclusively(workspace_id, () =>
        universe.read(workspace_id, (world) => exportWorkspace(db, workspace_id, world.now)),
      ),
    parse: (value: unknown): Snapshot => checkSnapshot(db, value),
    restore: (workspace_id: string, snapshot: Snapshot): Promise<void> =>
      timeTravel.exclusively(workspace_id, () => {
        noteRestored(workspace_id)
        restoreWorkspace(universe, workspace_id, snapshot, wall())
        keys.forget()
        forgetCalls(workspace_id)
      }),
    fixtures: () =>
      shelf.names().map((name) => ({ name, description: shelf.load(name).description ?? null })),
  }
}
