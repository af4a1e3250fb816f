/** Pieces of generated pages. */

export const code = (text: string): string => `\`${text}\``

/** A row of a table. */
export const line = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`

/** A table, or nothing when there are no rows. */
export const table = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] =>
  rows.length === 0 ? [] : [line(head), line(head.map(() => '---')), ...rows.map(line), '']
