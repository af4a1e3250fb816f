/**
 * The library: an emulator inside your own process.
 *
 * ```js
 * import { createEmulator } from 'seam-emulator'
 *
 * await using emulator = await createEmulator()
 * const seam = new SeamHttp({ endpoint: emulator.endpoint, apiKey: emulator.apiKey })
 * ```
 */
import { connectEmulator } from './client/connect.ts'
import type { RemoteEmulator } from './client/connect.ts'
import { parseClockSetting, readClockOption } from './lib/clock-setting.ts'
import type { ClockOption } from './lib/clock-setting.ts'
import { startEmulator } from './emulator.ts'
import { createLog, silentLog } from './log/log.ts'
import type { LogLevel } from './log/levels.ts'

export interface EmulatorOptions {
  /** TCP port; 0, the default, picks a free one. */
  port?: number
  /** Where to listen; `127.0.0.1` when not given. */
  host?: string
  /** A database file that keeps everything; in memory when not given. */
  db?: string
  /** What is answered outlasts a power cut as well, not only the process; slower (docs/durability.md). */
  durable?: boolean
  /** A fixture's name or path, or a world as data; `default` when not given. */
  fixture?: string | object
  /** Everything random derives from it and from the workspace's key. */
  seed?: string | number
  /**
   * `frozen`, the default, stands still at 2025-01-01T00:00:00Z until told otherwise, so that runs
   * repeat to the byte. Also `realtime`, `x60`, `frozen@2025-06-01T00:00:00Z`.
   */
  clock?: string | ClockOption
  /** The key of the first workspace; `seam_test_default` when not given. */
  api_key?: string
  /** What to write to stderr; nothing but errors of the emulator itself when not given. */
  log?: LogLevel
  /** Check every answer against its own schema, so that a wrong one is a loud 500; on by default. */
  check_responses?: boolean
}

/** A running emulator, and the controls over its first workspace. */
export interface Emulator extends RemoteEmulator {
  readonly port: number
  readonly workspaceId: string
  /** Lets the process end while the emulator still listens; for one that is shared by many tests. */
  readonly unref: () => void
  /** Lets deliveries in flight finish, then closes the server and the database. */
  readonly close: () => Promise<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/**
 * Starts an emulator in this process.
 *
 * @throws when the port is taken, the fixture is not valid or the database file cannot be used
 */
export const createEmulator = async (options: EmulatorOptions = {}): Promise<Emulator> => {
  const { clock = 'frozen', log } = options
  const running = await startEmulator({
    port: options.port ?? 0,
    host: options.host ?? '127.0.0.1',
    db: options.db ?? ':memory:',
    durable: options.durable ?? false,
    fixture: options.fixture ?? 'default',
    seed: options.seed === undefined ? undefined : String(options.seed),
    clock: typeof clock === 'string' ? parseClockSetting(clock) : readClockOption(clock),
    api_key: options.api_key ?? 'seam_test_default',
    check_responses: options.check_responses ?? true,
    log: log === undefined ? silentLog : createLog(log, process.stderr.isTTY),
  })
  const { endpoint, port, api_key, workspace_id } = running
  const remote = connectEmulator({ endpoint, apiKey: api_key })

  let closing: Promise<void> | undefined
  const close = (): Promise<void> => {
    closing ??= remote.close().then(() => running.close())
    return closing
  }
  return {
    ...remote,
    port,
    workspaceId: workspace_id,
    unref: running.unref,
    close,
    [Symbol.asyncDispose]: close,
  }
}

export { connectEmulator } from './client/connect.ts'
export type { RemoteEmulator } from './client/connect.ts'
export type { ControlClient } from './client/control-client.ts'
export { isEmulatorError } from './client/transport.ts'
export type { EmulatorError, Target } from './client/transport.ts'
export type * from './client/inputs.ts'
export type * from './client/shapes.ts'
export type * from './client/waiting.ts'
export type { ClockOption } from './lib/clock-setting.ts'
export type { LogLevel } from './log/levels.ts'
