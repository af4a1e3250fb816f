import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { validateName } from '../../../src/sim/access-codes/checks/name.ts'
import { validatePin, type PinRules } from '../../../src/sim/access-codes/checks/pin.ts'
import { takenPins, type PinConstraint } from '../../../src/sim/access-codes/checks/pin-rules.ts'
import { validateStart } from '../../../src/sim/access-codes/checks/window.ts'
import { generatePin, sharedPinRules } from '../../../src/sim/access-codes/pins.ts'
import { nameOnLock } from '../../../src/sim/locks/memory-bank.ts'
import { lockProfiles } from '../../../src/sim/locks/models/index.ts'

const rules = (part: Partial<PinRules> = {}): PinRules => ({
  lengths: [4, 5, 6, 7, 8],
  constraints: [],
  taken: takenPins([]),
  ...part,
})
const only = (constraint_type: PinConstraint, part: Partial<PinRules> = {}) =>
  rules({ ...part, constraints: [{ constraint_type }] })
const broken = (code: string, it: PinRules) => validatePin(code, it).map(({ rule }) => rule)

/** 32-bit draws from a seed (mulberry32), as a workspace's named stream would give. */
function draws(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return (t ^ (t >>> 14)) >>> 0
  }
}

describe('a PIN under one constraint', () => {
  const table: [PinConstraint, { takes: string[]; refuses: string[] }, Partial<PinRules>?][] = [
    ['no_zeros', { takes: ['1234', '9999'], refuses: ['0123', '1203', '1230'] }],
    ['cannot_start_with_12', { takes: ['1345', '2112', '2134'], refuses: ['1200', '1234'] }],
    [
      'no_triple_consecutive_ints',
      {
        takes: ['1212', '1124', '1133', '1357', '8901', '122446'],
        refuses: ['1112', '2111', '1239', '9321', '4567', '9876', '0123'],
      },
    ],
    [
      'no_triple_consecutive_ints',
      { takes: ['1112', '1239', '9321'], refuses: ['1111', '1234', '4321', '91234'] },
      { lenient_triples: true },
    ],
    [
      'no_ascending_or_descending_sequence',
      {
        takes: ['1235', '1243', '1111', '8901', '13579'],
        refuses: ['1234', '56789', '4321', '3210'],
      },
    ],
    [
      'at_least_three_unique_digits',
      { takes: ['1123', '1234', '10203'], refuses: ['1122', '1111', '12121'] },
    ],
    ['cannot_contain_089', { takes: ['1234', '7777'], refuses: ['1230', '8123', '1923'] }],
    ['cannot_contain_0789', { takes: ['1234', '6666'], refuses: ['1230', '1237', '8123', '9123'] }],
    ['no_all_same_digits', { takes: ['1112', '2111'], refuses: ['1111', '000000'] }],
    [
      'unique_first_four_digits',
      { takes: ['1235', '123', '5123'], refuses: ['123456', '12340'] },
      { taken: takenPins(['12349', '9999']), lengths: [3, 4, 5, 6] },
    ],
    [
      'unique_first_four_digits',
      { takes: ['1234', '123411'], refuses: ['1123', '1231', '112345'] },
      { first_four: 'all_different' },
    ],
    [
      'pin_code_matches_existing_set',
      { takes: ['1111', '2222'], refuses: ['3333', '11111'] },
      { account_pins: ['1111', '2222'] },
    ],
  ]
  describe.each(table)('%s', (type, { takes, refuses }, part = {}) => {
    test.each(takes)('%s is accepted', (code) => {
      expect(broken(code, only(type, part))).toEqual([])
    })
    test.each(refuses)('%s is refused', (code) => {
      expect(broken(code, only(type, part))).toEqual([type])
      expect(broken(code, rules(part))).toEqual([])
    })
    test('is named in the message, with what was given', () => {
      for (const code of refuses) {
        const [problem] = validatePin(code, only(type, part))
        expect(problem?.message).toContain(type)
        expect(problem?.message).toContain(`"${code}"`)
        expect(problem?.message).toContain('must ')
      }
    })
  })
})

