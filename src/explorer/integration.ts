/** What is tested: somebody's app, as five verbs and a receiver of webhooks. */

export interface Guest {
  name: string
  phone: string
}

/** A booking as the host's system tells it to the app. */
export interface Booking {
  booking_id: string
  guest: Guest
  /** The doors that the guest has to open: ids of devices. */
  device_ids: readonly string[]
  /** ISO 8601 */
  starts_at: string
  ends_at: string
}

/** What the app tells a guest. */
export interface ToldPin {
  /** The PIN of each door, by device id; null where there is none to tell. */
  pins: Readonly<Record<string, string | null>>
  /** Whether the app says that it works on every door; null when it says nothing about that. */
  is_ready: boolean | null
}

/** What an app tells the host: that a guest may stand before a shut door. */
export interface Alert {
  device_id?: string | undefined
  booking_id?: string | undefined
  message?: string | undefined
}

/** Each verb resolves when the app has answered, and rejects when it has not or has refused. */
export interface Integration {
  readonly name: string
  /** Where its webhooks go; null when it has none. */
  readonly webhook_url: string | null
  readonly webhook_secret: string | null
  /** Whether it can tell the host anything. */
  readonly has_alerts: boolean
  book(booking: Booking): Promise<void>
  /** Times, doors or guest have changed: the booking as it is now. */
  move(booking: Booking): Promise<void>
  cancel(booking: Booking): Promise<void>
  /** What the guest is told now; `undefined` when the app has no such verb: then the API is read. */
  readonly pin_of: ((booking: Booking) => Promise<ToldPin>) | undefined
  /** Lets the app do what is due by now. */
  readonly tick: ((now: string) => Promise<void>) | undefined
  /** Begins a new world, whose alerts are told to `hear`: whatever it remembers of the last one is gone. */
  begin(now: string, hear: (alert: Alert) => void): Promise<void>
  close(): Promise<void>
}

/** The app cannot be judged: it does not answer, or answers what cannot be read. */
export class AppProblem extends Error {
  override readonly name = 'AppProblem'
}
