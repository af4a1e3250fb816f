import type { Command } from 'commander'
import { createInterface } from 'node:readline'
import type { ControlClient } from '../client/control-client.ts'
import type { EventType } from '../client/inputs.ts'
import { eventTypes } from '../contract/vocabulary.ts'
import { nearest } from '../lib/nearest.ts'
import { paint } from '../log/paint.ts'
import { clientCommand, withClient } from './connection.ts'
import type { ConnectionOptions } from './connection.ts'
import { follow } from './follow.ts'
import { instant, writeJson, writeLine } from './output.ts'
import { answerTo } from './resend.ts'

interface ListenOptions extends ConnectionOptions {
  eventType?: string[]
  secret?: string
  keep?: boolean
}

/** @throws Error for a word that is no event type */
export const eventTypeOf = (text: string): EventType => {
  const found = eventTypes.find((type) => type === text)
  if (found !== undefined) return found
  const near = nearest(text, eventTypes)
  throw new Error(
    `There is no event type ${text}.${near === undefined ? '' : ` Did you mean ${near}?`}`,
  )
}

/** Prints each attempt at a delivery once. */
const tail = (client: ControlClient, webhook_id: string, options: ListenOptions) => {
  const printed = new Map<string, number>()
  return async (): Promise<boolean> => {
    let isNew = false
    for (const delivery of await client.webhookDeliveries.list({ webhook_id })) {
      const { message_id, attempts } = delivery
      if (attempts.length <= (printed.get(message_id) ?? 0)) continue
      printed.set(message_id, attempts.length)
      isNew = true
      const at = instant(attempts.at(-1)?.attempted_at)
      if (options.json === true) writeJson(delivery)
      else writeLine(`${paint('dim', at)}  ${answerTo(delivery)}  ${paint('dim', message_id)}`)
    }
    return isNew
  }
}

/** On a terminal, Enter sends the latest message once more. */
const resendOnEnter = (client: ControlClient, webhook_id: string): void => {
  if (!process.stdin.isTTY) return
  const again = async (): Promise<void> => {
    const last = (await client.webhookDeliveries.list({ webhook_id })).at(-1)
    if (last !== undefined) await client.webhookDeliveries.resend({ message_id: last.message_id })
  }
  createInterface({ input: process.stdin }).on('line', () => {
    // What became of it is in the list of deliveries.
    again().catch(() => undefined)
  })
}

/** The webhook goes with the command, unless it is to stay. */
const removeOnExit = (client: ControlClient, webhook_id: string): void => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      client.call('/webhooks/delete', { webhook_id }).then(
        () => process.exit(0),
        () => process.exit(1),
      )
    })
  }
}

const run = (given: string, options: ListenOptions): Promise<void> =>
  withClient(options, async (client) => {
    const url = /^https?:\/\//i.test(given) ? given : `http://${given}`
    const webhook = await client.webhookTo(url, {
      ...(options.eventType !== undefined && { event_types: options.eventType.map(eventTypeOf) }),
      ...(options.secret !== undefined && { secret: options.secret }),
    })
    const { webhook_id, secret } = webhook
    if (options.keep !== true) removeOnExit(client, webhook_id)
    if (options.json === true) writeJson({ webhook })
    else {
      writeLine(`Webhooks go to ${paint('bold', url)}, signed with the secret`)
      writeLine(paint('bold', secret ?? ''))
      const enter = process.stdin.isTTY ? 'Enter sends the latest again; ' : ''
      writeLine(paint('dim', `${enter}Ctrl-C ends it. Try: seam-emulator trigger lock.unlocked\n`))
    }
    resendOnEnter(client, webhook_id)
    await follow(tail(client, webhook_id, options))
  })

export const listenCommand = (): Command =>
  clientCommand('listen', 'send webhooks to your endpoint, and show how it answers')
    .argument('<url>', 'your endpoint, such as http://localhost:3000/hook')
    .option('--event-type <type...>', 'only these; everything when not given')
    .option('--secret <secret>', 'whsec_…; made when not given')
    .option('--keep', 'leave the webhook registered at the end')
    .addHelpText(
      'after',
      `
Examples:
  seam-emulator listen http://localhost:3000/hook
  seam-emulator listen localhost:3000/hook --event-type access_code.set_on_device
  seam-emulator trigger access_code.set_on_device      in another terminal: make one happen`,
    )
    .action(run)
