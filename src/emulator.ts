/** The composition root: database, worlds, time, webhooks and HTTP, put together and taken apart. */
import { getRequestListener } from '@hono/node-server'
import { allEndpoints, createApp } from './api/http/app.ts'
import type { IncomingCall } from './api/http/call.ts'
import type { Answer } from './api/http/answer.ts'
import { consoleSession } from './api/vendor-fake/console-session.ts'
import { fakeEndpoints } from './api/vendor-fake/index.ts'
import { withOutages } from './api/vendor-fake/outages.ts'
import { createInterceptor } from './api/http/faults/intercept.ts'
import { createJournal } from './api/http/request-log.ts'
import { createRateLimiter } from './api/http/rate-limits.ts'
import type { Services } from './api/http/services.ts'
import { openDatabase } from './db/database.ts'
import { createDispatcher } from './driver/dispatcher.ts'
import { createDriver } from './driver/driver.ts'
import { createSteadyClock, waitForReal } from './driver/real-time.ts'
import { createTimeTravel } from './driver/time-travel.ts'
import { createWorkspaceService } from './driver/workspaces.ts'
import { fixtureNames, loadFixture } from './fixture-files.ts'
import { silentLog } from './log/log.ts'
import type { Log } from './log/log.ts'
import { settlesAt } from './sim/action-attempts/attempts.ts'
import { createUniverse } from './sim/kernel/universe.ts'
import type { Universe } from './sim/kernel/universe.ts'
import { createWorkspace } from './sim/workspaces/operations.ts'
import { labelOfTestToken, looksLive, testTokens } from './sim/workspaces/test-tokens.ts'
import type { ClockChoice } from './sim/workspaces/operations.ts'
import { serve } from './serve.ts'
import { createSender } from './webhooks/send.ts'

export interface EmulatorSettings {
  /** TCP port; 0 picks a free one. */
  port: number
  host: string
  /** A database file, or `:memory:`. */
  db: string
  /** A fixture's name or path, or a world as data. */
  fixture: string | object
  /** Everything random derives from it; each workspace adds its own label when it is not given. */
  seed?: string | undefined
  clock: ClockChoice
  api_key: string
  /** Check every answer against its own schema. */
  check_responses: boolean
  log?: Log | undefined
  /** Names besides local ones under which control routes are answered. */
  allowed_hosts?: readonly string[] | undefined
}

export interface RunningEmulator {
  readonly endpoint: string
  readonly port: number
  readonly api_key: string
  readonly workspace_id: string
  readonly universe: Universe
  readonly services: Services
  /** The workspace of a key; made from the fixture on first use. */
  workspaceOf(api_key: string): string
  /** Lets the process end while the server still listens. */
  readonly unref: () => void
  /** Lets deliveries in flight finish, closes connections and the database. */
  close(): Promise<void>
}

/** What verifiers of webhooks compare with: the very clock that is theirs where a test replaced it. */
const calendar = (): number => Date.now()

/** How long a call with `sync: true` waits for its outcome, wall-clock ms. */
const SYNC_PATIENCE = 30_000

/**
 * Starts an emulator.
 *
 * @throws DatabaseError for a file that cannot be used, EADDRINUSE for a port that is taken, Error
 * for an API key that looks like a live account's.
 */
