/**
 * The log, on stderr: on a terminal one readable line per request, simulated event and webhook
 * delivery; JSON otherwise. PINs and secrets never reach it.
 */
import { setImmediate } from 'node:timers'
import pino from 'pino'
import type { Answer } from '../api/http/answer.ts'
import type { IncomingCall } from '../api/http/call.ts'
import { logLevels } from './levels.ts'
import type { LogLevel } from './levels.ts'
import { paint } from './paint.ts'
import type { Colour } from './paint.ts'
import type { RecordedEvent } from '../sim/kernel/world.ts'
import { toIso } from '../sim/kernel/instant.ts'
import type { Universe } from '../sim/kernel/universe.ts'
import type { Attempt } from '../webhooks/outbox.ts'
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

type Severity = 'error' | 'warn' | 'info'

/** One line of the log: the fields for programs, and what of them people want to see. */
interface Line {
  kind: 'request' | 'event' | 'webhook' | 'error' | 'info'
  severity: Severity
  fields: Record<string, unknown>
  text: string
}

interface Printer {
  isOn(severity: Severity): boolean
  print(line: Line): void
}

const isSecret = (name: string): boolean =>
  /code|pin|token|secret|key|pass|auth|sig/i.test(name) &&
  !/(_id|_ids|(?<!api|access|private|secret)_key|_cursor)$/i.test(name)

/** A query string in which the values of PINs and secrets are stars. */
const maskQuery = (query: string): string =>
  query
    .split('&')
    .map((pair) => {
      const [name = ''] = pair.split('=', 1)
      return isSecret(name) ? `${name}=***` : pair
    })
    .join('&')

/** A webhook's URL without the secrets that people put into one. */
const maskUrl = (text: string): string => {
  if (!URL.canParse(text)) return text
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') {
    url.username = '***'
    url.password = ''
  }
  const query = url.search === '' ? '' : `?${maskQuery(url.search.slice(1))}`
  return `${url.protocol}//${url.username === '' ? '' : '***@'}${url.host}${url.pathname}${query}`
}

const secretTexts = /whsec_[\w+/=-]+|seam_(?:at|cst|pk)[\w.-]+/g
const pinsInJson = /"(?:code|pin)"\s*:\s*"([^"]+)"/g

/** What a refusal says, without the PIN that was sent. */
const refusalOf = (call: IncomingCall, { status, headers, body }: Answer): string => {
  if (status < 400 || typeof body !== 'string') return ''
  const [, quoted] = /"message":("(?:[^"\\]|\\.)*")/.exec(body) ?? []
  const isPlain = headers['content-type']?.startsWith('text/plain') === true
  let message = quoted === undefined ? (isPlain ? body : '') : String(JSON.parse(quoted))
  const pins = [...call.body.matchAll(pinsInJson)].map(([, pin]) => pin)
  const inQuery = new URLSearchParams(call.query).get('code')
  for (const pin of [...pins, inQuery]) {
    if (pin !== null && pin !== undefined && pin.length > 2)
      message = message.replaceAll(pin, '****')
  }
  return message.replaceAll(secretTexts, '***')
}

const jsonPrinter = (level: LogLevel): Printer => {
  // What nobody reads is dropped beyond this length: a reader that is slow, or gone, delays no answer.
  const destination = pino.destination({
    dest: 2,
    sync: true,
    minLength: 16_000,
    maxLength: 1_000_000,
    retryEAGAIN: () => false,
  })
  destination.on('error', () => undefined)
  // The lines of one turn of the event loop go out together: writing each costs more than a request.
  const flush = (): void => {
    isScheduled = false
    destination.flush()
  }
  let isScheduled = false
  process.on('exit', flush)
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination)
  return {
    isOn: (severity) => logger.isLevelEnabled(severity),
    print: ({ kind, severity, fields, text }) => {
      logger[severity]({ kind, ...fields }, text)
      if (isScheduled) return
      isScheduled = true
      setImmediate(flush)
    },
  }
}

const kindColours: Record<Line['kind'], Colour> = {
  request: 'cyan',
  event: 'magenta',
  webhook: 'blue',
  error: 'red',
  info: 'green',
}
const severityColours: Record<Severity, Colour | null> = {
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
      const colour = severityColours[severity]
      process.stderr.write(
        `${paint('dim', time, process.stderr)} ${paint(kindColours[kind], kind.padEnd(7), process.stderr)} ${colour === null ? text : paint(colour, text, process.stderr)}\n`,
      )
    },
  }
}

const requestLine = (call: IncomingCall, answer: Answer): Line => {
  const path = call.query === '' ? call.path : `${call.path}?${maskQuery(call.query)}`
  const { status, error_type } = answer
  const refusal = refusalOf(call, answer)
  return {
    kind: 'request',
    severity: status >= 500 ? 'error' : status >= 400 ? 'warn' : 'info',
    fields: {
      request_id: call.request_id,
      workspace_id: call.workspace_id,
      method: call.method,
      path,
      status,
      ...(error_type !== undefined && { error: error_type, message: refusal }),
    },
    text: [
      `${call.method} ${path} ${status}`,
      error_type ?? '',
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
  const code = access_code_id === null ? undefined : world?.access_codes.get(access_code_id)?.name
  return {
    kind: 'event',
    severity: 'info',
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

/** A log to stderr, so that stdout is left to what a program reads. */
export const createLog = (level: LogLevel, pretty: boolean): Log => {
  const printer = pretty ? prettyPrinter(level) : jsonPrinter(level)
  const info = printer.isOn('info')
  const warn = printer.isOn('warn')
  return {
    request: (call, answer) => {
      if (info || (warn && answer.status >= 400)) {
        const line = requestLine(call, answer)
        if (printer.isOn(line.severity)) printer.print(line)
      }
    },
    delivery: (workspace_id, attempt, result, duration) => {
      if (!warn) return
      const line = deliveryLine(workspace_id, attempt, result, duration)
      if (printer.isOn(line.severity)) printer.print(line)
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
        for (const event of events) printer.print(eventLine(universe, workspace_id, event))
      })
    },
  }
}
