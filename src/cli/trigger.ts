import type { Command } from 'commander'
import { z } from 'zod'
import type { ControlClient } from '../client/control-client.ts'
import { isEmulatorError } from '../client/transport.ts'
import { looseReader } from '../client/ask.ts'
import { seamEvent } from '../contract/seam.ts'
import type { EventType } from '../client/inputs.ts'
import { eventTypes } from '../contract/vocabulary.ts'
import { paint } from '../log/paint.ts'
import { clientCommand, withClient } from './connection.ts'
import type { ConnectionOptions } from './connection.ts'
import { eventTypeOf } from './listen.ts'
import { instant, table, writeJson, writeLine } from './output.ts'
import { scenarios, whyNot } from './trigger/scenarios.ts'
import { openStage } from './trigger/stage.ts'

const answer = z.object({ events: z.array(looseReader(seamEvent())) })

const eventsOf = async (client: ControlClient, event_type: EventType) =>
  answer.parse(
    await client.call('/events/list', { since: '1970-01-01T00:00:00Z', event_type, limit: 10_000 }),
  ).events

/** Plays the scenario, and answers the event that came of it. */
export const trigger = async (client: ControlClient, event_type: EventType) => {
  const scenario = scenarios[event_type]
  if (scenario === undefined)
    throw new Error(`${event_type} cannot be triggered: ${whyNot(event_type)}.`)
  const before = new Set((await eventsOf(client, event_type)).map(({ event_id }) => event_id))
  const fresh = async () =>
    (await eventsOf(client, event_type)).find(({ event_id }) => !before.has(event_id))
  const stage = await openStage(client)
  await scenario(stage)
  const soon = await fresh()
  if (soon !== undefined) return soon
  try {
    await stage.until(event_type)
  } catch (error) {
    if (!isEmulatorError(error) || (await client.clock.get()).mode === 'frozen') throw error
    throw new Error(
      `${event_type} takes its time, as at a real lock. It is on its way: seam-emulator clock advance 1d brings it.`,
      { cause: error },
    )
  }
  const found = await fresh()
  if (found === undefined) throw new Error(`${event_type} did not come of its scenario.`)
  return found
}

const list = (options: ConnectionOptions): void => {
  if (options.json === true) {
    return writeJson({
      event_types: eventTypes.map((event_type) => ({
        event_type,
        can_be_triggered: scenarios[event_type] !== undefined,
      })),
    })
  }
  const rows = eventTypes.map((type) =>
    scenarios[type] === undefined
      ? [paint('dim', type), paint('dim', whyNot(type))]
      : [type, paint('green', 'yes')],
  )
  writeLine(table(['event type', 'can be triggered'], rows))
}

export const triggerCommand = (): Command =>
  clientCommand('trigger', 'make an event happen, on a fresh lock of the workspace')
    .argument('[event_type]', 'such as access_code.set_on_device; without: all there are')
    .addHelpText(
      'after',
      `
Nothing is made up: the command hangs a lock, and does to it what brings the event about.

Examples:
  seam-emulator trigger access_code.failed_to_set_on_device
  seam-emulator trigger lock.access_denied
  seam-emulator trigger                               which events can be triggered`,
    )
    .action((text: string | undefined, options: ConnectionOptions) =>
      text === undefined
        ? list(options)
        : withClient(options, async (client) => {
            const event = await trigger(client, eventTypeOf(text))
            if (options.json === true) return writeJson({ event })
            const about =
              event.access_code_id ??
              event.access_method_id ??
              event.access_grant_id ??
              event.device_id ??
              ''
            writeLine(`${paint('dim', instant(event.occurred_at))}  ${event.event_type}  ${about}`)
          }),
    )
