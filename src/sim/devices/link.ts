/** The way from the API to a lock: account, bridge, radio, lock. The first break decides. */

/** Why a lock cannot be reached, in the words of `device.disconnected` (`error_code`). */
export type LinkBreak = 'account_disconnected' | 'hub_disconnected' | 'device_disconnected'

export interface LinkParts {
  account: { connected: boolean }
  /** The bridge, hub or gateway that the lock goes through; null for a lock with its own network. */
  bridge: { online: boolean } | null
  lock: { radio_online: boolean; battery_dead: boolean; removed: boolean }
}

/**
 * Whether the lock can be reached now, and if not, the break nearest to the API: behind a lost
 * account nothing can be known of the bridge, behind a dark bridge nothing of the lock.
 */
export function linkState(parts: LinkParts): { online: boolean; cause: LinkBreak | null } {
  const cause = breakOf(parts)
  return { online: cause === null, cause }
}

function breakOf({ account, bridge, lock }: LinkParts): LinkBreak | null {
  if (!account.connected) return 'account_disconnected'
  if (lock.removed) return 'device_disconnected'
  if (bridge !== null && !bridge.online) return 'hub_disconnected'
  if (lock.battery_dead || !lock.radio_online) return 'device_disconnected'
  return null
}

/** All assumed: Seam publishes no numbers for `device.connection_became_flaky`. */
export interface FlapRules {
  /** So many disconnections … */
  disconnections: number
  /** … within this many ms make a connection flaky. */
  within: number
  /** It is stable again after this many ms without one. */
  stable_after: number
}

export const defaultFlapRules: FlapRules = {
  disconnections: 3,
  within: 3_600_000,
  stable_after: 3_600_000,
}

/**
 * Whether the connection is flaky at `now`, from the instants (ms) at which it broke, in any order;
 * those after `now` are ignored. `stable_at` is when it will count as stable if it holds until
 * then, null while it is not flaky. To ask again later, keep `flaky` and the `relevant` breaks, and
 * give them back as `was_flaky` and the start of `disconnected_at`. They are few, however often the
 * connection broke: what earlier ones did is in `flaky`.
 */
export function flapState(
  disconnected_at: readonly number[],
  now: number,
  rules: FlapRules = defaultFlapRules,
  was_flaky = false,
): { flaky: boolean; stable_at: number | null; relevant: number[] } {
  const past = disconnected_at.filter((at) => at <= now).toSorted((a, b) => a - b)
  let flaky = was_flaky
  for (const [index, at] of past.entries()) {
    const previous = past[index - 1]
    if (previous !== undefined && at - previous >= rules.stable_after) flaky = false
    const first = past[index - rules.disconnections + 1]
    if (first !== undefined && at - first < rules.within) flaky = true
  }
  const last = past.at(-1)
  const horizon = Math.max(rules.within, rules.stable_after)
  const fewest = Math.max(1, rules.disconnections - 1)
  const relevant = past.slice(-fewest).filter((at) => now - at < horizon)
  if (!flaky || last === undefined || now - last >= rules.stable_after) {
    return { flaky: false, stable_at: null, relevant }
  }
  return { flaky: true, stable_at: last + rules.stable_after, relevant }
}
