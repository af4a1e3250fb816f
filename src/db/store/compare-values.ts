import type { Param } from './codec.ts'

/** Halves of characters beyond 65,535 come before the last of those below, and yet mean more. */
const asCharacter = (unit: number): number =>
  unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800

/** Texts in the order that SQLite has them in: that of their UTF-8. */
const compareText = (a: string, b: string): number => {
  if (a === b) return 0
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at++) {
    const [one, other] = [a.charCodeAt(at), b.charCodeAt(at)]
    if (one !== other) return asCharacter(one) - asCharacter(other)
  }
  return a.length - b.length
}

/** Values in SQLite's order: nothing comes first. To be asked of values of one type. */
export const compareValues = (a: Param, b: Param): number => {
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b)
  if (a === null || b === null) return Number(a !== null) - Number(b !== null)
  return Number(a) - Number(b)
}
