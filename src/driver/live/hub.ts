/** The stream of one workspace: collects what happens, and tells everybody who reads. */
import { randomUUID } from 'node:crypto'
import { clearInterval, clearTimeout, setInterval, setTimeout } from 'node:timers'
import type { ResyncReason } from '../../contract/stream.ts'
import { toIso } from '../../sim/kernel/instant.ts'
import type { Universe } from '../../sim/kernel/universe.ts'
import type { RecordedEvent, World } from '../../sim/kernel/world.ts'
import { passed } from '../real-time.ts'
import { createAudience } from './audience.ts'
import type { Audience, OpenOptions } from './audience.ts'
import type { PartsOf } from './changes.ts'
import { createCollector } from './collector.ts'
import { frameText } from './frames.ts'

/** How long changes are collected, and how far apart frames are at least, ms. */
const COLLECT = 16
const APART = 1_000 / 30
const LEAP_EVERY = 100
/** How long frames are kept when nobody reads any more, ms. */
const LINGER = 60_000

/** How far a leap has come. */
export interface LeapState {
  from: number
  to: number
  jobs: number
  waiting_for: { url: string; since: number } | null
}

export interface HubTools {
  readonly universe: Universe
  readonly wall: () => number
  readonly partsOf: PartsOf
  /** null when none is under way. */
  readonly leapOf: (workspace_id: string) => LeapState | null
  /** Nobody has read for a while, or nobody can. */
  readonly onIdle: () => void
}

/** Looks now and then how far a leap has come, until it has ended. */
const createLeapTicker = (
  { universe, leapOf }: HubTools,
  workspace_id: string,
  { tellAll }: Audience,
) => {
  let timer: NodeJS.Timeout | null = null
  let last: LeapState | null = null
  const stop = (): void => {
    clearInterval(timer ?? undefined)
    timer = null
    last = null
  }
  const tick = (): void => {
    const running = leapOf(workspace_id)
    const state = running ?? last
    last = running
    if (state !== null && universe.exists(workspace_id)) {
      const { from, to, jobs, waiting_for } = state
      const now = toIso(universe.world(workspace_id).now)
      const waits = running === null ? null : waiting_for
      const data = { from: toIso(from), to: toIso(to), now, jobs, waiting_for: waits }
      tellAll(frameText('leap', data, null))
    }
    if (running === null) stop()
  }
  return {
    begin: (): void => {
      timer ??= setInterval(tick, LEAP_EVERY)
    },
    stop,
  }
}

const clockOf = ({ workspace }: World, now: number) => ({
  now: toIso(now),
  mode: workspace.clock_mode,
  rate: workspace.clock_rate,
})

/** Waits until there is enough to tell. */
const createPace = (flush: () => void) => {
  let timer: NodeJS.Timeout | null = null
  let last = Number.NEGATIVE_INFINITY
  const now = (): void => {
    clearTimeout(timer ?? undefined)
    timer = null
    last = passed()
    flush()
  }
  return {
    soon: (): void => {
      timer ??= setTimeout(now, Math.max(COLLECT, last + APART - passed()))
    },
    /** At once, if anything waits to be told. */
    now: (): void => {
      if (timer !== null) now()
    },
    stop: (): void => {
      clearTimeout(timer ?? undefined)
      timer = null
    },
  }
}

/** When nobody has read for a while. */
const createLinger = (onIdle: () => void) => {
  let timer: NodeJS.Timeout | null = null
  const stop = (): void => {
    timer?.ref()
    clearTimeout(timer ?? undefined)
    timer = null
  }
  return {
    begin: (): void => {
      stop()
      timer = setTimeout(onIdle, LINGER).unref()
    },
    stop,
  }
}

export type Hub = ReturnType<typeof createHub>

export const createHub = (tools: HubTools, workspace_id: string) => {
  const { universe, wall, partsOf, onIdle } = tools
  const generation = randomUUID().slice(0, 8)
  const linger = createLinger(onIdle)
  const audience = createAudience(generation, linger.begin)
  const ticker = createLeapTicker(tools, workspace_id, audience)
  let world = universe.world(workspace_id)
  let collector = createCollector(world, partsOf)
  let reason: ResyncReason = 'reset'

  const clock = () => clockOf(world, universe.now(workspace_id))
  const resync = (): void => {
    collector.stop()
    world = universe.world(workspace_id)
    collector = createCollector(world, partsOf)
    audience.resync(reason)
    reason = 'reset'
  }
  const pace = createPace(() => {
    if (!universe.exists(workspace_id)) {
      audience.tellAll(frameText('gone', {}, null))
      onIdle()
    } else if (universe.world(workspace_id) !== world) resync()
    else audience.change({ clock: clock(), ...collector.take() })
  })

  return {
    open: (options: OpenOptions): ReadableStream<Uint8Array<ArrayBuffer>> => {
      linger.stop()
      // What happened before he came is told to those who were here.
      pace.now()
      if (tools.leapOf(workspace_id) !== null) ticker.begin()
      return audience.open(options, { clock: clock(), wall: toIso(Math.floor(wall())) })
    },
    mark: audience.mark,
    noteCommit: (events: readonly RecordedEvent[]): void => {
      collector.noteEvents(events)
      pace.soon()
    },
    noteCall: (): void => {
      collector.noteCall()
      pace.soon()
    },
    noteLeap: ticker.begin,
    noteRestored: (): void => {
      reason = 'restored'
    },
    /** Ends every stream, and looks no more. */
    close: (): void => {
      collector.stop()
      pace.stop()
      ticker.stop()
      audience.end()
      linger.stop()
    },
  }
}
