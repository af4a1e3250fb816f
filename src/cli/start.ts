import { Command } from 'commander'
import { paint } from '../log/paint.ts'
import { exampleOf } from './example.ts'
import { optimiseEarly } from './optimise-early.ts'
import { writeJson, writeLine } from './output.ts'
import { booleanOption, isDropIn, settingsOf, withServerOptions } from './server-options.ts'
import type { ServerOptions } from './server-options.ts'
import { stopOnSignal } from './stop-on-signal.ts'

const isLoopback = (host: string): boolean => /^(127\.|::1$|localhost$)/.test(host)

interface StartOptions extends ServerOptions {
  json?: boolean
}

const run = async (options: StartOptions): Promise<void> => {
  const [{ startEmulator }, { createLog }] = await Promise.all([
    import('../emulator.ts'),
    import('../log/log.ts'),
  ])
  const json = options.json === true
  const level = options.logLevel ?? (isDropIn(options) ? 'error' : 'info')
  const log = createLog(level, process.stderr.isTTY && !json)
  const emulator = await startEmulator({ ...settingsOf(options), log })
  optimiseEarly()
  stopOnSignal(emulator)
  const { endpoint, api_key, workspace_id } = emulator
  if (json) writeJson({ url: endpoint, api_key, workspace_id, pid: process.pid })
  else {
    writeLine(`${paint('bold', endpoint)}  API key ${paint('bold', api_key)}`)
    const example = exampleOf(emulator)
    if (example !== null && !isDropIn(options)) writeLine(example)
  }
  if (!isLoopback(options.host)) {
    process.stderr.write(
      `seam-emulator: listening on ${options.host}: whoever reaches this machine can read and change everything in here.\n`,
    )
  }
}

export const startCommand = (): Command =>
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