describe('a PIN', () => {
  test('may have only the lengths that the lock supports', () => {
    expect(broken('123', rules())).toEqual(['length'])
    expect(broken('123456789', rules())).toEqual(['length'])
    expect(validatePin('12345', rules({ lengths: [4, 6] }))[0]?.message).toBe(
      'code "12345" has 5 digits; this lock takes one of 4, 6.',
    )
  })

  test('has 4 to 12 digits where the lock names no lengths', () => {
    expect(broken('123456789012', rules({ lengths: [] }))).toEqual([])
    expect(broken('123', rules({ lengths: [] }))).toEqual(['length'])
  })

  test.each(['', '12a4', '12 4', '-123', '１２３４', '12.4'])('of "%s" is no PIN', (code) => {
    expect(broken(code, only('no_zeros'))).toEqual(['digits'])
  })

  test('that is on the lock already is a duplicate and nothing else', () => {
    expect(
      broken('1234', only('unique_first_four_digits', { taken: takenPins(['1234']) })),
    ).toEqual(['duplicate'])
  })

  test('may not be given where the provider chooses it, but the provider may', () => {
    const salto = rules({ constraints: [{ constraint_type: 'cannot_specify_pin_code' }] })
    expect(broken('1234', salto)).toEqual(['cannot_specify_pin_code'])
    expect(validatePin('1234', salto, 'provider')).toEqual([])
  })

  test('is told of everything that is wrong with it at once', () => {
    const nuki = lockProfiles.nuki
    const found = broken('1200', rules({ lengths: [6], constraints: nuki?.code_constraints ?? [] }))
    expect(found.toSorted()).toEqual(['cannot_start_with_12', 'length', 'no_zeros'])
  })
})

describe('a name', () => {
  const kwikset = lockProfiles.kwikset?.code_constraints ?? []

  test('that is too short is refused', () => {
    expect(validateName('A', kwikset, [])).toMatchObject([{ rule: 'name_length' }])
    expect(validateName('Al', kwikset, [])).toEqual([])
  })

  test('that is too long is taken, and cut on the lock', () => {
    const long = 'A guest with a long name'
    expect(validateName(long, kwikset, [])).toEqual([])
    expect(nameOnLock(long, { max_name_length_on_lock: 14, code_constraints: [] })).toBe(
      'A guest with a',
    )
    expect(nameOnLock(long, { max_name_length_on_lock: null, code_constraints: [] })).toBe(long)
  })

  test('must be new where names must be unique', () => {
    const unique = [{ constraint_type: 'name_must_be_unique' as const }]
    expect(validateName('Bob', unique, ['Bob'])).toMatchObject([{ rule: 'name_must_be_unique' }])
    expect(validateName('Bob', unique, ['bob'])).toEqual([])
    expect(validateName('Bob', [], ['Bob'])).toEqual([])
  })
})

test('a start must lie in the future only where the lock wants it so', () => {
  const future = [{ constraint_type: 'start_date_in_future' as const }]
  expect(validateStart(100, 100, future)).toMatchObject([{ rule: 'start_date_in_future' }])
  expect(validateStart(101, 100, future)).toEqual([])
  expect(validateStart(null, 100, future)).toEqual([])
  expect(validateStart(1, 100, [])).toEqual([])
})

const constraintSet = fc.subarray<PinConstraint>([
  'no_zeros',
  'cannot_start_with_12',
  'no_triple_consecutive_ints',
  'no_ascending_or_descending_sequence',
  'at_least_three_unique_digits',
  'cannot_contain_089',
  'cannot_contain_0789',
  'unique_first_four_digits',
  'no_all_same_digits',
])
const pins = fc.integer({ min: 0, max: 9_999 }).map((pin) => String(pin).padStart(4, '0'))
const anyRules = fc
  .record({
    types: constraintSet,
    lengths: fc.subarray([4, 5, 6, 7, 8, 9, 12], { minLength: 1 }),
    taken: fc.array(pins, { maxLength: 200 }).map((list) => takenPins(list)),
    lenient_triples: fc.boolean(),
    first_four: fc.constantFrom('unlike_other_codes' as const, 'all_different' as const),
  })
  .map(({ types, ...rest }) => ({
    ...rest,
    constraints: types.map((constraint_type) => ({ constraint_type })),
  }))

