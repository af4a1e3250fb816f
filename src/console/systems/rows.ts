/** What Seam's lists of an access system say, as far as it is shown. */
import type { WorldModel } from '../model/types.ts'

export type System = WorldModel['acs_systems'][number]

type Json = Readonly<Record<string, unknown>>

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null

export const listOf = (answer: Json | null, name: string): Json[] => {
  const list = answer?.[name]
  return Array.isArray(list) ? list.filter(isJson) : []
}

export const textOf = (row: Json, name: string): string | null => {
  const value = row[name]
  return typeof value === 'string' && value !== '' ? value : null
}

export const isSo = (row: Json, name: string): boolean => row[name] === true

/** The codes of what is wrong with it. */
export const issuesOf = (row: Json): string =>
  [...listOf(row, 'errors'), ...listOf(row, 'warnings')]
    .flatMap((it) => textOf(it, 'error_code') ?? textOf(it, 'warning_code') ?? [])
    .join(', ')
