/** An app as a module of functions, in this process: the quickest kind, and that of the reference integration. */
import { afterPatience } from '../../lib/patience.ts'
import type { Receiver } from '../../webhooks/send.ts'
import { AppProblem } from '../integration.ts'
import { PATIENCE } from '../play/attention.ts'
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

/** Where its webhooks go: nobody listens there but this process. */
const RECEIVER = 'http://app.invalid/webhook'
const SECRET = 'whsec_ZXhwbG9yZXItb2YtZ3Vlc3Qtc3RheXM='

/** Gives up on an app of this process that does not answer. @throws AppProblem */
const inTime = async <T>(name: string, verb: string, act: () => T): Promise<Awaited<T>> => {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const say = `${name} has not answered ${verb} for ${PATIENCE / 1000} seconds.`
  const stopWaiting = afterPatience(PATIENCE, () => reject(new AppProblem(say)))
  try {
    return await Promise.race([act(), late])
  } finally {
    stopWaiting()
  }
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
  receivers: Map<string, Receiver>
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

const receiverOf =
  (present: () => Present | undefined): Receiver =>
  async ({ body, headers }) => {
    try {
      await present()?.app.webhook?.(body, headers)
      return 200
    } catch {
      return 500
    }
  }

/** @throws AppProblem when the module does not make an app */
export const functionsIntegration = ({
  name,
  receivers,
  make,
  endpoint,
  api_key,
  call,
  now,
}: FunctionsSettings): Integration => {
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
  const hasReceiver = trial.webhook !== undefined
  if (hasReceiver)
    receivers.set(
      RECEIVER,
      receiverOf(() => present),
    )
  const verb = (which: 'book' | 'move' | 'cancel') => async (booking: Booking) => {
    await inTime(name, which, () => app()[which](booking))
  }
  return {
    name,
    webhook_url: hasReceiver ? RECEIVER : null,
    webhook_secret: SECRET,
    has_alerts: true,
    book: verb('book'),
    move: verb('move'),
    cancel: verb('cancel'),
    pin_of:
      trial.pin_of === undefined
        ? undefined
        : async (booking): Promise<ToldPin> =>
            readToldPin(booking, await inTime(name, 'pin_of', () => app().pin_of?.(booking)), name),
    tick:
      trial.tick === undefined
        ? undefined
        : (at) => quietly(() => inTime(name, 'tick', () => app().tick?.(at))),
    begin: (_now, hear) => {
      present = { app: make(parts), hear }
      return Promise.resolve()
    },
    close: () => Promise.resolve(),
  }
}

export const isMakeApp = (it: unknown): it is MakeApp => typeof it === 'function'
