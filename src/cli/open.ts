import { readFileSync } from 'node:fs'
import { Command, InvalidArgumentError } from 'commander'
import { z } from 'zod'
import { paint } from '../log/paint.ts'
import { isRecord } from '../lib/is-record.ts'
import { writeLine } from './output.ts'
import { stopOnSignal } from './stop-on-signal.ts'

interface OpenOptions {
  port: number
}

const port = (text: string): number => {
  const number = Number(text)
  if (Number.isInteger(number) && number >= 0 && number <= 65_535) return number
  throw new InvalidArgumentError('Give a port from 0 to 65535.')
}

/** What a finding's file tells besides its world. */
const telling = z.looseObject({
  summary: z.string().optional(),
  told: z.array(z.string()).default([]),
})

const run = async (file: string, options: OpenOptions): Promise<void> => {
  const given: unknown = JSON.parse(readFileSync(file, 'utf8'))
  // A finding has its world in it; anything else is to be a world itself.
  const world = isRecord(given) && 'world' in given ? given['world'] : given
  const [{ startEmulator }, { createLog }] = await Promise.all([
    import('../emulator.ts'),
    import('../log/log.ts'),
  ])
  const emulator = await startEmulator({
    port: options.port,
    host: '127.0.0.1',
    db: ':memory:',
    fixture: 'default',
    clock: { mode: 'frozen' },
    api_key: 'seam_test_default',
    check_responses: false,
    log: createLog('info', process.stderr.isTTY),
  })
  const { services, workspace_id, endpoint, api_key, universe } = emulator
  const { workspaces } = services
  await workspaces.restore(workspace_id, workspaces.parse(world)).catch(async (error: unknown) => {
    await emulator.close()
    throw error
  })
  stopOnSignal(emulator)
  const { summary, told } = telling.parse(isRecord(given) ? given : {})
  if (summary !== undefined) writeLine(paint('bold', summary))
  for (const line of told) writeLine(`  ${line}`)
  writeLine(`It is ${new Date(universe.now(workspace_id)).toISOString()}. Time stands still.`)
  writeLine(`${paint('bold', endpoint)}  API key ${paint('bold', api_key)}`)
}

export const openCommand = (): Command =>
  new Command('open')
    .description('start with the world of a finding, or of an exported snapshot, as it was then')
    .argument('<file>', 'a finding of explore, or what snapshot export wrote')
    .option('--port <port>', 'where to listen', port, 3020)
    .addHelpText(
      'after',
      `
Example:
  seam-emulator open explorer-report/finding-1.json`,
    )
    .action(run)
