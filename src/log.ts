/** The log: on a terminal one readable line per request, event and delivery; JSON otherwise. */
import pino from 'pino'
import type { Logger } from 'pino'
import type { Answer } from './api/answer.ts'
import type { ApiCall } from './api/app.ts'
import type { Universe } from './sim/universe.ts'
import type { Attempt } from './webhooks/outbox.ts'
import type { SendResult } from './webhooks/send.ts'

export interface Log {
  request: (call: ApiCall, answer: Answer) => void
  delivery: (workspace_id: string, attempt: Attempt, result: SendResult, duration: number) => void
  error: (error: unknown, request_id?: string) => void
  info: (message: string) => void
  /** Writes simulated events as they are recorded; returns how to stop. */
  follow: (universe: Universe) => () => void
}

export const silentLog: Log = {
  request: () => undefined,
  delivery: () => undefined,
  error: (error) => {
    process.emitWarning(error instanceof Error ? (error.stack ?? error.message) : String(error))
  },
  info: () => undefined,
  follow: () => () => undefined,
}

/** PINs and secrets never reach the log: of a query only the parameters' names are kept. */
const withoutSecrets = (call: ApiCall): string =>
  call.query === ''
    ? call.path
    : `${call.path}?${call.query
        .split('&')
        .map((pair) => {
          const [name = '', value = ''] = pair.split('=', 2)
          return /code|token|secret|key|password/i.test(name) && !name.endsWith('_id')
            ? `${name}=***`
            : `${name}=${value}`
        })
        .join('&')}`

const statusLevel = (status: number): 'info' | 'warn' | 'error' =>
  status >= 500 ? 'error' : status >= 400 ? 'warn' : 'info'

/** An event's line names its subject; PINs stay out. */
const followEvents = (logger: Logger, universe: Universe): (() => void) => {
  const seen = new Map<string, number>()
  return universe.onCommit((workspace_id) => {
    if (!universe.exists(workspace_id)) return
    const world = universe.world(workspace_id)
    const after = seen.get(workspace_id)
    const last = world.events.first('true', [], 'order by created_at desc, seq desc limit 1')
    if (last === undefined || last.seq === after) return
    seen.set(workspace_id, last.seq)
    if (after === undefined && last.created_at < world.workspace.created_at) return
    for (const event of world.events.all(
      'created_at >= ? and seq > ?',
      [world.workspace.created_at, after ?? 0],
      'order by seq limit 100',
    )) {
      logger.info(
        {
          event_id: event.event_id,
          device_id: event.device_id,
          access_code_id: event.access_code_id,
          at: new Date(event.occurred_at).toISOString(),
        },
        `event    ${event.event_type}`,
      )
    }
  })
}

export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug'

/** A log to stderr, so that stdout is left to what a program reads. */
export const createLog = (level: LogLevel, pretty: boolean): Log => {
  const destination = pino.destination({ dest: 2, sync: true })
  const logger = pretty
    ? pino(
        { level },
        pino.transport({
          target: 'pino-pretty',
          options: {
            destination: 2,
            colorize: true,
            translateTime: 'HH:MM:ss.l',
            ignore: 'pid,hostname,request_id,event_id,message_id',
            hideObject: false,
            singleLine: true,
          },
        }),
      )
    : pino({ level }, destination)
  return {
    request: (call, answer) => {
      const severity = statusLevel(answer.status)
      if (!logger.isLevelEnabled(severity)) return
      logger[severity](
        {
          request_id: call.request_id,
          ...(answer.error_type !== undefined && { error: answer.error_type }),
        },
        `request  ${call.method} ${withoutSecrets(call)} ${answer.status}`,
      )
    },
    delivery: (_workspace_id, attempt, result, duration) => {
      const { delivery, message } = attempt
      const ok = result.status !== null && result.status >= 200 && result.status < 300
      logger[ok ? 'info' : 'warn'](
        { message_id: delivery.message_id, attempt: delivery.attempts + 1, duration },
        `delivery ${message.url} ${result.status ?? result.error ?? ''}`,
      )
    },
    error: (error, request_id) => logger.error({ err: error, request_id }, 'error'),
    info: (message) => logger.info(message),
    follow: (universe) =>
      logger.isLevelEnabled('info') ? followEvents(logger, universe) : () => undefined,
  }
}
