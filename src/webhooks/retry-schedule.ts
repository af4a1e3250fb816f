const seconds = (n: number): number => n * 1000
const minutes = (n: number): number => seconds(60 * n)
const hours = (n: number): number => minutes(60 * n)

/** Delays before attempts 2 to 8, each from the failure of the one before (Svix docs, "Retries"). */
export const retryDelays: readonly number[] = [
  seconds(5),
  minutes(5),
  minutes(30),
  hours(2),
  hours(5),
  hours(10),
  hours(10),
]

/** The instant of the next attempt after the `attempts`-th failed at `now`; null when that was the last. */
export const nextAttemptAt = (attempts: number, now: number): number | null => {
  const delay = retryDelays[attempts - 1]
  return delay === undefined ? null : now + delay
}

/** An endpoint that has failed for this long without one success is switched off (Svix docs, "Retries"). */
export const DISABLE_AFTER = hours(24 * 5)

/** A receiver must answer within this wall-clock time. */
export const RESPONSE_TIMEOUT = seconds(15)
