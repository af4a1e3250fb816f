/** What is known at once, or comes to be known. */
export type Soon<T> = T | Promise<T>

/** Goes on with a value as soon as it is known: at once where it is, since each promise costs a turn of its own. */
export const onceKnown = <T, R>(value: Soon<T>, then: (value: T) => Soon<R>): Soon<R> =>
  value instanceof Promise ? value.then(then) : then(value)
