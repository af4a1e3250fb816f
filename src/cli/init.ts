import { existsSync, writeFileSync } from 'node:fs'
import { Command } from 'commander'
import { writeLine } from './output.ts'

/** A world small enough to read at a glance and to change. */
const starter = {
  $schema: './node_modules/seam-emulator/fixtures/fixture.schema.json',
  name: 'my-world',
  description: 'A flat with a lock behind a bridge, and a cabin with a lock on its own Wi-Fi.',
  workspace: { name: 'My workspace', company_name: 'My company' },
  connected_accounts: [
    {
      connected_account_id: 'a1000000-0000-4000-8000-000000000001',
      model: 'august',
      user_identifier: { email: 'host@example.com' },
    },
    {
      connected_account_id: 'a1000000-0000-4000-8000-000000000002',
      model: 'schlage',
      user_identifier: { email: 'host@example.com' },
    },
  ],
  bridges: [
    {
      bridge_id: 'b1000000-0000-4000-8000-000000000001',
      connected_account_id: 'a1000000-0000-4000-8000-000000000001',
      name: 'Bridge in the hall',
    },
  ],
  devices: [
    {
      device_id: 'd1000000-0000-4000-8000-000000000001',
      connected_account_id: 'a1000000-0000-4000-8000-000000000001',
      model: 'august',
      name: 'Flat',
      bridge_id: 'b1000000-0000-4000-8000-000000000001',
      battery_level: 0.8,
      location: { location_name: 'Flat', time_zone: 'Europe/Berlin' },
    },
    {
      device_id: 'd1000000-0000-4000-8000-000000000002',
      connected_account_id: 'a1000000-0000-4000-8000-000000000002',
      model: 'schlage',
      name: 'Cabin',
      location: { location_name: 'Cabin', time_zone: 'Europe/Oslo' },
    },
  ],
}

const run = (file: string, options: { force?: boolean }): void => {
  if (existsSync(file) && options.force !== true)
    throw new Error(`${file} exists already; --force writes over it.`)
  writeFileSync(file, `${JSON.stringify(starter, null, 2)}\n`)
  writeLine(
    `Wrote ${file}. Start with it:\n\n  seam-emulator start --fixture ${file.includes('/') ? file : `./${file}`}`,
  )
}

export const initCommand = (): Command =>
  new Command('init')
    .description('write a small world of your own as a file to change')
    .argument('[file]', 'where to', 'seam-world.json')
    .option('-f, --force', 'write over a file that is there')
    .addHelpText(
      'after',
      `
Examples:
  seam-emulator init
  seam-emulator init worlds/beach-house.json
  seam-emulator start --fixture ./seam-world.json`,
    )
    .action(run)
