/** What users, people at the door and bad luck do to access codes, as data. */
import {
  array,
  boolean,
  constant,
  constantFrom,
  integer,
  nat,
  oneof,
  option,
  record,
} from 'fast-check'
import type { Arbitrary } from 'fast-check'

/** A number stands for the thing at that place of a list, counted round and round. */
export type Command =
  | {
      do: 'create'
      lock: number
      pin: string
      window: [from: number, length: number] | null
      allowed: boolean
      native: boolean
      pool: boolean
    }
  | {
      do: 'update'
      code: number
      pin: string | null
      name: string | null
      window: [from: number, length: number] | 'ongoing' | null
    }
  | { do: 'delete'; code: number }
  | { do: 'release'; code: number }
  | { do: 'hand_create'; lock: number; pin: string }
  | { do: 'hand_update'; lock: number; slot: number; pin: string | null; name: string | null }
  | { do: 'hand_delete'; lock: number; slot: number }
  | { do: 'convert'; unmanaged: number; allowed: boolean }
  | { do: 'delete_unmanaged'; unmanaged: number }
  | { do: 'fault'; on: 'set' | 'update' | 'remove'; effect: Record<string, unknown>; times: number }
  | { do: 'pull'; code: number }
  | { do: 'unplug' }
  | { do: 'plug' }
  | { do: 'advance'; by: string }

const pin = constantFrom('1357', '2468', '1590', '7531', '8642', '40404')
const name = constantFrom('Ann', 'Bob', 'A very long name indeed')
/** Hours from the present, and hours long. */
const window: Arbitrary<[number, number]> = constantFrom<[number, number][]>(
  [0, 2],
  [1, 1],
  [3, 30],
  [80, 5],
  [-5, 8],
)
const lock = nat({ max: 2 })
const place = nat({ max: 7 })

const effect = oneof(
  constant({ kind: 'fail' }),
  constant({ kind: 'fail', error_code: 'provider_issue' }),
  constant({ kind: 'provider_unavailable' }),
  constant({ kind: 'never_confirm' }),
  constant({ kind: 'delay', by: '25m' }),
  constant({ kind: 'lose_later', after: '40m' }),
)

const command: Arbitrary<Command> = oneof(
  {
    weight: 5,
    arbitrary: record({
      do: constant('create' as const),
      lock,
      pin,
      window: option(window),
      allowed: boolean(),
      native: boolean(),
      pool: boolean(),
    }),
  },
  {
    weight: 5,
    arbitrary: record({
      do: constant('update' as const),
      code: place,
      pin: option(pin),
      name: option(name),
      window: oneof(constant(null), window, constant('ongoing' as const)),
    }),
  },
  { weight: 3, arbitrary: record({ do: constant('delete' as const), code: place }) },
  { weight: 1, arbitrary: record({ do: constant('release' as const), code: place }) },
  { weight: 1, arbitrary: record({ do: constant('hand_create' as const), lock, pin }) },
  {
    weight: 3,
    arbitrary: record({
      do: constant('hand_update' as const),
      lock,
      slot: place,
      pin: option(pin),
      name: option(name),
    }),
  },
  { weight: 2, arbitrary: record({ do: constant('hand_delete' as const), lock, slot: place }) },
  {
    weight: 2,
    arbitrary: record({ do: constant('convert' as const), unmanaged: place, allowed: boolean() }),
  },
  {
    weight: 1,
    arbitrary: record({ do: constant('delete_unmanaged' as const), unmanaged: place }),
  },
  {
    weight: 4,
    arbitrary: record({
      do: constant('fault' as const),
      on: constantFrom('set' as const, 'update' as const, 'remove' as const),
      effect,
      times: integer({ min: 1, max: 4 }),
    }),
  },
  { weight: 1, arbitrary: record({ do: constant('pull' as const), code: place }) },
  { weight: 2, arbitrary: constant<Command>({ do: 'unplug' }) },
  { weight: 3, arbitrary: constant<Command>({ do: 'plug' }) },
  {
    weight: 8,
    arbitrary: record({
      do: constant('advance' as const),
      by: constantFrom('2s', '1m', '12m', '45m', '3h', '30h', '80h'),
    }),
  },
)

export const commands: Arbitrary<Command[]> = array(command, {
  maxLength: 40,
  size: 'max',
})