export const startEmulator = async (settings: EmulatorSettings): Promise<RunningEmulator> => {
  const log = settings.log ?? silentLog
  const fixture = loadFixture(settings.fixture)
  const { default_seed } = fixture
  // A world with keys of its own exists once.
  const [ownKey] = fixture.api_keys
  const api_key = ownKey?.token ?? settings.api_key
  if (ownKey === undefined && looksLive(api_key)) {
    throw new Error(
      'The API key looks like one of a live Seam account, which the emulator has no use for. Give it one of the form seam_test_<label>, and keep the other one secret.',
    )
  }
  const db = openDatabase(settings.db)
  const wall = createSteadyClock()

  const makeWorkspace = (universe: Universe, key: string): string =>
    createWorkspace(
      universe,
      {
        api_key: key,
        fixture,
        clock: settings.clock,
        ...(settings.seed !== undefined && { seed: `${settings.seed} ${key}` }),
      },
      wall(),
    )

  // An unseen key of the form seam_test_<label>, or a token beside it, opens a world of its own.
  const universe = createUniverse(db, wall, (self, token) => {
    const known = db.credentials.find(token)
    const label = labelOfTestToken(token)
    if (known !== undefined || ownKey !== undefined || label === null) return known
    const testKey = testTokens(label).api_key
    if (db.credentials.find(testKey) === undefined) makeWorkspace(self, testKey)
    return db.credentials.find(token)
  })

  const workspaceOf = (key: string): string =>
    universe.findCredential(key)?.workspace_id ?? makeWorkspace(universe, key)
  const workspace_id = workspaceOf(api_key)

  const sender = createSender()
  const dispatcher = createDispatcher(universe, sender, calendar, {
    onAttempt: log.delivery,
    onFailure: (id, error) => driver.tryLater(id, error),
  })
  const driver = createDriver(universe, dispatcher, wall, log.error)
  const timeTravel = createTimeTravel(universe, dispatcher, wall)

  const journal = createJournal((id) => (universe.exists(id) ? universe.now(id) : 0), wall)
  const { clock, seed } = settings
  const workspaces = createWorkspaceService(
    universe,
    timeTravel,
    wall,
    { names: fixtureNames, load: loadFixture },
    { fixture, clock, seed },
    (id) => journal.clear(id),
  )

  const settleActionAttempt: Services['settleActionAttempt'] = async (id, action_attempt_id) => {
    const world = universe.world(id)
    if (world.workspace.clock_mode !== 'frozen') return
    for (;;) {
      const at = universe.read(id, (open) => settlesAt(open, action_attempt_id))
      if (at === null) return
      await timeTravel.reach(id, at)
    }
  }

  const services: Services = {
    ...timeTravel,
    journal,
    workspaces,
    deliverDue: (id) => dispatcher.drain(id),
    settleActionAttempt,
    outcomeOfActionAttempt: async (id, action_attempt_id) => {
      const { clock_mode, clock_rate } = universe.world(id).workspace
      if (clock_mode === 'frozen') {
        await settleActionAttempt(id, action_attempt_id)
        return
      }
      await timeTravel.waitUntil(
        id,
        ({ action_attempts }) =>
          action_attempts.get(action_attempt_id)?.status === 'pending' ? undefined : true,
        SYNC_PATIENCE * clock_rate,
      )
    },
  }

  const intercept = createInterceptor({
    universe,
    wait: waitForReal,
    limit: createRateLimiter(universe),
  })
  const app = createApp(
    {
      universe,
      services,
      auth: {
        isMember: (user_id, id) => db.memberships.has(user_id, id),
        consoleSession: (token) => consoleSession(universe, token),
      },
      reportError: (error: unknown, call: IncomingCall) => log.error(error, call.request_id),
      intercept: default_seed === undefined ? intercept : withOutages(universe, intercept),
      observe: (call: IncomingCall, answer: Answer) => {
        journal.observe(call, answer)
        log.request(call, answer)
      },
      allowedHosts: [settings.host, ...(settings.allowed_hosts ?? [])],
      checkResponses: settings.check_responses,
    },
    default_seed === undefined
      ? allEndpoints
      : { ...allEndpoints, compat: [...allEndpoints.compat, ...fakeEndpoints(default_seed)] },
  )
  const answer = getRequestListener(app.fetch)
  const serving = await serve(
    (request, response) => void answer(request, response),
    settings.port,
    settings.host,
  ).catch((error: unknown) => {
    db.close()
    throw error
  })
  const stopLogging = log.follow(universe)
  driver.start()

  return {
    endpoint: serving.endpoint,
    port: serving.port,
    api_key,
    workspace_id,
    universe,
    services,
    workspaceOf,
    unref: serving.unref,
    close: async () => {
      driver.stop()
      stopLogging()
      await serving.close(() => dispatcher.stop())
      sender.close()
      db.close()
    },
  }
}
