/** Presentations that are made anew only when something that they show has changed. */
import { keepText } from './json-cache.ts'

interface Made<Wire> {
  readonly parts: readonly unknown[]
  readonly wire: Wire
}

/** Asked for each row of a list: a loop, which makes no function. */
export const areSame = (before: readonly unknown[], now: readonly unknown[]): boolean => {
  if (before.length !== now.length) return false
  for (let nth = 0; nth < before.length; nth++) if (before[nth] !== now[nth]) return false
  return true
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
    if (known !== undefined && areSame(known.parts, parts)) return known.wire
    const wire = keepText(make())
    made.set(row, { parts, wire })
    return wire
  }
}

/** The presentation of a device. */
export const unchangedOrMade = createUnchanged<Record<string, unknown>>()
