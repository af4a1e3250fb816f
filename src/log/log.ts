/**
 * The log, on stderr: on a terminal one readable line per request, simulated event and webhook
 * delivery; JSON otherwise. PINs and secrets never reach it.
 */
import type { Answer } from '../api/http/answer.ts'
import type { IncomingCall } from '../api/http/call.ts'
import { RECEIVE } from '../contract/inbox.ts'
import { jsonLines } from './json-lines.ts'
import type { Severity } from './json-lines.ts'
import { logLevels } from './levels.ts'
import type { LogLevel } from './levels.ts'
import { paint } from './paint.ts'
import type { Colour } from './paint.ts'
import { maskQuery, maskUrl, refusalOf } from './secrets.ts'
import type { RecordedEvent } from '../sim/kernel/world.ts'
import { toIso } from '../sim/kernel/instant.ts'
import type { Universe } from '../sim/kernel/universe.ts'
import type { Attempt } from '../webhooks/deliveries.ts'
import type { SendResult } from '../webhooks/send.ts'

export interface Log {
  readonly request: (call: IncomingCall, answer: Answer) => void
  readonly delivery: (
    workspace_id: string,
    attempt: Attempt,
    result: SendResult,
    duration: number,
  ) => void
  readonly error: (error: unknown, request_id?: string) => void
  readonly info: (message: string) => void
  /** Writes simulated events as they are recorded; returns how to stop. */
  readonly follow: (universe: Universe) => () => void
}

const textOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error)

export const silentLog: Log = {
  request: () => undefined,
  delivery: () => undefined,
  error: (error) => process.emitWarning(textOf(error)),
  info: () => undefined,
  follow: () => () => undefined,
}

/** One line of the log: the fields for programs, and what of them people want to see. */
interface Line {
  kind: 'request' | 'control' | 'event' | 'webhook' | 'error' | 'info'
  severity: Severity
  fields: Record<string, unknown>
  text: string
}

interface Printer {
  isOn(severity: Severity): boolean
  print(line: Line): void
}

const jsonPrinter = (level: LogLevel): Printer => {
  const { isOn, write } = jsonLines(level)
  return {
    isOn,
    print: ({ kind, severity, fields, text }) => write(severity, { kind, ...fields }, text),
  }
}

const kindColours: Record<Line['kind'], Colour> = {
  request: 'cyan',
  control: 'dim',
  event: 'magenta',
  webhook: 'blue',
  error: 'red',
  info: 'green',
}
const severityColours: Record<Severity, Colour | null> = {
  debug: 'dim',
  info: null,
  warn: 'yellow',
  error: 'red',
}

const prettyPrinter = (level: LogLevel): Printer => {
  const least = logLevels.indexOf(level)
  return {
    isOn: (severity) => logLevels.indexOf(severity) <= least,
    print: ({ kind, severity, text }) => {
      const time = new Date().toLocaleTimeString('en-GB')
      const colour = severityColours[severity] ?? (kind === 'control' ? 'dim' : null)
      process.stderr.write(
        `${paint('dim', time, process.stderr)} ${paint(kindColours[kind], kind.padEnd(7), process.stderr)} ${colour === null ? text : paint(colour, text, process.stderr)}\n`,
      )
    },
  }
}

/** Calls of the emulator's own tools, and of its control API: what a test does, not what the app does. */
const isOwn = ({ client, path }: IncomingCall): boolean => client !== null || path.startsWith('/_')

const isReading = ({ method, path }: IncomingCall): boolean =>
  method === 'GET' || /\/(?:get|list|catalog|explain|wait_until|wait_for|ready)$/.test(path)

/** What is wrong is loud, what the app does is heard, and our own looking is not. */
const severityOf = (call: IncomingCall, status: number): Severity => {
  if (status >= 400) return status >= 500 ? 'error' : 'warn'
  // What arrives at the inbox is told by the delivery.
  return isOwn(call) && (isReading(call) || call.path.startsWith(RECEIVE)) ? 'debug' : 'info'
}

