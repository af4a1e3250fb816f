import { Command } from 'commander'
import { z } from 'zod'
import type { Emulator } from '../index.ts'
import { looseReader } from '../client/ask.ts'
import { seamAccessCode } from '../contract/seam.ts'
import { isEmulatorError } from '../client/transport.ts'
import { paint } from '../log/paint.ts'
import type { Colour } from '../log/paint.ts'
import { instant, writeJson, writeLine } from './output.ts'

const device_id = 'd0000000-0000-4000-8000-000000000001'
const bridge_id = 'b0000000-0000-4000-8000-000000000001'
const booked = '2025-06-01T09:30:00.000Z'
const starts_at = '2025-06-22T15:00:00.000Z'
const ends_at = '2025-06-25T10:00:00.000Z'
const threeDaysBefore = '2025-06-19T15:00:00.000Z'

const codeAnswer = z.looseObject({ access_code: looseReader(seamAccessCode()) })

/** One line of the story, with the answer or webhook that it comes from. */
interface Beat {
  at: string
  kind: 'api' | 'webhook' | 'door'
  text: string
  /** Good news, bad news, or neither. */
  mood: 'good' | 'bad' | 'plain'
  source: string
}

const kindColours: Record<Beat['kind'], Colour> = { api: 'cyan', webhook: 'magenta', door: 'bold' }
const moodColours: Record<Beat['mood'], Colour | null> = {
  good: 'green',
  bad: 'red',
  plain: null,
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const printBeat = ({ at, kind, text, mood, source }: Beat): void => {
  const colour = moodColours[mood]
  writeLine(
    `${paint('dim', instant(at).slice(0, 16))}  ${paint(kindColours[kind], kind.padEnd(7))}  ${colour === null ? text : paint(colour, text)}\n${' '.repeat(27)}${paint('dim', source)}`,
  )
}

const webhookTexts: Record<string, [text: string, mood: Beat['mood']]> = {
  'access_code.created': ['The code is on record.', 'plain'],
  'access_code.scheduled_on_device': [
    'The lock has taken the code into its memory, with its window.',
    'good',
  ],
  'access_code.set_on_device': ['The code is set on the lock.', 'good'],
  'access_code.removed_from_device': ['The code is off the lock.', 'good'],
  'access_code.deleted': ['The code is gone from the API.', 'plain'],
  'device.disconnected': ['The lock cannot be reached any more.', 'bad'],
  'device.connected': ['The lock can be reached again.', 'good'],
  'lock.unlocked': ['The lock reports that it was opened.', 'plain'],
  'lock.locked': ['The lock reports that it is locked.', 'plain'],
  'lock.access_denied': ['The lock reports that it refused somebody.', 'plain'],
}

/** What can be done in the story, each told as it happens. */
const storyteller = (emulator: Emulator, tell: (beat: Beat) => Promise<void>) => {
  let arrived = 0

  const told = async (kind: Beat['kind'], beat: Pick<Beat, 'text' | 'mood' | 'source'>) =>
    tell({ at: (await emulator.clock.get()).now, kind, ...beat })

  /** What has arrived at the inbox since, in order. */
  const tellWebhooks = async (): Promise<void> => {
    const messages = await emulator.inbox.list()
    for (const { received_at, event_type, is_verified } of messages.slice(arrived)) {
      const type = event_type ?? ''
      const [text, mood] = webhookTexts[type] ?? [type, 'plain']
      const signature = is_verified ? 'signature verified' : 'signature refused'
      await tell({ at: received_at, kind: 'webhook', text, mood, source: `${type}, ${signature}` })
    }
    arrived = messages.length
  }
  return {
    tellWebhooks,
    told,
    /** Time passes: to an instant, or by a duration. */
    leap: async (how: Parameters<Emulator['clock']['advance']>[0]): Promise<void> => {
      await emulator.clock.advance(how)
      await tellWebhooks()
    },
    door: async (pin: string): Promise<void> => {
      const { opened, reason } = await emulator.locks.enterCode({ device_id, code: pin })
      await told('door', {
        text: `The guest types ${pin}: ${opened ? 'the door opens.' : `the door stays shut (${reason ?? 'no reason'}).`}`,
        mood: opened ? 'good' : 'bad',
        source: `/_emulator/locks/enter_code: opened ${String(opened)}`,
      })
      await tellWebhooks()
    },
    status: async (access_code_id: string): Promise<void> => {
      const said = await emulator
        .call('/access_codes/get', { access_code_id })
        .then((answer) => `status ${codeAnswer.parse(answer).access_code.status}`)
        .catch((error: unknown) => {
          if (!isEmulatorError(error)) throw error
          return `${error.status} ${error.type}`
        })
      await told('api', {
        text: `The API says: ${said}.`,
        mood: 'plain',
        source: `/access_codes/get: ${said}`,
      })
    },
  }
}

/** Books the stay that the story is about. */
const book = async (emulator: Emulator) => {
  await emulator.call('/webhooks/create', { url: emulator.inbox.url('demo') })
  const stay = { device_id, name: 'Ada Guest', starts_at, ends_at }
  return codeAnswer.parse(await emulator.call('/access_codes/create', stay)).access_code
}

/** Tells the story to `tell`, line by line, as it really happens in `emulator`. */
const play = async (emulator: Emulator, tell: (beat: Beat) => Promise<void>): Promise<void> => {
  const { tellWebhooks, told, leap, door, status } = storyteller(emulator, tell)
  const access_code = await book(emulator)
  const { access_code_id } = access_code
  const pin = access_code.code ?? ''
  await tell({
    at: booked,
    kind: 'api',
    text: `A stay is booked, three weeks ahead. Ada's PIN will be ${pin}.`,
    mood: 'plain',
    source: `/access_codes/create: status ${access_code.status}`,
  })
  await tellWebhooks()
  await leap({ to: threeDaysBefore })
  await leap('10m')
  const bridge = await emulator.bridges.unplug({ bridge_id })
  await told('api', {
    text: 'Somebody unplugs the bridge to vacuum the hall.',
    mood: 'bad',
    source: `/_emulator/bridges/unplug: ${bridge.name} online ${String(bridge.online)}`,
  })
  await leap('10m')
  await leap({ to: '2025-06-22T14:59:00.000Z' })
  await door(pin)
  await leap({ to: starts_at })
  await door(pin)
  await status(access_code_id)
  await emulator.clock.advance('20h')
  await emulator.bridges.plug({ bridge_id })
  await leap('10m')
  await leap({ to: ends_at })
  await door(pin)
  await leap('10m')
  await status(access_code_id)
}

const run = async (options: { json?: boolean; fast?: boolean }): Promise<void> => {
  const slow = process.stdout.isTTY && options.fast !== true && options.json !== true
  const { createEmulator } = await import('../index.ts')
  const emulator = await createEmulator({
    clock: `frozen@${booked}`,
    api_key: 'seam_test_demo',
  })
  if (options.json !== true) {
    writeLine(`${paint('bold', "A guest's stay")}, on a simulated August lock behind a bridge.\n`)
  }
  const begun = performance.now()
  try {
    await play(emulator, async (beat) => {
      if (options.json === true) writeJson(beat)
      else printBeat(beat)
      if (slow) await pause(380)
    })
  } finally {
    await emulator.close()
  }
  if (options.json === true) return
  const seconds = ((performance.now() - begun) / 1_000).toFixed(1)
  writeLine(
    `\nThree and a half weeks in ${seconds} s. Nothing of it was scripted: each line is an answer of the API,\na webhook that arrived, or the lock's own memory. Begin yours with: ${paint('bold', 'seam-emulator')}`,
  )
}

export const demoCommand = (): Command =>
  new Command('demo')
    .description("play a guest's stay, from booking to check-out, in ten seconds")
    .option('--fast', 'without pauses')
    .option('--json', 'print one JSON object per line')
    .addHelpText(
      'after',
      `
Examples:
  seam-emulator demo
  seam-emulator demo --fast --json                    for programs, one line a beat`,
    )
    .action(run)