describe('a generated PIN', () => {
  test('always passes validation, for any rules', () => {
    fc.assert(
      fc.property(
        anyRules,
        fc.integer(),
        fc.integer({ min: 3, max: 13 }),
        (it, seed, preferred) => {
          const made = generatePin(it, draws(seed), preferred)
          // A 4-digit space with six digits and few others taken is never empty.
          expect(made.ok).toBe(true)
          if (!made.ok) return
          expect(validatePin(made.code, it)).toEqual([])
          const shortest = Math.min(...it.lengths)
          const length = it.lengths.includes(preferred) ? preferred : shortest
          expect(made.code).toHaveLength(length)
        },
      ),
    )
  })

  test('is the same for the same draws, and varies with them', () => {
    const make = (seed: number) => generatePin(rules({ lengths: [8] }), draws(seed))
    expect(make(7)).toEqual(make(7))
    const many = new Set(Array.from({ length: 50 }, (_, seed) => JSON.stringify(make(seed))))
    expect(many.size).toBeGreaterThan(45)
  })

  test.each(Object.values(lockProfiles).filter((it) => it.code_lengths.length > 0))(
    'suits $model, up to the last slot of the lock',
    (profile) => {
      const taken: string[] = []
      const draw = draws(1)
      const it = () => ({
        lengths: profile.code_lengths,
        constraints: profile.code_constraints,
        taken: takenPins(taken),
      })
      for (let slot = 0; slot < profile.memory_slots; slot += 1) {
        const made = generatePin(it(), draw)
        expect(made.ok).toBe(true)
        if (!made.ok) return
        expect(validatePin(made.code, it(), 'provider')).toEqual([])
        taken.push(made.code)
      }
    },
  )

  test.each<[string, PinConstraint[]]>([
    ['4711', []],
    ['1243', ['no_ascending_or_descending_sequence']],
    ['1112', ['no_all_same_digits']],
    ['1123', ['at_least_three_unique_digits']],
    ['1212', ['no_triple_consecutive_ints', 'no_zeros']],
  ])('finds %s when it is the only one left', (left, types) => {
    const all = Array.from({ length: 10_000 }, (_, pin) => String(pin).padStart(4, '0'))
    const taken = all.filter((pin) => pin !== left)
    const constraints = types.map((constraint_type) => ({ constraint_type }))
    const made = generatePin(
      rules({ lengths: [4], taken: takenPins(taken), constraints }),
      draws(3),
    )
    expect(made).toEqual({ ok: true, code: left })
  })

  test('that cannot exist is explained', () => {
    const taken = Array.from({ length: 10_000 }, (_, pin) => String(pin).padStart(4, '0'))
    expect(generatePin(rules({ lengths: [4], taken: takenPins(taken) }), draws(3))).toEqual({
      ok: false,
      message:
        'No 4-digit PIN can be generated: none is free on this lock, which holds 10000. Remove codes or ask for another length.',
    })
  })

  test('that cannot exist among a hundred million is found out without trying them all', () => {
    const taken = Array.from({ length: 10_000 }, (_, pin) => `${String(pin).padStart(4, '0')}9999`)
    const made = generatePin(
      only('unique_first_four_digits', { lengths: [8], taken: takenPins(taken) }),
      draws(3),
    )
    expect(made).toMatchObject({ ok: false })
    expect(!made.ok && made.message).toContain('unique_first_four_digits')
  })

  test('under rules that exclude each other is explained', () => {
    const it = only('no_triple_consecutive_ints', { lengths: [] })
    const impossible = {
      ...it,
      lengths: [1],
      constraints: [{ constraint_type: 'at_least_three_unique_digits' as const }],
    }
    expect(generatePin(impossible, draws(1))).toMatchObject({ ok: false })
  })

  test('comes out of the account where it must match one in use there', () => {
    const it = only('pin_code_matches_existing_set', {
      account_pins: ['1111', '22', '3333'],
      taken: takenPins(['1111']),
    })
    expect(generatePin(it, draws(1))).toEqual({ ok: true, code: '3333' })
    expect(generatePin({ ...it, taken: takenPins(['1111', '3333']) }, draws(1))).toMatchObject({
      ok: false,
    })
  })
})

describe('a PIN for several locks', () => {
  test('keeps the rules of all of them', () => {
    fc.assert(
      fc.property(fc.array(anyRules, { minLength: 1, maxLength: 4 }), fc.integer(), (all, seed) => {
        const first_four = 'unlike_other_codes'
        const locks = all.map((it) => ({ ...it, first_four }) as const)
        const shared = sharedPinRules(locks)
        const common = locks.reduce(
          (lengths, it) => lengths.filter((length) => it.lengths.includes(length)),
          [4, 5, 6, 7, 8, 9, 12],
        )
        expect(shared === null).toBe(common.length === 0)
        if (shared === null) return
        const made = generatePin(shared, draws(seed))
        if (made.ok) for (const it of locks) expect(validatePin(made.code, it)).toEqual([])
      }),
    )
  })

  test('does not exist when one of the providers chooses its own', () => {
    const salto = rules({ constraints: [{ constraint_type: 'cannot_specify_pin_code' }] })
    expect(sharedPinRules([rules(), salto])).toBeNull()
  })

  test('lies in every account that has a set of its own', () => {
    const a = only('pin_code_matches_existing_set', { account_pins: ['1111', '2222'] })
    const b = only('pin_code_matches_existing_set', { account_pins: ['2222', '3333'] })
    const shared = sharedPinRules([a, rules(), b])
    expect(shared && generatePin(shared, draws(1))).toEqual({ ok: true, code: '2222' })
  })
})
