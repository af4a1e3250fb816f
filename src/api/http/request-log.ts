/** The calls that a workspace's API received lately, for tests and for the doctor. Kept in memory. */
import type { Answer } from './answer.ts'
import type { IncomingCall } from './call.ts'
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
  status: number
  error_type: string | null
  /** The fault that acted on it. */
  fault_id: string | null
  /** The answer was a page with more to come. */
  has_next_page: boolean
}

export interface Journal {
  observe(call: IncomingCall, answer: Answer): void
  /** Oldest first. */
  list(workspace_id: string): readonly JournalEntry[]
  /** Forgets a workspace's calls, and answers how many there were. */
  clear(workspace_id: string): number
}

export const CALLS_PER_WORKSPACE = 1_000
/** Over all workspaces; beyond it the workspace that was quiet for longest is forgotten. */
const CALLS_IN_ALL = 20_000
const KEPT_BODY = 20_000

const isOwnRoute = (path: string): boolean =>
  path.startsWith('/_') || path === '/health' || path === '/openapi.json'

const hasNextPage = ({ path }: IncomingCall, { body }: Answer): boolean =>
  body !== null &&
  // Only lists have pages.
  path.endsWith('/list') &&
  (typeof body === 'string'
    ? body.slice(-2_000)
    : Buffer.from(body.subarray(-2_000)).toString()
  ).includes('"has_next_page":true')

export const createJournal = (
  clock: (workspace_id: string) => number,
  wall: () => number,
): Journal => {
  // In the order of the last call, so that the first one is the quietest.
  const books = new Map<string, JournalEntry[]>()
  let total = 0
  let latest: string | null = null

  const forget = (workspace_id: string): number => {
    if (latest === workspace_id) latest = null
    const count = books.get(workspace_id)?.length ?? 0
    books.delete(workspace_id)
    total -= count
    return count
  }

  const trim = (): void => {
    for (const [workspace_id] of books) {
      if (total <= CALLS_IN_ALL || books.size === 1) return
      forget(workspace_id)
    }
  }

  return {
    observe: (call, answer) => {
      const { workspace_id, request_id, method, path, query, body } = call
      if (workspace_id === null || isOwnRoute(path)) return
      const book = books.get(workspace_id) ?? []
      if (workspace_id !== latest) {
        books.delete(workspace_id)
        books.set(workspace_id, book)
        latest = workspace_id
      }
      book.push({
        request_id,
        at: clock(workspace_id),
        wall_at: wall(),
        method,
        path,
        query,
        body: body.length > KEPT_BODY ? body.slice(0, KEPT_BODY) : body,
        status: answer.status,
        error_type: answer.error_type ?? null,
        fault_id: answer.headers[FAULT_HEADER] ?? null,
        has_next_page: hasNextPage(call, answer),
      })
      total++
      if (book.length > CALLS_PER_WORKSPACE) {
        book.shift()
        total--
      }
      trim()
    },
    list: (workspace_id) => books.get(workspace_id) ?? [],
    clear: forget,
  }
}
