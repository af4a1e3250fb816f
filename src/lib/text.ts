/**
 * Texts and their characters. A character beyond U+FFFF is two units of a JavaScript string; half of
 * it (a lone surrogate) has no UTF-8, so that it would come back from a file as another character.
 */

/** The beginning of a text: at most so many units, and never half a character at the end. */
export const beginningOf = (text: string, most: number): string => {
  if (text.length <= most) return text
  const last = text.charCodeAt(most - 1)
  const isCut = last >= 0xd800 && last <= 0xdbff
  return text.slice(0, isCut ? most - 1 : most)
}

/** Where a value stands; the way up, so that deep inputs cost no more than their size. */
interface Place {
  value: unknown
  key: string
  above: Place | null
}

/** A text of a value: a string, or a key of an object. */
export interface FoundText {
  text: string
  /** The way to it, at most twenty steps of a hundred characters each. */
  path: string[]
}

/** More steps, or longer ones, are not told back. */
const TOLD = { steps: 20, characters: 100 }

const pathOf = (place: Place): string[] => {
  const path: string[] = []
  for (let at = place; at.above !== null && path.length < TOLD.steps; at = at.above) {
    path.unshift(beginningOf(at.key, TOLD.characters).toWellFormed())
  }
  return path
}

/** The first text anywhere in a value, keys too, of which `isWanted` is true. */
export const findText = (
  input: unknown,
  isWanted: (text: string) => boolean,
): FoundText | undefined => {
  const todo: Place[] = [{ value: input, key: '', above: null }]
  for (let place = todo.pop(); place !== undefined; place = todo.pop()) {
    if (typeof place.value !== 'object' || place.value === null) continue
    const entries: [string, unknown][] = Object.entries(place.value)
    for (const [key, value] of entries) {
      const inner: Place = { value, key, above: place }
      if (isWanted(key)) return { text: key, path: pathOf(inner) }
      if (typeof value === 'string') {
        if (isWanted(value)) return { text: value, path: pathOf(inner) }
      } else if (typeof value === 'object' && value !== null) todo.push(inner)
    }
  }
  return undefined
}

/** What is said of half a character. */
export const HALF_CHARACTER = 'Text must not contain half a character (a lone surrogate)'

export const hasHalfCharacter = (text: string): boolean => !text.isWellFormed()
