/** What happens, as it happens: frames of `text/event-stream`. */
import { z } from 'zod'
import { once } from '../lib/once.ts'
import { chronicleFields } from './chronicle.ts'
import { chronicleKinds } from './chronicle-kinds.ts'
import { clockFields } from './clock.ts'
import { count, instant, textOrNull } from './fields.ts'
import { controlRoute, reads } from './route.ts'

/** The kinds of things that a stream tells of, one by one. */
export const streamEntryKinds = ['event', 'command_sent', ...chronicleKinds] as const

const streamEntry = once(() =>
  z
    .strictObject({
      kind: z.enum(streamEntryKinds).describe('What it is.'),
      at: instant('When it happened.'),
      device_id: textOrNull('The device that it is about.'),
      access_code_id: textOrNull('The access code that it is about.'),
      event_id: z.string().describe('The event, of the kind `event`.').optional(),
      event_type: z.string().describe("The event's type.").optional(),
      answer_at: instant('When the answer comes, of a command that was sent.').optional(),
      seq: count('Its `seq` in `chronicle`; not there where nobody keeps it.').optional(),
      ...chronicleFields(),
    })
    .meta({
      id: 'stream_entry',
      description:
        'One thing that happened: an event, or what no event tells of, such as a PIN that was typed. Commands that were sent, and answers to those that were done, nobody keeps.',
    }),
)
export type StreamEntry = z.output<ReturnType<typeof streamEntry>>

/** More entries than this are left out of a frame. */
export const ENTRIES_PER_FRAME = 200

/** More ids than this are not named. */
export const IDS_PER_FRAME = 500

const ids = (what: string) =>
  z
    .union([z.array(z.string()), z.literal('all')])
    .describe(`${what} that changed, by id; \`"all"\` where they are more than ${IDS_PER_FRAME}.`)

export const changed = once(() =>
  z
    .strictObject({
      devices: ids('Devices, or their locks, memories or codes,'),
      access_codes: ids('Access codes'),
      bridges: ids('Bridges'),
      connected_accounts: ids('Connected accounts'),
      faults: z.boolean().describe('Whether any fault changed.'),
      webhooks: z.boolean().describe('Whether any webhook changed.'),
      deliveries: count('How often messages to webhooks changed.'),
      inbox: count('How many inbox messages came or went.'),
      requests: count('How many calls came.'),
      parts: z.array(z.string()).describe('The parts of `world` that changed.'),
    })
    .meta({ id: 'changed', description: 'What is to be asked for again.' }),
)
export type Changed = z.output<ReturnType<typeof changed>>

export const resyncReasons = ['reset', 'restored', 'missed', 'slow_reader'] as const
export type ResyncReason = (typeof resyncReasons)[number]

const clockNow = once(() =>
  z.strictObject(clockFields()).meta({ id: 'clock_now', description: "The workspace's clock." }),
)

/** The frames by their `event`. */
export const streamFrames = once(() => ({
  hello: z
    .strictObject({
      generation: z.string().describe('Which run of the stream; another one has other numbers.'),
      seq: count('The number of the last frame before.'),
      clock: clockNow(),
      wall: instant("The machine's clock."),
    })
    .meta({ id: 'frame_hello', description: 'Comes at once.' }),
  change: z
    .strictObject({
      seq: count('Its number, one more than that of the frame before.'),
      clock: clockNow(),
      entries: z.array(streamEntry()).describe('What happened, in order.'),
      truncated: z
        .boolean()
        .describe(`Whether more happened than the ${ENTRIES_PER_FRAME} entries that fit.`),
      changed: changed(),
    })
    .meta({
      id: 'frame_change',
      description: 'Something changed: collected for 16 ms, and at most 30 of them a second.',
    }),
  leap: z
    .strictObject({
      from: instant('Where the leap began.'),
      to: instant('Where it is to end.'),
      now: instant('How far it has come.'),
      jobs: count('How many jobs it has run.'),
      waiting_for: z
        .strictObject({
          url: z.string().describe('The receiver.'),
          since: count('For how long, ms of real time.'),
        })
        .nullable()
        .describe('Whose answer it waits for.'),
    })
    .meta({
      id: 'frame_leap',
      description: 'While a leap runs, at most ten a second; the last one has come to its end.',
    }),
  resync: z
    .strictObject({
      reason: z
        .enum(resyncReasons)
        .describe(
          'Why: another world is here (`reset`, `restored`), or frames are lost (`missed`, `slow_reader`).',
        ),
    })
    .meta({
      id: 'frame_resync',
      description: 'Ask for `world` again: what was known before is not to be relied on.',
    }),
  gone: z
    .strictObject({})
    .meta({ id: 'frame_gone', description: 'The workspace was deleted; the stream ends.' }),
}))

type Frames = ReturnType<typeof streamFrames>
/** A frame as it is read. */
export type StreamFrame = {
  [K in keyof Frames]: { event: K; id: string | null; data: z.output<Frames[K]> }
}[keyof Frames]

export const streamRoute = controlRoute({
  path: '/_emulator/stream',
  methods: reads,
  streams: streamFrames,
  summary:
    'What happens, as it happens: server-sent events (`text/event-stream`), resumed with the header `last-event-id`.',
  params: () =>
    z.strictObject({
      kinds: z
        .array(z.enum(streamEntryKinds))
        .min(1)
        .meta({
          description:
            'Only `change` frames with entries of these kinds, and only those entries; all when not given.',
          examples: [['event']],
        })
        .optional(),
    }),
  result: () => ({}),
  example: () => ({}),
})
