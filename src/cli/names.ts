import type { Command } from 'commander'
import { z } from 'zod'
import type { ControlClient } from '../client/control-client.ts'
import { clientCommand, withClient } from './connection.ts'
import type { ConnectionOptions } from './connection.ts'
import { listDevices } from './lookup.ts'
import { writeLine } from './output.ts'

const codes = z.object({
  access_codes: z.array(z.looseObject({ name: z.string().nullish(), access_code_id: z.string() })),
})

/** What a running emulator has, by the name of the argument that takes it. */
const namesOf: Readonly<Record<string, (client: ControlClient) => Promise<string[]>>> = {
  device: async (client) => (await listDevices(client)).map((it) => it.display_name),
  bridge: async (client) => (await client.bridges.list()).map((it) => it.name),
  snapshot: async (client) => (await client.snapshots.list()).map((it) => it.name),
  fault_id: async (client) => (await client.faults.list()).map((it) => it.fault_id),
  code: async (client) => {
    const { access_codes } = codes.parse(await client.call('/access_codes/list', { limit: 100 }))
    return access_codes.map((it) => it.name ?? it.access_code_id)
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
