import { InvalidArgumentError } from 'commander'
import type { Command } from 'commander'
import type { Disagreement } from '../client/shapes.ts'
import { disagreementKinds } from '../contract/disagreements.ts'
import { paint } from '../log/paint.ts'
import type { Colour } from '../log/paint.ts'
import { clientCommand, withClient } from './connection.ts'
import type { ConnectionOptions } from './connection.ts'
import { writeJson, writeLine } from './output.ts'

type Kind = Disagreement['kind']

interface DisagreementOptions extends ConnectionOptions {
  kind?: Kind[]
  device?: string
  at?: string
}

const colours: Record<Kind, Colour> = {
  locked_out: 'red',
  overstay: 'yellow',
  lost: 'red',
  different: 'magenta',
  stranger: 'magenta',
  stuck: 'magenta',
  stored: 'dim',
}

const kindOf = (text: string, before: Kind[] = []): Kind[] => {
  const kind = disagreementKinds.find((it) => it === text)
  if (kind === undefined) throw new InvalidArgumentError(`Known: ${disagreementKinds.join(', ')}.`)
  return [...before, kind]
}

const run = ({ kind, device, at, ...options }: DisagreementOptions): Promise<void> =>
  withClient(options, async (client) => {
    const found = await client.disagreements({ kind, device_id: device, at })
    if (found.length > 0) process.exitCode = 1
    if (options.json === true) return writeJson({ disagreements: found })
    if (found.length === 0) return writeLine('Every lock agrees with what was declared.')
    for (const it of found) {
      const waits = it.waits_for === null ? '' : ` ${it.waits_for.sentence}`
      writeLine(`${paint(colours[it.kind], it.kind.padEnd(10))}  ${it.sentence}${waits}`)
    }
  })

export const disagreementsCommand = (): Command =>
  clientCommand('disagreements', "where the API and the locks' own memory disagree now")
    .option('--kind <kind>', 'only of this kind; may be given again', kindOf)
    .option('--device <device_id>', 'only at this lock')
    .option('--at <instant>', 'at an instant that is past: who was locked out, who still got in')
    .addHelpText(
      'after',
      `
Exit code 1 where they disagree. What is merely under way is no disagreement.

Examples:
  seam-emulator disagreements                         who is locked out, who still gets in, what was lost
  seam-emulator disagreements --kind locked_out --json`,
    )
    .action(run)
