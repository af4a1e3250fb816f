import type BetterSqlite3 from 'better-sqlite3'
import { getTableName } from 'drizzle-orm/table'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { asked } from './conditions.ts'
import type { Asked, Where } from './conditions.ts'
import type { Param } from './codec.ts'
import { compileCopy } from './compiled.ts'
import { createLookup } from './lookup.ts'
import type { Place } from './lookup.ts'
import { createLateWrites, keyOf, partsOf } from './late-writes.ts'
import type { Id } from './late-writes.ts'
import { createRowCaches } from './row-cache.ts'
import { rowStatements } from './row-statements.ts'
import type { Scope } from './row-statements.ts'
import type { LookedUp, Repository, TableOptions, TableStatements } from './table.ts'

/** Builds a table's repository factory from its drizzle definition. Rows are values: nobody changes one in place. */
export const tableStatements = <T extends SQLiteTable>(
  db: BetterSqlite3.Database,
  table: T,
  options: TableOptions,
): TableStatements<T> => {
  type Row = T['$inferSelect'] & Record<string, unknown>
  const { work, lookup: lookedUp, id: idColumns } = options
  const name = getTableName(table)
  const isDeferred = options.late === true
  const statements = rowStatements<Row>(db, table, idColumns, isDeferred ? work : null)
  const { scoped, codecs } = statements
  const caches = options.at_hand === true ? createRowCaches<Row>() : null
  const scopeOf: (workspace_id: string) => Scope =
    options.scopeOf ?? ((workspace_id) => workspace_id)
  const asRead = compileCopy(codecs)
  const [idColumn] = idColumns
  const keyOfRow = (row: Row): string =>
    idColumns.length === 1
      ? String(row[idColumn])
      : keyOf(idColumns.map((column) => String(row[column])))
  const placeOf = ([group, value]: readonly [string, string], row: Row): Place => ({
    group: row[group] as Place['group'],
    value: row[value] as Place['value'],
  })

  const bind = (id_of_workspace: string): Repository<T> & LookedUp<T> => {
    const workspace_id = scopeOf(id_of_workspace)
    const kept = caches?.open()
    const lookup = lookedUp === undefined ? null : createLookup()
    let version = 0
    const forget = (): void => {
      version++
      kept?.clear()
      lookup?.clear()
    }
    // What is read in a transaction may never have been.
    work.ifUndone(forget)
    const late = isDeferred ? createLateWrites(work, statements, workspace_id, forget) : null
    /** Conditions may look into other tables, which may be behind as well. */
    const beforeQuery = (reads: readonly string[] = []): void => {
      if (reads.some((other) => other !== name)) work.bringAllUpToDate()
      else late?.bringUpToDate()
    }
    const beforeWrite = (reads: readonly string[] = []): void => {
      beforeQuery(reads)
      work.beforeWrite()
      work.ifUndone(forget)
    }

    const read = (id: Id): Row | undefined => {
      const change = late?.find(keyOf(id))
      if (change === undefined) return statements.read(workspace_id, partsOf(id))
      if (change.do === 'insert' || change.do === 'replace') return change.row
      if (change.do === 'delete') return undefined
      const older = statements.read(workspace_id, partsOf(id))
      return older === undefined ? undefined : { ...older, ...change.patch }
    }
    const get = (id: Id): Row | undefined => {
      if (kept === undefined) return read(id)
      const key = keyOf(id)
      const known = kept.get(key)
      if (known !== undefined) return known
      const row = read(id)
      if (row !== undefined) kept.set(key, row)
      return row
    }
    const rowsOf = (ids: Iterable<string>): Row[] => {
      const rows: Row[] = []
      for (const id of ids) {
        const row = get(id)
        if (row !== undefined) rows.push(row)
      }
      return rows
    }

    const deleteWhere = (...query: Asked): number => {
      const { where, params, reads } = asked(...query)
      beforeWrite(reads)
      forget()
      const { changes } = scoped('delete from', where, '').run(workspace_id, ...params)
      // An emptied table counts anew, so that a world that is reset is the same again.
      if (late !== null) {
        work.bringAllUpToDate()
        statements.countAnew()
      }
      return changes
    }

    return {
      get,
      all: (...query: Asked) => {
        const { where, params, tail, reads } = asked(...query)
        beforeQuery(reads)
        if (kept === undefined) {
          const found = scoped('select * from', where, tail).all(workspace_id, ...params)
          return (found as Record<string, unknown>[]).map(statements.decode)
        }
        // Most of the rows are at hand already: only their ids are asked for.
        const ids = scoped(`select ${idColumn} from`, where, tail).pluck()
        return rowsOf(ids.all(workspace_id, ...params) as string[])
      },
      column: (column: string, ...query: Asked) => {
        const { where, params, tail, reads } = asked(...query)
        beforeQuery(reads)
        const statement = scoped(`select ${column} from`, where, tail).pluck()
        return statement.all(workspace_id, ...params) as Param[]
      },
      first: (...query: Asked) => {
        const { where, params, tail, reads } = asked(...query)
        beforeQuery(reads)
        if (kept !== undefined) {
          const id = scoped(`select ${idColumn} from`, where, tail).pluck()
          const found = id.get(workspace_id, ...params) as string | undefined
          return found === undefined ? undefined : get(found)
        }
        const raw = scoped('select * from', where, tail).get(workspace_id, ...params)
        return raw === undefined ? undefined : statements.decode(raw as Record<string, unknown>)
      },
      has: (filter) => {
        const { where, params, reads } = asked(filter)
        beforeQuery(reads)
        return scoped('select 1 from', where, 'limit 1').get(workspace_id, ...params) !== undefined
      },
      count: (...query: Asked) => {
        const { where, params, reads } = asked(...query)
        beforeQuery(reads)
        const statement = scoped('select count(*) from', where, '').pluck()
        return statement.get(workspace_id, ...params) as number
      },
      matching: (group, value) => {
        if (lookup === null || lookedUp === undefined) throw new Error(`${name} has no lookup`)
        const load = (): { id: string; value: string }[] => {
          late?.bringUpToDate()
          const select = `select ${idColumn} as id, ${lookedUp[1]} as value from`
          const rows = scoped(select, `${lookedUp[0]} = ?`, 'order by seq').all(workspace_id, group)
          return rows as { id: string; value: string }[]
        }
        const rows = rowsOf(lookup.find({ group, value }, load))
        // One that got these values later stands behind there, whenever it was made.
        return rows.length < 2 ? rows : rows.sort((a, b) => Number(a['seq']) - Number(b['seq']))
      },
      insert: (row) => {
        version++
        if (late === null) {
          beforeWrite()
          const seq = statements.insert(workspace_id, row)
          if (kept !== undefined) {
            const whole = asRead(workspace_id, row, seq)
            kept.set(keyOfRow(whole), whole)
          }
          return seq
        }
        const whole = asRead(workspace_id, row, statements.nextSeq())
        const key = keyOfRow(whole)
        kept?.set(key, whole)
        if (lookedUp !== undefined) lookup?.add(key, placeOf(lookedUp, whole))
        late.write(key, { do: 'insert', row: whole })
        return Number(whole['seq'])
      },
      replace: (row) => {
        version++
        kept?.clear()
        lookup?.clear()
        if (late === null) {
          beforeWrite()
          return statements.replace(workspace_id, row)
        }
        const whole = asRead(workspace_id, row, statements.nextSeq())
        late.write(keyOfRow(whole), { do: 'replace', row: whole })
        return Number(whole['seq'])
      },
      update: (id, patch) => {
        if (Object.keys(patch).length === 0) return
        version++
        const key = keyOf(id)
        const before = lookup === null ? kept?.get(key) : get(id)
        let after: Row | undefined
        if (before !== undefined) {
          after = { ...before, ...patch }
          kept?.set(key, after)
          if (lookup !== null && lookedUp !== undefined) {
            const [from, to] = [placeOf(lookedUp, before), placeOf(lookedUp, after)]
            if (from.group !== to.group || from.value !== to.value) {
              lookup.remove(key, from)
              lookup.add(key, to)
            }
          }
        }
        if (late !== null) {
          late.write(key, { do: 'update', patch }, after)
        } else {
          beforeWrite()
          statements.update(workspace_id, partsOf(id), patch)
        }
      },
      updateWhere: (...given: [string | Where, object, object?]) => {
        const [filter, second, third] = given
        const { where, params, reads } = asked(filter, Array.isArray(second) ? second : undefined)
        beforeWrite(reads)
        forget()
        return statements.updateWhere(
          workspace_id,
          where === '' ? 'true' : where,
          params,
          third ?? second,
        )
      },
      delete: (id) => {
        version++
        const key = keyOf(id)
        if (lookup !== null && lookedUp !== undefined) {
          const row = get(id)
          if (row !== undefined) lookup.remove(key, placeOf(lookedUp, row))
        }
        kept?.delete(key)
        if (late !== null) {
          late.write(key, { do: 'delete' })
        } else {
          beforeWrite()
          statements.remove(workspace_id, partsOf(id))
        }
      },
      deleteWhere,
      clear: () => deleteWhere(),
      get version() {
        return version
      },
      forget,
    }
  }

  return {
    prepared: statements.prepared,
    forWorkspace: (workspace_id) => {
      // Another binding of the same workspace may have left writes behind.
      work.bringAllUpToDate()
      return bind(workspace_id)
    },
    columns: codecs,
    dump: (workspace_id) => {
      work.bringAllUpToDate()
      // In the order of creation, which is that in which late rows reach their table as well.
      const rows = scoped('select * from', '', 'order by rowid').all(scopeOf(workspace_id))
      return (rows as Record<string, unknown>[]).map((row) => {
        const { workspace_id: _, ...rest } = statements.decode(row)
        return rest
      })
    },
    load: (workspace_id, rows) => {
      work.beforeWrite()
      return rows.map((row) => {
        const seq = statements.nextSeq()
        return statements.insert(scopeOf(workspace_id), seq === null ? row : { ...row, seq })
      })
    },
  }
}
