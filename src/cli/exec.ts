import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { Command } from 'commander'
import { optimiseEarly } from './optimise-early.ts'
import { settingsOf, withServerOptions } from './server-options.ts'
import type { ServerOptions } from './server-options.ts'

/** So long the emulator may take to close, ms. */
const PATIENCE = 5_000

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** The hosts that no proxy stands before: what was there, and this machine. */
const withoutProxy = (before: string | undefined): string =>
  [...(before ?? '').split(',').filter(Boolean), 'localhost', '127.0.0.1', '::1'].join(',')

/** What the command sees: the emulator, and nobody's live account. */
const environment = (endpoint: string, api_key: string): NodeJS.ProcessEnv => {
  const {
    SEAM_API_URL: _olderName,
    SEAM_PERSONAL_ACCESS_TOKEN: _token,
    SEAM_WORKSPACE_ID: _workspace,
    ...kept
  } = process.env
  return {
    ...kept,
    // A client that reads HTTP_PROXY would ask the proxy for its own machine.
    NO_PROXY: withoutProxy(kept['NO_PROXY'] ?? kept['no_proxy']),
    no_proxy: withoutProxy(kept['no_proxy'] ?? kept['NO_PROXY']),
    SEAM_ENDPOINT: endpoint,
    SEAM_API_KEY: api_key,
    SEAM_EMULATOR_URL: endpoint,
    SEAM_EMULATOR_API_KEY: api_key,
  }
}

/**
 * Why a command did not start. On Windows `npm` and its like are scripts for `cmd`, which takes
 * its arguments by rules of its own: so nothing is passed through it unasked (docs/decisions/0111).
 */
export const whyNotStarted = (
  command: string,
  { code, message }: NodeJS.ErrnoException,
  platform: NodeJS.Platform = process.platform,
): string => {
  const isScript = platform === 'win32' && (code === 'ENOENT' || code === 'EINVAL')
  const hint = isScript
    ? `. If it is a script such as npm, let cmd run it: seam-emulator exec -- cmd /c ${command}`
    : ''
  return `${command} ${code === 'ENOENT' ? 'was not found' : `could not be started: ${message}`}${hint}`
}

const notStarted = (command: string, error: NodeJS.ErrnoException): number => {
  process.stderr.write(`seam-emulator: ${whyNotStarted(command, error)}\n`)
  return error.code === 'ENOENT' ? 127 : 126
}

/** Node throws some of what it cannot start, and tells the rest by an event. */
const startChild = (command: string, args: readonly string[], env: NodeJS.ProcessEnv) => {
  try {
    return spawn(command, args, { stdio: 'inherit', env })
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** Runs the command to its end and answers its exit code, 128 + n after a signal, as shells do. */
const runChild = (command: string, args: readonly string[], env: NodeJS.ProcessEnv) =>
  new Promise<number>((resolve) => {
    const child = startChild(command, args, env)
    if (child instanceof Error) return resolve(notStarted(command, child))
    const forward = (signal: NodeJS.Signals): void => {
      // A terminal sends Ctrl-C to the child as well; twice would mean something else.
      if (signal === 'SIGINT' && process.stdin.isTTY) return
      child.kill(signal)
    }
    for (const signal of SIGNALS) process.on(signal, forward)
    child.once('error', (error) => resolve(notStarted(command, error)))
    child.once('exit', (code, signal) =>
      resolve(signal === null ? (code ?? 0) : 128 + constants.signals[signal]),
    )
  })

const run = async (
  command: string,
  args: readonly string[],
  options: ServerOptions,
): Promise<void> => {
  const [{ startEmulator }, { createLog }] = await Promise.all([
    import('../emulator.ts'),
    import('../log/log.ts'),
  ])
  const log = createLog(options.logLevel ?? 'error', process.stderr.isTTY)
  const emulator = await startEmulator({ ...settingsOf(options), log })
  optimiseEarly()
  const code = await runChild(command, args, environment(emulator.endpoint, emulator.api_key))
  // Deliveries in flight may hang as long as a receiver lets them.
  setTimeout(() => process.exit(code), PATIENCE).unref()
  await emulator.close()
  process.exit(code)
}

export const execCommand = (): Command =>
  withServerOptions(new Command('exec'), {
    port: 0,
    portVariable: 'SEAM_EMULATOR_PORT',
    logLevel: 'error',
  })
    .description('run a command against an emulator of its own, and exit with its code')
    .usage('[options] -- <command> [arguments...]')
    .argument('<command>', 'what to run, such as npm')
    .argument('[arguments...]', 'its arguments')
    .passThroughOptions()
    .addHelpText(
      'after',
      `
The command finds the emulator in SEAM_ENDPOINT and SEAM_API_KEY, which the official SDKs read.
SEAM_PERSONAL_ACCESS_TOKEN, SEAM_WORKSPACE_ID and SEAM_API_URL are taken away from it.

Examples:
  seam-emulator exec -- npm test
  seam-emulator exec --clock frozen --seed ci -- pytest
  seam-emulator exec -- cmd /c npm test                 on Windows, where npm is a script for cmd
  seam-emulator exec -- sh -c 'curl -s $SEAM_ENDPOINT/devices/list -H "authorization: Bearer $SEAM_API_KEY"'`,
    )
    .action(run)
