/** How long a text in a request may be. */
import { invalidInput, issueText } from './validation.ts'

/**
 * Characters of any one text, of a key as well. Assumed: Seam's document has numbers for PINs and
 * custom metadata only, which their own schemas hold. Names, URLs, cursors and tokens are shorter.
 */
export const LONGEST_TEXT = 10_000

const tooLong = (path: string[], input: string) => {
  const issue = {
    code: 'too_big',
    origin: 'string',
    maximum: LONGEST_TEXT,
    inclusive: true,
    input,
  } as const
  return invalidInput([{ ...issue, path, message: issueText({ ...issue, path }) }])
}

/** Where a value stands; the way up, so that deep inputs cost no more than their size. */
interface Place {
  value: unknown
  key: string
  above: Place | null
}

/** More steps, or longer ones, are not told back. */
const TOLD = { steps: 20, characters: 100 }

const pathOf = (place: Place): string[] => {
  const path: string[] = []
  for (let at = place; at.above !== null && path.length < TOLD.steps; at = at.above) {
    path.unshift(at.key.slice(0, TOLD.characters))
  }
  return path
}

/** @throws invalid_input when a text anywhere in the input is longer than `LONGEST_TEXT` */
export const checkTexts = (input: unknown): void => {
  const todo: Place[] = [{ value: input, key: '', above: null }]
  for (let place = todo.pop(); place !== undefined; place = todo.pop()) {
    if (typeof place.value !== 'object' || place.value === null) continue
    const entries: [string, unknown][] = Object.entries(place.value)
    for (const [key, value] of entries) {
      const inner: Place = { value, key, above: place }
      if (key.length > LONGEST_TEXT) throw tooLong(pathOf(inner), key)
      if (typeof value === 'string' && value.length > LONGEST_TEXT) {
        throw tooLong(pathOf(inner), value)
      }
      if (typeof value === 'object' && value !== null) todo.push(inner)
    }
  }
}
