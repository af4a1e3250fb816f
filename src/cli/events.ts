import type { Command } from 'commander'
import { z } from 'zod'
import type { ControlClient } from '../client/control-client.ts'
import { looseReader } from '../client/ask.ts'
import { seamEvent } from '../contract/seam.ts'
import type { SeamEvent } from '../client/shapes.ts'
import { paint } from '../log/paint.ts'
import { clientCommand, withClient } from './connection.ts'
import type { ConnectionOptions } from './connection.ts'
import { followStream } from './follow.ts'
import { instant, writeJson, writeLine } from './output.ts'

const answer = z.object({ events: z.array(looseReader(seamEvent())) })

const byCreation = (a: SeamEvent, b: SeamEvent): number =>
  Date.parse(a.created_at) - Date.parse(b.created_at)

const PAGE = 500

interface EventsOptions extends ConnectionOptions {
  follow?: boolean
  since: string
  eventType?: string[]
  device?: string
}

/** Events from an instant on, oldest first. */
const eventsFrom = async (
  client: ControlClient,
  { eventType, device }: EventsOptions,
  since: string,
): Promise<SeamEvent[]> => {
  // While pages are read, new events can push known ones to the next page: each counts once.
  const all = new Map<string, SeamEvent>()
  for (let offset = 0; ; offset += PAGE) {
    const { events } = answer.parse(
      await client.call('/events/list', {
        since,
        limit: PAGE,
        unstable_offset: offset,
        ...(eventType !== undefined && { event_types: eventType }),
        ...(device !== undefined && { device_id: device }),
      }),
    )
    for (const event of events) all.set(event.event_id, event)
    if (events.length < PAGE) return [...all.values()].sort(byCreation)
  }
}

const print = (events: readonly SeamEvent[], options: EventsOptions): void => {
  for (const event of events) {
    if (options.json === true) writeJson(event)
    else {
      const about = event.access_code_id ?? event.device_id ?? ''
      writeLine(
        `${paint('dim', instant(event.occurred_at))}  ${paint('magenta', event.event_type.padEnd(44))}  ${about}`,
      )
    }
  }
}

const run = (options: EventsOptions): Promise<void> =>
  withClient(options, async (client) => {
    let last: SeamEvent | undefined
    const look = async (): Promise<boolean> => {
      // No two events share a stamp: what was seen last is the only one that comes again.
      const events = await eventsFrom(client, options, last?.created_at ?? options.since)
      const fresh = events.filter(({ event_id }) => event_id !== last?.event_id)
      print(fresh, options)
      last = fresh.at(-1) ?? last
      return fresh.length > 0
    }
    const found = await look()
    if (options.follow === true) await followStream(client, look)
    else if (!found && options.json !== true) writeLine(paint('dim', '(no events)'))
  })

export const eventsCommand = (): Command =>
  clientCommand('events', "the workspace's events, oldest first; JSON is one event per line")
    .option('-f, --follow', 'go on printing new ones as they happen')
    .option('--since <instant>', 'from this instant on', '1970-01-01T00:00:00Z')
    .option('--event-type <type...>', 'only of these types')
    .option('--device <device_id>', 'only of this device')
    .addHelpText(
      'after',
      `
Examples:
  seam-emulator events --follow
  seam-emulator events --json --event-type access_code.failed_to_set_on_device`,
    )
    .action(run)
