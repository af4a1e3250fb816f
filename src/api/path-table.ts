/** Finds what belongs to a request's path. */

export interface PathTable<T> {
  /**
   * Adds a path, in which `:name` stands for one segment.
   *
   * @throws Error when the path is there already
   */
  add(path: string, value: T): void
  find(path: string): T | undefined
  /** The paths as they were added. */
  paths(): Iterable<string>
}

/** Nearly all paths are fixed, so that a look-up is one in a map; the others are tried in order. */
export const createPathTable = <T>(): PathTable<T> => {
  const values = new Map<string, T>()
  const patterns: { pattern: RegExp; value: T }[] = []
  return {
    add: (path, value) => {
      if (values.has(path)) throw new Error(`Two endpoints have the path ${path}`)
      values.set(path, value)
      if (!path.includes(':')) return
      const source = path.replaceAll('.', String.raw`\.`).replaceAll(/:\w+/g, '[^/]+')
      patterns.push({ pattern: new RegExp(`^${source}$`), value })
    },
    find: (path) => values.get(path) ?? patterns.find(({ pattern }) => pattern.test(path))?.value,
    paths: () => values.keys(),
  }
}
