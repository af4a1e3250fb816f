/** What the page knows, and what is looked at. Places read these; `live/follow.ts` writes the first ones. */
import { computed, signal } from '@preact/signals'
import type { StreamEntry, StreamFrame } from '../../contract/stream.ts'
import { instantAt, isRunning } from './clock.ts'
import type { ClockFace } from './clock.ts'
import type { WorldModel } from './types.ts'

export type Connection =
  | { state: 'connecting' }
  | { state: 'live' }
  /** `since`: the machine's time, ms. `stopped`: nobody answers there. */
  | { state: 'lost'; since: number; stopped: boolean }
  | { state: 'refused'; message: string }
  | { state: 'gone' }

/** The last `world` with what changed since; null before the first one. */
export const world = signal<WorldModel | null>(null)
/** The clock as it was told last. */
export const clock = signal<ClockFace | null>(null)
export const connection = signal<Connection>({ state: 'connecting' })
/** The number of the last frame that is in `world`: tests wait for it, as `data-seq` on the root. */
export const seq = signal(0)
/** What happened lately, the newest last; places that want more ask for it. */
export const entries = signal<readonly StreamEntry[]>([])
/** The leap that is under way. */
export const leap = signal<Extract<StreamFrame, { event: 'leap' }>['data'] | null>(null)
/** Another world took the place of the one that was here. */
export const replaced = signal<{ reason: string; at: number } | null>(null)
/** Rises with each frame that names calls, messages or deliveries: lists of them ask again. */
export const traffic = signal(0)

/** The past instant that is looked at, ms; null for the present. Nothing acts while it is set. */
export const at = signal<number | null>(null)
/** What is chosen, on every place. */
export const chosen = signal<{ device_id: string | null; access_code_id: string | null }>({
  device_id: null,
  access_code_id: null,
})
/** Whether PINs are covered, for those who share their screen. */
export const hidesPins = signal(false)

const tick = signal(0)
let timer: ReturnType<typeof setTimeout> | undefined

/** A running clock is drawn by the page: four times a second, and not while it is hidden. */
const beat = (): void => {
  clearTimeout(timer)
  const face = clock.peek()
  if (face === null || !isRunning(face) || document.hidden) return
  tick.value += 1
  timer = setTimeout(beat, 250)
}

/** The workspace's instant, ms; null before it is known. */
export const now = computed(() => {
  const face = clock.value
  return tick.value >= 0 && face !== null ? instantAt(face, performance.now()) : null
})

/** The instant that is shown: a past one that is looked at, or now. */
export const shownAt = computed(() => at.value ?? now.value)

export const setClock = (told: Omit<ClockFace, 'now' | 'read_at'> & { now: string }): void => {
  const { mode, rate } = told
  clock.value = { now: Date.parse(told.now), mode, rate, read_at: performance.now() }
  beat()
}

/** Once, by the start. */
export const watchVisibility = (): void => document.addEventListener('visibilitychange', beat)
