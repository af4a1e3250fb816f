import { Option } from 'commander'
import type { Command } from 'commander'
import { answerReader } from '../client/ask.ts'
import { reportRoute } from '../contract/report.ts'
import { isRecord } from '../lib/is-record.ts'
import { clientCommand, withClient } from './connection.ts'
import type { ConnectionOptions } from './connection.ts'
import { writeJson, writeLine } from './output.ts'
import { readJson } from './read-json.ts'
import { reportJunit } from './report/junit.ts'
import { reportText } from './report/text.ts'

interface ReportOptions extends ConnectionOptions {
  stay?: string[]
  codes?: boolean
  junit?: boolean
}

const bookings = 'a list of bookings: [{"device_id": …, "code": …, "starts_at": …, "ends_at": …}]'

/** The server knows what a booking is, and says what is wrong with one. */
const bookingsIn = (file: string): Record<string, unknown> => {
  const given = readJson(file, bookings)
  if (Array.isArray(given)) return { bookings: given }
  if (isRecord(given)) return given
  throw new Error(`${file} is JSON, but not ${bookings}.`)
}

/** Without a word about whom, all stays are meant. */
const inputOf = (file: string | undefined, { stay, codes }: ReportOptions): object => {
  if (codes === true && file === undefined && stay === undefined) return {}
  if (file === undefined) return { stays: stay ?? 'all' }
  return { ...bookingsIn(file), ...(stay !== undefined && { stays: stay }) }
}

const run = (file: string | undefined, options: ReportOptions): Promise<void> =>
  withClient(options, async (client) => {
    const answer = await client.call(reportRoute.path, inputOf(file, options))
    const { report } = answerReader(reportRoute).parse(answer)
    if (options.junit === true) writeLine(reportJunit(report))
    else if (options.json === true) writeJson({ report })
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
    .argument(
      '[bookings]',
      'JSON file with bookings; - for standard input; without: all access grants',
    )
    .option('--stay <key...>', 'access grants by id, key or reservation key')
    .option('--codes', 'access codes themselves as stays, also those that are gone')
    .addOption(
      new Option('--junit', 'print JUnit XML, a test case for each door').conflicts('json'),
    )
    .addHelpText(
      'after',
      `
Without a file it reports on every access grant of the workspace, door by door: from when it was
promised to its end, by what the locks themselves held. A grant that is deleted is told of until its
last code is off; ask before it is gone.
The file is a list of bookings, each with device_id, starts_at, ends_at, and code or access_code_id.
Exit code 1 when anybody was locked out or could stay.

Examples:
  seam-emulator report
  seam-emulator report --codes
  seam-emulator report --stay reservation-17 --junit > report.xml
  echo '[{"device_id":"d0000000-0000-4000-8000-000000000001","code":"4821",
          "starts_at":"2025-02-01T15:00:00Z","ends_at":"2025-02-04T10:00:00Z"}]' | seam-emulator report -`,
    )
    .action(run)
