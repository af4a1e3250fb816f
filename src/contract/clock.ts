/** A workspace's time. */
import { z } from 'zod'
import { once } from '../lib/once.ts'
import { count, duration, instant, textOrNull, when, word } from './fields.ts'
import { acts, controlRoute, reads } from './route.ts'
import { eventTypes } from './vocabulary.ts'

export const clockModes = ['realtime', 'scaled', 'frozen'] as const

/** The clock's own fields, which a workspace shows too. */
export const clockFields = () => ({
  now: instant("The workspace's instant."),
  mode: z
    .enum(clockModes)
    .describe('`frozen` stands still until it is told otherwise; `scaled` runs at `rate`.'),
  rate: count('Workspace seconds per second of real time.'),
})

export const clock = once(() =>
  z
    .strictObject({
      ...clockFields(),
      next_job_at: textOrNull('When something is next due; null when nothing is.'),
      lag: count('How far a running clock is ahead of what is done, ms of workspace time.'),
      failed_jobs: z
        .array(
          z.strictObject({
            kind: z.string().describe('What was to happen.'),
            subject: z.string().describe('The id of what it was about.'),
            due_at: instant('When it was to happen.'),
            reason: z.string().describe('Why it failed.'),
          }),
        )
        .describe('What failed inside the emulator: undone and set aside, while time went on.'),
    })
    .meta({ id: 'clock', description: "The workspace's clock." }),
)
export type Clock = z.output<ReturnType<typeof clock>>

const nextKinds = ['job', 'event', 'check_in', 'check_out', 'delivery', 'disagreement'] as const

const moment = once(() =>
  z
    .strictObject({
      at: instant('When.'),
      kind: word(['job', 'check_in', 'check_out', 'delivery'], 'What it is.'),
      device_id: textOrNull('The device that it is about.'),
      access_code_id: textOrNull('The access code that it is about.'),
      sentence: z.string().describe('What it is, in words.'),
    })
    .meta({ id: 'moment', description: 'Something that comes.' }),
)
export type Moment = z.output<ReturnType<typeof moment>>

/** As fast as a clock may run, and as slow. */
export const rate = () => z.number().positive().max(1_000_000)

const line = once(() => ({ at: instant('When it happened.') }))

const transcriptEntry = once(() =>
  z
    .discriminatedUnion('kind', [
      z.strictObject({
        ...line(),
        kind: z.literal('event').describe('An event was recorded.'),
        event_id: z.string().describe('The event.'),
        event_type: word(eventTypes, 'What happened.'),
        device_id: textOrNull('The device that it is about.'),
        access_code_id: textOrNull('The access code that it is about.'),
        connected_account_id: textOrNull('The connected account that it is about.'),
      }),
      z.strictObject({
        ...line(),
        kind: z.literal('delivery').describe('A webhook message was sent.'),
        webhook_id: z.string().describe('To which webhook.'),
        event_id: z.string().describe('The event that it told.'),
        event_type: z.string().describe("The event's type; empty when the event is gone."),
        attempt: count('Which attempt it was, from 1 on.'),
        status: z.number().nullable().describe('The HTTP status of the answer; null without one.'),
        error: textOrNull('Why there was no answer.'),
      }),
    ])
    .meta({ id: 'transcript_entry', description: 'One line of what happened.' }),
)
export type TranscriptEntry = z.output<ReturnType<typeof transcriptEntry>>
/** The same as the server presents it. */
export type TranscriptLine = z.input<ReturnType<typeof transcriptEntry>>

