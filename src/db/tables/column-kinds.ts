import { integer, text } from 'drizzle-orm/sqlite-core'

export const flag = (name: string) => integer(name, { mode: 'boolean' })
export const json = (name: string) => text(name, { mode: 'json' })
export const seq = () => integer('seq').primaryKey()
/** The workspace's number (`workspaces.seq`) in place of its id: every index begins with it, so it is short. */
export const workspaceId = () => integer('workspace_id').notNull()
