/** The single rules for PINs, one small function each, and which of them can be told early. */
import type { CodeConstraint } from '../../locks/profile.ts'

/** The PINs on a lock as questions, so that a lock with many codes need not list them. */
export interface TakenPins {
  has(pin: string): boolean
  hasFirstFour(head: string): boolean
  count(): number
}

/** A list of PINs as questions. */
export function takenPins(pins: Iterable<string>): TakenPins {
  const all = new Set(pins)
  const heads = new Set([...all].map((pin) => pin.slice(0, 4)))
  return {
    has: (pin) => all.has(pin),
    hasFirstFour: (head) => heads.has(head),
    count: () => all.size,
  }
}

/** The constraints that a PIN by itself can break. */
export type PinConstraint = Exclude<
  CodeConstraint['constraint_type'],
  'cannot_specify_pin_code' | 'start_date_in_future' | 'name_length' | 'name_must_be_unique'
>

export interface PinContext {
  taken: TakenPins
  account_pins: ReadonlySet<string>
  /** So many equal or consecutive digits in a row are too many: 3, or 4 when lenient. */
  run: number
  first_four: 'unlike_other_codes' | 'all_different'
}

/** What the PIN must do to keep the rule, to go after "it must "; null when it keeps it. */
type Check = (code: string, context: PinContext) => string | null

export const checks: Record<PinConstraint, Check> = {
  no_zeros: (code) => (/0/.test(code) ? 'use only the digits 1 to 9' : null),
  cannot_contain_089: (code) => (/[089]/.test(code) ? 'use only the digits 1 to 7' : null),
  cannot_contain_0789: (code) => (/[0789]/.test(code) ? 'use only the digits 1 to 6' : null),
  cannot_start_with_12: (code) => (code.startsWith('12') ? 'not start with 12' : null),
  no_triple_consecutive_ints: (code, { run }) =>
    longestRun(code) >= run
      ? `not have ${run} digits in a row that are equal or consecutive, such as 111, 123 or 321`
      : null,
  no_ascending_or_descending_sequence: (code) =>
    isSequence(code, 1) || isSequence(code, -1)
      ? 'not be one ascending or descending sequence, such as 12345 or 54321'
      : null,
  no_all_same_digits: (code) =>
    code.length > 1 && distinct(code) === 1 ? 'not repeat one digit throughout' : null,
  at_least_three_unique_digits: (code) =>
    distinct(code) < 3 ? 'contain at least three different digits' : null,
  unique_first_four_digits: (code, { first_four, taken }) => {
    const head = code.slice(0, 4)
    if (first_four === 'all_different') {
      return distinct(head) < head.length ? 'start with four different digits' : null
    }
    return taken.hasFirstFour(head) && !taken.has(code)
      ? `not start with ${head}, because another code on this lock does; the first four digits must be unlike any other code's`
      : null
  },
  pin_code_matches_existing_set: (code, { account_pins }) =>
    account_pins.has(code) ? null : 'be one of the PINs that are already in use in this account',
}

/** Rules that no further digit can mend, so that a beginning which breaks one is a dead end. */
const beyondRepair: ReadonlySet<PinConstraint> = new Set([
  'no_zeros',
  'cannot_contain_089',
  'cannot_contain_0789',
  'cannot_start_with_12',
  'no_triple_consecutive_ints',
  'unique_first_four_digits',
])

/** Whether a PIN of `length` digits that keeps the rules may still start with `head`. */
export function mayStartWith(
  head: string,
  length: number,
  types: readonly PinConstraint[],
  context: PinContext,
): boolean {
  return types.every((type) => {
    if (type === 'at_least_three_unique_digits') return distinct(head) + length - head.length >= 3
    return !beyondRepair.has(type) || checks[type](head, context) === null
  })
}

const distinct = (code: string) => new Set(code).size

/** The longest stretch in which every digit follows the one before by the same step of 0, 1 or −1. */
function longestRun(code: string): number {
  let longest = Math.min(code.length, 1)
  for (const step of [0, 1, -1]) {
    let run = 1
    for (let index = 1; index < code.length; index += 1) {
      run = Number(code[index]) - Number(code[index - 1]) === step ? run + 1 : 1
      longest = Math.max(longest, run)
    }
  }
  return longest
}

function isSequence(code: string, step: 1 | -1): boolean {
  if (code.length < 2) return false
  for (let index = 1; index < code.length; index += 1) {
    if (Number(code[index]) - Number(code[index - 1]) !== step) return false
  }
  return true
}
