import type { Command } from 'commander'
import { z } from 'zod'
import type { ControlClient } from '../client/control-client.ts'
import { looseReader } from '../client/ask.ts'
import { seamAccessCode } from '../contract/seam.ts'
import { paint } from '../log/paint.ts'
import { nearest } from '../lib/nearest.ts'
import { notFound } from './failure.ts'
import { clientCommand, withClient } from './connection.ts'
import type { ConnectionOptions } from './connection.ts'
import { fields, inline, instant, table, writeJson, writeLine } from './output.ts'

const codes = z.looseObject({ access_codes: z.array(looseReader(seamAccessCode())) })

/** The id of a code that is given by id, the beginning of an id, PIN or name. */
const accessCodeIdOf = async (client: ControlClient, text: string): Promise<string> => {
  const { access_codes } = codes.parse(await client.call('/access_codes/list'))
  const matches = access_codes.filter(
    ({ access_code_id, code, name }) =>
      access_code_id.startsWith(text) || code === text || name === text,
  )
  if (matches.length === 0) {
    matches.push(
      ...access_codes.filter(({ name }) => name?.toLowerCase().includes(text.toLowerCase())),
    )
  }
  const [found] = matches
  if (found === undefined) {
    // An id that is not in the list may still be one of an unmanaged or removed code.
    if (/^[0-9a-f]{8}-/i.test(text)) return text
    const names = access_codes.flatMap(({ name }) => name ?? [])
    const near = nearest(text, names)
    throw notFound(
      `There is no access code "${text}".${near === undefined ? '' : ` Did you mean "${near}"?`} There are: ${names.slice(0, 20).join(', ') || 'none'}.`,
    )
  }
  if (matches.length === 1) return found.access_code_id
  throw new Error(
    `"${text}" could be ${matches.map((code) => `${code.name ?? '–'} (${code.access_code_id})`).join(' or ')}.`,
  )
}

const run = (text: string | undefined, options: ConnectionOptions): Promise<void> =>
  withClient(options, async (client) => {
    if (text === undefined) {
      const { access_codes } = codes.parse(await client.call('/access_codes/list'))
      if (options.json === true) return writeJson({ access_codes })
      const rows = access_codes.map((code) => [
        code.access_code_id,
        code.name ?? '–',
        code.status,
        inline(code['errors']),
      ])
      return writeLine(table(['access_code_id', 'name', 'status', 'errors'], rows))
    }
    const access_code_id = await accessCodeIdOf(client, text)
    const explanation = await client.explain({ access_code_id })
    if (options.json === true) return writeJson({ explanation })
    const { status, summary, declared, on_lock, last_attempt, waits_for, faults } = explanation
    for (const sentence of summary) writeLine(sentence)
    writeLine()
    writeLine(
      fields([
        ['status', paint('bold', status)],
        ['declared', inline(declared)],
        ['on the lock', inline(on_lock)],
        ['last attempt', inline(last_attempt)],
        [
          'waits for',
          waits_for === null ? '–' : `${waits_for.reason}, until ${instant(waits_for.until)}`,
        ],
        ...faults.map((fault) => ['fault', inline(fault)] as const),
      ]),
    )
  })

export const explainCommand = (): Command =>
  clientCommand('explain', 'why an access code is in its status')
    .argument('[code]', 'its id, the beginning of it, its PIN or its name; without: all codes')
    .addHelpText(
      'after',
      `
Examples:
  seam-emulator explain                               all codes with their status
  seam-emulator explain "Guest 12"                    what it waits for, and which fault acts on it`,
    )
    .action(run)
