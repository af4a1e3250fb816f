import type { Command } from 'commander'
import { controlRoutes } from '../contract/index.ts'
import { streamRoute } from '../contract/stream.ts'
import { nearest } from '../lib/nearest.ts'
import { clientCommand, withClient } from './connection.ts'
import type { ConnectionOptions } from './connection.ts'
import { keyValue } from '../lib/key-values.ts'
import { writeJson, writeLine } from './output.ts'

/** The routes by the names that the command takes: `locks/get`. */
export const routesByName: ReadonlyMap<string, string> = new Map(
  controlRoutes
    .filter(({ path }) => !path.includes('/:'))
    .map(({ path }) => [path.slice('/_emulator/'.length), path]),
)

/** `locks/get` is a control route; what begins with a slash is any route, also one of Seam's own. */
const pathOf = (route: string): string => {
  if (route.startsWith('/')) return route
  const path = routesByName.get(route)
  if (path !== undefined) return path
  const near = nearest(route, [...routesByName.keys()])
  throw new Error(
    `There is no control route ${route}.${near === undefined ? '' : ` Did you mean ${near}?`} A route of Seam's own begins with a slash, as in /devices/list.`,
  )
}

const run = (route: string, pairs: string[], options: ConnectionOptions): Promise<void> =>
  withClient(options, async (client) => {
    const path = pathOf(route)
    const input = Object.fromEntries(pairs.map(keyValue))
    if (path !== streamRoute.path) return writeJson(await client.call(path, input))
    // It has no end: a frame is a line.
    for await (const frame of await client.stream(input)) writeLine(JSON.stringify(frame))
  })

export const callCommand = (): Command =>
  clientCommand('call', 'any route of the control API, or of Seam, with its parameters')
    .argument('<route>', 'such as locks/set_door, or /devices/list for one of Seam')
    .argument('[parameters...]', 'key=value; a value may be JSON')
    .addHelpText(
      'after',
      `
Routes: ${[...routesByName.keys()].join(', ')}

Examples:
  seam-emulator call locks/set_door device_id=d0000000-0000-4000-8000-000000000001 open=true
  seam-emulator call settings/update delay_after=5m rate_limits=true
  seam-emulator call /devices/list`,
    )
    .action(run)
