/** Which PINs a lock takes (`properties.code_constraints`, and what is on it already). */
import type { AccessCode } from '../../../db/tables/access-codes.ts'
import { domainError } from '../../kernel/errors.ts'
import { toIso } from '../../kernel/instant.ts'
import type { World } from '../../kernel/world.ts'
import type { LockView } from '../../locks/lock-view.ts'
import type { CodeConstraint } from '../../locks/profile.ts'
import { checks } from './pin-rules.ts'
import type { PinConstraint, PinContext, TakenPins } from './pin-rules.ts'
import { refuse } from './request.ts'
import type { RuleProblem } from './request.ts'
import { and, eq, isNotNull, ne, inTable, is, startsWith, where } from '../../../db/conditions.ts'
import { access_codes } from '../../../db/tables/access-codes.ts'
import { devices } from '../../../db/tables/devices.ts'

const othersBeginning = where(access_codes, ['device_id', 'code', 'access_code_id'], (c, its) =>
  and(
    eq(c.device_id, its.device_id),
    startsWith(c.code, its.code),
    ne(c.access_code_id, its.access_code_id),
  ),
)
const withPin = where(access_codes, ['device_id'], (c, its) =>
  and(eq(c.device_id, its.device_id), isNotNull(c.code)),
)
const anyPin = where(access_codes, [], (c) => isNotNull(c.code))
const onDevices = inTable(access_codes.device_id, devices.device_id)
const ofAccount = is(devices.connected_account_id)

export interface PinRules {
  /** `supported_code_lengths`; empty when the lock names none, then 4 to 12 digits are taken. */
  lengths: readonly number[]
  constraints: readonly CodeConstraint[]
  /** The other PINs on that lock. */
  taken: TakenPins
  /** PINs in use in the provider account, for `pin_code_matches_existing_set`. */
  account_pins?: Iterable<string>
  /**
   * Seam's guide lets `no_triple_consecutive_ints` pass three in a row and refuses four; its name
   * says three. Three are refused unless this is set.
   */
  lenient_triples?: boolean
  /**
   * `unique_first_four_digits`: Schlage wants the first four digits of every code on a lock to be
   * unlike any other code's; Seam's guide words it as four digits that all differ from each other.
   */
  first_four?: 'unlike_other_codes' | 'all_different'
}

/** Everything that is wrong with a PIN; empty when it is fine. An equal PIN is only `duplicate`. */
export function validatePin(
  code: string,
  rules: PinRules,
  chosen_by: 'caller' | 'provider' = 'caller',
): RuleProblem[] {
  if (chosen_by === 'caller' && hasRule(rules, 'cannot_specify_pin_code')) {
    return [
      {
        rule: 'cannot_specify_pin_code',
        message: `Constraint cannot_specify_pin_code: code "${code}" was given, but this lock's provider chooses the PIN; leave code out.`,
      },
    ]
  }
  if (!/^\d+$/.test(code)) {
    return [
      {
        rule: 'digits',
        message: `code "${code}" must consist of the digits 0 to 9 and nothing else.`,
      },
    ]
  }
  const problems: RuleProblem[] = []
  const lengths = lengthsOf(rules)
  if (!lengths.includes(code.length)) {
    problems.push({
      rule: 'length',
      message: `code "${code}" has ${code.length} digits; this lock takes ${oneOf(lengths)}.`,
    })
  }
  const context = contextOf(rules)
  for (const type of pinConstraints(rules)) {
    const expected = checks[type](code, context)
    if (expected === null) continue
    problems.push({
      rule: type,
      message: `Constraint ${type}: code "${code}" was given, but it must ${expected}.`,
    })
  }
  if (context.taken.has(code)) {
    problems.push({
      rule: 'duplicate',
      message: `code "${code}" is already on this lock; every code on a lock must be different.`,
    })
  }
  return problems
}

export const anyLength: readonly number[] = [4, 5, 6, 7, 8, 9, 10, 11, 12]

export const lengthsOf = (rules: Pick<PinRules, 'lengths'>): readonly number[] =>
  rules.lengths.length > 0 ? rules.lengths : anyLength

export const hasRule = (rules: PinRules, type: CodeConstraint['constraint_type']) =>
  rules.constraints.some((it) => it.constraint_type === type)

const isPinConstraint = (type: string): type is PinConstraint => Object.hasOwn(checks, type)

