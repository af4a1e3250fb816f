let end: Promise<void> | undefined

/**
 * Resolves at the end of this turn of the event loop, for everybody who asks in it at once.
 *
 * Answers wait for it. A write to a socket wakes its reader, which costs a system call far more than
 * finding the reader awake; requests that arrived together are therefore all worked off before the
 * first of them is answered.
 */
export const endOfTurn = (): Promise<void> =>
  (end ??= new Promise((resolve) => {
    setImmediate(() => {
      end = undefined
      resolve()
    })
  }))
