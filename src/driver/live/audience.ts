/** Those who read one workspace's stream, and the last frames for whoever comes back. */
import { clearInterval, setInterval } from 'node:timers'
import type { ResyncReason, StreamEntry } from '../../contract/stream.ts'
import type { Collected } from './collector.ts'
import { HEARTBEAT, createRing, frameText } from './frames.ts'
import { createReader } from './reader.ts'
import type { Reader } from './reader.ts'

const BEAT = 15_000

export type EntryKind = StreamEntry['kind']

export interface OpenOptions {
  last_event_id?: string | undefined
  /** Only entries of these kinds. */
  kinds?: readonly EntryKind[] | undefined
}

interface Change extends Collected {
  clock: object
}

/** A frame that is kept: it is put into words anew for each reader who wants a part of it only. */
interface Kept {
  id: string
  text: string
  change: (Change & { seq: number }) | null
}

interface Subscriber {
  reader: Reader
  kinds: ReadonlySet<EntryKind> | null
}

/** What of a frame a reader wants; null for nothing of it. */
const textFor = ({ text, change, id }: Kept, { kinds }: Subscriber): string | null => {
  if (kinds === null || change === null) return text
  const entries = change.entries.filter(({ kind }) => kinds.has(kind))
  return entries.length === 0 ? null : frameText('change', { ...change, entries }, id)
}

const send = (kept: Kept, subscriber: Subscriber): void => {
  const text = textFor(kept, subscriber)
  if (text !== null) subscriber.reader.send(text)
}

/** Keeps connections from looking dead. */
const createHeart = (subscribers: ReadonlySet<Subscriber>) => {
  let timer: NodeJS.Timeout | null = null
  const beat = (): void => {
    for (const { reader } of subscribers) reader.send(HEARTBEAT)
  }
  return {
    begin: (): void => {
      timer ??= setInterval(beat, BEAT).unref()
    },
    stop: (): void => {
      timer?.ref()
      clearInterval(timer ?? undefined)
      timer = null
    },
  }
}

export type Audience = ReturnType<typeof createAudience>

/** @param onEmpty is called when the last one leaves */
export const createAudience = (generation: string, onEmpty: () => void) => {
  const subscribers = new Set<Subscriber>()
  const heart = createHeart(subscribers)
  const ring = createRing<Kept>(0)
  let seq = 0
  const idOf = (): string => `${generation}-${seq}`

  const leave = (subscriber: Subscriber): void => {
    subscribers.delete(subscriber)
    if (subscribers.size > 0) return
    heart.stop()
    onEmpty()
  }
  const keep = (kept: Kept): void => {
    ring.add(seq, kept, kept.text.length)
    for (const subscriber of subscribers) send(kept, subscriber)
  }
  /** The frames since the one that was read last; null where that cannot be said. */
  const missedSince = (last_event_id: string | undefined): Kept[] | null => {
    if (last_event_id?.startsWith(`${generation}-`) !== true) return null
    return ring.after(Number(last_event_id.slice(generation.length + 1)))
  }
  const greet = (subscriber: Subscriber, last_event_id: string | undefined, hello: object) => {
    const { reader } = subscriber
    const missed = missedSince(last_event_id)
    // Whoever comes back has frames to read before he is here.
    const data = { generation, seq, ...hello }
    reader.send(frameText('hello', data, missed === null ? idOf() : null))
    if (last_event_id !== undefined && missed === null) {
      reader.send(frameText('resync', { reason: 'missed' }, idOf()))
    }
    for (const kept of missed ?? []) send(kept, subscriber)
  }

  return {
    mark: () => ({ generation, seq }),
    open: ({ last_event_id, kinds }: OpenOptions, hello: object): Reader['stream'] => {
      const reader: Reader = createReader(() => leave(subscriber))
      const subscriber = { reader, kinds: kinds === undefined ? null : new Set(kinds) }
      greet(subscriber, last_event_id, hello)
      subscribers.add(subscriber)
      heart.begin()
      return reader.stream
    },
    change: (change: Change): void => {
      seq++
      const numbered = { seq, ...change }
      keep({ id: idOf(), text: frameText('change', numbered, idOf()), change: numbered })
    },
    resync: (reason: ResyncReason): void => {
      seq++
      keep({ id: idOf(), text: frameText('resync', { reason }, idOf()), change: null })
    },
    /** Of the moment, and not kept; those who narrow the stream do not get it. */
    tellAll: (text: string): void => {
      for (const { reader, kinds } of subscribers) if (kinds === null) reader.send(text)
    },
    end: (): void => {
      for (const { reader } of subscribers) reader.end()
      heart.stop()
    },
  }
}
