/** Stands before every endpoint of Seam's API: faults of HTTP first, then rate limits. */
import { effectsOf } from '../../../contract/fault-effects.ts'
import { isRecord } from '../../../lib/is-record.ts'
import type { Soon } from '../../../lib/known.ts'
import { consultFaults, hasFaultsOn } from '../../../sim/faults/registry.ts'
import type { FaultHit } from '../../../sim/faults/registry.ts'
import type { Universe } from '../../../sim/kernel/universe.ts'
import type { Answer } from '../answer.ts'
import { hangUp } from '../call.ts'
import type { IncomingCall, Interceptor } from '../call.ts'
import { actOnCall } from './deeds.ts'

export const FAULT_HEADER = 'seam-emulator-fault'

const bodyOf = (text: string): Record<string, unknown> => {
  if (!text.trimStart().startsWith('{')) return {}
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : {}
  } catch {
    return {}
  }
}

/** The parameters as they came, unchecked: enough to compare and to count. */
export const looseParams = (call: IncomingCall): Record<string, unknown> => ({
  ...Object.fromEntries(new URLSearchParams(call.query)),
  ...bodyOf(call.body),
})

export interface InterceptorOptions {
  readonly universe: Universe
  /** Waits for so many ms of real time; ends early when the signal is aborted. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>
  /** Refuses a call that comes too soon after others; null lets it pass. */
  readonly limit: (call: IncomingCall, workspace_id: string) => Answer | null
}

/** A fault that acts puts its id into the header `seam-emulator-fault`. */
export const createInterceptor = ({ universe, wait, limit }: InterceptorOptions): Interceptor => {
  const meetFault = async (call: IncomingCall, hit: FaultHit, next: () => Soon<Answer>) => {
    const context = { call, next, wait: (ms: number) => wait(ms, hangUp(call)) }
    const answer = await actOnCall(effectsOf.http().parse(hit.effect), context)
    return { ...answer, headers: { ...answer.headers, [FAULT_HEADER]: hit.fault_id } }
  }

  return (call, next) => {
    const { workspace_id } = call
    if (workspace_id === null) return next()
    const world = universe.world(workspace_id)
    if (hasFaultsOn(world, 'http')) {
      const subject = { ...looseParams(call), path: call.path, method: call.method }
      const hit = universe.write(workspace_id, (open) => consultFaults(open, 'http', subject))
      if (hit !== null) return meetFault(call, hit, next)
    }
    return (world.settings.rate_limits ? limit(call, workspace_id) : null) ?? next()
  }
}
