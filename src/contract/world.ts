/** A whole world in one answer, as somebody needs it who paints it for the first time. */
import { z } from 'zod'
import { once } from '../lib/once.ts'
import { bridge } from './bridges.ts'
import { clock } from './clock.ts'
import { disagreement } from './disagreements.ts'
import { fault } from './faults.ts'
import { count, id, instant, textOrNull, when } from './fields.ts'
import { lock } from './locks.ts'
import { controlRoute, reads } from './route.ts'
import { codeStatuses, issues } from './seam.ts'

const flag = (description: string) => z.boolean().describe(description)

const worldLock = once(() =>
  lock()
    .omit({ memory_bank: true })
    .extend({
      is_managed: flag('Whether the workspace manages it.'),
      connected_account_id: z.string().describe('The account that it belongs to.'),
      location_name: textOrNull('The place where it hangs.'),
      time_zone: textOrNull("The lock's own time zone; null while nobody has told it."),
      scheduling: z
        .enum(['native', 'just_in_time'])
        .describe('Whether its own clock opens and closes codes, or Seam does.'),
      door_open: z.boolean().nullable().describe('Whether the door stands open; null: no sensor.'),
      privacy_mode: flag('Whether privacy mode is on.'),
      locked_out_until: textOrNull('Until when the keypad is deaf after too many wrong codes.'),
      memory_bank: z
        .strictObject({
          capacity: count('How many codes fit.'),
          used: count('How many slots are taken.'),
        })
        .describe('What opens the door; `locks/get` has the slots.'),
      access_codes: z
        .strictObject({
          total: count('How many there are.'),
          shown: count('How many of them this answer has.'),
        })
        .describe('Its access codes, as the API lists them.'),
      ...issues(),
    })
    .meta({ id: 'world_lock', description: 'A lock with all that is around it.' }),
)

const column = <T extends z.ZodType>(item: T, description: string) =>
  z.array(item).describe(description)

const codeColumns = once(() =>
  z
    .strictObject({
      access_code_id: column(z.string(), 'Their ids.'),
      device_id: column(z.string(), 'Their locks.'),
      name: column(z.string().nullable(), 'Their names.'),
      code: column(z.string().nullable(), 'Their PINs.'),
      starts_at: column(z.string().nullable(), 'From when each is declared to open.'),
      ends_at: column(z.string().nullable(), 'Until when each is declared to open.'),
      status: column(z.enum(codeStatuses), 'What the API says of each.'),
      is_managed: column(z.boolean(), 'Whether the workspace manages it.'),
      slot: column(z.number().nullable(), 'The slot that holds it; null for none.'),
    })
    .describe(
      'The access codes that are in trouble or touch the time that is asked for, as columns of equal length.',
    ),
)
export type CodeColumns = z.output<ReturnType<typeof codeColumns>>

const worldWebhook = () =>
  z.strictObject({
    webhook_id: z.string().describe('Its id.'),
    url: z.string().describe('Where its messages go.'),
    event_types: z.array(z.string()).describe('What it receives.'),
    is_enabled: flag('Whether anything is sent there.'),
    pending: count('How many messages wait to be delivered.'),
  })

const worldSpace = () =>
  z.strictObject({
    space_id: z.string().describe('Its id.'),
    name: z.string().describe('Its name.'),
    parent_space_id: textOrNull('The space that it is part of.'),
    device_ids: z.array(z.string()).describe('The devices in it.'),
  })

const worldGrant = () =>
  z.strictObject({
    access_grant_id: z.string().describe('Its id.'),
    name: textOrNull('Its name.'),
    user_identity_id: textOrNull('Who has it.'),
    starts_at: textOrNull('From when it is good.'),
    ends_at: textOrNull('Until when it is good.'),
    device_ids: z.array(z.string()).describe('The doors of its codes.'),
    acs_entrance_ids: z.array(z.string()).describe('The doors of its credentials.'),
    access_code_ids: z.array(z.string()).describe('The codes of its methods.'),
    acs_credential_ids: z
      .array(z.string())
      .describe('The credentials of its methods in access systems.'),
  })

const worldAccount = () =>
  z.strictObject({
    connected_account_id: z.string().describe('Its id.'),
    account_type: z.string().describe('Whose account it is, such as `august`.'),
    display_name: z.string().describe('How it is shown.'),
    is_connected: flag('Whether its provider can be asked.'),
    ...issues(),
  })

