/** The past of all doors, as far as it is loaded, kept in step with the page's world. */
import { batch, effect, signal } from '@preact/signals'
import type { CodeTimeline, Timeline } from '../../contract/timeline.ts'
import type { ChronicleEntry } from '../../contract/chronicle.ts'
import { ask, isApiError } from '../live/client.ts'
import * as state from '../model/state.ts'
import type { Lock } from '../model/types.ts'
import type { DoorPast } from './rows.ts'
import type { View } from './time-scale.ts'

export const past = signal<ReadonlyMap<string, DoorPast>>(new Map())
/** Of what time it is loaded; null before anything is. */
export const loaded = signal<View | null>(null)
/** What leaves no other trace, door by door: typed PINs and commands that failed. */
export const marks = signal<ReadonlyMap<string, readonly ChronicleEntry[]>>(new Map())

const DAY = 86_400_000
const BEFORE = 7 * DAY
const AFTER = 5 * DAY
/** More spans than this are told as densities. */
const LIMIT = 20_000
/** More doors than this are asked for all at once. */
const MANY = 60
const MARKS = 2_000

/** The time to load so that a view is in it, in whole days. */
export const frameFor = (now: number, view: View | null): View => {
  const room = view === null ? 0 : (view.to - view.from) / 2
  const from = Math.min(now - BEFORE, (view?.from ?? now) - room)
  const to = Math.max(now + AFTER, (view?.to ?? now) + room)
  return { from: Math.floor(from / DAY) * DAY, to: Math.ceil(to / DAY) * DAY }
}

const beginning = ({ declared, on_lock, status }: CodeTimeline): string =>
  declared[0]?.from ?? on_lock[0]?.from ?? status[0]?.from ?? ''

/** Door by door, each one's codes as their stays come. */
export const byDoor = ({ devices, codes, density, now }: Timeline): [string, DoorPast][] => {
  const codesOf = Map.groupBy(codes, (it) => it.device_id)
  const densityOf = new Map(density?.map((it) => [it.device_id, it]))
  return devices.map((door) => [
    door.device_id,
    {
      door,
      codes: (codesOf.get(door.device_id) ?? []).toSorted((a, b) =>
        beginning(a).localeCompare(beginning(b)),
      ),
      density: densityOf.get(door.device_id) ?? null,
      now: Date.parse(now),
    },
  ])
}

type Wanted = ReadonlySet<string> | 'all'

const asked = async (wanted: Wanted, frame: View): Promise<void> => {
  const body = {
    from: new Date(frame.from).toISOString(),
    to: new Date(frame.to).toISOString(),
    limit: LIMIT,
    ...(wanted !== 'all' && { device_ids: [...wanted] }),
  }
  const { timeline } = await ask('/_emulator/timeline', body)
  const told = byDoor(timeline)
  batch(() => {
    past.value = new Map(wanted === 'all' ? told : [...past.peek(), ...told])
    loaded.value = frame
  })
}

/** What is known of the chronicle, and of which world that was. */
let known: { entries: readonly ChronicleEntry[]; of: unknown } | null = null

/** The newest ones at first, and then only what has come since. */
const askMarks = async (): Promise<void> => {
  const of = state.replaced.peek()
  const before = known?.of === of ? known.entries : []
  const last = before.at(-1)
  const { chronicle } = await ask('/_emulator/chronicle', {
    kinds: ['keypad_entry', 'command_answered'],
    limit: MARKS,
    ...(last === undefined ? { order: 'desc' } : { order: 'asc', after: String(last.seq) }),
  })
  const entries = last === undefined ? chronicle.toReversed() : [...before, ...chronicle]
  known = { entries: entries.slice(-MARKS), of }
  if (chronicle.length > 0 || last === undefined)
    marks.value = Map.groupBy(known.entries, ({ device_id }) => device_id ?? '')
}

/** The doors that are other ones than before; all where most are. */
const touched = (before: readonly Lock[], after: readonly Lock[]): Wanted => {
  const known = new Set(before)
  const others = after.filter((lock) => !known.has(lock)).map((lock) => lock.device_id)
  const isSame = before.length === after.length
  return isSame && others.length <= MANY && others.length < after.length ? new Set(others) : 'all'
}

const both = (a: Wanted | null, b: Wanted): Wanted =>
  a === 'all' || b === 'all' ? 'all' : new Set([...(a ?? []), ...b])

/** Between two questions at least so long, ms, and at least twice as long as the last one took. */
const APART = 60

export interface PastKeeper {
  /** Loads more where the view has left what is loaded. */
  readonly cover: (view: View) => void
  readonly stop: () => void
}

/** Keeps the past in step for as long as somebody looks. */
export const keepPast = (): PastKeeper => {
  let wanted: Wanted | null = null
  let view: View | null = null
  let isBusy = false
  const end = new AbortController()
  const frame = (): View => frameFor(state.now.peek() ?? 0, view)
  const question = async (): Promise<void> => {
    const now = wanted
    wanted = null
    if (now === null || (now !== 'all' && now.size === 0)) return
    const before = loaded.peek()
    const next = now === 'all' || before === null ? frame() : before
    await Promise.all([asked(before === null ? 'all' : now, next), askMarks()])
  }
  const work = async (): Promise<void> => {
    if (isBusy || document.hidden) return
    isBusy = true
    while (wanted !== null && !end.signal.aborted) {
      const begun = performance.now()
      try {
        await question()
      } catch (error) {
        // A door that is gone is not asked for again. Where nobody answers, the next change asks; what
        // was lost on the way is asked for again, as long as the emulator is there.
        if (!isApiError(error) && state.connection.peek().state !== 'live') break
        wanted = 'all'
      }
      const pause = Math.max(APART, 2 * (performance.now() - begun))
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
    isBusy = false
  }
  const want = (more: Wanted): void => {
    wanted = both(wanted, more)
    void work()
  }
  let locks: readonly Lock[] = []
  const stop = effect(() => {
    const after = state.world.value?.locks
    if (after === undefined || after === locks) return
    const before = locks
    locks = after
    want(touched(before, after))
  })
  const wake = (): void => void work()
  document.addEventListener('visibilitychange', wake, { signal: end.signal })
  return {
    cover: (next) => {
      view = next
      const has = loaded.peek()
      if (has !== null && (next.from < has.from || next.to > has.to)) want('all')
    },
    stop: () => {
      end.abort()
      stop()
    },
  }
}
