import type { Command } from 'commander'
import type { JournalEntry } from '../client/shapes.ts'
import { paint } from '../log/paint.ts'
import { clientCommand, withClient } from './connection.ts'
import type { ConnectionOptions } from './connection.ts'
import { follow } from './follow.ts'
import { instant, writeJson, writeLine } from './output.ts'

interface LogsOptions extends ConnectionOptions {
  follow?: boolean
  all?: boolean
  unmatched?: boolean
  path?: string
}

const lineOf = (call: JournalEntry): string => {
  const { at, method, path, query, status, error_type, fault_id, did_you_mean } = call
  const colour = status >= 500 ? 'red' : status >= 400 ? 'yellow' : 'green'
  return [
    paint('dim', instant(at)),
    paint(colour, String(status)),
    `${method} ${path}${query === '' ? '' : `?${query}`}`,
    error_type === null ? '' : paint(colour, error_type),
    did_you_mean === null ? '' : `Did you mean ${did_you_mean}?`,
    fault_id === null ? '' : paint('magenta', `fault ${fault_id}`),
    call.client === null ? '' : paint('dim', `(${call.client})`),
  ]
    .filter((part) => part !== '')
    .join('  ')
}

const run = (options: LogsOptions): Promise<void> =>
  withClient(options, async (client) => {
    const seen = new Set<string>()
    const look = async (): Promise<boolean> => {
      const calls = await client.requests.list({
        ...(options.all === true && { callers: 'all' }),
        ...(options.unmatched === true && { unmatched: true }),
        ...(options.path !== undefined && { path: options.path }),
      })
      const fresh = calls.filter(({ request_id }) => !seen.has(request_id))
      for (const call of fresh) {
        seen.add(call.request_id)
        if (options.json === true) writeJson(call)
        else writeLine(lineOf(call))
      }
      return fresh.length > 0
    }
    const found = await look()
    if (options.follow === true) await follow(look)
    else if (!found && options.json !== true)
      writeLine(paint('dim', '(no calls of your integration; --all shows those of our own tools)'))
  })

export const logsCommand = (): Command =>
  clientCommand('logs', 'the calls that your integration made, oldest first')
    .option('-f, --follow', 'go on printing new ones as they come')
    .option('--all', "calls of the emulator's own commands and library as well")
    .option('--unmatched', 'only calls that no endpoint answers')
    .option('--path <path>', 'only calls to this path')
    .addHelpText(
      'after',
      `
Examples:
  seam-emulator logs --follow
  seam-emulator logs --unmatched                      slips of the pen, and what is not emulated
  seam-emulator logs --json --path /access_codes/create`,
    )
    .action(run)
