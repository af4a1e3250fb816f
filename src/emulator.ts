/** The composition root: database, worlds, time, webhooks and HTTP, put together and taken apart. */
import { allEndpoints, createAnswering } from './api/app.ts'
import { promised, replying } from './api/http/answering.ts'
import type { App } from './api/http/answering.ts'
import type { IncomingCall } from './api/http/call.ts'
import { createListener } from './api/http/listener.ts'
import type { Answer } from './api/http/answer.ts'
import { consoleSession } from './api/vendor-fake/console-session.ts'
import { vendorFake } from './api/vendor-fake/index.ts'
import { createInterceptor } from './api/http/faults/intercept.ts'
import { createJournal, isOwnRoute } from './api/http/request-log.ts'
import { partsOf } from './api/control/world/parts.ts'
import { createRateLimiter } from './api/http/rate-limits.ts'
import type { Services } from './api/http/services.ts'
import { openDatabase } from './db/database.ts'
import { createDispatcher } from './driver/dispatcher.ts'
import type { Dispatcher } from './driver/dispatcher.ts'
import { createDriver } from './driver/driver.ts'
import { createSteadyClock, waitForReal } from './driver/real-time.ts'
import type { Companions } from './driver/leap.ts'
import { createTimeTravel } from './driver/time-travel.ts'
import { createLive } from './driver/live/live.ts'
import type { TimeTravel } from './driver/time-travel.ts'
import { openWorlds } from './driver/worlds-by-key.ts'
import { createWorkspaceService } from './driver/workspaces.ts'
import { fixtureNames, loadFixture } from './fixture-files.ts'
import { silentLog } from './log/log.ts'
import type { Log } from './log/log.ts'
import { reasonOf } from './sim/kernel/failed-jobs.ts'
import type { Universe } from './sim/kernel/universe.ts'
import type { ClockChoice } from './sim/workspaces/operations.ts'
import { WholeMessage } from './lib/whole-message.ts'
import { serve } from './serve.ts'
import { createSender } from './webhooks/send.ts'
import type { Receiver, SendResult } from './webhooks/send.ts'

export interface EmulatorSettings {
  /** TCP port; 0 picks a free one. */
  port: number
  host: string
  /** A database file, or `:memory:`. */
  db: string
  /** Each commit waits for the disk itself, so that it outlasts a power cut. */
  durable?: boolean | undefined
  /** A fixture's name or path, or a world as data. */
  fixture: string | object
  /** Everything random derives from it; each workspace adds its own label when it is not given. */
  seed?: string | undefined
  clock: ClockChoice
  api_key: string
  /** Check every answer against its own schema. */
  check_responses: boolean
  log?: Log | undefined
  /** Whether the console is served; true when not given. */
  console?: boolean | undefined
  /** Names besides local ones under which control routes are answered. */
  allowed_hosts?: readonly string[] | undefined
  /** World and apps move in step, so that a story repeats itself to the byte however busy the machine is. */
  lockstep?: Lockstep | undefined
}

/** What the explorer puts around an emulator. */
export interface Lockstep {
  /** Stands before the whole API. */
  readonly around: (api: App) => App
  /** Apps in this process, which get their webhooks without a connection, by URL. */
  readonly receivers: ReadonlyMap<string, Receiver>
  /** On whom barriers wait. */
  readonly companions: Companions
  /** Whether messages of a workspace with a companion wait for somebody who wants them sent. */
  readonly isHeld: (workspace_id: string) => boolean
  /** Is told of every attempt to send a message. */
  readonly onAttempt: (workspace_id: string, result: SendResult) => void
}

/** What endpoints need, and leaps without an account. */
export type EmulatorServices = Services & Pick<TimeTravel, 'leapTo'>

export interface RunningEmulator {
  readonly endpoint: string
  readonly port: number
  readonly api_key: string
  readonly workspace_id: string
  readonly universe: Universe
  readonly services: EmulatorServices
  /** Answers a call without a connection, for an app in this process. */
  readonly answer: App
  /** The workspace of a key; made from the fixture on first use. */
  readonly workspaceOf: (api_key: string) => string
  /** Lets the process end while the server still listens. */
  readonly unref: () => void
  /** Lets deliveries in flight finish, closes connections and the database. */
  close(): Promise<void>
}

/** What verifiers of webhooks compare with: the very clock that is theirs where a test replaced it. */
const calendar = (): number => Date.now()

/** The dispatcher as the driver has it, which sends nothing where a companion decides when. */
const heldBack = (dispatcher: Dispatcher, lockstep: Lockstep | undefined): Dispatcher => ({
  ...dispatcher,
  kick: (workspace_id) => {
    const isFree = lockstep?.companions.has(workspace_id) !== true
    if (isFree || !lockstep.isHeld(workspace_id)) dispatcher.kick(workspace_id)
  },
})

