/** An app as a module of functions, in this process: the quickest kind, and that of the reference integration. */
import { serve } from '../../serve.ts'
import { AppProblem } from '../integration.ts'
import type { Alert, Booking, Integration, ToldPin } from '../integration.ts'
import type { Call } from './call.ts'
import { readToldPin } from './told-pin.ts'

/** What an app is made with. */
export interface AppParts {
  endpoint: string
  api_key: string
  webhook_secret: string
  /** Calls the API: `call('/access_codes/get', { access_code_id })`. @throws ApiError */
  call: Call
  /** Tells the host. */
  alert: (alert: Alert) => void
  /** The app's clock: the story's present, ISO 8601. */
  now: () => string
}

export interface App {
  book(booking: Booking): unknown
  move(booking: Booking): unknown
  cancel(booking: Booking): unknown
  pin_of?(booking: Booking): unknown
  tick?(now: string): unknown
  /** @throws anything for a message that is not accepted */
  webhook?(body: string, headers: Readonly<Record<string, string>>): unknown
}

/** Makes a new app, which remembers nothing of an earlier one. */
export type MakeApp = (parts: AppParts) => App

const SECRET = 'whsec_ZXhwbG9yZXItb2YtZ3Vlc3Qtc3RheXM='

const bodyOf = async (request: AsyncIterable<Buffer>): Promise<string> => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts).toString()
}

/** What fails in an app's own job is the app's own business: nobody waits for its answer. */
const quietly = async (act: () => Promise<unknown>): Promise<void> => {
  try {
    await act()
  } catch (error) {
    if (error instanceof AppProblem) throw error
  }
}

export interface FunctionsSettings {
  name: string
  make: MakeApp
  endpoint: string
  api_key: string
  call: Call
  now: () => number
}

/** The app of one story, and whom its alerts are told. */
interface Present {
  app: App
  hear: (alert: Alert) => void
}

const listen = async (present: () => Present | undefined) =>
  serve(
    (request, response) => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      )
      void bodyOf(request)
        .then(async (body) => present()?.app.webhook?.(body, headers))
        .then(
          () => response.writeHead(200).end(),
          () => response.writeHead(500).end(),
        )
    },
    0,
    '127.0.0.1',
  )

/** @throws AppProblem when the module does not make an app */
export const functionsIntegration = async ({
  name,
  make,
  endpoint,
  api_key,
  call,
  now,
}: FunctionsSettings): Promise<Integration> => {
  let present: Present | undefined
  const app = (): App => {
    if (present === undefined) throw new AppProblem(`${name} has not begun`)
    return present.app
  }
  const parts: AppParts = {
    endpoint,
    api_key,
    webhook_secret: SECRET,
    call,
    alert: (alert) => present?.hear(alert),
    now: () => new Date(now()).toISOString(),
  }
  const trial = make(parts)
  const receiver = trial.webhook === undefined ? null : await listen(() => present)
  const verb = (which: 'book' | 'move' | 'cancel') => async (booking: Booking) => {
    await app()[which](booking)
  }
  return {
    name,
    webhook_url: receiver === null ? null : `http://127.0.0.1:${receiver.port}/webhook`,
    webhook_secret: SECRET,
    has_alerts: true,
    book: verb('book'),
    move: verb('move'),
    cancel: verb('cancel'),
    pin_of:
      trial.pin_of === undefined
        ? undefined
        : async (booking): Promise<ToldPin> =>
            readToldPin(booking, await app().pin_of?.(booking), name),
    tick: trial.tick === undefined ? undefined : (at) => quietly(async () => app().tick?.(at)),
    begin: (_now, hear) => {
      present = { app: make(parts), hear }
      return Promise.resolve()
    },
    close: async () => {
      await receiver?.close(() => Promise.resolve())
    },
  }
}

export const isMakeApp = (it: unknown): it is MakeApp => typeof it === 'function'
