/** SQL that writes by itself, beside the rows that wait: whole tables of a workspace, and credentials. */
import { flushRows, forgetClean } from './flush.ts'
import type { Journal } from './rollback-journal.ts'
import type { Work } from './shapes.ts'
import { flushAll } from './state.ts'
import type { State } from './state.ts'

/** Takes out of the tables what was emptied. */
export const removeEmptied = (state: State, journal: Journal): void => {
  for (const rows of state.emptied) {
    const { sql, filled } = rows.shelf
    journal.enter()
    sql.clear(rows.scope)
    filled?.delete(rows.scope)
    rows.isEmptied = false
    state.written.add(rows)
  }
  state.emptied.clear()
}

/** Whatever is written from now on SQLite takes back by itself; what was emptied is so in its table. */
const protect = (state: State, journal: Journal): void => {
  if (state.isProtected) return
  for (const rows of state.dirty) if (!rows.isEmptied) flushRows(rows)
  journal.protect()
  state.isProtected = true
  removeEmptied(state, journal)
  flushAll(state)
}

export const writersOf = (
  state: State,
  journal: Journal,
): Pick<Work, 'protect' | 'write' | 'empty'> => ({
  protect: () => protect(state, journal),
  write: (sql, undo) => {
    if (journal.isDurable) protect(state, journal)
    journal.enter()
    sql()
    if (state.isProtected) return
    state.undo.push(() => {
      journal.enter()
      undo()
    })
  },
  empty: (rows) => {
    const { shelf } = rows
    const { lastSeq } = shelf
    if (journal.isDurable) protect(state, journal)
    state.emptied.add(rows)
    rows.isEmptied = true
    if (state.isProtected) removeEmptied(state, journal)
    else {
      state.undo.push(() => {
        state.emptied.delete(rows)
        rows.isEmptied = false
        forgetClean(rows)
        shelf.lastSeq = lastSeq
      })
    }
  },
})
