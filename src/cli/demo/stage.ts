/** What demos are made of: lines that are told, each with the answer or webhook that it comes from. */
import type { Emulator, InboxMessage } from '../../index.ts'
import { paint } from '../../log/paint.ts'
import type { Colour } from '../../log/paint.ts'
import { instant, writeLine } from '../output.ts'

/** One line of the story. */
export interface Beat {
  at: string
  kind: 'api' | 'webhook' | 'door' | 'explain'
  text: string
  /** Good news, bad news, or neither. */
  mood: 'good' | 'bad' | 'plain'
  source: string
}

const kindColours: Record<Beat['kind'], Colour> = {
  api: 'cyan',
  webhook: 'magenta',
  door: 'bold',
  explain: 'yellow',
}
const moodColours: Record<Beat['mood'], Colour | null> = {
  good: 'green',
  bad: 'red',
  plain: null,
}

export const printBeat = ({ at, kind, text, mood, source }: Beat): void => {
  const colour = moodColours[mood]
  writeLine(
    `${paint('dim', instant(at).slice(0, 16))}  ${paint(kindColours[kind], kind.padEnd(7))}  ${colour === null ? text : paint(colour, text)}\n${' '.repeat(27)}${paint('dim', source)}`,
  )
}

/** How a webhook is told, by its type. */
export type WebhookTexts = Readonly<
  Record<string, [text: string | ((message: InboxMessage) => string), mood: Beat['mood']]>
>

/** Where a story happens: what it does to the world, told as it comes about. */
export interface Stage {
  emulator: Emulator
  say: (beat: Omit<Beat, 'at'>) => Promise<void>
  /** Tells the webhooks that have arrived since. */
  tellWebhooks: () => Promise<void>
  /** Leaps by a duration or to an instant. */
  leap: (target: { by: string } | { to: string }) => Promise<void>
  /** The guest types a PIN. */
  door: (device_id: string, pin: string, where?: string) => Promise<void>
}

export const openStage = (
  emulator: Emulator,
  texts: WebhookTexts,
  tell: (beat: Beat) => Promise<void>,
): Stage => {
  let arrived = 0
  const say = async (beat: Omit<Beat, 'at'>): Promise<void> => {
    await tell({ at: (await emulator.clock.get()).now, ...beat })
  }
  const tellWebhooks = async (): Promise<void> => {
    const messages = await emulator.inbox.list()
    for (const message of messages.slice(arrived)) {
      const { received_at: at, event_type, is_verified } = message
      const type = event_type ?? ''
      const [text, mood] = texts[type] ?? [type, 'plain']
      const signature = is_verified ? 'signature verified' : 'signature refused'
      const told = typeof text === 'function' ? text(message) : text
      await tell({ at, kind: 'webhook', text: told, mood, source: `${type}, ${signature}` })
    }
    arrived = messages.length
  }
  return {
    emulator,
    say,
    tellWebhooks,
    leap: async (target) => {
      await emulator.clock.advance(target)
      await tellWebhooks()
    },
    door: async (device_id, pin, where = 'the door') => {
      const { opened, reason } = await emulator.locks.enterCode({ device_id, code: pin })
      const at = where === 'the door' ? '' : ` at ${where}`
      await say({
        kind: 'door',
        text: `The guest types ${pin}${at}: ${opened ? 'the door opens.' : `the door stays shut (${reason ?? 'no reason'}).`}`,
        mood: opened ? 'good' : 'bad',
        source: `/_emulator/locks/enter_code: opened ${String(opened)}`,
      })
      await tellWebhooks()
    },
  }
}

/** A story that the command can play. */
export interface Demo {
  /** What it is about, in bold, and the rest of the headline. */
  title: [bold: string, rest: string]
  /** How long it lasts in the world, as the last line says. */
  lasts: string
  /** Its first instant. */
  begins: string
  /** A world of its own; the default one when not given. */
  fixture?: object
  texts: WebhookTexts
  play: (stage: Stage) => Promise<void>
}
