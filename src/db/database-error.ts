/** A database file that cannot be used, in words for the person who started the server. */
export const databaseError = (message: string, cause?: unknown): Error =>
  Object.assign(new Error(message, { cause }), { name: 'DatabaseError' })

/** Whether the database could not be used; what was to be written was not. */
export const isDatabaseError = (error: unknown): error is Error =>
  error instanceof Error && error.name === 'DatabaseError'

/** The same error in words for the person who started the server. */
export const explain = (file: string, error: unknown): Error => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code.startsWith('SQLITE_BUSY')) {
    return databaseError(
      `${file} is in use by another seam-emulator. Stop that one, or give this one its own --db file.`,
      error,
    )
  }
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return databaseError(
      `${file} is not a readable seam-emulator database (${code}). Nothing was changed. Restore a copy, or give another --db file.`,
      error,
    )
  }
  if (code.startsWith('SQLITE_READONLY') || code === 'SQLITE_PERM' || code === 'SQLITE_AUTH') {
    return databaseError(`${file} cannot be written (${code}). Check its permissions.`, error)
  }
  // The binding itself looks for the folder, before SQLite does.
  const hasNoFolder = error instanceof TypeError && error.message.startsWith('Cannot open database')
  if (code.startsWith('SQLITE_CANTOPEN') || hasNoFolder) {
    return databaseError(
      `${file} cannot be opened. Check that its folder exists and may be written.`,
      error,
    )
  }
  if (code === 'SQLITE_FULL')
    return databaseError(`The disk of ${file} is full. Nothing was changed.`, error)
  if (code.startsWith('SQLITE_IOERR')) {
    return databaseError(
      `${file} cannot be read or written (${code}). Nothing was changed. Is its disk full or gone?`,
      error,
    )
  }
  return error instanceof Error ? error : databaseError(String(error))
}
