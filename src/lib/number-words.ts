/** Numbers and lists as people say them. */

const words = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
] as const

/** `three`; figures from thirteen on. */
export const numberInWords = (count: number): string => words[count] ?? String(count)

/** `three doors`, `one door`, `no doors`. */
export const countInWords = (count: number, one: string, many = `${one}s`): string =>
  `${numberInWords(count)} ${count === 1 ? one : many}`

/** With a capital at its beginning. */
export const asSentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}`

/** `a`, `a and b`, `a, b and c`; where there are more than `most`, `a, b and 4 more`. */
export const listInWords = (items: readonly string[], most = 4): string => {
  const told =
    items.length > most
      ? [...items.slice(0, most - 1), `${items.length - most + 1} more`]
      : [...items]
  const last = told.pop()
  if (last === undefined) return ''
  return told.length === 0 ? last : `${told.join(', ')} and ${last}`
}
