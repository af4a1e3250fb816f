import type { Command } from 'commander'
import type { ControlClient } from '../client/control-client.ts'
import type { Delivery } from '../client/shapes.ts'
import { clientCommand, withClient } from './connection.ts'
import type { ConnectionOptions } from './connection.ts'
import { notFound } from './failure.ts'
import { writeJson, writeLine } from './output.ts'

/** How a delivery was answered, in a few words. */
export const answerTo = ({ event_type, state, attempts }: Delivery): string => {
  const last = attempts.at(-1)
  const answer = last === undefined ? 'not sent yet' : String(last.status ?? last.error)
  return `${event_type ?? 'event'} → ${answer} (${state}${attempts.length > 1 ? `, attempt ${attempts.length}` : ''})`
}

/** The message that is meant: of this id, of the event of this id, or the latest. */
const resend = async (
  client: ControlClient,
  id: string | undefined,
  webhook_id: string | undefined,
): Promise<Delivery> => {
  const filter = webhook_id === undefined ? {} : { webhook_id }
  const all = await client.webhookDeliveries.list(filter)
  if (id === undefined) {
    const last = all.at(-1)
    if (last === undefined) throw notFound('Nothing has been sent to a webhook yet.')
    return client.webhookDeliveries.resend({ message_id: last.message_id })
  }
  if (all.some(({ message_id }) => message_id === id))
    return client.webhookDeliveries.resend({ message_id: id })
  return client.webhookDeliveries.resend({ event_id: id, ...filter })
}

export const resendCommand = (): Command =>
  clientCommand('resend', 'send a webhook message once more: your endpoint must take it once')
    .argument('[id]', 'of a message or an event; the latest message when not given')
    .option('--webhook <webhook_id>', 'to this webhook')
    .addHelpText(
      'after',
      `
Examples:
  seam-emulator resend                                the latest message
  seam-emulator inbox deliveries                      where the ids are`,
    )
    .action((id: string | undefined, options: ConnectionOptions & { webhook?: string }) =>
      withClient(options, async (client) => {
        const webhook_delivery = await resend(client, id, options.webhook)
        if (options.json === true) writeJson({ webhook_delivery })
        else writeLine(answerTo(webhook_delivery))
      }),
    )
