/** Presentations that are made anew only when something that they show has changed. */
import { keepText } from './json-cache.ts'

interface Made<Wire> {
  readonly parts: readonly unknown[]
  readonly wire: Wire
}

/**
 * Remembers what was last shown of each row: a changed row is another object, and forgets it. What it
 * makes answers a presentation, which is the same as long as its row and all parts are.
 */
export const createUnchanged = <Wire extends object>() => {
  const made = new WeakMap<object, Made<Wire>>()
  /** @param parts everything that it depends on besides the row: rows by themselves, values by value */
  return (row: object, parts: readonly unknown[], make: () => Wire): Wire => {
    const known = made.get(row)
    if (
      known !== undefined &&
      known.parts.length === parts.length &&
      known.parts.every((part, index) => part === parts[index])
    ) {
      return known.wire
    }
    const wire = keepText(make())
    made.set(row, { parts, wire })
    return wire
  }
}

/** The presentation of a device. */
export const unchangedOrMade = createUnchanged<Record<string, unknown>>()
