import { integer, text } from 'drizzle-orm/sqlite-core'

export const flag = (name: string) => integer(name, { mode: 'boolean' })
export const json = (name: string) => text(name, { mode: 'json' })
export const seq = () => integer('seq').primaryKey()
export const workspaceId = () => text('workspace_id').notNull()