export const clockRoutes = {
  get: controlRoute({
    path: '/_emulator/clock/get',
    methods: reads,
    summary: "The workspace's clock.",
    params: () => z.strictObject({}),
    result: () => ({ clock: clock() }),
    example: () => ({}),
  }),
  freeze: controlRoute({
    path: '/_emulator/clock/freeze',
    methods: acts,
    summary: 'Stops the clock, now or at a later instant to which it leaps first.',
    params: () =>
      z.strictObject({ at: when('The instant to stop at; now when not given.').optional() }),
    result: () => ({ clock: clock() }),
    example: () => ({ at: '2025-01-20T15:00:00Z' }),
  }),
  resume: controlRoute({
    path: '/_emulator/clock/resume',
    methods: acts,
    summary: 'Lets the clock run from where it stands, at `rate` seconds per second.',
    params: () =>
      z.strictObject({
        rate: rate()
          .meta({ description: 'Workspace seconds per second of real time.', examples: [60] })
          .default(1),
      }),
    result: () => ({ clock: clock() }),
    example: () => ({ rate: 60 }),
  }),
  advance: controlRoute({
    path: '/_emulator/clock/advance',
    methods: acts,
    summary: 'Leaps ahead; answers when every job is done and every delivery attempted on the way.',
    params: () =>
      z.strictObject({
        by: duration('How far to leap.').optional(),
        to: when('The instant to leap to.').optional(),
        to_next: z
          .union([z.literal(true), z.enum(nextKinds)])
          .describe(
            'Leaps to whatever is due next (`true`), or to the next job, event, check-in, check-out, message to a webhook or new disagreement. Give exactly one of `by`, `to` and `to_next`.',
          )
          .optional(),
        max: duration(
          'With `to_next`: how far to leap at most; 30 days when not given.',
        ).optional(),
      }),
    result: () => ({
      clock: clock(),
      transcript: z
        .array(transcriptEntry())
        .describe('What happened on the way, in order; at most 1,000 lines.'),
      truncated: z.boolean().describe('Whether more happened than the transcript holds.'),
      jobs: count('How many jobs ran.'),
      reached: z
        .boolean()
        .describe(
          'Whether the leap came to its end: false where somebody stopped it, or what was looked for did not come.',
        ),
    }),
    example: () => ({ by: '72h' }),
  }),
  stop: controlRoute({
    path: '/_emulator/clock/stop',
    methods: acts,
    summary: 'Ends the leap that is under way, where it has come to.',
    params: () => z.strictObject({}),
    result: () => ({
      stopped: z.boolean().describe('Whether there was one.'),
      clock: clock(),
    }),
    example: () => ({}),
  }),
  agenda: controlRoute({
    path: '/_emulator/clock/agenda',
    methods: reads,
    summary: 'What comes next, in words: jobs, check-ins, check-outs, messages to webhooks.',
    params: () =>
      z.strictObject({
        limit: z.number().int().min(1).max(1_000).describe('At most so many.').default(20),
      }),
    result: () => ({ agenda: z.array(moment()).describe('The soonest first.') }),
    example: () => ({ limit: 5 }),
  }),
  preview: controlRoute({
    path: '/_emulator/clock/preview',
    methods: reads,
    summary:
      'What a leap to an instant would do. It is made and taken back: nothing is sent, kept or told.',
    params: () =>
      z
        .strictObject({
          by: duration('How far to look.').optional(),
          to: when('The instant to look to.').optional(),
          patience: z
            .number()
            .int()
            .min(1)
            .max(60_000)
            .describe('How long it may take, ms of real time, in which nobody else is answered.')
            .default(250),
        })
        .refine(({ by, to }) => (by === undefined) !== (to === undefined), {
          path: ['by'],
          message: 'Give exactly one of by and to',
        }),
    result: () => ({
      preview: z
        .strictObject({
          to: instant('The instant that is looked to.'),
          jobs: count('Jobs that would run.'),
          events: count('Events that would be recorded.'),
          deliveries: count(
            'Attempts to send messages to webhooks, where each receiver answers as it did last and calls nothing.',
          ),
          check_ins: count('Guests who may come in by then, by the codes that there are now.'),
          check_outs: count('Guests whose time is over by then, by the codes that there are now.'),
          is_whole: z
            .boolean()
            .describe(
              'Whether all of it was tried. False where `patience` ran out or a job failed: jobs, events and deliveries are at least so many then.',
            ),
        })
        .meta({ id: 'preview', description: 'What a leap would do.' }),
    }),
    example: () => ({ by: '72h' }),
  }),
}
