/**
 * Names come from strangers. What a terminal would act upon (escape sequences, which also end a
 * paste early), what does not show or turns the direction of a line, is written by its number, so
 * that a copied line does what it shows.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu

const numbered = (text: string): string =>
  Array.from({ length: text.length }, (_, n) => text.charCodeAt(n))
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('')

/** Emoji are joined by a character that shows nothing; between two signs it is harmless. */
const JOINER = '\u200D'

/** Whether a text shows as it is. */
export const isPlain = (text: string): boolean => text.replaceAll(UNSAFE, '') === text

/** JSON of which every character shows. */
export const plainJson = (value: unknown): string =>
  JSON.stringify(value).replaceAll(UNSAFE, (sign) => (sign === JOINER ? sign : numbered(sign)))
