/**
 * One stream for all tabs of a browser. Browsers allow six connections to a server: a stream in each tab
 * would leave none for the seventh. The tab that holds the lock reads, and tells the others.
 */
import type { StreamFrame } from '../../contract/stream.ts'
import type { Connection } from '../model/state.ts'

export type Told =
  | { kind: 'frame'; frame: StreamFrame }
  | { kind: 'connection'; connection: Connection }
  | { kind: 'who' }

export interface Tabs {
  /** Tells the other tabs. */
  readonly tell: (told: Told) => void
}

/** A hidden tab that leads lets another one lead after a while, ms. */
const HAND_ON = 60_000

/** Ends when the tab has been hidden for a while and another one waits. */
const untilHandedOn = (name: string, stopped: AbortSignal): AbortSignal => {
  const ended = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const hand = async (): Promise<void> => {
    const { pending = [] } = await navigator.locks.query()
    if (pending.some((it) => it.name === name)) ended.abort()
    else if (document.hidden) timer = setTimeout(() => void hand(), HAND_ON)
  }
  const onChange = (): void => {
    clearTimeout(timer)
    if (document.hidden) timer = setTimeout(() => void hand(), HAND_ON)
  }
  document.addEventListener('visibilitychange', onChange)
  onChange()
  const clear = (): void => {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', onChange)
  }
  ended.signal.addEventListener('abort', clear)
  stopped.addEventListener('abort', clear)
  return AbortSignal.any([ended.signal, stopped])
}

interface Leading {
  /** What belongs together: one key. */
  key: string
  signal: AbortSignal
  /** Reads the stream until the signal ends it. */
  lead: (signal: AbortSignal) => Promise<void>
  /** What another tab tells. */
  onTold: (told: Told) => void
}

const leadInTurn = async (name: string, { signal, lead }: Leading): Promise<void> => {
  while (!signal.aborted) {
    await navigator.locks.request(name, { signal }, () => lead(untilHandedOn(name, signal)))
  }
}

/** Leads where nobody else does, and listens otherwise. */
export const joinTabs = (leading: Leading): Tabs => {
  // Only secure contexts have locks, and an address of a local network is none: there each tab reads,
  // and would hear everything twice.
  if (!('locks' in navigator)) {
    void leading.lead(leading.signal)
    return { tell: () => undefined }
  }
  const name = `seam-emulator console ${leading.key}`
  const channel = new BroadcastChannel(name)
  channel.addEventListener('message', ({ data }: MessageEvent<Told>) => leading.onTold(data))
  leading.signal.addEventListener('abort', () => channel.close())
  leadInTurn(name, leading).catch((error: unknown) => {
    if (!leading.signal.aborted) throw error
  })
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of one origin
  const tell = (told: Told): void => channel.postMessage(told)
  tell({ kind: 'who' })
  return { tell }
}
