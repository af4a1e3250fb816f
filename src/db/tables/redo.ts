import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** What commits to a file have changed in tables that do not have it yet (`db/store/redo.ts`). */
export const redo = sqliteTable('redo', {
  seq: integer('seq').primaryKey(),
  changes: text('changes').notNull(),
})
