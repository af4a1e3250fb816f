/** The past of doors and codes. */
import { z } from 'zod'
import { once } from '../lib/once.ts'
import { FRONT_DOOR, accessCodeId, deviceId, instant, textOrNull, when, word } from './fields.ts'
import { controlRoute, reads } from './route.ts'
import { lockedOutReasons } from './report.ts'
import { codeStatuses } from './seam.ts'

const ended = () => ({ from: instant('Its first instant.'), to: instant('Its last instant.') })

const lasting = () => ({
  from: instant('Its first instant.'),
  to: textOrNull('Its last instant; null where it has not ended.'),
})

const spans = <T extends z.core.$ZodShape>(more: T, description: string) =>
  z.array(z.strictObject({ ...lasting(), ...more })).describe(description)

const outageCauses = [
  'no_power',
  'keypad_unavailable',
  'too_many_attempts',
  'blocked_by_privacy_mode',
  'jammed',
] as const

const doorTimeline = once(() =>
  z
    .strictObject({
      device_id: z.string().describe('The lock.'),
      outages: spans(
        { cause: word(outageCauses, 'Why.') },
        'When nobody got in, whatever they typed.',
      ),
      link: spans(
        { online: z.boolean().describe('Whether it could be reached.') },
        'Whether the API was told that the lock can be reached.',
      ),
    })
    .meta({ id: 'door_timeline', description: 'The past of a door.' }),
)

export const codeTimeline = once(() =>
  z
    .strictObject({
      access_code_id: z.string().describe('The access code.'),
      device_id: z.string().describe('Its lock.'),
      name: textOrNull('Its name; null where nobody remembers it.'),
      code: textOrNull('Its PIN, or the last one that it had.'),
      is_managed: z.boolean().describe('Whether the workspace managed it.'),
      is_gone: z.boolean().describe('Whether the API does not list it any more.'),
      declared: spans({}, 'When it was declared to open the door.'),
      held: spans(
        {
          slot: z.number().nullable().describe('The slot; null for a code that the lock computes.'),
          code: z.string().describe('The PIN.'),
        },
        "When the lock's memory held it.",
      ),
      on_lock: spans(
        {},
        'When it opened the door: held, within the window that the lock keeps, and no outage.',
      ),
      status: spans(
        { status: z.enum(codeStatuses).describe('What it was.') },
        'What the API said.',
      ),
      locked_out: z
        .array(
          z.strictObject({
            ...ended(),
            reason: word(lockedOutReasons, 'Why the door stayed shut.'),
          }),
        )
        .describe('When it was declared and did not open the door.'),
      overstay: z
        .array(z.strictObject(ended()))
        .describe('When it was over or deleted and opened the door.'),
    })
    .meta({ id: 'code_timeline', description: 'The past of an access code.' }),
)
export type CodeTimeline = z.output<ReturnType<typeof codeTimeline>>

const numbers = (description: string) => z.array(z.number()).describe(description)

const density = once(() =>
  z
    .strictObject({
      device_id: z.string().describe('The lock.'),
      declared: numbers('Codes that were declared to open the door.'),
      on_lock: numbers('Codes that did.'),
      locked_out: numbers('Codes whose guests were locked out.'),
      overstay: numbers('Codes that were over and opened the door.'),
    })
    .meta({
      id: 'density',
      description: 'How many codes a lock had, in parts of equal length of the time asked for.',
    }),
)

const timeline = once(() =>
  z
    .strictObject({
      from: instant('The first instant.'),
      to: instant('The last instant.'),
      now: instant('The present: nothing is known of what comes later but what is declared.'),
      devices: z.array(doorTimeline()).describe('The doors.'),
      codes: z.array(codeTimeline()).describe('The codes, door by door, the oldest first.'),
      truncated: z.boolean().describe('Whether there are more spans than `limit`.'),
      density: z
        .array(density())
        .nullable()
        .describe('In place of the codes, where there are more spans than `limit`.'),
    })
    .meta({ id: 'timeline', description: 'The past of doors and codes between two instants.' }),
)
export type Timeline = z.output<ReturnType<typeof timeline>>

export const timelineRoute = controlRoute({
  path: '/_emulator/timeline',
  methods: reads,
  summary:
    'What was declared, what opened the door, what the API said, and who was locked out or stayed on, between two instants.',
  params: () =>
    z
      .strictObject({
        from: when('The first instant; seven days ago when not given.').optional(),
        to: when('The last instant; in four days when not given.').optional(),
        device_id: deviceId().describe('Only this lock.').optional(),
        device_ids: z.array(deviceId()).describe('Only these locks.').optional(),
        access_code_id: accessCodeId().describe('Only this access code.').optional(),
        limit: z
          .number()
          .int()
          .min(1)
          .max(100_000)
          .describe('At most so many spans of codes; beyond, their density is told.')
          .default(5_000),
      })
      .refine(({ from, to }) => from === undefined || to === undefined || from < to, {
        path: ['to'],
        message: 'to must be after from',
      }),
  result: () => ({ timeline: timeline() }),
  after: () => [
    { path: '/access_codes/create', body: { device_id: FRONT_DOOR, name: 'Guest', code: '4821' } },
    { path: '/_emulator/clock/advance', body: { by: '1h' } },
  ],
  example: () => ({ device_id: FRONT_DOOR }),
})
