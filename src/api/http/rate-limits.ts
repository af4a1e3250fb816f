/**
 * Seam's published rate limits (Seam docs, "Rate limits and guardrails"): per device and minute, on
 * the workspace's own clock. Off unless the setting `rate_limits` is on.
 */
import type { Universe } from '../../sim/kernel/universe.ts'
import type { World } from '../../sim/kernel/world.ts'
import type { Answer } from './answer.ts'
import type { IncomingCall } from './call.ts'
import { errorBody, json } from './faults/deeds.ts'
import { looseParams } from './faults/intercept.ts'
import { is } from '../../db/conditions.ts'
import { access_codes } from '../../db/tables/access-codes.ts'

const withKey = is(access_codes.common_code_key)

interface Limit {
  readonly action: string
  readonly per_minute: number
}

const MINUTE = 60_000

const creates: Limit = { action: 'creating access codes', per_minute: 10 }
const updates: Limit = { action: 'updating access codes', per_minute: 10 }
const deletes: Limit = { action: 'deleting access codes', per_minute: 20 }
const locking: Limit = { action: 'locking', per_minute: 15 }
const unlocking: Limit = { action: 'unlocking', per_minute: 15 }

const limits: Readonly<Record<string, Limit>> = {
  '/access_codes/create': creates,
  '/access_codes/create_multiple': creates,
  '/access_codes/update': updates,
  '/access_codes/update_multiple': updates,
  '/access_codes/unmanaged/update': updates,
  '/access_codes/unmanaged/convert_to_managed': updates,
  '/access_codes/delete': deletes,
  '/access_codes/unmanaged/delete': deletes,
  '/locks/lock_door': locking,
  '/locks/unlock_door': unlocking,
}

const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((it) => typeof it === 'string')

/** The devices that a call is about; none when it names none that exists. */
const devicesOf = (world: World, params: Record<string, unknown>): string[] => {
  const named = [...texts(params['device_id']), ...texts(params['device_ids'])]
  if (named.length > 0) return [...new Set(named)]
  const key = params['common_code_key']
  const codes =
    typeof key === 'string'
      ? world.access_codes.all(withKey(key))
      : texts(params['access_code_id']).flatMap((id) => world.access_codes.get(id) ?? [])
  return [...new Set(codes.map((code) => code.device_id))]
}

/**
 * Counts calls in a sliding minute, in memory: a restart, a reset and a restored snapshot begin with
 * empty counts. A refused call does not count. Retry-After is in seconds of the client's clock.
 */
export const createRateLimiter = (
  universe: Universe,
): ((call: IncomingCall, workspace_id: string) => Answer | null) => {
  // Keyed by the world itself, which is opened anew after a reset or restore.
  const histories = new WeakMap<World, Map<string, number[]>>()

  const historyOf = (world: World, key: string, now: number): number[] => {
    const counts = histories.get(world) ?? new Map<string, number[]>()
    histories.set(world, counts)
    const recent = (counts.get(key) ?? []).filter((at) => at > now - MINUTE)
    counts.set(key, recent)
    return recent
  }

  return (call, workspace_id) => {
    const limit = limits[call.path]
    if (limit === undefined) return null
    const world = universe.world(workspace_id)
    const now = universe.now(workspace_id)
    const used = devicesOf(world, looseParams(call)).map((device_id) => ({
      device_id,
      history: historyOf(world, `${limit.action} ${device_id}`, now),
    }))
    const full = used.find(({ history }) => history.length >= limit.per_minute)
    if (full === undefined) {
      for (const { history } of used) history.push(now)
      return null
    }
    const { clock_mode, clock_rate } = world.workspace
    const wait = (full.history[0] ?? now) + MINUTE - now
    const seconds = Math.ceil(wait / 1000 / (clock_mode === 'scaled' ? clock_rate : 1))
    const type = 'rate_limit_exceeded'
    const message = `Too many requests for ${limit.action} on the device ${full.device_id}: at most ${limit.per_minute} per minute. Try again in ${seconds} s.`
    return {
      status: 429,
      headers: { ...json, 'retry-after': String(Math.max(1, seconds)) },
      body: errorBody(type, message),
      error_type: type,
    }
  }
}
