let end: Promise<void> | undefined

/**
 * Resolves at the end of this turn of the event loop, for everybody who asks in it at once.
 *
 * Answers wait for it. A write to a socket wakes its reader, which costs far more than finding the
 * reader awake; requests that came together are therefore all worked off before the first of them is
 * answered. To be asked for as soon as a request comes: then the answer goes before whatever the
 * request puts off.
 */
export const endOfTurn = (): Promise<void> =>
  (end ??= new Promise((resolve) => {
    setImmediate(() => {
      end = undefined
      resolve()
    })
  }))
