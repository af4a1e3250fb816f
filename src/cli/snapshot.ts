import { writeFileSync } from 'node:fs'
import { Command } from 'commander'
import type { ControlClient } from '../client/control-client.ts'
import { isRecord } from '../lib/is-record.ts'
import { nearest } from '../lib/nearest.ts'
import { notFound } from './failure.ts'
import { clientCommand, withClient } from './connection.ts'
import type { ConnectionOptions } from './connection.ts'
import { instant, table, writeJson, writeLine } from './output.ts'
import { readJson } from './read-json.ts'

/** @throws NotFound with what there is */
const requireSnapshot = async (client: ControlClient, name: string): Promise<void> => {
  const names = (await client.snapshots.list()).map((it) => it.name)
  if (names.includes(name)) return
  const near = nearest(name, names)
  throw notFound(
    `There is no snapshot "${name}".${near === undefined ? '' : ` Did you mean "${near}"?`} There are: ${names.join(', ') || 'none'}.`,
  )
}

const named = (
  name: string,
  description: string,
  act: 'snapshot' | 'restore',
  told: string,
): Command =>
  clientCommand(name, description)
    .argument('[snapshot]', "the snapshot's name", 'snapshot')
    .action((snapshot: string, options: ConnectionOptions) =>
      withClient(options, async (client) => {
        if (act === 'restore') await requireSnapshot(client, snapshot)
        const summary = await client[act](snapshot)
        if (options.json === true) writeJson({ snapshot: summary })
        else writeLine(`${told} "${snapshot}".`)
      }),
    )

const list = (options: ConnectionOptions): Promise<void> =>
  withClient(options, async (client) => {
    const snapshots = await client.snapshots.list()
    if (options.json === true) return writeJson({ snapshots })
    const rows = snapshots.map((it) => [it.name, instant(it.created_at), String(it.size)])
    writeLine(table(['name', 'kept at', 'size'], rows))
  })

const exportTo = (
  file: string | undefined,
  options: ConnectionOptions & { name?: string },
): Promise<void> =>
  withClient(options, async (client) => {
    const snapshot = await client.snapshots.export(
      options.name === undefined ? {} : { name: options.name },
    )
    const text = `${JSON.stringify(snapshot, null, 2)}\n`
    if (file === undefined) {
      process.stdout.write(text)
      return
    }
    writeFileSync(file, text)
    if (options.json !== true)
      writeLine(
        `Wrote ${file} (${Math.ceil(text.length / 1_000)} kB). Back in with: seam-emulator snapshot import ${file}`,
      )
  })

const importFrom = (file: string, options: ConnectionOptions & { name?: string }): Promise<void> =>
  withClient(options, async (client) => {
    const exported = 'what seam-emulator snapshot export wrote'
    const snapshot = readJson(file, exported)
    if (!isRecord(snapshot)) throw new Error(`${file} is JSON, but not ${exported}.`)
    const summary = await client.snapshots.import({
      snapshot,
      ...(options.name !== undefined && { name: options.name }),
    })
    if (options.json === true) writeJson({ snapshot: summary })
    else if (options.name === undefined) writeLine('The workspace is now as in the file.')
    else writeLine(`Kept as "${options.name}".`)
  })

export const snapshotCommand = (): Command =>
  new Command('snapshot')
    .description('keep the whole workspace, put it back, share it as JSON')
    .addCommand(clientCommand('list', 'the copies that are kept').action(list), { isDefault: true })
    .addCommand(named('create', 'keep it as it is now', 'snapshot', 'Kept as'))
    .addCommand(named('restore', 'put it back', 'restore', 'The workspace is back at'))
    .addCommand(
      clientCommand('delete', 'forget a kept copy')
        .argument('<snapshot>', "the snapshot's name")
        .action((name: string, options: ConnectionOptions) =>
          withClient(options, async (client) => {
            await requireSnapshot(client, name)
            await client.snapshots.delete({ name })
            if (options.json === true) writeJson({ ok: true })
            else writeLine(`"${name}" is forgotten.`)
          }),
        ),
    )
    .addCommand(
      clientCommand('export', 'write it as JSON that can be read, reviewed and imported')
        .argument('[file]', 'standard output when not given')
        .option('--name <name>', 'a snapshot kept before, instead of the present')
        .action(exportTo),
    )
    .addCommand(
      clientCommand('import', 'put the workspace into the state that was exported')
        .argument('<file>', '- for standard input')
        .option('--name <name>', 'only keep it, as a snapshot of this name')
        .action(importFrom),
    )
    .addHelpText(
      'after',
      `
Examples:
  seam-emulator snapshot create before-check-in
  seam-emulator snapshot restore before-check-in
  seam-emulator snapshot export bug.json              what to attach to a bug report`,
    )
