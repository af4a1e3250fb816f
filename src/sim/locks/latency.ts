/** How long commands take to reach a lock and to be carried out, where brands share it. */
import type { LockProfile } from './profile.ts'
import { second } from './models/units.ts'

/**
 * All latencies are assumed. Bolt movements stay under four seconds, because the official Python
 * and Ruby SDKs stop waiting for an action attempt after five.
 */
const bolt = { min: 0.6 * second, typical: 1.5 * second, max: 4 * second }

/** A lock with its own Wi-Fi or Ethernet: codes arrive within seconds. Real locks can be slower: a fault delays as much as a test wants. */
export const directLatency: LockProfile['latency'] = {
  set: { min: 0.8 * second, typical: 2 * second, max: 5 * second },
  update: { min: 0.8 * second, typical: 2 * second, max: 5 * second },
  remove: { min: 2 * second, typical: 4 * second, max: 10 * second },
  lock: bolt,
  unlock: bolt,
}

/** A lock behind a bridge, hub or gateway: one radio hop more, and the lock sleeps between polls. */
export const bridgedLatency: LockProfile['latency'] = {
  set: { min: 1 * second, typical: 2.5 * second, max: 6 * second },
  update: { min: 1 * second, typical: 2.5 * second, max: 6 * second },
  remove: { min: 3 * second, typical: 6 * second, max: 15 * second },
  lock: bolt,
  unlock: bolt,
}
