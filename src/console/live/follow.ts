/** Keeps the model true: reads the stream, or hears of it from the tab that does. */
import { batch, effect } from '@preact/signals'
import type { StreamFrame } from '../../contract/stream.ts'
import { isRunning } from '../model/clock.ts'
import { nextEdge } from '../model/edges.ts'
import * as state from '../model/state.ts'
import type { Connection } from '../model/state.ts'
import { isApiError } from './client.ts'
import { joinTabs } from './leader.ts'
import { TIMED_APART, TIME_PASSED, createRefresher } from './refresh.ts'
import type { Refresher } from './refresh.ts'
import { readStream } from './stream.ts'

/** Kept of what happened. */
const ENTRIES = 500

type Change = Extract<StreamFrame, { event: 'change' }>['data']

const onChange = ({ clock, entries, changed, seq }: Change, refresher: Refresher): void => {
  batch(() => {
    state.setClock(clock)
    if (entries.length > 0) {
      state.entries.value = [...state.entries.peek(), ...entries].slice(-ENTRIES)
    }
    const { requests, inbox, deliveries } = changed
    if (requests + inbox + deliveries + entries.length > 0) state.traffic.value += 1
  })
  refresher.note(changed, seq)
}

const onResync = (reason: string, id: string | null, refresher: Refresher): void => {
  batch(() => {
    if (reason === 'reset' || reason === 'restored') {
      state.replaced.value = { reason, at: Date.now() }
      state.entries.value = []
      state.at.value = null
    }
    state.leap.value = null
    state.traffic.value += 1
  })
  refresher.note(null, Number(id?.split('-').pop() ?? 0))
}

/** The last frame of a leap that was stopped does not say so: none comes after it. Ms. */
const LEAP_SILENCE = 500
let leapTimer: ReturnType<typeof setTimeout> | undefined

const onLeap = (leap: NonNullable<typeof state.leap.value>): void => {
  clearTimeout(leapTimer)
  const end = (): void => {
    state.leap.value = null
  }
  state.leap.value = leap
  if (leap.now === leap.to) end()
  else leapTimer = setTimeout(end, LEAP_SILENCE)
}

const createListener = (refresher: Refresher) => {
  let generation = ''
  return (frame: StreamFrame): void => {
    if (frame.event === 'change') onChange(frame.data, refresher)
    else if (frame.event === 'leap') onLeap(frame.data)
    else if (frame.event === 'resync') onResync(frame.data.reason, frame.id, refresher)
    else if (frame.event === 'hello') {
      state.setClock(frame.data.clock)
      // Another run of the stream counts anew.
      if (frame.data.generation !== generation) state.seq.value = 0
      if (frame.data.generation !== generation || state.world.peek() === null) {
        refresher.note(null, frame.data.seq)
      } else refresher.look()
      generation = frame.data.generation
    }
  }
}

/** Ms until the next attempt: soon at first, so that a restart is hardly seen. */
const pauseAfter = (failures: number): number => Math.min(2_000, 150 * 2 ** failures)

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })

const ended = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve()))

/** Whether there is nothing to come back to: the key is refused, or its workspace is gone. */
const isOver = (): boolean => ['gone', 'refused'].includes(state.connection.peek().state)

const lostBy = (error: unknown, before: Connection): Connection => {
  if (isApiError(error) && error.status < 500) return { state: 'refused', message: error.message }
  const since = before.state === 'lost' ? before.since : Date.now()
  return { state: 'lost', since, stopped: error instanceof TypeError }
}

/** A running clock changes what is so without a frame: at the next edge of a window, for one. */
const watchEdges = (refresher: Refresher): void => {
  let timer: ReturnType<typeof setTimeout> | undefined
  effect(() => {
    const [world, face] = [state.world.value, state.clock.value]
    clearTimeout(timer)
    if (world === null || face === null || !isRunning(face)) return
    const now = state.now.peek() ?? face.now
    const wait = Math.min(nextEdge(world, now) - now, TIME_PASSED) / face.rate
    timer = setTimeout(() => refresher.look(), Math.max(wait + 20, TIMED_APART))
  })
}

/** So long the tab that reads may take to say that it does, ms. */
const NOBODY_ANSWERS = 1_000

/** Follows the workspace of the key until the page is left. */
export const follow = (key: string): void => {
  const stop = new AbortController()
  const setConnection = (next: Connection): void => {
    state.connection.value = next
  }
  const refresher = createRefresher((error) => {
    // What the emulator refuses later is told where it was asked; what it said before stays.
    if (isApiError(error) && state.world.peek() !== null) return
    if (!isOver()) setConnection(lostBy(error, state.connection.peek()))
  })
  const listen = createListener(refresher)
  let lastEventId: string | null = null
  const hear = (frame: StreamFrame): void => {
    lastEventId = frame.id ?? lastEventId
    if (frame.event === 'gone') setConnection({ state: 'gone' })
    listen(frame)
  }

  const lead = async (signal: AbortSignal): Promise<void> => {
    let failures = 0
    const say = (connection: Connection): void => {
      setConnection(connection)
      tabs.tell({ kind: 'connection', connection })
    }
    const onFrame = (frame: StreamFrame): void => {
      if (frame.event === 'hello') {
        failures = 0
        say({ state: 'live' })
      }
      hear(frame)
      tabs.tell({ kind: 'frame', frame })
    }
    while (!signal.aborted && !isOver()) {
      const error = await readStream({ lastEventId, signal, onFrame }).then(
        () => null,
        (reason: unknown) => reason,
      )
      // Asking again would make a workspace that was deleted anew: any key opens one.
      if (signal.aborted || isOver()) break
      say(lostBy(error, state.connection.peek()))
      if (!isOver()) await pause(pauseAfter(failures++), signal)
    }
    // It keeps its turn: another tab would be told the same.
    if (!signal.aborted) await ended(signal)
  }

  const tabs = joinTabs({
    key,
    signal: stop.signal,
    lead,
    onTold: (told) => {
      if (told.kind === 'frame') hear(told.frame)
      else if (told.kind === 'connection') {
        setConnection(told.connection)
        // A tab that only listens has no `hello`: it begins with the world as it is.
        if (state.world.peek() === null) refresher.note(null, 0)
      } else if (state.connection.peek().state === 'live') {
        // A tab that has just come: it is told how things stand by the next frame, and now.
        tabs.tell({ kind: 'connection', connection: state.connection.peek() })
      }
    },
  })
  watchEdges(refresher)
  setTimeout(() => {
    if (state.world.peek() === null) refresher.note(null, 0)
  }, NOBODY_ANSWERS)
}
