/** What physically happened, of what leaves no other trace. */
import { z } from 'zod'
import { once } from '../lib/once.ts'
import {
  chronicleKinds,
  commandKinds,
  commandOutcomes,
  linkParts,
  slotActions,
} from './chronicle-kinds.ts'
import { FRONT_DOOR, accessCodeId, count, deviceId, instant, textOrNull } from './fields.ts'
import { nextPage, paging } from './paging.ts'
import { controlRoute, reads } from './route.ts'

/** What an entry tells beside its kind, its time and what it is about. */
export const chronicleFields = once(() => ({
  command: z
    .enum(commandKinds)
    .describe('What a command to the lock is to do with the code.')
    .optional(),
  attempt: count('Which attempt it was, from 1 on.').optional(),
  fault_id: textOrNull('The fault that has a hand in it.').optional(),
  outcome: z.enum(commandOutcomes).describe('What became of a command.').optional(),
  message: textOrNull('Why it was not done.').optional(),
  code: z.string().describe('What was typed at the keypad, or put into a slot by hand.').optional(),
  opened: z.boolean().describe('Whether the door opened.').optional(),
  reason: textOrNull('Why it did not.').optional(),
  part: z
    .enum(linkParts)
    .describe("Which part of a link went or came: a bridge, or the device's own radio.")
    .optional(),
  bridge_id: z.string().describe('The bridge, of the part `bridge`.').optional(),
  up: z.boolean().describe('Whether that part works from then on.').optional(),
  action: z
    .enum(slotActions)
    .describe("What somebody did to a slot with the manufacturer's app.")
    .optional(),
  slot: count('The slot of the memory bank.').optional(),
  on: z.string().describe('The occasion on which a fault acted.').optional(),
}))

const entry = once(() =>
  z
    .strictObject({
      seq: count('Its number: the later of two has the greater one.'),
      at: instant('When it happened.'),
      kind: z
        .enum(chronicleKinds)
        .describe(
          'What it is. `command_answered`: a command to a lock that was not done; `keypad_entry`: a PIN that was typed; `slot_lost`: a code that the memory of the lock lost; `link`: a bridge or radio that went or came; `manufacturer_app`: a slot that was changed by hand; `factory_reset`: a lock that forgot everything; `fault_hit`: a fault that acted.',
        ),
      device_id: textOrNull('The device that it is about.'),
      access_code_id: textOrNull('The access code that it is about.'),
      ...chronicleFields(),
    })
    .meta({
      id: 'chronicle_entry',
      description: 'One thing that happened of which neither an event nor a row tells.',
    }),
)
export type ChronicleEntry = z.output<ReturnType<typeof entry>>

export const chronicleRoute = controlRoute({
  path: '/_emulator/chronicle',
  methods: reads,
  summary:
    'What physically happened and left no other trace: commands that were not done, typed PINs, lost codes, links, slots changed by hand, faults that acted.',
  params: () =>
    z.strictObject({
      device_id: deviceId()
        .describe('Only about this device, and about the bridge that it goes through now.')
        .optional(),
      access_code_id: accessCodeId().describe('Only about this access code.').optional(),
      kinds: z
        .array(z.enum(chronicleKinds))
        .min(1)
        .meta({ description: 'Only of these kinds.', examples: [['keypad_entry']] })
        .optional(),
      ...paging('`asc` when not given.'),
      limit: z.number().int().min(1).max(10_000).describe('At most so many.').default(500),
    }),
  result: () => ({
    chronicle: z.array(entry()).describe('What happened, in the order that was asked for.'),
    ...nextPage(),
  }),
  after: () => [
    { path: '/_emulator/locks/enter_code', body: { device_id: FRONT_DOOR, code: '4821' } },
  ],
  example: () => ({ device_id: FRONT_DOOR, order: 'desc', limit: 10 }),
})
