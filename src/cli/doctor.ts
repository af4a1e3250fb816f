import type { Command } from 'commander'
import { paint } from '../log/paint.ts'
import type { Colour } from '../log/paint.ts'
import { clientCommand, withClient } from './connection.ts'
import type { ConnectionOptions } from './connection.ts'
import type { Finding } from '../client/shapes.ts'
import { writeJson, writeLine } from './output.ts'

const marks: Record<Finding['verdict'], [mark: string, colour: Colour]> = {
  good: ['✓', 'green'],
  warning: ['!', 'yellow'],
  wrong: ['✗', 'red'],
  unknown: ['?', 'dim'],
}

const print = (findings: readonly Finding[]): void => {
  for (const { verdict, check, text, advice } of findings) {
    const [mark, colour] = marks[verdict]
    writeLine(`${paint(colour, mark)} ${paint('bold', check)}: ${text}`)
    if (advice !== undefined) writeLine(`  ${paint('dim', '→')} ${advice}`)
  }
}

const run = (options: ConnectionOptions & { probe: boolean }): Promise<void> =>
  withClient(options, async (client) => {
    const { findings, calls, deliveries } = await client.doctor({ probe: options.probe })
    const wrong = findings.filter(({ verdict }) => verdict === 'wrong').length
    if (options.json === true) writeJson({ findings, calls })
    else if (calls === 0) {
      writeLine(
        'Your integration has not called this workspace yet. Let it run first, with this API key, then ask again.',
      )
    } else {
      print(findings)
      const verdict =
        wrong === 0 ? paint('green', 'Nothing wrong found') : paint('red', `Wrong: ${wrong}`)
      writeLine(`\n${verdict}, in ${calls} calls and ${deliveries} deliveries.`)
    }
    if (wrong > 0) process.exitCode = 1
  })

export const doctorCommand = (): Command =>
  clientCommand('doctor', 'tell from what the emulator saw what your integration does wrong')
    .option('--no-probe', 'send nothing: no forged webhook, no duplicates')
    .addHelpText(
      'after',
      `
Run your integration or its tests against the emulator first, then ask. The doctor looks for: a PIN
handed out before its code is set, no handler for failure events, deliveries that are not taken,
polling in haste, lists of which only the first page is read, calls that are not tried again,
paths that nobody answers, events asked for by another clock than the workspace's. Of grants and
stays: a PIN handed out before its method is issued, codes of a grant changed by hand, keys that are
ignored, a whole customer deleted in place of one stay, automation runs that failed or left something
out and that nobody read.
Calls of the emulator's own commands, library and test fixtures do not count.
It also sends each of your webhook endpoints a forged signature, which must get a 4xx, and events
that it has had before, which must change nothing. Exit code 1 when something is wrong.

Examples:
  seam-emulator doctor
  seam-emulator doctor --no-probe --workspace staging`,
    )
    .action(run)
