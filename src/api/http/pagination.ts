import { createHash } from 'node:crypto'
import { z } from 'zod'
import { once } from '../../lib/once.ts'
import type { Call } from './endpoint.ts'
import { apiError } from './errors.ts'
import { encodeQuery } from './query-string.ts'

/** Where a page of a list ends, as it goes over the wire. */
export const pagination = once(() =>
  z.strictObject({
    has_next_page: z.boolean(),
    next_page_cursor: z.string().nullable(),
    next_page_url: z.url().nullable(),
  }),
)

/** Where a page ended: the sort keys of its last row. */
export type Position = readonly (string | number)[]

type Pagination = z.output<ReturnType<typeof pagination>>

/** Parameters that choose the page, not the rows. */
const ofThePage = new Set(['page_cursor', 'limit'])

const filtersOf = (input: Call['input']): [string, unknown][] =>
  Object.entries(input)
    .filter(([name, value]) => !ofThePage.has(name) && value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))

/** Names the list and its filters, so that a cursor is good for nothing else. */
const fingerprint = (path: string, filters: [string, unknown][]): string =>
  createHash('sha256')
    .update(JSON.stringify([path, filters]))
    .digest('base64url')
    .slice(0, 16)

const cursorSchema = once(() => z.tuple([z.string(), z.array(z.union([z.string(), z.number()]))]))

const decodeCursor = (cursor: string): z.output<ReturnType<typeof cursorSchema>> => {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return cursorSchema().parse(value)
  } catch {
    const message =
      'page_cursor is not a cursor of this API: pass on next_page_cursor as it was given.'
    throw apiError(400, 'invalid_input', message, {
      validation_errors: { _errors: [], page_cursor: { _errors: ['Invalid page cursor'] } },
    })
  }
}

/**
 * Where the page asked for begins: after this row; null for the first page.
 *
 * @throws 400 `invalid_input` when the cursor does not decode, `mismatched_page_parameters` when it
 *   belongs to another list or to other filters
 */
export const pageStart = ({ path, input }: Call, page_cursor?: string | null): Position | null => {
  if (page_cursor === null || page_cursor === undefined || page_cursor === '') return null
  const [print, position] = decodeCursor(page_cursor)
  if (print === fingerprint(path, filtersOf(input))) return position
  const message =
    'page_cursor belongs to a list with other parameters: repeat all parameters of the first page with it.'
  throw apiError(400, 'mismatched_page_parameters', message)
}

/** How a list is cut into pages. */
interface Paging<T> {
  limit: number
  positionOf: (row: T) => Position
  /** Also puts `next_page_cursor` into the URL, as the vendor's fake names it. */
  hasFakeQuirks?: boolean
}

/**
 * The page's rows and its `pagination`, from up to `limit + 1` rows that begin at `pageStart`: a row
 * too many tells that there is a next page.
 */
export const pageOf = <T>(
  call: Call,
  rows: readonly T[],
  { limit, positionOf, hasFakeQuirks = false }: Paging<T>,
): { rows: readonly T[]; pagination: Pagination } => {
  const last = rows[limit - 1]
  if (rows.length <= limit || last === undefined) {
    const end = { has_next_page: false, next_page_cursor: null, next_page_url: null }
    return { rows, pagination: end }
  }
  const { path, origin, input } = call
  const filters = filtersOf(input)
  const position = JSON.stringify([fingerprint(path, filters), positionOf(last)])
  const cursor = Buffer.from(position).toString('base64url')
  const query = encodeQuery({
    ...Object.fromEntries(filters),
    limit: input['limit'],
    page_cursor: cursor,
    ...(hasFakeQuirks ? { next_page_cursor: cursor } : {}),
  })
  return {
    rows: rows.slice(0, limit),
    pagination: {
      has_next_page: true,
      next_page_cursor: cursor,
      next_page_url: `${origin}${path}?${query}`,
    },
  }
}
