import { Command } from 'commander'
import { z } from 'zod'
import type { ControlClient } from '../client/control-client.ts'
import { paint } from '../log/paint.ts'
import { clientCommand, withClient } from './connection.ts'
import type { ConnectionOptions } from './connection.ts'
import { notFound } from './failure.ts'
import { table, writeJson, writeLine } from './output.ts'

const named = z.looseObject({ display_name: z.string(), acs_system_id: z.string() })
const doors = z.object({ acs_entrances: z.array(named.extend({ acs_entrance_id: z.string() })) })
const encoders = z.object({ acs_encoders: z.array(named.extend({ acs_encoder_id: z.string() })) })

const doorsOf = async (client: ControlClient) =>
  doors.parse(await client.call('/acs/entrances/list', { limit: 900 })).acs_entrances

const encodersOf = async (client: ControlClient) =>
  encoders.parse(await client.call('/acs/encoders/list', {})).acs_encoders

/** The thing that is given by its id, the beginning or end of it, or its name. @throws when it is none or several */
const idOf = (
  what: string,
  text: string,
  all: readonly (readonly [id: string, name: string])[],
): string => {
  const wanted = text.toLowerCase()
  const exact = all.filter(([id, name]) => id === text || name.toLowerCase() === wanted)
  const near = all.filter(
    ([id, name]) =>
      id.startsWith(wanted) || id.endsWith(wanted) || name.toLowerCase().includes(wanted),
  )
  const matches = exact.length > 0 ? exact : near
  const [found] = matches
  if (found !== undefined && matches.length === 1) return found[0]
  const names = (matches.length > 1 ? matches : all).map(([, name]) => name).slice(0, 20)
  if (matches.length > 1) throw new Error(`"${text}" could be ${names.join(' or ')}.`)
  throw notFound(`There is no ${what} "${text}". There are: ${names.join(', ')}.`)
}

const doorIdOf = async (client: ControlClient, text: string): Promise<string> =>
  idOf(
    'entrance',
    text,
    (await doorsOf(client)).map((it) => [it.acs_entrance_id, it.display_name] as const),
  )

const encoderIdOf = async (client: ControlClient, text: string): Promise<string> =>
  idOf(
    'encoder',
    text,
    (await encodersOf(client)).map((it) => [it.acs_encoder_id, it.display_name] as const),
  )

const list = (options: ConnectionOptions): Promise<void> =>
  withClient(options, async (client) => {
    const acs_entrances = await doorsOf(client)
    const acs_encoders = await encodersOf(client)
    const cards = await client.cards.list()
    if (options.json === true) return writeJson({ acs_entrances, acs_encoders, cards })
    const rows = [
      ...acs_entrances.map((it) => ['entrance', it.acs_entrance_id, it.display_name]),
      ...acs_encoders.map((it) => ['encoder', it.acs_encoder_id, it.display_name]),
      ...cards.map((it) => ['card', it.card_number, '']),
    ]
    writeLine(table(['what', 'id', 'name'], rows))
  })

interface PresentOptions extends ConnectionOptions {
  card?: string
  credential?: string
  code?: string
}

const present = (door: string, options: PresentOptions): Promise<void> =>
  withClient(options, async (client) => {
    const { card, credential, code } = options
    const answer = await client.acsSystems.present({
      acs_entrance_id: await doorIdOf(client, door),
      ...(code !== undefined && { code }),
      ...(card !== undefined && { card_number: card }),
      ...(credential !== undefined && { acs_credential_id: credential }),
    })
    if (options.json === true) return writeJson(answer)
    const { opened, reason } = answer
    writeLine(opened ? paint('green', 'opened') : paint('red', `refused: ${reason ?? ''}`))
  })

const attempt = z.object({
  action_attempt: z.looseObject({ action_attempt_id: z.string() }),
})

const encode = (encoder: string, credential: string, options: ConnectionOptions): Promise<void> =>
  withClient(options, async (client) => {
    const answer = await client.call('/acs/encoders/encode_credential', {
      acs_encoder_id: await encoderIdOf(client, encoder),
      acs_credential_id: credential,
    })
    const { action_attempt_id } = attempt.parse(answer).action_attempt
    // Without a card the encoder gives up after half a minute.
    const ended = async (status: 'success' | 'error') =>
      (await client.waitUntil({ action_attempt_id, status, timeout: '1m' })).action_attempt
    const action_attempt = await ended('success').catch(() => ended('error'))
    if (options.json === true) return writeJson({ action_attempt })
    const { error } = action_attempt
    const said =
      error === null || error === undefined ? 'written' : `${error.type}: ${error.message}`
    writeLine(paint(action_attempt.status === 'success' ? 'green' : 'red', said))
  })

const explain = (
  credential: string,
  door: string | undefined,
  options: ConnectionOptions,
): Promise<void> =>
  withClient(options, async (client) => {
    const explanation = await client.acsSystems.explainCredential({
      acs_credential_id: credential,
      ...(door !== undefined && { acs_entrance_id: await doorIdOf(client, door) }),
    })
    if (options.json === true) return writeJson({ explanation })
    for (const sentence of explanation.summary) writeLine(sentence)
    for (const sentence of explanation.help) writeLine(`What would help: ${sentence}`)
  })

export const acsCommand = (): Command =>
  new Command('acs')
    .description('doors, encoders and cards of access systems')
    .addCommand(clientCommand('list', 'all entrances, encoders and cards').action(list), {
      isDefault: true,
    })
    .addCommand(
      clientCommand('present', 'hold a card or a phone to a door, or type a PIN at it')
        .argument('<entrance>', 'id or name')
        .option('--card <number>', 'the card that is shown')
        .option('--credential <id>', 'the key on a phone, or in the cloud')
        .option('--code <pin>', 'the PIN that is typed')
        .action(present),
    )
    .addCommand(
      clientCommand('encode', 'write a credential on the card of an encoder')
        .argument('<encoder>', 'id or name')
        .argument('<acs_credential_id>', 'the credential')
        .action(encode),
    )
    .addCommand(
      clientCommand('explain', 'why a credential opens a door, or does not')
        .argument('<acs_credential_id>', 'the credential')
        .argument('[entrance]', 'id or name')
        .action(explain),
    )
    .addHelpText(
      'after',
      `
Entrances and encoders are given by id, the beginning or end of it, or name.

Examples:
  seam-emulator acs                                   all entrances, encoders and cards
  seam-emulator acs present "Room 101" --card 04A1B2C3D4E5F607
  seam-emulator acs explain 90000000-0000-4000-8000-0000000000a1 "Office Door"`,
    )
