import { statSync } from 'node:fs'
import { databaseError } from './database-error.ts'

/** What a file is, whatever its name; undefined when there is none. */
const identityOf = (file: string): string | undefined => {
  const found = statSync(file, { throwIfNoEntry: false })
  return found === undefined ? undefined : `${found.dev} ${found.ino}`
}

/**
 * Looks whether a database and its log still are the files that were opened. SQLite writes to a file
 * that was removed as if nothing were the matter, and all of it is gone with the process.
 *
 * @returns throws DatabaseError when they are not, and nothing any more when they are back.
 */
export const watchFile = (file: string): (() => void) => {
  const log = `${file}-wal`
  const known = identityOf(file)
  /** There is none before the first commit. */
  let knownLog = identityOf(log)
  return () => {
    const present = identityOf(log)
    const isLogGone = knownLog !== undefined && present !== knownLog
    if (isLogGone || identityOf(file) !== known) {
      throw databaseError(
        `${isLogGone ? log : file} was removed or replaced while seam-emulator had it open. Nothing can be kept any more. Put the file back, or start again with a file that stays.`,
      )
    }
    knownLog = present
  }
}
