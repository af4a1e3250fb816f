import { Command } from 'commander'
import type { InboxMessage } from '../client/shapes.ts'
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

export const inboxCommand = (): Command =>
  new Command('inbox')
    .description('webhooks that arrived at the built-in receiver')
    .addCommand(
      withFilter(clientCommand('list', 'what has arrived')).action((options: FilterOptions) =>
        withClient(options, async (client) =>
          print(await client.inbox.list(inputOf(options)), options),
        ),
      ),
      { isDefault: true },
    )
    .addCommand(
      withFilter(clientCommand('wait', 'wait for a webhook; a frozen clock leaps to it'))
        .option('--count <n>', 'how many there must be', Number)
        .option('--timeout <duration>', 'of the workspace time')
        .action((options: FilterOptions) =>
          withClient(options, async (client) =>
            print(await client.inbox.waitFor(inputOf(options)), options),
          ),
        ),
    )
    .addCommand(
      clientCommand('clear', 'forget what has arrived')
        .option('--inbox <name>', 'only of this inbox')
        .action((options: FilterOptions) =>
          withClient(options, async (client) => {
            const answer = await client.inbox.clear(inputOf(options))
            if (options.json === true) writeJson(answer)
            else writeLine('The inbox is empty.')
          }),
        ),
    )
    .addCommand(
      clientCommand('url', 'the URL to register with /webhooks/create')
        .argument('[name]', 'a name of your choice', 'default')
        .action((name: string, options: ConnectionOptions) =>
          withClient(options, (client) => {
            const url = client.inbox.url(name)
            if (options.json === true) writeJson({ url })
            else writeLine(url)
            return Promise.resolve()
          }),
        ),
    )
    .addHelpText(
      'after',
      `
Examples:
  seam-emulator inbox url ci                               register this URL as a webhook
  seam-emulator inbox wait --event-type access_code.set_on_device --timeout 72h
  seam-emulator inbox --json`,
    )
