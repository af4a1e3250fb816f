import { Command } from 'commander'
import { z } from 'zod'
import { effectsOn, faultOccasions, kindOf } from '../contract/fault-occasions.ts'
import { nearest } from '../lib/nearest.ts'
import { clientCommand, withClient } from './connection.ts'
import type { ConnectionOptions } from './connection.ts'
import type { Fault } from '../client/shapes.ts'
import { keyValue } from '../lib/key-values.ts'
import { inline, table, writeJson, writeLine } from './output.ts'

const faultTable = (faults: readonly Fault[]): string =>
  table(
    ['fault_id', 'name', 'on', 'match', 'effect', 'hits', 'state'],
    faults.map((fault) => [
      fault.fault_id,
      fault.name ?? '–',
      fault.on,
      inline(fault.match),
      inline(fault.effect),
      `${fault.hits}${fault.times === null ? '' : ` of ${fault.times}`}`,
      fault.state,
    ]),
  )

const known = (what: string, given: string, names: readonly string[]): void => {
  if (names.includes(given)) return
  const near = nearest(given, names)
  throw new Error(
    `There is no ${what} ${given}.${near === undefined ? '' : ` Did you mean ${near}?`} There are: ${names.join(', ')}.`,
  )
}

/** Says which word is none, with what there is. @throws Error */
const requireKnown = (on: string, kind: string): void => {
  known('occasion', on, faultOccasions)
  const occasion = faultOccasions.find((name) => name === on)
  if (occasion !== undefined) known('effect', kind, effectsOn(occasion).map(kindOf))
}

interface CreateOptions extends ConnectionOptions {
  name?: string
  times?: number
  after?: number
  match?: string[]
  from?: string
  until?: string
  probability?: number
}

const create = (
  on: string,
  kind: string,
  settings: string[],
  options: CreateOptions,
): Promise<void> =>
  withClient(options, async (client) => {
    requireKnown(on, kind)
    const { name, times, after, probability, match, from, until } = options
    if ((from === undefined) !== (until === undefined))
      throw new Error('Give --from and --until together.')
    const { fault } = z.looseObject({ fault: z.looseObject({ fault_id: z.string() }) }).parse(
      // The server knows what fits where, and says so.
      await client.call('/_emulator/faults/create', {
        on,
        effect: { kind, ...Object.fromEntries(settings.map(keyValue)) },
        name,
        times,
        after,
        probability,
        ...(match !== undefined && { match: Object.fromEntries(match.map(keyValue)) }),
        ...(from !== undefined && { between: [from, until] }),
      }),
    )
    if (options.json === true) return writeJson({ fault })
    const all = await client.faults.list()
    writeLine(faultTable(all.filter((it) => it.fault_id === fault.fault_id)))
  })

const list = (options: ConnectionOptions): Promise<void> =>
  withClient(options, async (client) => {
    const faults = await client.faults.list()
    if (options.json === true) writeJson({ faults })
    else writeLine(faultTable(faults))
  })

const end = (fault_id: string, options: ConnectionOptions): Promise<void> =>
  withClient(options, async (client) => {
    const fault = await client.faults.delete({ fault_id })
    if (options.json === true) writeJson({ fault })
    else writeLine('It is over.')
  })

const clear = (options: ConnectionOptions): Promise<void> =>
  withClient(options, async (client) => {
    const { faults, never_fired, ...rest } = await client.faults.clear()
    if (options.json === true) return writeJson({ faults, never_fired, ...rest })
    writeLine(`${faults.length === 1 ? '1 fault' : `${faults.length} faults`} ended.`)
    if (never_fired.length > 0) writeLine(`Never struck:\n${faultTable(never_fired)}`)
  })

const createSubcommand = (): Command =>
  clientCommand('create', 'cause trouble')
    .argument('<on>', 'occasion, such as access_code.set or http')
    .argument('<effect>', 'such as fail, delay or status')
    .argument('[setting=value...]', "the effect's own settings")
    .option('--name <name>', 'name for reports')
    .option('--match <field=value...>', 'only where this is so')
    .option('--times <count>', 'strike so many times', Number)
    .option('--after <count>', 'let so many occasions pass first', Number)
    .option('--from <instant>', 'strike only from this instant of the workspace on')
    .option('--until <instant>', 'and before this one')
    .option('--probability <share>', '0 to 1', Number)
    .action(create)

const help = `
Occasions: access_code.set, access_code.update, access_code.remove, lock.lock, lock.unlock,
           device.link, bridge.link, connected_account.link, http, webhook
Effects:   fail, delay by=, never_confirm, lose_later after=, provider_unavailable on locks;
           down, flap every= for= on links; status status=, delay by=, reset, truncate, malformed,
           hang on http; drop, duplicate, reorder, delay by=, bad_signature, stale_timestamp, slow
           on webhook

Examples:
  seam-emulator fault create access_code.set fail --times 2
  seam-emulator fault create access_code.set delay by=40m --match device_id=d0000000-0000-4000-8000-000000000001
  seam-emulator fault create http status status=503 --match path=/devices/list --times 2
  seam-emulator fault create webhook duplicate
  seam-emulator fault                                 what struck, and how often`

export const faultCommand = (): Command =>
  new Command('fault')
    .description('cause trouble, and see whether it struck')
    .addCommand(clientCommand('list', 'all faults with their counts').action(list), {
      isDefault: true,
    })
    .addCommand(createSubcommand())
    .addCommand(clientCommand('delete', 'end a fault').argument('<fault_id>').action(end))
    .addCommand(clientCommand('clear', 'end all faults').action(clear))
    .addHelpText('after', help)
