/** Which rows go into their tables when many wait, so that memory stays flat and nobody waits long for them. */
import { flushRows } from './flush.ts'
import type { State } from './state.ts'

/** Rows of one table that may wait in memory, over all workspaces. */
const MOST_WAITING = 65_536
/** The same where nobody will write them again: they gain nothing by waiting. */
const MOST_FINAL = 8_192
/** So many go at once, beside those that are too many. */
const AT_ONCE = 256

export const mostWaiting = (isFinal: boolean): number => (isFinal ? MOST_FINAL : MOST_WAITING)

/** Brings the oldest rows of crowded tables into them. */
export const makeWay = ({ crowded, dirty }: State): void => {
  for (const shelf of crowded) {
    let left = shelf.waiting - shelf.mostWaiting + AT_ONCE
    for (const rows of dirty) {
      if (shelf.waiting <= shelf.mostWaiting) break
      if (rows.shelf === shelf) left -= flushRows(rows, left)
    }
  }
  crowded.clear()
}
