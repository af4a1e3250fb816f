/** Calls as the journal keeps them. */
import type { Unmatched } from './call.ts'

/** One call. Bodies are kept as they came, PINs included: this is the workspace's own data. */
export interface JournalEntry {
  request_id: string
  /** Instant of the workspace, ms. */
  at: number
  /** The same by the wall clock, ms: how fast a client really polls. */
  wall_at: number
  method: string
  path: string
  query: string
  body: string
  /** Parameters that the route does not have; Seam ignores them without a word. */
  unknown_parameters: readonly string[]
  status: number
  error_type: string | null
  /** The fault that acted on it. */
  fault_id: string | null
  /** The answer was a page with more to come. */
  has_next_page: boolean
  /** The emulator's own tool that called; null for the integration. */
  client: string | null
  /** Why no endpoint answered; null where one did. */
  unmatched: Unmatched['reason'] | null
  /** The path that was probably meant. */
  did_you_mean: string | null
  /** ms of real time. */
  duration_ms: number
  /** The events that it caused itself. */
  event_ids: readonly string[]
  /** The beginning of what was answered; null where that is not kept. */
  answer: string | null
}

/** What is kept of texts, UTF-16 units. */
export const sizeOf = ({ query, body, answer }: JournalEntry): number =>
  query.length + body.length + (answer?.length ?? 0)

/** The last calls, oldest first. */
export interface CallRing {
  count(): number
  isFull(): boolean
  /** The newest entry, to be written anew. There must be room. */
  begin(): JournalEntry
  /** Forgets the oldest call. Answers how much text it had; undefined when there is none. */
  dropOldest(): number | undefined
  /** As they are now: copies. */
  list(): JournalEntry[]
}

const none: readonly string[] = []

const blank = (): JournalEntry => ({
  request_id: '',
  at: 0.5,
  wall_at: 0.5,
  method: '',
  path: '',
  query: '',
  body: '',
  unknown_parameters: none,
  status: 0,
  error_type: null,
  fault_id: null,
  has_next_page: false,
  client: null,
  unmatched: null,
  did_you_mean: null,
  duration_ms: 0.5,
  event_ids: none,
  answer: null,
})

/**
 * Keeps at most so many calls. What lives for a thousand calls and is then forgotten costs collections
 * of memory more than writing it does: so the oldest call's entry is written anew for the newest.
 */
export const createCallRing = (most: number): CallRing => {
  const entries: JournalEntry[] = []
  let first = 0
  let count = 0
  return {
    count: () => count,
    isFull: () => count === most,
    begin: () => {
      const at = (first + count) % most
      count++
      return (entries[at] ??= blank())
    },
    dropOldest: () => {
      const oldest = count === 0 ? undefined : entries[first]
      if (oldest === undefined) return undefined
      const size = sizeOf(oldest)
      oldest.query = ''
      oldest.body = ''
      oldest.answer = null
      first = (first + 1) % most
      count--
      return size
    },
    list: () =>
      Array.from({ length: count }, (_, nth) => entries[(first + nth) % most]).flatMap((entry) =>
        entry === undefined ? [] : { ...entry },
      ),
  }
}
