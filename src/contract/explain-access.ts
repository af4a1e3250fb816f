/** How far access grants, stays and spaces have come, door by door. */
import { z } from 'zod'
import { once } from '../lib/once.ts'
import { door, entrance } from './explain-doors.ts'
import { FRONT_DOOR, id, textOrNull, word } from './fields.ts'
import { controlRoute, reads } from './route.ts'

export const grantStates = [
  'ready',
  'partly_ready',
  'waiting',
  'impossible',
  'over',
  'being_deleted',
  'deleted',
] as const

const summary = () => z.array(z.string()).describe('All of this in sentences for people.')

const method = () =>
  z.strictObject({
    access_method_id: z.string().describe('Its id.'),
    mode: z.string().describe('Its mode, such as `code`.'),
    code: textOrNull('The PIN; null while nobody knows it.'),
    is_issued: z.boolean().describe('Whether it can be handed out.'),
    errors: z.array(z.string()).describe('The codes of its errors.'),
    warnings: z.array(z.string()).describe('The codes of its warnings.'),
  })

export const grantExplanation = once(() =>
  z
    .strictObject({
      access_grant_id: z.string().describe('The grant.'),
      access_grant_key: textOrNull('Its key.'),
      reservation_key: textOrNull('The stay that it belongs to.'),
      name: textOrNull('Its name; null for a grant that is gone.'),
      state: word(grantStates, 'How far it has come.'),
      summary: summary(),
      doors: z.array(door()).describe('Each door, once for every method that is asked for.'),
      entrances: z
        .array(entrance())
        .describe('Each entrance of access systems, once for every method that is for it.'),
      access_methods: z.array(method()).describe('The ways in.'),
      next_look_at: textOrNull('When it is looked at next, whatever happens.'),
    })
    .meta({ id: 'access_grant_explanation', description: 'How far an access grant has come.' }),
)
export type GrantExplanation = z.output<ReturnType<typeof grantExplanation>>

const run = () =>
  z.strictObject({
    automation_run_id: z.string().describe('Its id.'),
    rule: z.string().describe('The rule that was followed.'),
    success: z.boolean().describe('Whether it did its work.'),
    error: textOrNull('Why not.'),
    message: textOrNull('The same in words.'),
    created_at: z.string().describe('When it ran.'),
  })

export const stayExplanation = once(() =>
  z
    .strictObject({
      stay_key: z.string().describe('The key of the stay.'),
      summary: summary(),
      stays: z
        .array(
          z.strictObject({
            kind: z.string().describe('What it was pushed as, such as `reservation`.'),
            customer_key: z.string().describe('The customer.'),
            state: word(
              ['expected', 'failed', 'granted', 'without_access'],
              '`expected`: its automation is still to run; `failed`: the last one gave no access.',
            ),
            access_grant_id: textOrNull('The grant that came of it.'),
            next_run_at: textOrNull('When its automation runs.'),
          }),
        )
        .describe('What was pushed with this key, one of a kind.'),
      runs: z.array(run()).describe('What the automations did, the oldest first.'),
      access_grants: z.array(grantExplanation()).describe('The grants of the stay.'),
    })
    .meta({ id: 'stay_explanation', description: 'What became of a stay.' }),
)
export type StayExplanation = z.output<ReturnType<typeof stayExplanation>>

export const spaceExplanation = once(() =>
  z
    .strictObject({
      space_id: z.string().describe('The space.'),
      space_key: textOrNull('Its key.'),
      name: z.string().describe('Its name.'),
      summary: summary(),
      devices: z
        .array(
          z.strictObject({
            device_id: z.string().describe('The device.'),
            name: z.string().describe('How it is called.'),
            online: z.boolean().describe('Whether it can be reached.'),
            offline_cause: textOrNull('Why not.'),
          }),
        )
        .describe('What is in it.'),
      access_grants: z
        .array(
          z.strictObject({
            access_grant_id: z.string().describe('The grant.'),
            name: textOrNull('Its name.'),
            state: word(grantStates, 'How far it has come.'),
            headline: z.string().describe('The same in a sentence, of all its doors.'),
          }),
        )
        .describe('The grants over it.'),
      stays_without_access: z
        .array(
          z.strictObject({
            stay_key: z.string().describe('The stay.'),
            error: textOrNull('What its automation says.'),
          }),
        )
        .describe('The stays here whose automation failed.'),
    })
    .meta({ id: 'space_explanation', description: 'What a space has of doors and grants.' }),
)
export type SpaceExplanation = z.output<ReturnType<typeof spaceExplanation>>

/** Exactly one of them says which is meant. */
const oneOf = <T extends Record<string, z.ZodType>>(shape: T) =>
  z
    .strictObject(shape)
    .refine((it) => Object.values(it).filter((value) => value !== undefined).length === 1, {
      path: [Object.keys(shape)[0] ?? ''],
      message: `Give exactly one of ${Object.keys(shape).join(', ')}`,
    })

const grantAtTheFrontDoor = () => [
  {
    path: '/access_grants/create',
    body: {
      user_identity: { full_name: 'Ada Guest' },
      device_ids: [FRONT_DOOR],
      access_grant_key: 'stay-1',
      reservation_key: 'stay-1',
      requested_access_methods: [{ mode: 'code' }],
    },
  },
]

export const accessGrantRoutes = {
  explain: controlRoute({
    path: '/_emulator/access_grants/explain',
    methods: reads,
    summary:
      'How far an access grant has come: what each door waits for, when it is tried next, what would help.',
    params: () =>
      oneOf({
        access_grant_id: id().describe('The access grant.').optional(),
        access_grant_key: z.string().min(1).describe('The same by its key.').optional(),
        access_method_id: id().describe('One way in of a grant: its doors alone.').optional(),
      }),
    result: () => ({ explanation: grantExplanation() }),
    after: grantAtTheFrontDoor,
    example: () => ({ access_grant_key: 'stay-1' }),
  }),
}

export const stayRoutes = {
  explain: controlRoute({
    path: '/_emulator/stays/explain',
    methods: reads,
    summary:
      'What became of a stay: what was pushed, what the automations did, and how far its access has come.',
    params: () =>
      z.strictObject({
        stay_key: z
          .string()
          .min(1)
          .describe(
            'Its `reservation_key`, `booking_key`, `access_grant_key` or `staff_member_key`, as it was pushed or as a grant bears it.',
          ),
      }),
    result: () => ({ explanation: stayExplanation() }),
    after: grantAtTheFrontDoor,
    example: () => ({ stay_key: 'stay-1' }),
  }),
}

export const spaceRoutes = {
  explain: controlRoute({
    path: '/_emulator/spaces/explain',
    methods: reads,
    summary: 'What a space has of doors and access grants, and how far each of them has come.',
    params: () =>
      oneOf({
        space_id: id().describe('The space.').optional(),
        space_key: z.string().min(1).describe('The same by its key.').optional(),
      }),
    result: () => ({ explanation: spaceExplanation() }),
    after: () => [
      {
        path: '/spaces/create',
        body: { name: 'Flat 1', space_key: 'flat-1', device_ids: [FRONT_DOOR] },
      },
    ],
    example: () => ({ space_key: 'flat-1' }),
  }),
}
