import type { Command } from 'commander'
import type { Report } from '../client/shapes.ts'
import { answerReader } from '../client/ask.ts'
import { reportRoute } from '../contract/report.ts'
import { isRecord } from '../lib/is-record.ts'
import { paint } from '../log/paint.ts'
import { clientCommand, withClient } from './connection.ts'
import type { ConnectionOptions } from './connection.ts'
import { instant, table, writeJson, writeLine } from './output.ts'
import { readJson } from './read-json.ts'

const minutes = (value: number, bad: 'red' | 'yellow'): string => {
  const text = `${Number(value.toFixed(1))} min`
  return value > 0 ? paint(bad, text) : text
}

const reportText = ({ from, to, bookings, total }: Report): string => {
  const rows = bookings.map((it) => [
    it.device_id,
    it.code ?? it.access_code_id ?? '–',
    instant(it.starts_at),
    instant(it.ends_at),
    minutes(it.locked_out_minutes, 'red'),
    minutes(it.overstay_minutes, 'yellow'),
    [...new Set(it.locked_out.map(({ reason }) => reason))].join(', '),
  ])
  return [
    table(['device', 'code', 'from', 'until', 'locked out', 'overstay', 'why'], rows),
    '',
    `${total.bookings} bookings, ${instant(from)} to ${instant(to)}: guests were locked out for ${minutes(total.locked_out_minutes, 'red')}, former guests could still get in for ${minutes(total.overstay_minutes, 'yellow')}.`,
  ].join('\n')
}

const bookings = 'a list of bookings: [{"device_id": …, "code": …, "starts_at": …, "ends_at": …}]'

/** The server knows what a booking is, and says what is wrong with one. */
const inputOf = (file: string): Record<string, unknown> => {
  const given = readJson(file, bookings)
  if (Array.isArray(given)) return { bookings: given }
  if (isRecord(given)) return given
  throw new Error(`${file} is JSON, but not ${bookings}.`)
}

const run = (file: string, options: ConnectionOptions): Promise<void> =>
  withClient(options, async (client) => {
    const input = inputOf(file)
    const { report } = answerReader(reportRoute).parse(await client.call(reportRoute.path, input))
    if (options.json === true) writeJson({ report })
    else writeLine(reportText(report))
    if (report.total.locked_out_minutes > 0 || report.total.overstay_minutes > 0) {
      process.exitCode = 1
    }
  })

export const reportCommand = (): Command =>
  clientCommand(
    'report',
    'for how long guests could not open their doors, and former guests still could',
  )
    .argument('<bookings>', 'JSON file with the bookings; - for standard input')
    .addHelpText(
      'after',
      `
The file is a list of bookings, each with device_id, starts_at, ends_at, and code or access_code_id.
Exit code 1 when anybody was locked out or could stay.

Example:
  echo '[{"device_id":"d0000000-0000-4000-8000-000000000001","code":"4821",
          "starts_at":"2025-02-01T15:00:00Z","ends_at":"2025-02-04T10:00:00Z"}]' | seam-emulator report -`,
    )
    .action(run)
