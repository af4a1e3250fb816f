/** What the integration under test does wrong. */
import { z } from 'zod'
import { once } from '../lib/once.ts'
import { FRONT_DOOR, count, word } from './fields.ts'
import { acts, controlRoute } from './route.ts'

export const verdicts = ['good', 'warning', 'wrong', 'unknown'] as const

const finding = once(() =>
  z
    .strictObject({
      check: z.string().describe('A stable name for programs, such as `pin-before-set`.'),
      verdict: word(verdicts, 'What came of it; `unknown`: it cannot be seen from here.'),
      text: z.string().describe('What was seen.'),
      advice: z
        .string()
        .describe('What to do about it; not there where nothing is to be done.')
        .optional(),
    })
    .meta({ id: 'finding', description: 'What one check found.' }),
)
export type Finding = z.output<ReturnType<typeof finding>>

export const doctorRoute = controlRoute({
  path: '/_emulator/doctor',
  methods: acts,
  summary:
    'What the integration does wrong, told from the calls, events and deliveries that the emulator saw.',
  params: () =>
    z.strictObject({
      probe: z
        .boolean()
        .describe(
          'Also sends each webhook a forged signature, which must get a 4xx, and events that it has had before, which must change nothing.',
        )
        .default(false),
    }),
  result: () => ({
    findings: z
      .array(finding())
      .describe('What was found; nothing while the integration has not called.'),
    calls: count('How many calls of the integration were looked at.'),
    deliveries: count('How many deliveries were looked at.'),
  }),
  after: () => [{ path: '/access_codes/create', body: { device_id: FRONT_DOOR, name: 'Guest' } }],
  example: () => ({ probe: false }),
})