export const pinConstraints = (rules: PinRules): PinConstraint[] => [
  ...new Set(rules.constraints.map((it) => it.constraint_type).filter(isPinConstraint)),
]

export function contextOf(rules: PinRules): PinContext {
  return {
    taken: rules.taken,
    account_pins: new Set(rules.account_pins),
    run: rules.lenient_triples === true ? 4 : 3,
    first_four: rules.first_four ?? 'unlike_other_codes',
  }
}

const oneOf = (lengths: readonly number[]) =>
  lengths.length === 1 ? `${lengths[0]}` : `one of ${lengths.join(', ')}`

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i)

/** The PIN lengths of this lock: its model's, unless others were reported for it. */
export const codeLengthsOf = (view: LockView): number[] => {
  const reported = view.lock.reported_code_lengths
  if (reported?.supported_code_lengths !== undefined) return reported.supported_code_lengths
  if (reported?.min_code_length !== undefined && reported.max_code_length !== undefined) {
    return range(reported.min_code_length, reported.max_code_length)
  }
  return view.profile.code_lengths
}

/** The PINs on this lock, but for the code `except`; asked for one by one. */
const takenOnLock = (world: World, device_id: string, except: string): TakenPins => ({
  has: (pin) =>
    world.access_codes
      .matching(device_id, pin)
      .some(({ access_code_id }) => access_code_id !== except),
  // Three digits are no first four yet: a PIN that is being drawn digit by digit is asked about as well.
  hasFirstFour: (head) =>
    head.length === 4 &&
    world.access_codes.has(othersBeginning({ device_id, code: head, access_code_id: except })),
  count: () => world.access_codes.count(withPin({ device_id })),
})

/** PINs in use anywhere in the provider account. */
const pinsOfAccount = (world: World, view: LockView): string[] =>
  world.access_codes
    .all([onDevices(ofAccount(view.account.connected_account_id)), anyPin()])
    .flatMap((code) => code.code ?? [])

/** The rules for a PIN on this lock. */
export const pinRulesOf = (world: World, view: LockView, except = ''): PinRules => ({
  lengths: codeLengthsOf(view),
  constraints: view.profile.code_constraints,
  taken: takenOnLock(world, view.device.device_id, except),
  ...(view.profile.code_constraints.some(
    (it) => it.constraint_type === 'pin_code_matches_existing_set',
  ) && {
    account_pins: pinsOfAccount(world, view),
  }),
})

/** Refuses a PIN that the lock would not take; a PIN in use is left to the duplicate check. */
export const checkPin = (world: World, view: LockView, code: string, except?: string): void =>
  refuse(
    'code',
    validatePin(code, pinRulesOf(world, view, except)).filter(
      (problem) => problem.rule !== 'duplicate',
    ),
  )

const isTaken = (
  world: World,
  device_id: string,
  code: string,
  except?: string,
): AccessCode | undefined =>
  world.access_codes
    .matching(device_id, code)
    .find(({ is_managed, access_code_id }) => is_managed && access_code_id !== except)

/**
 * The PIN is free when the lock has forgotten it, not when somebody asks for that: until then
 * whoever knows it gets in, and the lock would refuse it to the new code.
 */
const wayOut = (other: AccessCode, now: number): string => {
  const isLeaving =
    other.deletion_requested_at !== null || (other.ends_at !== null && now >= other.ends_at)
  if (!isLeaving) return 'Choose another code, or delete that one.'
  const due_at = other.effort?.in_flight?.due_at
  const when =
    due_at === undefined
      ? 'it stays on the lock until that can be reached and confirms its removal'
      : `the lock's answer is due at ${toIso(due_at)}`
  return `That one is being removed: ${when}. Wait for its access_code.deleted event, or choose another code.`
}

/** The same PIN twice on one lock is refused, also where the windows do not meet (Seam public tracker, issue 12). */
export const refuseDuplicate = (
  world: World,
  device_id: string,
  code: string,
  except?: string,
): void => {
  const other = isTaken(world, device_id, code, except)
  if (other === undefined) return
  throw domainError(
    'duplicate_access_code',
    `The device already has an access code with this PIN (${other.access_code_id}). ${wayOut(other, world.now)}`,
    { data: { access_code_id: other.access_code_id } },
  )
}
