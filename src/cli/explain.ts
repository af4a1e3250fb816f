import type { Command } from 'commander'
import type { ControlClient } from '../client/control-client.ts'
import { clientCommand, withClient } from './connection.ts'
import type { ConnectionOptions } from './connection.ts'
import { readAll, targetOf } from './explain/lookup.ts'
import type { Target } from './explain/lookup.ts'
import { printCode, printGrant, printSpace, printStay } from './explain/print.ts'
import { inline, table, writeJson, writeLine } from './output.ts'

const listAll = async (client: ControlClient, json: boolean): Promise<void> => {
  const { access_codes, access_grants } = await readAll(client)
  if (json) return writeJson({ access_codes, access_grants })
  const codes = access_codes.map((code) => [
    code.access_code_id,
    code.name ?? '–',
    code.status,
    inline(code['errors']),
  ])
  writeLine(table(['access_code_id', 'name', 'status', 'errors'], codes))
  if (access_grants.length === 0) return
  writeLine()
  const grants = access_grants.map((grant) => [
    grant.access_grant_id,
    grant.display_name,
    grant.access_grant_key ?? grant.reservation_key ?? '–',
    inline(grant['errors']),
  ])
  writeLine(table(['access_grant_id', 'name', 'key', 'errors'], grants))
}

const explained = async (client: ControlClient, { kind, id }: Target) => {
  switch (kind) {
    case 'access_code': {
      const explanation = await client.explain({ access_code_id: id })
      return { explanation, print: () => printCode(explanation) }
    }
    case 'stay': {
      const explanation = await client.stays.explain({ stay_key: id })
      return { explanation, print: () => printStay(explanation) }
    }
    case 'space': {
      const explanation = await client.spaces.explain({ space_id: id })
      return { explanation, print: () => printSpace(explanation) }
    }
    case 'access_grant':
    case 'access_method':
    default: {
      const explanation = await client.accessGrants.explain({ [`${kind}_id`]: id })
      return { explanation, print: () => printGrant(explanation) }
    }
  }
}

const run = (text: string | undefined, options: ConnectionOptions): Promise<void> =>
  withClient(options, async (client) => {
    const json = options.json === true
    if (text === undefined) return listAll(client, json)
    const { explanation, print } = await explained(client, await targetOf(client, text))
    if (json) return writeJson({ explanation })
    print()
  })

export const explainCommand = (): Command =>
  clientCommand('explain', 'why an access code, access grant, stay or space is as it is')
    .argument(
      '[what]',
      'an id or the beginning of one, a key (of a grant, reservation or space), a PIN or a name; without: all codes and grants',
    )
    .addHelpText(
      'after',
      `
Examples:
  seam-emulator explain                               all codes with their status, all grants
  seam-emulator explain "Guest 12"                    what it waits for, and which fault acts on it
  seam-emulator explain reservation-17                what became of a stay: automations, doors, what would help
  seam-emulator explain flat-1                        the doors of a space, and the grants over it`,
    )
    .action(run)
