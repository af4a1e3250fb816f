/** The calls that a workspace's API received lately, for tests and for the doctor. Kept in memory. */
import { beginningOf } from '../../lib/text.ts'
import { wholeBody } from './answer.ts'
import type { Answer } from './answer.ts'
import type { IncomingCall } from './call.ts'
import { createCallRing, sizeOf } from './call-ring.ts'
import type { CallRing, JournalEntry } from './call-ring.ts'
import { FAULT_HEADER } from './faults/intercept.ts'

export type { JournalEntry }

/** Whose calls: those of the integration, of the emulator's own tools, or all. */
export type Callers = 'integration' | 'tools' | 'all'

export interface Journal {
  /** @param keepsAnswer whether somebody looks, so that answers are worth their room */
  observe(call: IncomingCall, answer: Answer, keepsAnswer?: boolean): void
  /** Oldest first, as they are now; those of the integration when not told otherwise. */
  list(workspace_id: string, callers?: Callers): readonly JournalEntry[]
  /** How many of the integration's are kept. */
  count(workspace_id: string): number
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

/** The calls of one workspace, and the length of their texts. */
interface Book {
  readonly integration: CallRing
  readonly tools: CallRing
  text: number
}

const newBook = (): Book => ({
  integration: createCallRing(CALLS_PER_WORKSPACE),
  tools: createCallRing(TOOLS_PER_WORKSPACE),
  text: 0,
})

const numberOf = ({ request_id }: JournalEntry): number => Number(request_id.replace(/^\D+/, ''))

const entriesOf = ({ integration, tools }: Book, callers: Callers): readonly JournalEntry[] => {
  if (callers !== 'all') return (callers === 'tools' ? tools : integration).list()
  return [...integration.list(), ...tools.list()].sort((a, b) => numberOf(a) - numberOf(b))
}

const sizeOfBook = ({ integration, tools }: Book): number => integration.count() + tools.count()

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

/** Writes down who called, what and how it was answered. */
const write = (
  entry: JournalEntry,
  call: IncomingCall,
  answer: Answer,
  { at, wall_at, keepsAnswer }: { at: number; wall_at: number; keepsAnswer: boolean },
): void => {
  entry.request_id = call.request_id
  entry.at = at
  entry.wall_at = wall_at
  entry.method = call.method
  entry.path = call.path
  entry.query = beginning(call.query)
  entry.body = beginning(call.body)
  entry.unknown_parameters = call.unknown_parameters
  entry.status = answer.status
  entry.error_type = answer.error_type ?? null
  entry.fault_id = answer.headers[FAULT_HEADER] ?? null
  entry.has_next_page = hasNextPage(call, answer)
  entry.client = call.client
  entry.unmatched = call.unmatched?.reason ?? null
  entry.did_you_mean = call.unmatched?.near ?? null
  entry.duration_ms = Math.round((performance.now() - call.began) * 10) / 10
  entry.event_ids = call.event_ids
  entry.answer = keepsAnswer ? answerText(answer) : null
}

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

  const drop = (book: Book, calls: CallRing): void => {
    const size = calls.dropOldest()
    if (size === undefined) return
    total--
    book.text -= size
    totalText -= size
  }

  const trim = (): void => {
    for (const [workspace_id] of books) {
      const fits = total <= CALLS_IN_ALL && totalText <= TEXT_IN_ALL
      if (fits || books.size === 1) return
      forget(workspace_id)
    }
  }

  /** The workspace's book, which is now that of the last call. */
  const open = (workspace_id: string): Book => {
    const book = books.get(workspace_id) ?? newBook()
    if (workspace_id === latest) return book
    books.delete(workspace_id)
    books.set(workspace_id, book)
    latest = workspace_id
    return book
  }

  return {
    forget,
    get: (workspace_id: string) => books.get(workspace_id),
    /** Lets a call be written; the oldest ones go until all bounds hold, those of tools first. */
    add: (workspace_id: string, isOfTool: boolean, note: (entry: JournalEntry) => void): void => {
      const book = open(workspace_id)
      const { integration, tools } = book
      const calls = isOfTool ? tools : integration
      if (calls.isFull()) drop(book, calls)
      const entry = calls.begin()
      note(entry)
      const size = sizeOf(entry)
      total++
      book.text += size
      totalText += size
      while (book.text > TEXT_PER_WORKSPACE) drop(book, tools.count() > 0 ? tools : integration)
      if (total > CALLS_IN_ALL || totalText > TEXT_IN_ALL) trim()
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
      const kept = { at: clock(workspace_id), wall_at: wall(), keepsAnswer }
      books.add(workspace_id, call.client !== null, (entry) => write(entry, call, answer, kept))
    },
    list: (workspace_id, callers = 'integration') => {
      const book = books.get(workspace_id)
      return book === undefined ? [] : entriesOf(book, callers)
    },
    count: (workspace_id) => books.get(workspace_id)?.integration.count() ?? 0,
    clear: books.forget,
  }
}
