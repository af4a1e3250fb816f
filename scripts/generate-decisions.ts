// Writes the list of records into docs/decisions/README.md, in the order of their numbers.
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { writeFormatted } from './write-formatted.ts'

const folder = fileURLToPath(new URL('../docs/decisions/', import.meta.url))
const HEADING = /^# (?<number>\d{4}): (?<title>.+)$/m
const TABLE = /^\| record.*\n(?:\|.*\n)+/m

const row = (file: string): string => {
  const { number, title } = HEADING.exec(readFileSync(folder + file, 'utf8'))?.groups ?? {}
  if (number === undefined || !file.startsWith(`${number}-`))
    throw new Error(`${file} does not begin with "# ${file.slice(0, 4)}: " and what was decided`)
  return `| [${number}](${file}) | ${title} |`
}

/** The text that docs/decisions/README.md must have. */
export const decisionsPage = (): string => {
  const rows = globSync('[0-9]*.md', { cwd: folder }).sort().map(row)
  const table = ['| record | decision |', '| --- | --- |', ...rows, ''].join('\n')
  return readFileSync(`${folder}README.md`, 'utf8').replace(TABLE, () => table)
}

if (import.meta.main) writeFormatted('docs/decisions/README.md', decisionsPage())
