/** The calls that a workspace's API received lately, for tests and for the doctor. Kept in memory. */
import { beginningOf } from '../../lib/text.ts'
import { wholeBody } from './answer.ts'
import type { Answer } from './answer.ts'
import type { IncomingCall, Unmatched } from './call.ts'
import { FAULT_HEADER } from './faults/intercept.ts'

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

/** Whose calls: those of the integration, of the emulator's own tools, or all. */
export type Callers = 'integration' | 'tools' | 'all'

export interface Journal {
  /** @param keepsAnswer whether somebody looks, so that answers are worth their room */
  observe(call: IncomingCall, answer: Answer, keepsAnswer?: boolean): void
  /** Oldest first; those of the integration when not told otherwise. */
  list(workspace_id: string, callers?: Callers): readonly JournalEntry[]
  /** Forgets a workspace's calls, and answers how many there were. */
  clear(workspace_id: string): number
}

export const CALLS_PER_WORKSPACE = 1_000
/** Of the emulator's own tools fewer are kept, so that they push out nothing of the integration's. */
const TOOLS_PER_WORKSPACE = 200
/** Over all workspaces; beyond it the workspace that was quiet for longest is forgotten. */
const CALLS_IN_ALL = 20_000
/** The same two bounds for what is kept of queries and bodies, UTF-16 units: at most 2 bytes each. */
const TEXT_PER_WORKSPACE = 8_000_000
const TEXT_IN_ALL = 32_000_000
/** Longer queries and bodies are cut. */
const KEPT_TEXT = 20_000

/** The beginning of a text, as a text of its own: a slice of V8's would keep the whole one alive. */
const beginning = (text: string): string =>
  text.length <= KEPT_TEXT ? text : Buffer.from(beginningOf(text, KEPT_TEXT)).toString()

const sizeOf = ({ query, body, answer }: JournalEntry): number =>
  query.length + body.length + (answer?.length ?? 0)

/** The calls of one workspace, each list oldest first, and the length of their texts. */
interface Book {
  integration: JournalEntry[]
  tools: JournalEntry[]
  text: number
}

const numberOf = ({ request_id }: JournalEntry): number => Number(request_id.replace(/^\D+/, ''))

const entriesOf = ({ integration, tools }: Book, callers: Callers): readonly JournalEntry[] => {
  if (callers !== 'all') return callers === 'tools' ? tools : integration
  return [...integration, ...tools].sort((a, b) => numberOf(a) - numberOf(b))
}

const sizeOfBook = ({ integration, tools }: Book): number => integration.length + tools.length

/** Routes that are not Seam's: they stand in no journal. */
export const isOwnRoute = (path: string): boolean =>
  path.startsWith('/_') || path === '/health' || path === '/openapi.json'

const hasNextPage = ({ path }: IncomingCall, answer: Answer): boolean => {
  // Only lists have pages.
  if (!path.endsWith('/list')) return false
  const body = wholeBody(answer)
  if (body === null) return false
  const end =
    typeof body === 'string' ? body.slice(-2_000) : Buffer.from(body.subarray(-2_000)).toString()
  return end.includes('"has_next_page":true')
}

/** The beginning of an answer that is text. */
const answerText = (answer: Answer): string | null => {
  const body = wholeBody(answer)
  if (body === null || typeof body === 'string') return body === null ? null : beginning(body)
  return beginning(Buffer.from(body.subarray(0, 4 * KEPT_TEXT)).toString())
}

/** Who called, what and how it was answered, as it is kept. */
const entryOf = (
  call: IncomingCall,
  answer: Answer,
  { at, wall_at, keepsAnswer }: { at: number; wall_at: number; keepsAnswer: boolean },
): JournalEntry => ({
  request_id: call.request_id,
  at,
  wall_at,
  method: call.method,
  path: call.path,
  query: beginning(call.query),
  body: beginning(call.body),
  unknown_parameters: call.unknown_parameters,
  status: answer.status,
  error_type: answer.error_type ?? null,
  fault_id: answer.headers[FAULT_HEADER] ?? null,
  has_next_page: hasNextPage(call, answer),
  client: call.client,
  unmatched: call.unmatched?.reason ?? null,
  did_you_mean: call.unmatched?.near ?? null,
  duration_ms: Math.round((performance.now() - call.began) * 10) / 10,
  event_ids: call.event_ids,
  answer: keepsAnswer ? answerText(answer) : null,
})

/** The books of all workspaces, within their bounds. */
const createBooks = () => {
  // In the order of the last call, so that the first one is the quietest.
  const books = new Map<string, Book>()
  let total = 0
  let totalText = 0
  let latest: string | null = null

  const forget = (workspace_id: string): number => {
    if (latest === workspace_id) latest = null
    const book = books.get(workspace_id)
    if (book === undefined) return 0
    books.delete(workspace_id)
    total -= sizeOfBook(book)
    totalText -= book.text
    return sizeOfBook(book)
  }

  const drop = (book: Book, entries: JournalEntry[]): void => {
    const oldest = entries.shift()
    if (oldest === undefined) return
    book.text -= sizeOf(oldest)
    total--
    totalText -= sizeOf(oldest)
  }

  /** Forgets the oldest calls until the workspace keeps to its bounds; those of tools go first. */
  const shorten = (book: Book): void => {
    const { integration, tools } = book
    while (integration.length > CALLS_PER_WORKSPACE) drop(book, integration)
    while (tools.length > TOOLS_PER_WORKSPACE) drop(book, tools)
    while (book.text > TEXT_PER_WORKSPACE) drop(book, tools.length > 0 ? tools : integration)
  }

  const trim = (): void => {
    for (const [workspace_id] of books) {
      const fits = total <= CALLS_IN_ALL && totalText <= TEXT_IN_ALL
      if (fits || books.size === 1) return
      forget(workspace_id)
    }
  }

  return {
    forget,
    get: (workspace_id: string) => books.get(workspace_id),
    add: (workspace_id: string, entry: JournalEntry): void => {
      const book = books.get(workspace_id) ?? { integration: [], tools: [], text: 0 }
      if (workspace_id !== latest) {
        books.delete(workspace_id)
        books.set(workspace_id, book)
        latest = workspace_id
      }
      ;(entry.client === null ? book.integration : book.tools).push(entry)
      book.text += sizeOf(entry)
      total++
      totalText += sizeOf(entry)
      shorten(book)
      trim()
    },
  }
}

export const createJournal = (
  clock: (workspace_id: string) => number,
  wall: () => number,
): Journal => {
  const books = createBooks()
  return {
    observe: (call, answer, keepsAnswer = false) => {
      const { workspace_id, path } = call
      if (workspace_id === null || isOwnRoute(path)) return
      const at = clock(workspace_id)
      books.add(workspace_id, entryOf(call, answer, { at, wall_at: wall(), keepsAnswer }))
    },
    list: (workspace_id, callers = 'integration') => {
      const book = books.get(workspace_id)
      return book === undefined ? [] : entriesOf(book, callers)
    },
    clear: books.forget,
  }
}
