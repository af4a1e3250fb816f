/** Who gets in where: the tables that stand above the workspaces. */
import type BetterSqlite3 from 'better-sqlite3'
import { SLOT } from './shapes.ts'
import type { Credential } from './tables/credentials.ts'
import type { Work } from './store/shapes.ts'

export interface Credentials {
  find(token: string): Credential | undefined
  ofWorkspace(workspace_id: string): Credential[]
  all(kind: Credential['kind']): Credential[]
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

/** Writes by SQL. */
const writer =
  (work: Work) =>
  (sql: () => void): void =>
    work.run(() => {
      work.protect()
      sql()
    })

export const openCredentials = (db: BetterSqlite3.Database, work: Work): Credentials => {
  const byToken = db.prepare<[string], Credential>('select * from credentials where token = ?')
  const byWorkspace = db.prepare<[string], Credential>(
    `select * from credentials where workspace_id = ${SLOT} order by created_at, token`,
  )
  const byKind = db.prepare<[string], Credential>(
    `select * from credentials where kind = ${SLOT} order by created_at, token`,
  )
  const insertOne = db.prepare(
    'insert into credentials (token, kind, workspace_id, name, user_id, client_session_id, created_at) values (@token, @kind, @workspace_id, @name, @user_id, @client_session_id, @created_at)',
  )
  const deleteOne = db.prepare('delete from credentials where token = ?')
  /** Every request begins with a look at its token, so those seen lately are kept at hand. */
  const known = new Map<string, Readonly<Credential>>()
  const forget = (): void => known.clear()
  work.onUndone(forget)
  const write = writer(work)

  return {
    find: (token) => {
      const before = known.get(token)
      if (before !== undefined) return before
      const found = byToken.get(token)
      if (found !== undefined) {
        if (known.size >= KNOWN_TOKENS) known.clear()
        known.set(token, found)
      }
      return found
    },
    ofWorkspace: (workspace_id) => byWorkspace.all(workspace_id),
    all: (kind) => byKind.all(kind),
    insert: (credential) => {
      write(() => insertOne.run(credential))
    },
    delete: (token) => {
      known.delete(token)
      write(() => deleteOne.run(token))
    },
  }
}

export const openMemberships = (db: BetterSqlite3.Database, work: Work): Memberships => {
  const find = db.prepare('select 1 from memberships where user_id = ? and workspace_id = ?')
  const ofUser = db.prepare<[string], { workspace_id: string }>(
    `select workspace_id from memberships where user_id = ${SLOT} order by rowid`,
  )
  const insert = db.prepare(
    'insert or ignore into memberships (user_id, workspace_id) values (?, ?)',
  )
  const deleteOf = db.prepare('delete from memberships where workspace_id = ?')
  const write = writer(work)

  return {
    has: (user_id, workspace_id) => find.get(user_id, workspace_id) !== undefined,
    workspacesOf: (user_id) => ofUser.all(user_id).map((row) => row.workspace_id),
    add: (user_id, workspace_id) => {
      write(() => insert.run(user_id, workspace_id))
    },
    deleteOf: (workspace_id) => {
      write(() => deleteOf.run(workspace_id))
    },
  }
}