const otherDevice = () =>
  z.strictObject({
    device_id: z.string().describe('Its id.'),
    kind: z.enum(['thermostat', 'noise_sensor', 'other']).describe('What it is.'),
    device_type: z.string().describe('Such as `minut_sensor`.'),
    name: z.string().describe('Its name.'),
    connected_account_id: z.string().describe('The account that it belongs to.'),
    is_managed: flag('Whether the workspace manages it.'),
    online: flag('Whether the API was told that it can be reached.'),
    location_name: textOrNull('The place where it is.'),
  })

const acsSystem = () =>
  z.strictObject({
    acs_system_id: z.string().describe('Its id.'),
    name: z.string().describe('Its name.'),
    model: z.string().describe('Its model.'),
    connected_account_id: z.string().describe('The account that it belongs to.'),
    is_connected: flag('Whether the API was told that it answers.'),
    entrances: z
      .array(
        z.strictObject({
          acs_entrance_id: z.string().describe('Its id.'),
          name: z.string().describe('Its name.'),
          online: flag('Whether its line is whole.'),
        }),
      )
      .describe('Its doors.'),
  })

const list = <T extends z.ZodType>(item: T, description: string) =>
  z.array(item).describe(description).optional()

/**
 * The parts of a world: one entry for each thing that is shown. `src/api/control/world/parts.ts` says
 * how each is told and from which tables; a table that is in none of them is found by a test.
 */
export const worldParts = once(() => ({
  locks: list(worldLock(), 'Every lock.'),
  bridges: list(bridge(), 'Every bridge, hub and gateway.'),
  other_devices: list(otherDevice(), 'Every device that is no lock.'),
  acs_systems: list(acsSystem(), 'Every access system with its doors.'),
  connected_accounts: list(worldAccount(), 'Every connected account.'),
  access_codes: codeColumns().optional(),
  spaces: list(worldSpace(), 'Every space.'),
  access_grants: list(worldGrant(), 'Every access grant.'),
  faults: list(fault(), 'Every fault.'),
  webhooks: list(worldWebhook(), 'Every webhook, without its secret.'),
  disagreements: list(disagreement(), 'Where API and locks disagree, as `disagreements` has it.'),
}))
export type WorldParts = ReturnType<typeof worldParts>
export type WorldPartName = keyof WorldParts

const counts = once(() =>
  z
    .strictObject({
      locked_out: count('Guests who are locked out now, at the locks that are asked for.'),
      overstay: count('Former guests who still get in there.'),
      other: count('Other disagreements that matter; `stored` does not.'),
      access_codes: count('Access codes that the API lists.'),
      events: count('Events.'),
      pending_deliveries: count('Messages to webhooks that wait.'),
      inbox_messages: count("Messages in the emulator's own inboxes."),
      requests: count('Calls of the integration that are kept.'),
    })
    .describe('How many of each there are.'),
)

/** Where the stream stands: frames that come later than this are not in the answer. */
const streamMark = once(() =>
  z
    .strictObject({
      generation: z.string().describe('Which run of the stream; another one has other numbers.'),
      seq: count('The number of the last frame.'),
    })
    .nullable()
    .describe('Where the stream stands; null while nobody reads it.'),
)

export const worldRoute = controlRoute({
  path: '/_emulator/world',
  methods: reads,
  summary:
    'The whole world in one answer: clock, locks, bridges, accounts, codes, faults, webhooks, and where API and locks disagree.',
  params: () =>
    z
      .strictObject({
        from: when('Codes that were over by then are only counted; seven days ago.').optional(),
        to: when('Codes that begin later are only counted; in four days.').optional(),
        parts: z
          .array(z.enum(Object.keys(worldParts())))
          .min(1)
          .meta({ description: 'Only these parts; all when not given.', examples: [['locks']] })
          .optional(),
        device_ids: z
          .array(id())
          .describe('Only these locks, their codes and their disagreements.')
          .optional(),
      })
      .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
        path: ['to'],
        message: 'to must not be before from',
      }),
  result: () => ({
    world: z
      .strictObject({
        stream: streamMark(),
        clock: clock(),
        from: instant('Codes before this are only counted.'),
        to: instant('Codes after this are only counted.'),
        counts: counts(),
        ...worldParts(),
      })
      .meta({ id: 'world', description: 'A whole world at one instant.' }),
  }),
  example: () => ({ from: '2025-01-01T00:00:00Z', to: '2025-01-05T00:00:00Z' }),
})
