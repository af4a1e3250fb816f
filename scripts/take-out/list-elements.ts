/** The elements of a list or an object in source text, for who takes one of them out. */

export interface Element {
  readonly start: number
  readonly end: number
  readonly text: string
  /** The key of the list that it stands in, when there are several. */
  readonly of?: string
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
  return all.flatMap(({ start, end, text }) => {
    const inner = source.indexOf('[', start)
    const of = text.split(':')[0] ?? ''
    const found = inner < 0 || inner >= end ? [] : elementsFrom(source, inner + 1)
    return found.map((it) => ({ ...it, of }))
  })
}

/** What an element is called: its key, the text that it is made with, or the name that it is. */
export const nameOf = ({ text }: Element): string => {
  const bare = text.replace(/^(\s*\/\/[^\n]*\n)+/, '').trim()
  const made =
    /^\w+\(\s*'([\w.]+)'/.exec(bare) ?? /^(?:\.\.\.)?(?:Object\.values\()?['"]?([\w.]+)/.exec(bare)
  return made?.[1] ?? bare
}

/** The source without an element, and without the comma behind it. */
const cut = (source: string, { start, end }: Element): string =>
  source.slice(0, start) + source.slice(source.charAt(end) === ',' ? end + 1 : end)

const isNamedOnce = (source: string, name: string): boolean =>
  source.split(new RegExp(`\\b${name}\\b`)).length < 3

/** The source without these elements, and without the imports that only they needed. */
export const without = (source: string, elements: readonly Element[]): string => {
  const rest = elements.toSorted((one, other) => other.start - one.start).reduce(cut, source)
  return rest.replaceAll(/^import (?:type )?\{([^}]*)\} from .*\n/gm, (line, list: string) => {
    const names = list.split(',').map((name) => name.trim())
    const needed = names.filter((name) => name !== '' && !isNamedOnce(rest, name))
    return needed.length === 0 ? '' : line.replace(list, ` ${needed.join(', ')} `)
  })
}
