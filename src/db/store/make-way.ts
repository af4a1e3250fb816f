/** Which rows go into their tables when many wait, so that memory stays flat and nobody waits long for them. */
import { flushRows } from './flush.ts'
import type { Rows } from './shapes.ts'
import type { State } from './state.ts'

/** Rows that may wait in memory. */
const MOST_WAITING = 32_768
/** Of those that nobody will write again, which gain nothing by waiting. */
const MOST_FINAL = 2_048
/** So many go at once, beside those that are too many. */
const AT_ONCE = 256

/** Of a table and a workspace with many rows that wait: fewer of those are about to be written again. */
const largest = ({ dirty }: State, isOne: (rows: Rows) => boolean): Rows | undefined => {
  let found: Rows | undefined
  for (const rows of dirty)
    if (isOne(rows) && (found === undefined || rows.waiting.size > found.waiting.size)) found = rows
  return found
}

export const makeWay = (state: State): void => {
  if (state.final > MOST_FINAL) {
    let left = state.final - MOST_FINAL + AT_ONCE
    for (const rows of state.dirty)
      if (left > 0 && rows.shelf.isFinal) left -= flushRows(rows, left)
  }
  if (state.waiting <= MOST_WAITING) return
  let left = state.waiting - MOST_WAITING + AT_ONCE
  while (left > 0) {
    const past = largest(state, ({ shelf }) => shelf.isHistory)
    const isMany = past !== undefined && past.waiting.size >= AT_ONCE
    const rows = isMany ? past : largest(state, () => true)
    if (rows === undefined) return
    left -= flushRows(rows, Math.min(left, AT_ONCE))
  }
}
