import { Command } from 'commander'
import type { Delivery, InboxMessage } from '../client/shapes.ts'
import { paint } from '../log/paint.ts'
import { clientCommand, withClient } from './connection.ts'
import type { ConnectionOptions } from './connection.ts'
import { instant, table, writeJson, writeLine, yesNo } from './output.ts'

const messageTable = (messages: readonly InboxMessage[]): string =>
  table(
    ['received', 'inbox', 'event', 'verified', 'about'],
    messages.map(({ received_at, inbox, event_type, is_verified, body }) => [
      instant(received_at),
      inbox,
      event_type ?? '–',
      yesNo(is_verified),
      body.access_code_id ?? body.device_id ?? '–',
    ]),
  )

const deliveryTable = (deliveries: readonly Delivery[]): string =>
  table(
    ['event', 'state', 'attempts', 'last answer', 'at', 'message_id'],
    deliveries.map(({ event_type, state, attempts, message_id, created_at }) => {
      const last = attempts.at(-1)
      return [
        event_type ?? '–',
        state,
        String(attempts.length),
        last === undefined ? '–' : String(last.status ?? last.error),
        instant(last?.attempted_at ?? created_at),
        message_id,
      ]
    }),
  )

interface FilterOptions extends ConnectionOptions {
  inbox?: string
  eventType?: string[]
  count?: number
  timeout?: string
}

/** As it was typed: the server says what is wrong with it. */
const inputOf = ({ inbox, eventType, count, timeout }: FilterOptions): object => ({
  ...(inbox !== undefined && { inbox }),
  ...(eventType !== undefined && { event_type: eventType }),
  ...(count !== undefined && { count }),
  ...(timeout !== undefined && { timeout }),
})

const withFilter = (command: Command): Command =>
  command
    .option('--inbox <name>', 'only of this inbox')
    .option('--event-type <type...>', 'only of these types')

const print = (messages: readonly InboxMessage[], options: ConnectionOptions): void => {
  if (options.json === true) writeJson({ messages })
  else writeLine(messageTable(messages))
}

const list = (options: FilterOptions): Promise<void> =>
  withClient(options, async (client) => print(await client.inbox.list(inputOf(options)), options))

const wait = (options: FilterOptions & { new?: boolean }): Promise<void> =>
  withClient(options, async (client) => {
    const { timeout: _timeout, count = 1, ...filter } = options
    const before = (await client.inbox.list(inputOf(filter))).length
    const skipped = options.new === true ? before : 0
    const found = await client.inbox.waitFor(inputOf({ ...options, count: count + skipped }))
    print(found.slice(skipped), options)
    if (skipped === 0 && before >= count && options.json !== true)
      writeLine(paint('dim', 'These had arrived before; --new waits for the next.'))
  })

const deliveries = (options: FilterOptions & { limit: number }): Promise<void> =>
  withClient(options, async (client) => {
    const found = await client.webhookDeliveries.list(
      // As it was typed: the server says what is wrong with it.
      { ...inputOf(options), limit: options.limit },
    )
    if (options.json === true) writeJson({ webhook_deliveries: found })
    else writeLine(deliveryTable(found))
  })

const clear = (options: FilterOptions): Promise<void> =>
  withClient(options, async (client) => {
    const answer = await client.inbox.clear(inputOf(options))
    if (options.json === true) writeJson(answer)
    else writeLine('The inbox is empty.')
  })

const showUrl = (name: string, options: ConnectionOptions): Promise<void> =>
  withClient(options, (client) => {
    const url = client.inbox.url(name)
    if (options.json === true) writeJson({ url })
    else writeLine(url)
    return Promise.resolve()
  })

const waitSubcommand = (): Command =>
  withFilter(clientCommand('wait', 'wait for a webhook; a frozen clock leaps to it'))
    .option('--count <n>', 'how many there must be', Number)
    .option('--timeout <duration>', 'of the workspace time')
    .option('--new', 'only such as arrive from now on')
    .action(wait)

const deliveriesSubcommand = (): Command =>
  clientCommand('deliveries', 'what was sent to webhooks, and how it was answered')
    .option('--event-type <type...>', 'only of these types')
    .option('--limit <n>', 'at most so many, of the latest', Number, 50)
    .action(deliveries)

const clearSubcommand = (): Command =>
  clientCommand('clear', 'forget what has arrived')
    .option('--inbox <name>', 'only of this inbox')
    .action(clear)

const urlSubcommand = (): Command =>
  clientCommand('url', 'the URL to register with /webhooks/create')
    .argument('[name]', 'a name of your choice', 'default')
    .action(showUrl)

const help = `
Examples:
  seam-emulator inbox url ci                               register this URL as a webhook
  seam-emulator inbox wait --event-type access_code.set_on_device --timeout 72h
  seam-emulator inbox deliveries                           what was sent, also to your own endpoint
  seam-emulator inbox --json`

export const inboxCommand = (): Command =>
  new Command('inbox')
    .description('webhooks that arrived at the built-in receiver')
    .addCommand(withFilter(clientCommand('list', 'what has arrived')).action(list), {
      isDefault: true,
    })
    .addCommand(waitSubcommand())
    .addCommand(deliveriesSubcommand())
    .addCommand(clearSubcommand())
    .addCommand(urlSubcommand())
    .addHelpText('after', help)
