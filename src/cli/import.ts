import { existsSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { Command } from 'commander'
import { paint } from '../log/paint.ts'
import { writeJson, writeLine } from './output.ts'
import { readJson } from './read-json.ts'

interface ImportOptions {
  anonymise?: boolean
  force?: boolean
  json?: boolean
}

const run = async (from: string, to: string, options: ImportOptions): Promise<void> => {
  const [{ expectedFile, readListed }, { worldOf }, { parseFixture }] = await Promise.all([
    import('./import/listed.ts'),
    import('./import/world-of.ts'),
    import('../sim/workspaces/check-fixture.ts'),
  ])
  const { devices, isCut } = readListed(readJson(from, expectedFile))
  if (existsSync(to) && options.force !== true)
    throw new Error(`${to} exists already; --force writes over it.`)
  const name = basename(to).replace(/\.json$/, '')
  const made = worldOf(devices, { name, anonymise: options.anonymise === true })
  const left_out = [
    ...(isCut ? ['The list has more pages, whose devices are not in the file'] : []),
    ...made.left_out,
  ]
  // Whatever a real account has, what is written can be started.
  parseFixture(made.fixture, `The world of ${from}`)
  writeFileSync(to, `${JSON.stringify(made.fixture, null, 2)}\n`)
  if (options.json === true) {
    return writeJson({ file: to, locks: made.locks, others: made.others, left_out })
  }
  writeLine(
    `Wrote ${to}: ${made.locks} simulated locks, ${made.others} other devices.\n\n${paint('bold', 'Not in it:')}\n${left_out.map((it) => `  ${it}.`).join('\n')}\n\nStart with it:\n\n  seam-emulator start --fixture ${to.includes('/') ? to : `./${to}`}`,
  )
}

export const importCommand = (): Command =>
  new Command('import')
    .description('make a world of your own locks, of a saved answer of /devices/list')
    .argument('<devices>', 'JSON file with the answer; - for standard input')
    .argument('[file]', 'where the world goes', 'seam-world.json')
    .option('--anonymise', 'with other ids, and without names, serial numbers and metadata')
    .option('-f, --force', 'write over a file that is there')
    .option('--json', 'print JSON for programs')
    .addHelpText(
      'after',
      `
Nothing is sent anywhere: the file is read, and a world is written that start, exec and tests take.

Examples:
  curl -s https://connect.getseam.com/devices/list -H "authorization: Bearer $SEAM_API_KEY" > devices.json
  seam-emulator import devices.json
  seam-emulator import devices.json worlds/ours.json --anonymise`,
    )
    .action(run)
