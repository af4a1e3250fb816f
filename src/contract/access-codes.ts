/** Why an access code is in its state. */
import { z } from 'zod'
import { actingFaults } from './acting-faults.ts'
import { once } from '../lib/once.ts'
import { FRONT_DOOR, accessCodeId, count, instant, textOrNull, word } from './fields.ts'
import { recordedEvent } from './events.ts'
import { journalEntry } from './requests.ts'
import { controlRoute, reads } from './route.ts'
import { codeStatuses } from './seam.ts'
import { codeTimeline } from './timeline.ts'
import { waitReasons } from './wait-reasons.ts'
import { delivery } from './webhooks.ts'

const window = () => ({
  starts_at: textOrNull('Its first instant.'),
  ends_at: textOrNull('Its last instant.'),
})

const declared = () =>
  z
    .strictObject({
      name: textOrNull('Its name.'),
      code: textOrNull('Its PIN.'),
      ...window(),
      is_managed: z.boolean().describe('Whether the workspace manages it.'),
      deletion_requested_at: textOrNull('When its deletion was asked for.'),
    })
    .nullable()
    .describe('What the API was asked for; null for a code that is gone.')

const onLock = () =>
  z
    .strictObject({
      slot: count('The slot that holds it.'),
      code: z.string().describe('The PIN that the lock takes.'),
      name: textOrNull('The name that the lock keeps.'),
      ...window(),
      written_at: instant('When it was written.'),
    })
    .nullable()
    .describe('What the lock holds of it; null when nothing.')

const lastAttempt = () =>
  z
    .strictObject({
      kind: z.enum(['set', 'update', 'remove']).describe('What is tried.'),
      since: instant('Since when.'),
      attempts: count('How often it was tried.'),
      answer_at: textOrNull('When the answer to the command under way comes.'),
      retry_at: textOrNull('When it is tried again.'),
      error: textOrNull('Why the last attempt failed.'),
    })
    .nullable()
    .describe('What is being tried; null when nothing.')

/** What is told on top where it is asked for. */
const traceNames = ['timeline', 'events', 'requests', 'deliveries'] as const

const traces = () => ({
  timeline: codeTimeline().nullable().describe('Its whole life, with `with`.').optional(),
  events: z
    .array(recordedEvent())
    .describe('Its latest events, at most 500, the oldest first, with `with`.')
    .optional(),
  requests: z
    .array(journalEntry())
    .describe('The calls that caused one of its events or name it, with `with`.')
    .optional(),
  deliveries: z
    .array(delivery())
    .describe('The latest messages that tell its events, at most 500, with `with`.')
    .optional(),
})

export const explanation = once(() =>
  z
    .strictObject({
      access_code_id: z.string().describe('The access code.'),
      status: word([...codeStatuses, 'deleted'], 'Its status; `deleted` when it is gone.'),
      summary: z.array(z.string()).describe('All of this in sentences for people.'),
      declared: declared(),
      on_lock: onLock(),
      last_attempt: lastAttempt(),
      waits_for: z
        .strictObject({
          reason: word(waitReasons, 'What for.'),
          until: textOrNull('When it is looked at again.'),
        })
        .nullable()
        .describe('What it waits for; null while something is done.'),
      faults: actingFaults(),
      ...traces(),
    })
    .meta({ id: 'explanation', description: 'Why an access code is in its status.' }),
)
export type Explanation = z.output<ReturnType<typeof explanation>>

export const accessCodeRoutes = {
  explain: controlRoute({
    path: '/_emulator/access_codes/explain',
    methods: reads,
    summary:
      'Why a code is in its state: declared, on the lock, attempts, what it waits for, faults.',
    params: () =>
      z.strictObject({
        access_code_id: accessCodeId(),
        with: z
          .array(z.enum(traceNames))
          .min(1)
          .meta({
            description:
              'What is told on top: its life, and the calls, events and messages about it.',
            examples: [['timeline']],
          })
          .optional(),
      }),
    result: () => ({ explanation: explanation() }),
    after: () => [{ path: '/access_codes/create', body: { device_id: FRONT_DOOR, name: 'Guest' } }],
    example: () => ({ access_code_id: '<access_code.access_code_id>' }),
  }),
}
