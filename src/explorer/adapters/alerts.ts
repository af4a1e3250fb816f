/** Where an app in another process tells its host: `POST` with `booking_id`, `device_id`, `message`, all optional. */
import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import { once } from '../../lib/once.ts'
import { serve } from '../../serve.ts'
import type { Alert } from '../integration.ts'

const alert = once(() =>
  z.looseObject({
    booking_id: z.string().optional(),
    device_id: z.string().optional(),
    message: z.string().optional(),
  }),
)

const LONGEST = 100_000

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let text = ''
  request.setEncoding('utf8')
  for await (const part of request) {
    text += String(part)
    if (text.length > LONGEST) throw new Error('too long')
  }
  return text
}

export interface AlertsReceiver {
  readonly url: string
  /** From now on alerts are told to this listener, and to no other. */
  readonly listen: (hear: (alert: Alert) => void) => void
  readonly close: () => Promise<void>
}

export const receiveAlerts = async (port: number): Promise<AlertsReceiver> => {
  let listener: ((alert: Alert) => void) | undefined
  const serving = await serve(
    (request, response) => {
      void bodyOf(request)
        .then((text) => listener?.(alert().parse(JSON.parse(text === '' ? '{}' : text))))
        .then(
          () => response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}'),
          () =>
            response
              .writeHead(400, { 'content-type': 'application/json' })
              .end('{"error":"Send JSON with booking_id, device_id and message, all optional."}'),
        )
    },
    port,
    '127.0.0.1',
  )
  return {
    url: `${serving.endpoint}/alerts`,
    listen: (hear) => {
      listener = hear
    },
    close: () => serving.close(() => Promise.resolve()),
  }
}
