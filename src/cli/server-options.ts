/** The flags of `start` and `exec`; each is also an environment variable. */
import { InvalidArgumentError, Option } from 'commander'
import type { Command } from 'commander'
import { parseClockSetting } from '../lib/clock-setting.ts'
import type { ClockSetting } from '../lib/clock-setting.ts'
import type { EmulatorSettings } from '../emulator.ts'
import { logLevels } from '../log/levels.ts'
import type { LogLevel } from '../log/levels.ts'

export interface ServerOptions {
  port: number
  host: string
  allowedHosts: string[]
  db: string
  durable?: boolean
  fixture?: string
  /** True for a bare `--seed`. */
  seed?: string | true
  clock: ClockSetting
  apiKey: string
  checkResponses?: boolean
  console: boolean
  logLevel?: LogLevel
}

const port = (text: string): number => {
  const value = Number(text)
  if (/^\d+$/.test(text) && value <= 65_535) return value
  throw new InvalidArgumentError('A port is a number from 0 to 65535; 0 takes any free one.')
}

const clock = (text: string): ClockSetting => {
  try {
    return parseClockSetting(text)
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error))
  }
}

/** Presence of a variable sets a flag, except where its value says no. */
const saysNo = (value: string | undefined): boolean => /^(|0|false|no|off)$/i.test(value ?? '')

/** A flag without a value that an environment variable can set as well. */
export const booleanOption = (flags: string, description: string, variable: string): Option => {
  const option = new Option(flags, description)
  return saysNo(process.env[variable]) ? option : option.env(variable)
}

interface Defaults {
  port: number
  portVariable: string
  logLevel: string
}

/** Where it is found. */
const addressOptions = ({ port: number, portVariable }: Defaults): Option[] => [
  new Option('-p, --port <port>', 'TCP port; 0 takes any free one')
    .env(portVariable)
    .default(number)
    .argParser(port),
  new Option('--host <address>', 'address to listen on')
    .env('SEAM_EMULATOR_HOST')
    .default('127.0.0.1'),
  new Option(
    '--allowed-hosts <names>',
    "names besides this machine's own under which control routes are answered",
  )
    .env('SEAM_EMULATOR_ALLOWED_HOSTS')
    .default([], 'none')
    .argParser((names) => names.split(',').filter(Boolean)),
]

/** What is in it, and what is kept of that. */
const worldOptions = (): Option[] => [
  new Option('--db <file>', 'database file that keeps everything')
    .env('SEAM_EMULATOR_DB')
    .default(':memory:', 'in memory'),
  booleanOption(
    '--durable',
    'with --db: what was answered outlasts a power cut too, not only the process',
    'SEAM_EMULATOR_DURABLE',
  ),
  new Option('--fixture <name|file>', 'world to begin with (default: default)').env(
    'SEAM_EMULATOR_FIXTURE',
  ),
  new Option(
    '--seed [seed]',
    "what all ids, PINs and delays derive from; without a value: stand in for the vendor's fake-seam-connect --seed",
  ).env('SEAM_EMULATOR_SEED'),
  new Option(
    '--clock <clock>',
    'realtime, x60 (sixty times as fast), frozen, frozen@2025-01-01T00:00:00Z',
  )
    .env('SEAM_EMULATOR_CLOCK')
    .default({ mode: 'realtime' }, 'realtime')
    .argParser(clock),
  new Option('--api-key <key>', 'API key of the first workspace')
    .env('SEAM_EMULATOR_API_KEY')
    .default('seam_test_default'),
]

/** On unless it is said otherwise. */
const consoleOption = (): Option =>
  new Option('--no-console', 'do not serve the console (SEAM_EMULATOR_CONSOLE=0)').default(
    !/^(0|false|no|off)$/i.test(process.env['SEAM_EMULATOR_CONSOLE'] ?? ''),
  )

/** What it says of itself. */
const reportOptions = ({ logLevel }: Defaults): Option[] => [
  booleanOption(
    '--check-responses',
    'check every answer against its own schema',
    'SEAM_EMULATOR_CHECK_RESPONSES',
  ),
  consoleOption(),
  new Option('--log-level <level>', `how much to write to stderr (default: ${logLevel})`)
    .env('SEAM_EMULATOR_LOG_LEVEL')
    .choices(logLevels),
]

/** Adds the flags that make an emulator. */
export const withServerOptions = (command: Command, defaults: Defaults): Command => {
  for (const option of [
    ...addressOptions(defaults),
    ...worldOptions(),
    ...reportOptions(defaults),
  ]) {
    command.addOption(option)
  }
  return command
}

/** `--seed` without a value and without a fixture: as the vendor's fake is called by test suites. */
export const isDropIn = ({ seed, fixture }: ServerOptions): boolean =>
  seed === true && fixture === undefined

export const settingsOf = (options: ServerOptions): Omit<EmulatorSettings, 'log'> => ({
  port: options.port,
  host: options.host,
  db: options.db,
  durable: options.durable === true,
  fixture: options.fixture ?? (isDropIn(options) ? 'vendor-fake' : 'default'),
  seed: options.seed === true ? undefined : options.seed,
  clock: options.clock,
  api_key: options.apiKey,
  check_responses: options.checkResponses === true,
  allowed_hosts: options.allowedHosts,
  console: options.console,
})
