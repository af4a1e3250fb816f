/** What is made when it is first asked for, and kept: most schemas of a run are never asked for. */
export const once = <T extends object>(make: () => T): (() => T) => {
  let made: T | undefined
  return () => (made ??= make())
}
