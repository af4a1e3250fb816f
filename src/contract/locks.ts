/** Locks as they hang on their doors. */
import { z } from 'zod'
import { once } from '../lib/once.ts'
import { FRONT_DOOR, count, deviceId, share, textOrNull, word } from './fields.ts'
import { createLockParams } from './lock-creation.ts'
import { acts, actsOn, controlRoute, reads } from './route.ts'
import { seamDevice } from './seam.ts'
import { lockModels } from './vocabulary.ts'

const power = (what: string) =>
  z
    .strictObject({
      level: count('From 0 to 1.'),
      status: z.enum(['critical', 'low', 'good', 'full']).describe('The level in a word.'),
    })
    .nullable()
    .describe(`${what}; null where there is none.`)

/** What a slot of a lock's memory holds. */
export const slot = once(() =>
  z
    .strictObject({
      slot: count('Its number, from 1 on.'),
      code: z.string().describe('The PIN.'),
      name: textOrNull('The name that the lock keeps with it.'),
      starts_at: textOrNull('From when the lock takes it; null without a beginning.'),
      ends_at: textOrNull('Until when the lock takes it; null without an end.'),
      access_code_id: textOrNull('The access code that wrote it, or that it is known as.'),
    })
    .meta({ id: 'slot', description: "One slot of a lock's own memory." }),
)
export type Slot = z.output<ReturnType<typeof slot>>

const wiring = () => ({
  online: z.boolean().describe('Whether the API reaches the lock now.'),
  link: z
    .strictObject({
      online: z.boolean().describe('Whether the way is whole.'),
      cause: z
        .enum(['account_disconnected', 'hub_disconnected', 'device_disconnected'])
        .nullable()
        .describe('Where it is broken.'),
    })
    .describe('The way from the API to the lock.'),
  bridge: z
    .strictObject({
      bridge_id: z.string().describe('Its id.'),
      online: z.boolean().describe('Whether it is on the network.'),
    })
    .nullable()
    .describe('The bridge, hub or gateway that it goes through.'),
  keypad: z
    .strictObject({
      is_connected: z.boolean().describe('Whether there is one.'),
      has_power: z.boolean().describe('Whether it works.'),
    })
    .describe('Its keypad.'),
})

export const lock = once(() =>
  z
    .strictObject({
      device_id: z.string().describe('Its id.'),
      model: word(lockModels, 'Its model.').nullable().describe('Its model.'),
      name: z.string().describe('Its name.'),
      ...wiring(),
      battery: power("The lock's own battery"),
      keypad_battery: power("The accessory keypad's battery"),
      bolt: z
        .strictObject({
          locked: z.boolean().describe('Whether the bolt is out.'),
          jammed: z.boolean().describe('Whether it is stuck.'),
        })
        .describe('Its bolt.'),
      auto_lock: z
        .strictObject({
          enabled: z.boolean().describe('Whether it locks by itself.'),
          delay_seconds: count('So long after it was opened, seconds.'),
        })
        .describe('Locking by itself.'),
      memory_bank: z
        .strictObject({
          capacity: count('How many codes fit.'),
          slots: z.array(slot()).describe('The codes that are in it.'),
        })
        .describe('What opens the door.'),
    })
    .meta({ id: 'lock', description: 'The lock itself, which need not be what the API believes.' }),
)
export type Lock = z.output<ReturnType<typeof lock>>

/** Why a door did not open. */
export const refusals = [
  'unknown_code',
  'not_yet_valid',
  'expired_code',
  'too_many_attempts',
  'keypad_unavailable',
  'no_power',
  'blocked_by_privacy_mode',
  'jammed',
] as const

const doorAnswer = once(() => ({
  opened: z.boolean().describe('Whether the door opened.'),
  reason: word(refusals, 'Why not.').nullable().describe('Why not; null when it opened.'),
  access_code_id: z.string().describe('The access code that the PIN belongs to.').optional(),
}))

const doorAnswerObject = once(() => z.object(doorAnswer()))
export type DoorAnswer = z.output<ReturnType<typeof doorAnswerObject>>

const deviceOnly = once(() => z.strictObject({ device_id: deviceId() }))

const onLock = actsOn('locks', {
  result: () => ({ lock: lock() }),
  example: () => ({ device_id: FRONT_DOOR }),
})

const flag = (description: string) => z.boolean().describe(description)

export const lockRoutes = {
  create: controlRoute({
    path: '/_emulator/locks/create',
    methods: acts,
    summary: 'Hangs a lock of any model on a door; account and bridge are made when not given.',
    params: createLockParams,
    result: () => ({ device: seamDevice() }),
    example: () => ({ model: 'yale', name: 'Attic' }),
  }),
  get: controlRoute({
    path: '/_emulator/locks/get',
    methods: reads,
    summary: 'The lock itself: link, power, bolt and memory bank.',
    params: deviceOnly,
    result: () => ({ lock: lock() }),
    example: () => ({ device_id: FRONT_DOOR }),
  }),
  enter_code: controlRoute({
    path: '/_emulator/locks/enter_code',
    methods: acts,
    summary: "A person types a code: the door's own answer at this instant.",
    params: () =>
      z.strictObject({
        device_id: deviceId(),
        code: z.string().meta({ description: 'The PIN that is typed.', examples: ['4821'] }),
      }),
    result: doorAnswer,
    example: () => ({ device_id: FRONT_DOOR, code: '4821' }),
  }),
  connect: onLock('connect', "Puts the lock's own radio on.", deviceOnly),
  disconnect: onLock('disconnect', "Takes the lock's own radio off.", deviceOnly),
  set_battery: onLock(
    'set_battery',
    'Puts in a battery of this level, 0 to 1; `keypad: true` means that of the accessory keypad.',
    () =>
      z.strictObject({
        device_id: deviceId(),
        level: share("The battery's level, 0 to 1."),
        keypad: flag("The accessory keypad's battery instead of the lock's own.").optional(),
      }),
    { level: 0.05 },
  ),
  set_keypad: onLock(
    'set_keypad',
    'Connects or disconnects the accessory keypad.',
    () => z.strictObject({ device_id: deviceId(), connected: flag('Whether it is connected.') }),
    { connected: false },
  ),
  set_third_party: onLock(
    'set_third_party',
    'Lets another integration manage the codes of the lock as well, or no longer.',
    () =>
      z.strictObject({
        device_id: deviceId(),
        detected: flag('Whether there is another integration.').default(true),
      }),
    { detected: true },
  ),
  jam: onLock(
    'jam',
    'Jams the bolt, or frees it with `jammed: false`.',
    () =>
      z.strictObject({
        device_id: deviceId(),
        jammed: flag('Whether the bolt is stuck.').default(true),
      }),
    { jammed: true },
  ),
  set_door: onLock(
    'set_door',
    'Opens or closes the door itself, as a door sensor sees it.',
    () => z.strictObject({ device_id: deviceId(), open: flag('Whether the door stands open.') }),
    { open: true },
  ),
  factory_reset: onLock(
    'factory_reset',
    'Somebody resets the lock: its codes, log and settings are gone. Seam finds out at the next poll.',
    deviceOnly,
  ),
}
