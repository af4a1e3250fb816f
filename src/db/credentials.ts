/** Who gets in where: the tables that stand above the workspaces. */
import type BetterSqlite3 from 'better-sqlite3'
import { SLOT } from './condition-sql.ts'
import type { Credential } from './tables/credentials.ts'
import type { Work } from './store/shapes.ts'

export interface Credentials {
  find(token: string): Credential | undefined
  ofWorkspace(workspace_id: string): Credential[]
  insert(credential: Credential): void
  delete(token: string): void
}

/** Which users belong to which workspaces. */
export interface Memberships {
  has(user_id: string, workspace_id: string): boolean
  /** In the order in which they were made. */
  workspacesOf(user_id: string): string[]
  add(user_id: string, workspace_id: string): void
  deleteOf(workspace_id: string): void
}

/** Tokens kept at hand; a bound, so that memory stays flat. */
const KNOWN_TOKENS = 10_000

type Write = (sql: () => void, undo: () => void) => void

const writer =
  (work: Work): Write =>
  (sql, undo) =>
    work.run(() => work.write(sql, undo))

const credentialSql = (db: BetterSqlite3.Database) => ({
  byToken: db.prepare<[string], Credential>('select * from credentials where token = ?'),
  byWorkspace: db.prepare<[string], Credential>(
    `select * from credentials where workspace_id = ${SLOT} order by created_at, token`,
  ),
  insert: db.prepare(
    'insert into credentials (token, kind, workspace_id, name, user_id, client_session_id, created_at) values (@token, @kind, @workspace_id, @name, @user_id, @client_session_id, @created_at)',
  ),
  delete: db.prepare('delete from credentials where token = ?'),
})

export const openCredentials = (db: BetterSqlite3.Database, work: Work): Credentials => {
  const sql = credentialSql(db)
  /** Every request begins with a look at its token, so those seen lately are kept at hand. */
  const known = new Map<string, Readonly<Credential>>()
  work.onUndone(() => known.clear())
  const write = writer(work)
  const insert = (credential: Credential): void => void sql.insert.run(credential)
  const remove = (token: string): void => {
    known.delete(token)
    sql.delete.run(token)
  }
  const find = (token: string): Credential | undefined => {
    const before = known.get(token)
    if (before !== undefined) return before
    const found = sql.byToken.get(token)
    if (found !== undefined) {
      if (known.size >= KNOWN_TOKENS) known.clear()
      known.set(token, found)
    }
    return found
  }
  return {
    find,
    ofWorkspace: (workspace_id) => sql.byWorkspace.all(workspace_id),
    insert: (credential) => {
      write(
        () => insert(credential),
        () => remove(credential.token),
      )
    },
    delete: (token) => {
      const found = find(token)
      if (found === undefined) return
      write(
        () => remove(token),
        () => insert(found),
      )
    },
  }
}

export const openMemberships = (db: BetterSqlite3.Database, work: Work): Memberships => {
  const find = db.prepare('select 1 from memberships where user_id = ? and workspace_id = ?')
  const ofUser = db.prepare<[string], { workspace_id: string }>(
    `select workspace_id from memberships where user_id = ${SLOT} order by rowid`,
  )
  const ofWorkspace = db.prepare<[string], [rowid: number, user_id: string]>(
    'select rowid, user_id from memberships where workspace_id = ?',
  )
  const insert = db.prepare(
    'insert into memberships (rowid, user_id, workspace_id) values (?, ?, ?)',
  )
  const deleteOne = db.prepare('delete from memberships where user_id = ? and workspace_id = ?')
  const deleteOf = db.prepare('delete from memberships where workspace_id = ?')
  const write = writer(work)
  const has = (user_id: string, workspace_id: string): boolean =>
    find.get(user_id, workspace_id) !== undefined

  return {
    has,
    workspacesOf: (user_id) => ofUser.all(user_id).map((row) => row.workspace_id),
    add: (user_id, workspace_id) => {
      if (has(user_id, workspace_id)) return
      write(
        () => insert.run(null, user_id, workspace_id),
        () => deleteOne.run(user_id, workspace_id),
      )
    },
    deleteOf: (workspace_id) => {
      const before = ofWorkspace.raw().all(workspace_id)
      if (before.length === 0) return
      write(
        () => deleteOf.run(workspace_id),
        () => {
          for (const [rowid, user_id] of before) insert.run(rowid, user_id, workspace_id)
        },
      )
    },
  }
}
