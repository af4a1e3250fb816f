import type { Command } from 'commander'
import type { ControlClient } from '../client/control-client.ts'
import { clientCommand, withClient } from './connection.ts'
import type { ConnectionOptions } from './connection.ts'
import { readAll } from './explain/lookup.ts'
import { listDevices } from './lookup.ts'
import { writeLine } from './output.ts'

/** More names than these no shell shows. */
const MOST = 100

/** What a running emulator has, by the name of the argument that takes it. */
const namesOf: Readonly<Record<string, (client: ControlClient) => Promise<string[]>>> = {
  device: async (client) => (await listDevices(client)).map((it) => it.display_name),
  bridge: async (client) => (await client.bridges.list()).map((it) => it.name),
  snapshot: async (client) => (await client.snapshots.list()).map((it) => it.name),
  fault_id: async (client) => (await client.faults.list()).map((it) => it.fault_id),
  /** Of `explain`: keys before names, grants before codes. */
  what: async (client) => {
    const { access_codes, access_grants, spaces } = await readAll(client)
    return [
      ...access_grants.flatMap(
        (it) => it.reservation_key ?? it.access_grant_key ?? it.display_name,
      ),
      ...spaces.map((it) => it.space_key ?? it.name),
      ...access_codes.map((it) => it.name ?? it.access_code_id),
    ].slice(0, MOST)
  },
}

/** Whether shells are told what may stand in this argument. */
export const isNamed = (argument: string): boolean => Object.hasOwn(namesOf, argument)

/** For completion scripts: one name a line, and nothing at all where no emulator answers. */
export const namesCommand = (): Command =>
  clientCommand('__names', 'names for shell completion')
    .argument('<argument>')
    .action(async (argument: string, options: ConnectionOptions) => {
      const list = Object.hasOwn(namesOf, argument) ? namesOf[argument] : undefined
      if (list === undefined) return
      // A shell that completes shows no errors.
      const names = await withClient(options, list).catch(() => [])
      for (const name of new Set(names)) writeLine(name)
    })
