/** What a text in a request may be. */
import { HALF_CHARACTER, findText, hasHalfCharacter } from '../../lib/text.ts'
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

/**
 * Checks every text of the input, keys too.
 *
 * @param longest characters that a text may have; a whole world's own schema says what fits in it
 * @throws invalid_input for one that is longer, or that has half a character: it could not be kept
 */
export const checkTexts = (input: unknown, longest = LONGEST_TEXT): void => {
  const found = findText(input, (text) => text.length > longest || hasHalfCharacter(text))
  if (found === undefined) return
  const { path, text } = found
  if (text.length > longest) throw tooLong(path, text)
  throw invalidInput([{ code: 'custom', path, message: HALF_CHARACTER, input: path.join('.') }])
}
