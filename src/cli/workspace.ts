import { Command } from 'commander'
import { clientCommand, withClient } from './connection.ts'
import type { ConnectionOptions } from './connection.ts'
import { instant, table, writeJson, writeLine } from './output.ts'

interface CreateOptions extends ConnectionOptions {
  name?: string
  key?: string
  fixture?: string
  seed?: string
  frozen?: boolean
}

const create = (options: CreateOptions): Promise<void> =>
  withClient(options, async (client) => {
    const { name, key, fixture, seed, frozen } = options
    const workspace = await client.workspaces.create({
      ...(name !== undefined && { name }),
      ...(key !== undefined && { api_key: key }),
      ...(fixture !== undefined && { fixture }),
      ...(seed !== undefined && { seed }),
      ...(frozen === true && { clock: { mode: 'frozen' } }),
    })
    if (options.json === true) return writeJson({ workspace })
    writeLine(`${workspace.name} (${workspace.workspace_id}) has the API key ${workspace.api_key}`)
  })

const list = (options: ConnectionOptions): Promise<void> =>
  withClient(options, async (client) => {
    const workspaces = await client.workspaces.list()
    if (options.json === true) return writeJson({ workspaces })
    const rows = workspaces.map((it) => [
      it.workspace_id,
      it.name,
      it.api_key ?? '–',
      it.fixture,
      `${instant(it.clock.now)} ${it.clock.mode}`,
    ])
    writeLine(table(['workspace_id', 'name', 'api_key', 'fixture', 'clock'], rows))
  })

export const workspaceCommand = (): Command =>
  new Command('workspace')
    .description('worlds that know nothing of each other')
    .addHelpText(
      'after',
      `
Examples:
  seam-emulator workspace                             all workspaces with their keys
  seam-emulator workspace create --name Staging --key seam_test_staging --frozen
  seam-emulator workspace reset --workspace staging`,
    )
    .addCommand(clientCommand('list', 'all workspaces').action(list), { isDefault: true })
    .addCommand(
      clientCommand('fixtures', 'worlds that one can begin with').action(
        (options: ConnectionOptions) =>
          withClient(options, async (client) => {
            const found = await client.fixtures.list()
            if (options.json === true) return writeJson({ fixtures: found })
            const rows = found.map(({ name, description }) => [name, description ?? '–'])
            writeLine(table(['fixture', 'what is in it'], rows))
          }),
      ),
    )
    .addCommand(
      clientCommand('create', 'make one')
        .option('--name <name>', 'its name')
        .option('--key <api_key>', 'its API key')
        .option('--fixture <name>', 'the world it begins with')
        .option('--seed <seed>', 'what its ids, PINs and delays derive from')
        .option('--frozen', 'with a clock that stands still')
        .action(create),
    )
    .addCommand(
      clientCommand('reset', 'put this one back to its first instant')
        .option('--seed <seed>', 'what its ids, PINs and delays derive from now on')
        .action(({ seed, ...options }: ConnectionOptions & { seed?: string }) =>
          withClient(options, async (client) => {
            const workspace = await client.reset({ ...(seed !== undefined && { seed }) })
            if (options.json === true) writeJson({ workspace })
            else writeLine('The workspace is as it was at first; its keys still hold.')
          }),
        ),
    )
    .addCommand(
      clientCommand('delete', 'delete this one').action((options: ConnectionOptions) =>
        withClient(options, async (client) => {
          await client.workspaces.delete()
          if (options.json === true) writeJson({ ok: true })
          else writeLine('The workspace is gone.')
        }),
      ),
    )
