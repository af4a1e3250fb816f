/** The report as files: for a spreadsheet, and as it came. */
import type { AnswerOf } from '../../contract/route.ts'
import type { Routes } from '../live/routes.ts'

export type Report = AnswerOf<Routes['/_emulator/report']>['report']
export type CodeReport = Report['codes'][number]

/** A spreadsheet takes what begins so for a formula. */
const FORMULA = /^[=+\-@\t\r]/

const cell = (value: string | number | null): string => {
  const text = value === null ? '' : String(value)
  const safe = typeof value === 'string' && FORMULA.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const HEAD = [
  'guest',
  'pin',
  'door',
  'device_id',
  'access_code_id',
  'starts_at',
  'ends_at',
  'what',
  'from',
  'to',
  'minutes',
  'reason',
]

const minutes = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 60_000

const linesOf = (code: CodeReport): (string | number | null)[][] => {
  const { name, device_name, device_id, access_code_id, starts_at, ends_at } = code
  const whose = [name, code.code, device_name, device_id, access_code_id, starts_at, ends_at]
  return [
    ...code.locked_out.map(({ from, to, reason }) => [
      ...whose,
      'locked out',
      from,
      to,
      minutes(from, to),
      reason,
    ]),
    ...code.overstay.map(({ from, to }) => [
      ...whose,
      'overstay',
      from,
      to,
      minutes(from, to),
      null,
    ]),
  ]
}

/** One line for each time at which somebody stood outside, or could still get in. */
export const csvOf = ({ codes }: Pick<Report, 'codes'>): string =>
  [HEAD, ...codes.flatMap(linesOf)].map((line) => `${line.map(cell).join(',')}\r\n`).join('')
