import { invalidInput } from '../../sim/kernel/errors.ts'

/** What is asked of a list. */
export interface PageChoice {
  order: 'asc' | 'desc'
  after?: string | undefined
  limit: number
}

/** Where an earlier answer ended; null for the beginning. */
export const cursorOf = ({ after }: Pick<PageChoice, 'after'>): number | null =>
  after === undefined ? null : Number(after)

/** The page of one row more than fits: it is not shown, but says that there is more. */
export const pageOf = <T>(
  rows: readonly T[],
  limit: number,
  numberOf: (row: T) => number,
): { page: T[]; next: string | null } => {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const hasMore = rows.length > page.length && last !== undefined
  return { page, next: hasMore ? String(numberOf(last)) : null }
}

/** A page of rows that are all at hand, the oldest first. */
export const pageAtHand = <T>(
  rows: readonly T[],
  choice: PageChoice,
  numberOf: (row: T) => number,
): { page: T[]; next: string | null } => {
  const from = cursorOf(choice)
  const isUp = choice.order === 'asc'
  const ordered = isUp ? rows : rows.toReversed()
  const rest =
    from === null
      ? ordered
      : ordered.filter((row) => (isUp ? numberOf(row) > from : numberOf(row) < from))
  return pageOf(rest, choice.limit, numberOf)
}

/** A page of names, given in their order. */
export const pageByName = (
  names: readonly string[],
  {
    order = 'asc',
    after,
    limit,
  }: Omit<PageChoice, 'order'> & { order?: PageChoice['order'] | undefined },
): { page: string[]; next: string | null } => {
  const isUp = order === 'asc'
  const ordered = isUp ? names : names.toReversed()
  const rest =
    after === undefined ? ordered : ordered.filter((name) => (isUp ? name > after : name < after))
  const page = rest.slice(0, limit)
  return { page, next: rest.length > limit ? (page.at(-1) ?? null) : null }
}

/** Where nobody says an order, the latest are answered, the oldest of them first, as before there was one. */
export const latest = <T>(rows: readonly T[], { after, limit }: Omit<PageChoice, 'order'>): T[] => {
  if (after !== undefined) throw invalidInput('after', 'after goes with order')
  return rows.slice(-limit)
}
