import { Command } from 'commander'
import type { ControlClient } from '../client/control-client.ts'
import { nearest } from '../lib/nearest.ts'
import { notFound } from './failure.ts'
import { clientCommand, withClient } from './connection.ts'
import type { ConnectionOptions } from './connection.ts'
import { table, writeJson, writeLine, yesNo } from './output.ts'

const bridges = (options: ConnectionOptions): Promise<void> =>
  withClient(options, async (client) => {
    const found = await client.bridges.list()
    if (options.json === true) return writeJson({ bridges: found })
    const rows = found.map(({ bridge_id, name, online, device_ids }) => [
      bridge_id,
      name,
      yesNo(online),
      String(device_ids.length),
    ])
    writeLine(table(['bridge_id', 'name', 'online', 'locks'], rows))
  })

/** The id of a bridge that is given by id or name. */
const bridgeIdOf = async (client: ControlClient, text: string): Promise<string> => {
  const all = await client.bridges.list()
  const matches = all.filter(
    ({ bridge_id, name }) => bridge_id.endsWith(text) || name.toLowerCase() === text.toLowerCase(),
  )
  const [found] = matches
  if (found !== undefined && matches.length === 1) return found.bridge_id
  const names = all.map(({ name }) => name)
  const near = nearest(text, names)
  throw notFound(
    `There is ${matches.length > 1 ? 'more than one' : 'no'} bridge "${text}".${near === undefined ? '' : ` Did you mean ${near}?`} There are: ${names.join(', ')}.`,
  )
}

const plugging = (action: 'plug' | 'unplug', description: string): Command =>
  clientCommand(action, description)
    .argument('<bridge>', 'id or name')
    .action((text: string, options: ConnectionOptions) =>
      withClient(options, async (client) => {
        const bridge = await client.bridges[action]({ bridge_id: await bridgeIdOf(client, text) })
        if (options.json === true) writeJson({ bridge })
        else
          writeLine(
            `${bridge.name} is ${bridge.online ? 'online' : 'offline'}, with ${bridge.device_ids.length} locks.`,
          )
      }),
    )

export const bridgeCommand = (): Command =>
  new Command('bridge')
    .description('unplug and plug bridges, hubs and gateways')
    .addCommand(clientCommand('list', 'all bridges').action(bridges), { isDefault: true })
    .addCommand(plugging('unplug', 'take it off the network, with every lock behind it'))
    .addCommand(plugging('plug', 'put it back on the network'))
    .addHelpText(
      'after',
      `
Examples:
  seam-emulator bridge                                all bridges, with how many locks each has
  seam-emulator bridge unplug "Connect bridge"
  seam-emulator bridge plug "Connect bridge"`,
    )
