/** What `start` does. Apart from its options, which every help loads. */
import { CONSOLE_PATH } from '../api/pages/console/index.ts'
import { startEmulator } from '../emulator.ts'
import type { RunningEmulator } from '../emulator.ts'
import { createLog } from '../log/log.ts'
import { paint } from '../log/paint.ts'
import { exampleOf } from './example.ts'
import { keepCompiled } from './keep-compiled.ts'
import { optimiseEarly } from './optimise-early.ts'
import { writeJson, writeLine } from './output.ts'
import { isDropIn, settingsOf } from './server-options.ts'
import type { StartOptions } from './start.ts'
import { stopOnSignal } from './stop-on-signal.ts'

const isLoopback = (host: string): boolean => /^(127\.|::1$|localhost$)/.test(host)

/**
 * The console's address. The key stands in the fragment, which no browser sends anywhere; where others
 * reach the emulator the page asks for it.
 */
const consoleUrl = (host: string, { endpoint, api_key }: RunningEmulator): string =>
  `${endpoint}${CONSOLE_PATH}${isLoopback(host) ? `#key=${encodeURIComponent(api_key)}` : ''}`

export const run = async (options: StartOptions): Promise<void> => {
  const json = options.json === true
  const level = options.logLevel ?? (isDropIn(options) ? 'error' : 'info')
  const log = createLog(level, process.stderr.isTTY && !json)
  const emulator = await startEmulator({ ...settingsOf(options), log })
  optimiseEarly()
  keepCompiled()
  stopOnSignal(emulator)
  const { endpoint, api_key, workspace_id } = emulator
  if (json) writeJson({ url: endpoint, api_key, workspace_id, pid: process.pid })
  else {
    const page = options.console ? `  console ${consoleUrl(options.host, emulator)}` : ''
    writeLine(`${paint('bold', endpoint)}  API key ${paint('bold', api_key)}${page}`)
    const example = exampleOf(emulator)
    if (example !== null && !isDropIn(options)) writeLine(example)
  }
  if (!isLoopback(options.host)) {
    process.stderr.write(
      `seam-emulator: listening on ${options.host}: whoever reaches this machine can read and change everything in here.\n`,
    )
  }
}
