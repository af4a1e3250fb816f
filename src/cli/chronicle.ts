import { InvalidArgumentError } from 'commander'
import type { Command } from 'commander'
import type { ChronicleEntry } from '../client/shapes.ts'
import { chronicleKinds } from '../contract/chronicle-kinds.ts'
import type { ChronicleKind } from '../contract/chronicle-kinds.ts'
import { paint } from '../log/paint.ts'
import { clientCommand, withClient } from './connection.ts'
import type { ConnectionOptions } from './connection.ts'
import { followStream } from './follow.ts'
import { instant, writeJson, writeLine } from './output.ts'

interface ChronicleOptions extends ConnectionOptions {
  kind?: ChronicleKind[]
  device?: string
  follow?: boolean
}

const kindOf = (text: string, before: ChronicleKind[] = []): ChronicleKind[] => {
  const kind = chronicleKinds.find((it) => it === text)
  if (kind === undefined) throw new InvalidArgumentError(`Known: ${chronicleKinds.join(', ')}.`)
  return [...before, kind]
}

/** One entry in a few words. */
const wordsOf = (it: ChronicleEntry): string => {
  switch (it.kind) {
    case 'command_answered':
      return `${it.command} (attempt ${it.attempt}): ${it.outcome}. ${it.message ?? ''}`
    case 'keypad_entry':
      return `${it.code}: ${it.opened === true ? 'opened' : (it.reason ?? 'refused')}`
    case 'link':
      return `${it.part} ${it.up === true ? 'back' : 'out'} ${it.bridge_id ?? ''}`
    case 'manufacturer_app':
      return `${it.action}: slot ${it.slot}, ${it.code}`
    case 'fault_hit':
      return `${it.on} ${it.fault_id}`
    case 'slot_lost':
    case 'factory_reset':
      return ''
    default:
      return it.kind satisfies never
  }
}

const print = (entries: readonly ChronicleEntry[], json: boolean): void => {
  for (const it of entries) {
    if (json) writeJson(it)
    else {
      const about = it.access_code_id ?? it.device_id ?? ''
      const words = [wordsOf(it), paint('dim', about)].filter((text) => text !== '').join('  ')
      writeLine(
        `${paint('dim', instant(it.at))}  ${paint('magenta', it.kind.padEnd(16))}  ${words}`,
      )
    }
  }
}

const run = ({ kind, device, ...options }: ChronicleOptions): Promise<void> =>
  withClient(options, async (client) => {
    let after: string | undefined
    const look = async (): Promise<boolean> => {
      const found = await client.chronicle.list({ kinds: kind, device_id: device, after })
      print(found, options.json === true)
      const last = found.at(-1)
      if (last !== undefined) after = String(last.seq)
      return found.length > 0
    }
    let isAny = false
    while (await look()) isAny = true
    if (options.follow === true) await followStream(client, look, kind ?? chronicleKinds)
    else if (!isAny && options.json !== true) {
      writeLine(paint('dim', '(nothing that left no other trace)'))
    }
  })

export const chronicleCommand = (): Command =>
  clientCommand(
    'chronicle',
    'what physically happened that no event tells of, oldest first; JSON is one entry per line',
  )
    .option('-f, --follow', 'go on printing new ones as they happen')
    .option('--kind <kind>', 'only of this kind; may be given again', kindOf)
    .option('--device <device_id>', 'only at this device, and at the bridge it goes through')
    .addHelpText(
      'after',
      `
Commands to locks that were not done, typed PINs, codes that a memory lost, bridges and radios that went
and came, slots changed by hand, faults that acted.

Examples:
  seam-emulator chronicle --follow
  seam-emulator chronicle --kind keypad_entry --json`,
    )
    .action(run)
