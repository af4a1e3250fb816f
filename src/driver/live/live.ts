/** The streams of all workspaces. Nothing is watched before somebody reads, and little after. */
import type { Universe } from '../../sim/kernel/universe.ts'
import type { Dispatcher } from '../dispatcher.ts'
import { passed } from '../real-time.ts'
import type { TimeTravel } from '../time-travel.ts'
import type { PartsOf } from './changes.ts'
import { createHub } from './hub.ts'
import type { Hub, LeapState } from './hub.ts'
import type { OpenOptions } from './audience.ts'

export interface Live {
  /** A stream of what happens in the workspace, from now on or from where it was left. */
  open(workspace_id: string, options: OpenOptions): ReadableStream<Uint8Array<ArrayBuffer>>
  /** Where the stream stands; null while nobody reads it. */
  mark(workspace_id: string): { generation: string; seq: number } | null
  /** Whether anybody reads the stream of the workspace, or has just left. */
  isRead(workspace_id: string | null): boolean
  noteCall(workspace_id: string): void
  /** Another world takes the place of the one that is there, by a snapshot. */
  noteRestored(workspace_id: string): void
  close(): void
}

export interface LiveParts {
  universe: Universe
  dispatcher: Dispatcher
  timeTravel: Pick<TimeTravel, 'leaps'>
  wall: () => number
  partsOf: PartsOf
}

const leapReader =
  ({ universe, dispatcher, timeTravel }: LiveParts) =>
  (workspace_id: string): LeapState | null => {
    const running = timeTravel.leaps.running.get(workspace_id)
    if (running === undefined) return null
    const { from, to, jobs_before } = running
    const waiting = dispatcher.waitingFor(workspace_id)
    const waiting_for = waiting && {
      url: waiting.url,
      since: Math.round(passed() - waiting.sent_at),
    }
    return { from, to, jobs: universe.jobsRun(workspace_id) - jobs_before, waiting_for }
  }

export const createLive = (parts: LiveParts): Live => {
  const { universe, timeTravel, wall, partsOf } = parts
  const hubs = new Map<string, Hub>()
  let stopListening: (() => void) | null = null

  const drop = (workspace_id: string): void => {
    const hub = hubs.get(workspace_id)
    hubs.delete(workspace_id)
    hub?.close()
    if (hubs.size > 0) return
    stopListening?.()
    stopListening = null
    timeTravel.leaps.onBegin = null
  }
  const listen = (): void => {
    stopListening ??= universe.onCommit((id, events) => hubs.get(id)?.noteCommit(events))
    timeTravel.leaps.onBegin ??= (id) => hubs.get(id)?.noteLeap()
  }
  const hubOf = (workspace_id: string): Hub => {
    const known = hubs.get(workspace_id)
    if (known !== undefined) return known
    listen()
    const leapOf = leapReader(parts)
    const onIdle = (): void => drop(workspace_id)
    const hub = createHub({ universe, wall, partsOf, leapOf, onIdle }, workspace_id)
    hubs.set(workspace_id, hub)
    return hub
  }

  return {
    open: (workspace_id, options) => hubOf(workspace_id).open(options),
    mark: (workspace_id) => hubs.get(workspace_id)?.mark() ?? null,
    isRead: (workspace_id) => workspace_id !== null && hubs.has(workspace_id),
    noteCall: (workspace_id) => hubs.get(workspace_id)?.noteCall(),
    noteRestored: (workspace_id) => hubs.get(workspace_id)?.noteRestored(),
    close: () => {
      for (const workspace_id of hubs.keys()) drop(workspace_id)
    },
  }
}
