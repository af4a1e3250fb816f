import type { Command } from 'commander'
import { paint } from '../log/paint.ts'
import { clientCommand, withClient } from './connection.ts'
import type { ConnectionOptions } from './connection.ts'
import { instant, table, writeJson, writeLine } from './output.ts'

const run = (options: ConnectionOptions & { limit?: number }): Promise<void> =>
  withClient(options, async (client) => {
    const moments = await client.clock.agenda(options.limit)
    if (options.json === true) return writeJson({ agenda: moments })
    if (moments.length === 0) return writeLine(paint('dim', '(nothing will happen by itself)'))
    writeLine(
      table(
        ['at', 'what', ''],
        moments.map(({ at, kind, sentence }) => [instant(at), kind, sentence]),
      ),
    )
  })

export const agendaCommand = (): Command =>
  clientCommand('agenda', 'what comes next, in words')
    .option('--limit <number>', 'at most so many', Number)
    .addHelpText(
      'after',
      `
Example:
  seam-emulator agenda --limit 5`,
    )
    .action(run)
