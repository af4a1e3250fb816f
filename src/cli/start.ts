import { Command } from 'commander'
import { booleanOption, withServerOptions } from './server-options.ts'
import type { ServerOptions } from './server-options.ts'

export interface StartOptions extends ServerOptions {
  json?: boolean
}

export const startCommand = (run: (options: StartOptions) => Promise<void>): Command =>
  withServerOptions(new Command('start'), { port: 3020, portVariable: 'PORT', logLevel: 'info' })
    .description('start the emulator and keep it running (the default command)')
    .addOption(
      booleanOption(
        '--json',
        'print one line of JSON when ready: {"url","api_key","workspace_id","pid"}',
        'SEAM_EMULATOR_JSON',
      ),
    )
    .addHelpText(
      'after',
      `
Point any official Seam SDK at it:

  const seam = new Seam({ endpoint: 'http://localhost:3020', apiKey: 'seam_test_default' })

Any API key of the form seam_test_<label> opens a workspace of its own on first use.

Examples:
  seam-emulator start                              in memory, in real time, on port 3020
  seam-emulator start --db stay.db                 keep everything in a file
  seam-emulator start --clock frozen               time stands still until you move it
  seam-emulator start --port 0 --json              any free port, told to a program
  PORT=3020 seam-emulator --seed                   as the vendor's fake-seam-connect is called`,
    )
    .action(run)
