/** HTML that cannot be broken out of: every value is escaped, save what is HTML already. */

const marks = new WeakSet<object>()

export interface Html {
  readonly text: string
}

const trusted = (text: string): Html => {
  const value = { text }
  marks.add(value)
  return value
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? '')

type Piece = Html | string | number | null | undefined | false | readonly Piece[]

const render = (piece: Piece): string => {
  if (piece === null || piece === undefined || piece === false) return ''
  if (typeof piece === 'string' || typeof piece === 'number') return escape(String(piece))
  if ('text' in piece) return marks.has(piece) ? piece.text : escape(piece.text)
  return piece.map(render).join('')
}

/** A template of HTML. */
export const html = (strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html =>
  trusted(strings.map((text, i) => text + render(pieces[i])).join(''))

/** JSON that is safe inside a script element. */
export const scriptJson = (value: unknown): Html =>
  trusted(JSON.stringify(value).replaceAll('<', '\\u003c'))
