/** The universe of an emulator, in which API keys make their own workspaces. */
import type { DatabaseClient } from '../db/database.ts'
import { jobHandlers } from '../sim/job-handlers.ts'
import { createUniverse } from '../sim/kernel/universe.ts'
import type { Universe } from '../sim/kernel/universe.ts'
import { reactions } from '../sim/reactions.ts'
import type { Fixture } from '../sim/workspaces/fixture.ts'
import { createWorkspace } from '../sim/workspaces/operations.ts'
import type { ClockChoice } from '../sim/workspaces/operations.ts'
import { labelOfTestToken, looksLive, testTokens } from '../sim/workspaces/test-tokens.ts'

/** What new workspaces are made of. */
export interface WorldsSettings {
  fixture: Fixture
  clock: ClockChoice
  seed?: string | undefined
  api_key: string
}

export interface Worlds {
  universe: Universe
  /** The key of the emulator's own workspace. */
  api_key: string
  /** The workspace of a key; made from the fixture on first use. */
  readonly workspaceOf: (api_key: string) => string
}

/** The key of the fixture, where it has one: such a world exists once. @throws Error for one of a live account */
const ownKeyOf = ({ fixture, api_key }: WorldsSettings): string => {
  const [own] = fixture.api_keys
  if (own !== undefined) return own.token
  if (!looksLive(api_key)) return api_key
  throw new Error(
    'The API key looks like one of a live Seam account, which the emulator has no use for. Give it one of the form seam_test_<label>, and keep the other one secret.',
  )
}

/** @throws Error for an API key that looks like a live account's */
export const openWorlds = (
  openDatabase: () => DatabaseClient,
  wall: () => number,
  settings: WorldsSettings,
): Worlds => {
  const { fixture, clock, seed } = settings
  const api_key = ownKeyOf(settings)
  const db = openDatabase()

  const make = (universe: Universe, key: string): string =>
    createWorkspace(
      universe,
      { api_key: key, fixture, clock, ...(seed !== undefined && { seed: `${seed} ${key}` }) },
      wall(),
    )

  // An unseen key of the form seam_test_<label>, or a token beside it, opens a world of its own.
  const findCredential = (universe: Universe, token: string) => {
    const known = db.credentials.find(token)
    if (known !== undefined || fixture.api_keys.length > 0) return known
    const label = labelOfTestToken(token)
    if (label === null) return undefined
    const testKey = testTokens(label).api_key
    const beside = db.credentials.find(testKey)
    if (beside?.kind === 'retired_key') return beside
    if (beside === undefined) make(universe, testKey)
    return db.credentials.find(token)
  }

  const universe = createUniverse(db, { wall, handlers: jobHandlers, reactions, findCredential })
  return {
    universe,
    api_key,
    workspaceOf: (key) => universe.findCredential(key)?.workspace_id ?? make(universe, key),
  }
}
