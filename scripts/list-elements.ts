/** The elements of a list or an object in source text, for who takes one of them out. */

export interface Element {
  readonly start: number
  readonly end: number
  readonly text: string
}

const QUOTES = new Set(["'", '"', '`'])
const OPEN = new Set(['(', '[', '{'])
const CLOSED = new Set([')', ']', '}'])

/** Where a comment or a text that begins here ends; the same place when none begins. */
const skip = (source: string, at: number): number => {
  const found = source.charAt(at)
  if (source.startsWith('//', at)) return source.indexOf('\n', at)
  if (source.startsWith('/*', at)) return source.indexOf('*/', at) + 2
  if (!QUOTES.has(found)) return at
  let end = at + 1
  while (source.charAt(end) !== found) end += source.charAt(end) === '\\' ? 2 : 1
  return end + 1
}

const element = (source: string, from: number, end: number): Element => {
  const text = source.slice(from, end)
  return { start: from, end, text: text.trim() }
}

/** The elements up to the bracket that closes the one before `from`. */
const elementsFrom = (source: string, from: number): Element[] => {
  const found: Element[] = []
  let depth = 0
  let start = from
  for (let at = from; at < source.length; at++) {
    const next = skip(source, at)
    if (next > at) {
      at = next - 1
      continue
    }
    const letter = source.charAt(at)
    if (OPEN.has(letter)) depth++
    if (letter === ',' && depth === 0) {
      found.push(element(source, start, at))
      start = at + 1
    }
    if (CLOSED.has(letter) && --depth < 0) {
      found.push(element(source, start, at))
      break
    }
  }
  return found.filter(({ text }) => text !== '')
}

/**
 * The elements of the list that begins so; of a list of lists, theirs.
 * @throws Error when nothing begins so
 */
export const elementsOf = (source: string, begins: RegExp, of_lists = false): Element[] => {
  const match = begins.exec(source)
  if (match === null) throw new Error(`Nothing begins with ${String(begins)}`)
  const all = elementsFrom(source, match.index + match[0].length)
  if (!of_lists) return all
  return all.flatMap(({ start, end }) => {
    const inner = source.indexOf('[', start)
    return inner < 0 || inner >= end ? [] : elementsFrom(source, inner + 1)
  })
}

/** The source without an element, and without the comma behind it. */
export const cut = (source: string, { start, end }: Element): string =>
  source.slice(0, start) + source.slice(source.charAt(end) === ',' ? end + 1 : end)
