import type { RunningEmulator } from '../emulator.ts'
import { messageOf } from './output.ts'

/** So long deliveries in flight may take once the process is told to stop, ms. */
const PATIENCE = 5_000

/** Stops on the first signal, at once on the second. */
export const stopOnSignal = (emulator: RunningEmulator): void => {
  let stopping = false
  const stop = (): void => {
    if (stopping) process.exit(1)
    stopping = true
    const exit = (): never => process.exit(0)
    setTimeout(exit, PATIENCE).unref()
    emulator.close().then(exit, (error: unknown) => {
      process.stderr.write(`seam-emulator: ${messageOf(error)}\n`)
      process.exit(1)
    })
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}
