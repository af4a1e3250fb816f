/** What a fixture may say of a lock, beside what it may say of any device. */
import { z } from 'zod'
import type { DescribedDevice, deviceFixtureFields } from '../devices/fixture.ts'
import { fixtureId, fixtureText } from '../kernel/fixture-part.ts'
import type { Place, Problem } from '../kernel/fixture-part.ts'
import { profileOf } from './models/index.ts'
import { problemsOfOverrides } from './overrides.ts'

const level = (description: string) => z.number().min(0).max(1).default(1).describe(description)
const flag = (normally: boolean, description: string) =>
  z.boolean().default(normally).describe(description)

const memorySlot = () =>
  z.strictObject({
    slot: z.int().min(1).max(100_000).describe('Its number in the memory bank.'),
    code: z
      .string()
      .regex(/^\d{1,32}$/, 'A PIN has digits only')
      .describe('The PIN.'),
    name: z
      .string()
      .max(2_000)
      .nullable()
      .default(null)
      .describe('The name that the lock has for it.'),
  })

export const lockFixtureFields = () => ({
  bridge_id: fixtureId('The bridge that it goes through.').optional(),
  has_bridge: z
    .boolean()
    .describe("Whether a lock without `bridge_id` gets a bridge of its own; the model's need.")
    .optional(),
  has_keypad: flag(true, 'Whether the accessory keypad is there.'),
  locked: flag(true, 'Whether the bolt is out.'),
  jammed: flag(false, 'Whether the bolt is stuck.'),
  in_privacy_mode: flag(false, 'Whether somebody inside keeps everybody out.'),
  has_subscription: flag(true, 'Whether the paid plan is there that some brands want for codes.'),
  battery_level: level("Its battery's level, from 0 to 1."),
  keypad_battery_level: level("The accessory keypad's battery level, from 0 to 1."),
  serial_number: fixtureText('Its serial number; made when not given.').optional(),
  profile: z
    .record(z.string(), z.unknown())
    .describe('Fields of the lock profile that this lock has otherwise; see `lock_models/list`.')
    .optional(),
  memory: z.array(memorySlot()).default([]).describe('Codes that somebody else put on the lock.'),
})

type Fields = ReturnType<typeof deviceFixtureFields> & ReturnType<typeof lockFixtureFields>

type Unnamed = z.output<z.ZodObject<Fields>>

/** A lock of a fixture, whose id is known. */
export type DescribedLock = Unnamed & DescribedDevice

const twice = (values: readonly string[]): string[] =>
  values.filter((value, index) => values.indexOf(value) !== index)

const problemsOfMemory = ({ memory }: Unnamed): Problem[] => [
  ...twice(memory.map(({ slot }) => String(slot))).map((slot) => ({
    path: ['memory'],
    message: `The slot ${slot} is given twice`,
  })),
  ...twice(memory.map(({ code }) => code)).map((code) => ({
    path: ['memory'],
    message: `The code ${code} is given twice: a lock knows each PIN once`,
  })),
]

/** Each bridge serves only so many locks; the model of its locks says how many. */
const problemsOfBridge = (
  { bridge_id, model = '' }: Unnamed,
  { index, list }: Place<Unnamed>,
): Problem[] => {
  const max_locks = profileOf(model)?.bridge.max_locks ?? null
  if (bridge_id === undefined || max_locks === null) return []
  const before = list.slice(0, index).filter((it) => it.bridge_id === bridge_id)
  const message = `The bridge "${bridge_id}" serves at most ${max_locks} locks of the model ${model}`
  return before.length < max_locks ? [] : [{ path: ['bridge_id'], message }]
}

const problemsOfProfile = ({ model = '', profile }: Unnamed): Problem[] => {
  const ofModel = profileOf(model)
  if (ofModel === undefined || profile === undefined) return []
  return problemsOfOverrides(ofModel, profile).map(({ path, message }) => ({
    path: ['profile', ...path],
    message,
  }))
}

/** What is wrong with a simulated lock. */
export const problemsOfLock = (lock: Unnamed, place: Place<Unnamed>): Problem[] => [
  ...problemsOfProfile(lock),
  ...problemsOfMemory(lock),
  ...problemsOfBridge(lock, place),
]
