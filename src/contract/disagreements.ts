/** Where the API and the locks' own memory disagree. */
import { z } from 'zod'
import { once } from '../lib/once.ts'
import { waitReasons } from './wait-reasons.ts'
import { FRONT_DOOR, count, deviceId, instant, textOrNull, when, word } from './fields.ts'
import { refusals } from './locks.ts'
import { controlRoute, reads } from './route.ts'

export const disagreementKinds = [
  'locked_out',
  'overstay',
  'lost',
  'different',
  'stranger',
  'stuck',
  'stored',
] as const

const waitsFor = once(() =>
  z
    .strictObject({
      reason: word(
        [...waitReasons, 'poll', 'door'],
        "What for: a step of Seam's, its next look at the lock (`poll`), or something at the door.",
      ),
      until: textOrNull('When it is looked at again.'),
      sentence: z.string().describe('The same in words.'),
    })
    .nullable()
    .describe('What ends it; null where nothing will by itself.'),
)

export const disagreement = once(() =>
  z
    .strictObject({
      kind: word(
        disagreementKinds,
        'The first kind that holds. `locked_out`: within its declared window, and the door refuses the PIN; `overstay`: over or deleted, and the door takes it; `lost`: the API says that the lock holds it, and it does not; `different`: the lock holds another PIN or window than declared; `stranger`: a slot holds a PIN that the API does not list; `stuck`: Seam told that setting or removing it takes long or failed; `stored`: over and shut out, but it still takes a slot.',
      ),
      kinds: z
        .array(word(disagreementKinds, 'A kind.'))
        .describe('Every kind that holds, in that order.'),
      since: instant('Since when.'),
      device_id: z.string().describe('The lock.'),
      access_code_id: textOrNull('The access code; null for a PIN that the API does not list.'),
      code: textOrNull('The PIN; null while nobody knows it.'),
      name: textOrNull('The name of the code.'),
      refusal: word(refusals, 'Why the door refuses the PIN.')
        .nullable()
        .describe('What the door says to the PIN now; null where it opens, or without a PIN.'),
      sentence: z.string().describe('All of this in words.'),
      waits_for: waitsFor(),
      minutes: count('For how long, in minutes with fractions.'),
    })
    .meta({
      id: 'disagreement',
      description:
        'Something about which the API and a lock disagree. What is merely under way is none.',
    }),
)
export type Disagreement = z.output<ReturnType<typeof disagreement>>

export const disagreementsRoute = controlRoute({
  path: '/_emulator/disagreements',
  methods: reads,
  summary:
    "Where the API and the locks' own memory disagree now, by the keypad's own rule: who is locked out, who still gets in, what was lost.",
  params: () =>
    z.strictObject({
      device_id: deviceId().describe('Only at this lock.').optional(),
      kind: z
        .union([z.enum(disagreementKinds), z.array(z.enum(disagreementKinds)).min(1)])
        .meta({ description: 'Only of this kind, or of these.', examples: ['locked_out'] })
        .optional(),
      at: when(
        'An instant that is past: who was locked out then, and who still got in. What else Seam had under way nobody keeps, so the other kinds are refused. Now when not given.',
      ).optional(),
    }),
  result: () => ({
    disagreements: z
      .array(disagreement())
      .describe('By kind in their order, the oldest of a kind first; none where all agree.'),
  }),
  example: () => ({ device_id: FRONT_DOOR }),
})
