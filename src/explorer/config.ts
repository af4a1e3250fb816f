/** The adapter: a small file that says how the explorer reaches an app. */
import { z } from 'zod'
import { duration } from '../lib/duration.ts'
import { once } from '../lib/once.ts'
import { isMakeApp } from './adapters/functions.ts'
import type { MakeApp } from './adapters/functions.ts'
import { AppProblem } from './integration.ts'

type VerbFunction = (given: unknown) => unknown

const URL_VERB = /^(?:GET|POST|PUT|PATCH|DELETE) https?:\/\/\S+$/

/** `POST http://localhost:4000/bookings/{booking_id}`, `{ run: 'python app.py book' }` or a function. */
const verb = () =>
  z.union(
    [
      z.string().regex(URL_VERB),
      z.strictObject({ run: z.string().min(1) }),
      z.custom<VerbFunction>((it) => typeof it === 'function'),
    ],
    {
      error:
        'Give a method and URL such as "POST http://localhost:4000/bookings", { run: "a command" } or a function',
    },
  )
export type VerbSetting = z.output<ReturnType<typeof verb>>

const verbs = once(() =>
  z.strictObject({
    book: verb(),
    move: verb(),
    cancel: verb(),
    pin_of: verb().optional(),
    tick: verb().optional(),
    begin: verb().optional(),
  }),
)
export type VerbSettings = z.output<ReturnType<typeof verbs>>

const config = once(() =>
  z.strictObject({
    /** The five verbs, or a module's function that makes the app in this process. */
    app: z.union([z.custom<MakeApp>(isMakeApp), verbs()]),
    /** A command that starts the app. */
    start: z.string().min(1).optional(),
    /** A URL that answers 200 when the app is ready. */
    ready: z.url().optional(),
    webhook_url: z.url().optional(),
    webhook_secret: z.string().min(1).default('whsec_ZXhwbG9yZXItb2YtZ3Vlc3Qtc3RheXM='),
    /** Whether the app tells the host of trouble, by POST to the alerts URL. */
    alerts: z.boolean().default(true),
    fixture: z.union([z.string(), z.record(z.string(), z.unknown())]).default('default'),
    port: z.int().min(0).max(65_535).default(3020),
    alerts_port: z.int().min(0).max(65_535).default(3021),
    api_key: z.string().startsWith('seam_test_').default('seam_test_explorer'),
    tick_every: duration().default(12 * 3_600_000),
    settle: duration().default(0),
    /** How long before arrival and after departure the app lets guests in on purpose. */
    grace: duration().default(0),
    /** Differences that do not count. */
    tolerance: duration().default(5 * 60_000),
  }),
)
export type ExplorerConfig = z.output<ReturnType<typeof config>>

/** Reads what a configuration file exports. @throws AppProblem that names what is wrong */
export const readConfig = (given: unknown, file: string): ExplorerConfig => {
  const read = config().safeParse(given)
  if (read.success) return read.data
  const problems = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  throw new AppProblem(`${file} is not valid. ${problems.join('. ')}.`)
}
