import { createPending } from './pending.ts'
import type { Change } from './pending.ts'
import type { RowStatements, Scope } from './row-statements.ts'
import type { UnitOfWork, Writer } from './unit-of-work.ts'

/** Joins the parts of an identity; only the first of them may have line breaks itself. */
const SEPARATOR = '\n'

/** A row's identity within its workspace: one column, or the values of several. */
export type Id = string | readonly string[]

export const keyOf = (id: Id): string => (typeof id === 'string' ? id : id.join(SEPARATOR))
export const partsOf = (id: Id): readonly string[] => (typeof id === 'string' ? [id] : id)

/** The `width` parts of a key. */
const partsOfKey = (key: string, width: number): readonly string[] => {
  if (width === 1) return [key]
  const parts = key.split(SEPARATOR)
  const rest = parts.splice(parts.length - width + 1)
  return [parts.join(SEPARATOR), ...rest]
}

/** How one repository writes to a table that gets its rows late. */
export interface LateWrites<Row> {
  /** `whole`: the row as the change leaves it, where it is at hand. */
  write: (key: string, change: Change<Row>, whole?: Row) => void
  /** What the table does not have yet of that row. */
  find: (key: string) => Change<Row> | undefined
  /** To be called before SQL on the table. */
  bringUpToDate: () => void
}

/** @param forget is called when a transaction fails that wrote here. */
export const createLateWrites = <Row extends object>(
  work: UnitOfWork,
  statements: RowStatements<Row>,
  scope: Scope,
  forget: () => void,
): LateWrites<Row> => {
  const pending = createPending<Row>()

  const apply = (key: string, change: Change<Row>, put = statements.insert): void => {
    switch (change.do) {
      case 'insert':
        put(scope, change.row)
        break
      case 'replace':
        statements.replace(scope, change.row)
        break
      case 'update':
        statements.update(scope, partsOfKey(key, statements.idColumns.length), change.patch)
        break
      case 'delete':
      default:
        statements.remove(scope, partsOfKey(key, statements.idColumns.length))
    }
  }
  /**
   * Whoever wrote the row had an answer long ago. Should its id be taken, as may be in a world from a
   * snapshot that was changed by hand, nobody else's request must fail for it. SQLite finds that out
   * before it changes anything; a replacement it could have to undo, and keeps the pages for that.
   */
  const putInPlace = (of: Scope, row: object): number => {
    try {
      return statements.insert(of, row)
    } catch {
      return statements.replace(of, row)
    }
  }
  const writer: Writer = {
    get hasSettled() {
      return pending.hasSettled
    },
    get hasOpen() {
      return pending.hasOpen
    },
    applyOpen: () => pending.takeOpen(apply),
    applySettled: (most) =>
      pending.takeSettled(most, (key, change) => apply(key, change, putInPlace)),
    settle: () => pending.settle(),
    drop: () => {
      pending.drop()
      forget()
    },
  }

  return {
    write: (key, change, whole) => {
      const isFirst = !pending.hasOpen
      pending.write(key, change, whole)
      if (isFirst) work.noteOpen(writer)
    },
    find: (key) => pending.find(key),
    bringUpToDate: () => work.bringUpToDate(writer),
  }
}
