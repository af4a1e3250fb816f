/** Lines of JSON on stderr, which delay no answer whoever reads them. */
import { writeSync } from 'node:fs'
import { setImmediate } from 'node:timers'
import { logLevels } from './levels.ts'
import type { LogLevel } from './levels.ts'

/** Numbers of severities as pino and bunyan write them, which readers of such logs know. */
const numbers = { error: 50, warn: 40, info: 30, debug: 20 } as const

export type Severity = keyof typeof numbers

const STDERR = 2
/** What nobody reads is dropped beyond so many characters that wait: a reader may be slow, or gone. */
const MOST_WAITING = 1_000_000

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'EAGAIN' || error.code === 'EBUSY')

const nothing: Buffer = Buffer.alloc(0)

/** Writes as much as the reader takes; answers what is left. */
const writeTo = (fd: number, bytes: Buffer): Buffer => {
  let rest = bytes
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(fd, rest))
  } catch (error) {
    // The rest goes with the next lines, or nowhere where nobody reads any more.
    if (isBusy(error)) return rest
  }
  return nothing
}

/** The lines of one turn of the event loop go out together: writing each costs more than a request. */
const createWriter = (fd: number) => {
  let left = nothing
  let lines = ''
  let isScheduled = false
  const flush = (): void => {
    isScheduled = false
    left = writeTo(fd, Buffer.concat([left, Buffer.from(lines)]))
    lines = ''
  }
  process.on('exit', flush)
  return (line: string): void => {
    if (left.length + lines.length + line.length > MOST_WAITING) return
    lines += line
    if (isScheduled) return
    isScheduled = true
    setImmediate(flush)
  }
}

export interface JsonLines {
  isOn: (severity: Severity) => boolean
  write: (severity: Severity, fields: Readonly<Record<string, unknown>>, text: string) => void
}

export const jsonLines = (level: LogLevel): JsonLines => {
  const least = logLevels.indexOf(level)
  const write = createWriter(STDERR)
  return {
    isOn: (severity) => logLevels.indexOf(severity) <= least,
    write: (severity, fields, text) => {
      const time = new Date().toISOString()
      write(`${JSON.stringify({ level: numbers[severity], time, ...fields, msg: text })}\n`)
    },
  }
}