/** Everything behind HTTP, put together. */
const compose = (settings: EmulatorSettings, log: Log) => {
  const fixture = loadFixture(settings.fixture)
  const { clock, seed, api_key } = settings
  const wall = createSteadyClock()
  const worlds = openWorlds(
    () => openDatabase(settings.db, { durable: settings.durable === true }),
    wall,
    {
      fixture,
      clock,
      seed,
      api_key,
    },
  )
  const { universe } = worlds
  universe.onFailure((workspace_id, { kind, subject }, error) => {
    const what = `The job ${kind} of ${subject} in the workspace ${workspace_id}`
    log.error(new Error(`${what} failed and was set aside: ${reasonOf(error)}`, { cause: error }))
  })
  const { receivers, companions, onAttempt } = settings.lockstep ?? {}
  const sender = createSender(receivers)
  const dispatcher = createDispatcher(universe, sender, calendar, {
    onAttempt: (id, attempt, result, duration) => {
      log.delivery(id, attempt, result, duration)
      onAttempt?.(id, result)
    },
    onFailure: (id, error) => driver.tryLater(id, error),
  })
  const driver = createDriver(universe, heldBack(dispatcher, settings.lockstep), wall, log.error)
  const timeTravel = createTimeTravel(universe, dispatcher, wall, companions)
  const journal = createJournal((id) => (universe.exists(id) ? universe.now(id) : 0), wall)
  const live = createLive({ universe, dispatcher, timeTravel, wall, partsOf })
  const workspaces = createWorkspaceService(universe, {
    timeTravel,
    wall,
    shelf: { names: fixtureNames, load: loadFixture },
    defaults: { fixture, clock, seed },
    forgetCalls: (id) => journal.clear(id),
    noteRestored: (id) => live.noteRestored(id),
  })
  const services: EmulatorServices = {
    ...timeTravel,
    forge: (message) => sender.send(message),
    pause: waitForReal,
    journal,
    workspaces,
    live,
  }
  return { ...worlds, fixture, sender, dispatcher, driver, journal, live, services }
}

/** The HTTP API over all that. */
const createApi = (settings: EmulatorSettings, log: Log, parts: ReturnType<typeof compose>) => {
  const { universe, services, journal, live, fixture } = parts
  const { db } = universe
  const fake = vendorFake(universe, fixture)
  const limit = createRateLimiter(universe)
  return createAnswering(
    {
      universe,
      services,
      auth: {
        isMember: (user_id, id) => db.memberships.has(user_id, id),
        consoleSession: (token) => consoleSession(universe, token),
      },
      reportError: (error: unknown, call: IncomingCall) => log.error(error, call.request_id),
      intercept: fake.around(createInterceptor({ universe, wait: waitForReal, limit })),
      observe: (call: IncomingCall, answer: Answer) => {
        journal.observe(call, answer, live.isRead(call.workspace_id))
        if (call.workspace_id !== null && !isOwnRoute(call.path)) live.noteCall(call.workspace_id)
        log.request(call, answer)
      },
      allowedHosts: [settings.host, ...(settings.allowed_hosts ?? [])],
      hasConsole: settings.console !== false,
      checkResponses: settings.check_responses,
      wholeTurns: settings.lockstep !== undefined,
    },
    { ...allEndpoints, compat: [...allEndpoints.compat, ...fake.endpoints] },
  )
}

/**
 * Starts an emulator.
 *
 * @throws DatabaseError for a file that cannot be used, EADDRINUSE for a port that is taken, Error
 * for an API key that looks like a live account's.
 */
export const startEmulator = async (settings: EmulatorSettings): Promise<RunningEmulator> => {
  const log = settings.log ?? silentLog
  const parts = compose(settings, log)
  const { universe, services, driver, dispatcher, sender, live, api_key, workspaceOf } = parts
  const workspace_id = workspaceOf(api_key)
  const own = createApi(settings, log, parts)
  const around = settings.lockstep?.around(promised(own))
  const listener = createListener(around === undefined ? own : replying(around), (error) =>
    log.error(error),
  )
  const terms = { message: WholeMessage }
  const serving = await serve(listener, settings.port, settings.host, terms).catch(
    (error: unknown) => {
      universe.db.close()
      throw error
    },
  )
  const stopLogging = log.follow(universe)
  driver.start()
  return {
    endpoint: serving.endpoint,
    port: serving.port,
    api_key,
    workspace_id,
    universe,
    services,
    answer: around ?? promised(own),
    workspaceOf,
    unref: serving.unref,
    close: async () => {
      driver.stop()
      stopLogging()
      live.close()
      await serving.close(() => dispatcher.stop())
      sender.close()
      universe.db.close()
    },
  }
}
