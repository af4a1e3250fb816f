/** What commands print: tables for people, JSON for machines. */
import { stripVTControlCharacters } from 'node:util'
import stringWidth from 'fast-string-width'
import { isRecord } from '../lib/is-record.ts'
import { paint } from '../log/paint.ts'

export const writeLine = (text = ''): void => {
  process.stdout.write(`${text}\n`)
}

/** One JSON document per line. */
export const writeJson = (value: unknown): void => writeLine(JSON.stringify(value))

/** Columns of a terminal: an emoji or a Chinese sign takes two. */
const width = (text: string): number => stringWidth(stripVTControlCharacters(text))

/** Columns as wide as their widest cell. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  if (rows.length === 0) return paint('dim', '(none)')
  const widths = head.map((title, column) =>
    Math.max(width(title), ...rows.map((row) => width(row[column] ?? ''))),
  )
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - width(cell))))
      .join('  ')
      .trimEnd()
  return [paint('dim', line(head)), ...rows.map(line)].join('\n')
}

/** Field by field, for one object. */
export const fields = (entries: readonly (readonly [string, string])[]): string => {
  const widest = Math.max(...entries.map(([name]) => name.length))
  return entries.map(([name, value]) => `${paint('dim', name.padEnd(widest))}  ${value}`).join('\n')
}

export const yesNo = (value: boolean): string =>
  value ? paint('green', 'yes') : paint('red', 'no')

/** An instant as people read it: seconds are enough. */
export const instant = (iso: string | null | undefined): string =>
  iso === null || iso === undefined ? '–' : iso.replace('T', ' ').replace(/\.\d+Z$/, 'Z')

/** Any value on one line, for tables. */
export const inline = (value: unknown): string => {
  if (value === null || value === undefined) return '–'
  if (typeof value === 'string') return value
  if (Array.isArray(value) && value.length === 0) return '–'
  if (isRecord(value)) {
    return Object.entries(value)
      .filter(([, item]) => item !== null)
      .map(([key, item]) => `${key}=${typeof item === 'string' ? item : JSON.stringify(item)}`)
      .join(' ')
  }
  return JSON.stringify(value)
}

interface SocketError extends NodeJS.ErrnoException {
  port?: number
  address?: string
}

/** An error in one line, without its stack. */
export const messageOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const { code, port, address = 'this machine' }: SocketError = error
  if (code === 'EADDRINUSE') {
    return `Port ${port} of ${address} is in use, perhaps by another emulator. Stop that one, or choose with --port; --port 0 takes any free port.`
  }
  if (code === 'EACCES' && port !== undefined)
    return `Port ${port} needs rights that you do not have; choose another with --port.`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `This machine cannot listen there: see --host. (${error.message})`
  return error.message
}
