/** Which rows are in the page: all have one height, so two divisions say it. */

export interface Visible {
  /** The first one that is there, and the one after the last. */
  readonly first: number
  readonly end: number
}

/** Rows beyond the edges, so that scrolling finds them there. */
const BEYOND = 6

/** @param top px that are scrolled away */
export const visibleRows = (
  top: number,
  { height, row, count }: { height: number; row: number; count: number },
): Visible => {
  const first = Math.max(0, Math.min(count, Math.floor(top / row)) - BEYOND)
  const end = Math.min(count, Math.ceil((top + height) / row) + BEYOND)
  return { first, end: Math.max(first, end) }
}

/** How far to scroll so that a row is seen whole; as it is where it is. */
export const scrolledTo = (
  index: number,
  { top, height, row }: { top: number; height: number; row: number },
): number => {
  const [start, end] = [index * row, (index + 1) * row]
  if (start < top) return start
  return end > top + height ? end - height : top
}
