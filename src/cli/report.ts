import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { clientCommand, withClient } from './connection.ts'
import type { ConnectionOptions } from './connection.ts'
import { fields, inline, writeJson, writeLine } from './output.ts'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const readJson = (file: string): unknown =>
  JSON.parse(readFileSync(file === '-' ? 0 : file, 'utf8'))

const run = (file: string, options: ConnectionOptions): Promise<void> =>
  withClient(options, async (client) => {
    const given = readJson(file)
    const answer = await client.report(
      Array.isArray(given) ? { bookings: given } : { ...(isRecord(given) && given) },
    )
    if (options.json === true) return writeJson(answer)
    const { ok: _ok, ...rest } = answer
    writeLine(fields(Object.entries(rest).map(([name, value]) => [name, inline(value)] as const)))
  })

export const reportCommand = (): Command =>
  clientCommand(
    'report',
    'for how long guests could not open their doors, and former guests still could',
  )
    .argument('<bookings>', 'JSON file with the bookings; - for standard input')
    .action(run)
