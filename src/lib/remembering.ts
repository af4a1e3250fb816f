/**
 * A function that makes something of a key, and makes it once for each.
 *
 * @param most with so many known all are forgotten, so that memory stays flat
 * @param make may throw: then nothing is known of the key
 */
export const remembering = <Key, Made extends string | number | object | null>(
  most: number,
  make: (key: Key) => Made,
): ((key: Key) => Made) => {
  const known = new Map<Key, Made>()
  return (key) => {
    const found = known.get(key)
    if (found !== undefined) return found
    const made = make(key)
    if (known.size >= most) known.clear()
    known.set(key, made)
    return made
  }
}