const requestLine = (call: IncomingCall, answer: Answer): Line => {
  const path = call.query === '' ? call.path : `${call.path}?${maskQuery(call.query)}`
  const { status, error_type } = answer
  const refusal = refusalOf(call, answer)
  const duration = Math.round(performance.now() - call.began)
  return {
    kind: isOwn(call) ? 'control' : 'request',
    severity: severityOf(call, status),
    fields: {
      request_id: call.request_id,
      workspace_id: call.workspace_id,
      method: call.method,
      path,
      status,
      duration,
      ...(call.client !== null && { client: call.client }),
      ...(error_type !== undefined && { error: error_type, message: refusal }),
    },
    text: [
      `${call.method} ${path} ${status}`,
      error_type ?? '',
      `in ${duration} ms`,
      refusal === '' ? '' : `– ${refusal}`,
    ]
      .filter((part) => part !== '')
      .join(' '),
  }
}

const deliveryLine = (
  workspace_id: string,
  { delivery, message }: Attempt,
  result: SendResult,
  duration: number,
): Line => {
  const ok = result.status !== null && result.status >= 200 && result.status < 300
  const attempt = delivery.attempts + 1
  const [, event_type = 'event'] = /"event_type":"([^"]+)"/.exec(message.body) ?? []
  const url = maskUrl(message.url)
  return {
    kind: 'webhook',
    severity: ok ? 'info' : 'warn',
    fields: {
      workspace_id,
      event_id: delivery.event_id,
      event_type,
      webhook_id: delivery.webhook_id,
      url,
      attempt,
      status: result.status,
      ...(result.error !== null && { error: result.error }),
      duration,
    },
    text: `${event_type} → ${url} ${result.status ?? result.error ?? 'no answer'} in ${duration} ms${attempt === 1 ? '' : `, attempt ${attempt}`}`,
  }
}

/** An event's line names its subject; PINs stay out. */
const eventLine = (universe: Universe, workspace_id: string, event: RecordedEvent): Line => {
  const { event_id, event_type, device_id, access_code_id } = event
  // Its last events may be of a workspace that is no more.
  const world = universe.exists(workspace_id) ? universe.world(workspace_id) : undefined
  const at = toIso(event.occurred_at)
  const device = device_id === null ? undefined : world?.devices.get(device_id)?.name
  const about = access_code_id === null ? undefined : world?.access_codes.get(access_code_id)
  const code = about?.name
  return {
    kind: 'event',
    // Each lock with a pool has some; nobody asked for them.
    severity: about?.is_backup === true ? 'debug' : 'info',
    fields: { workspace_id, event_id, event_type, device_id, access_code_id, at },
    text: [
      event_type,
      device,
      code === undefined || code === null ? undefined : `“${code}”`,
      `at ${at}`,
    ]
      .filter((part) => part !== undefined)
      .join('  '),
  }
}

/** Names the workspace behind a line, once there is more than one. Its key, a secret, stays out. */
const createNaming = () => {
  const seen = new Set<string>()
  return (workspace_id: string | null): string => {
    if (workspace_id === null) return ''
    if (seen.size < 2) seen.add(workspace_id)
    return seen.size < 2 ? '' : `  ${paint('dim', `[${workspace_id.slice(0, 8)}]`, process.stderr)}`
  }
}

/** A log to stderr, so that stdout is left to what a program reads. */
export const createLog = (level: LogLevel, pretty: boolean): Log => {
  const printer = pretty ? prettyPrinter(level) : jsonPrinter(level)
  const info = printer.isOn('info')
  const warn = printer.isOn('warn')
  const nameOf = createNaming()
  const print = (line: Line, workspace_id: string | null): void => {
    if (!printer.isOn(line.severity)) return
    printer.print(pretty ? { ...line, text: line.text + nameOf(workspace_id) } : line)
  }
  return {
    request: (call, answer) => {
      if (info || (warn && answer.status >= 400))
        print(requestLine(call, answer), call.workspace_id)
    },
    delivery: (workspace_id, attempt, result, duration) => {
      if (!warn) return
      print(deliveryLine(workspace_id, attempt, result, duration), workspace_id)
    },
    error: (error, request_id) => {
      if (!printer.isOn('error')) return
      const text = textOf(error)
      printer.print({
        kind: 'error',
        severity: 'error',
        fields: { request_id, stack: text },
        text: request_id === undefined ? text : `${request_id}: ${text}`,
      })
    },
    info: (text) => {
      if (info) printer.print({ kind: 'info', severity: 'info', fields: {}, text })
    },
    follow: (universe) => {
      if (!info) return () => undefined
      return universe.onCommit((workspace_id, events) => {
        for (const event of events) print(eventLine(universe, workspace_id, event), workspace_id)
      })
    },
  }
}
