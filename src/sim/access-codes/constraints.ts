/**
 * Which PINs and names a lock takes (`properties.code_constraints`), and a PIN that it does take.
 * Rule texts: Seam docs, understanding code constraints; @seamapi/types, code_constraints.
 */
import type { CodeConstraint } from '../locks/profile.ts'
import { checks, mayStartWith, type PinConstraint, type PinContext } from './pin-checks.ts'

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

export interface RuleProblem {
  /** What is broken: a `constraint_type`, or one of the basics. */
  rule: CodeConstraint['constraint_type'] | 'digits' | 'length' | 'duplicate'
  /** The constraint, what was given and what is expected. */
  message: string
}

/** Everything that is wrong with a PIN; empty when it is fine. An equal PIN is only `duplicate`. */
export function validatePin(
  code: string,
  rules: PinRules,
  chosen_by: 'caller' | 'provider' = 'caller',
): RuleProblem[] {
  if (chosen_by === 'caller' && has(rules, 'cannot_specify_pin_code')) {
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

/** What is wrong with a code's name. A name that is too long is cut on the lock, not refused. */
export function validateName(
  name: string,
  constraints: readonly CodeConstraint[],
  other_names: Iterable<string>,
): RuleProblem[] {
  const problems: RuleProblem[] = []
  for (const constraint of constraints) {
    if (constraint.constraint_type === 'name_length') {
      const least = constraint.min_length ?? 0
      if (name.length < least) {
        problems.push({
          rule: 'name_length',
          message: `Constraint name_length: name "${name}" has ${name.length} characters; this lock needs at least ${least}.`,
        })
      }
    }
    if (constraint.constraint_type === 'name_must_be_unique' && new Set(other_names).has(name)) {
      problems.push({
        rule: 'name_must_be_unique',
        message: `Constraint name_must_be_unique: another code on this lock is already named "${name}"; choose a different name.`,
      })
    }
  }
  return problems
}

/** The name as the lock keeps it; `max_length` as in the profile, null for no limit. */
export function nameOnLock(name: string, max_length: number | null): string {
  return max_length === null ? name : name.slice(0, max_length)
}

/** Whether a time-bound code may start at `starts_at` (ms) when asked for at `now`. */
export function validateStart(
  starts_at: number | null,
  now: number,
  constraints: readonly CodeConstraint[],
): RuleProblem[] {
  const future = constraints.some((it) => it.constraint_type === 'start_date_in_future')
  if (!future || starts_at === null || starts_at > now) return []
  return [
    {
      rule: 'start_date_in_future',
      message:
        'Constraint start_date_in_future: starts_at is not in the future; give this lock a start that is, best at least 15 minutes ahead.',
    },
  ]
}

/**
 * The rules of a PIN that several locks are to share, to generate it from; null when no PIN can
 * suit them all by its length, or because a provider chooses its own. A PIN that the caller gave is
 * validated lock by lock instead.
 */
export function sharedPinRules(all: readonly PinRules[]): PinRules | null {
  const lengths = all
    .map(lengthsOf)
    .reduce(
      (common, next) => common.filter((length) => next.includes(length)),
      all[0] === undefined ? anyLength : lengthsOf(all[0]),
    )
  if (lengths.length === 0 || all.some((rules) => has(rules, 'cannot_specify_pin_code')))
    return null
  const sets = all.flatMap(({ account_pins }) => (account_pins ? [new Set(account_pins)] : []))
  const [first, ...others] = sets
  return {
    lengths,
    constraints: all.flatMap((rules) => rules.constraints),
    taken: {
      has: (pin) => all.some((rules) => rules.taken.has(pin)),
      hasFirstFour: (head) => all.some((rules) => rules.taken.hasFirstFour(head)),
      count: () => all.reduce((sum, rules) => sum + rules.taken.count(), 0),
    },
    ...(first && { account_pins: [...first].filter((pin) => others.every((it) => it.has(pin))) }),
    lenient_triples: all.every((rules) => rules.lenient_triples === true),
    first_four: all.find((rules) => rules.first_four)?.first_four ?? 'unlike_other_codes',
  }
}

/** `preferred_code_length` if the lock takes it, else the shortest it takes (OpenAPI). */
export function generatedLength(rules: Pick<PinRules, 'lengths'>, preferred?: number): number {
  const lengths = lengthsOf(rules)
  return preferred !== undefined && lengths.includes(preferred) ? preferred : Math.min(...lengths)
}

export type GeneratedPin = { ok: true; code: string } | { ok: false; message: string }

/**
 * A PIN that keeps all rules and is not taken, or why there is none. `draw` gives 32 random bits at
 * a time; equal draws give equal PINs. Digits are laid one by one in random order and a beginning
 * that can lead nowhere is given up, so that the search is complete yet never walks the whole space.
 */
export function generatePin(
  rules: PinRules,
  draw: () => number,
  preferred_code_length?: number,
): GeneratedPin {
  const length = generatedLength(rules, preferred_code_length)
  const context = contextOf(rules)
  const types = pinConstraints(rules)
  const fits = (code: string) =>
    !context.taken.has(code) && types.every((type) => checks[type](code, context) === null)

  const extend = (head: string): string | null => {
    if (head.length === length) return fits(head) ? head : null
    for (const digit of shuffled(allDigits, draw)) {
      const longer = head + digit
      const code = mayStartWith(longer, length, types, context) ? extend(longer) : null
      if (code !== null) return code
    }
    return null
  }
  const code = types.includes('pin_code_matches_existing_set')
    ? (shuffled([...context.account_pins], draw).find(
        (pin) => lengthsOf(rules).includes(pin.length) && fits(pin),
      ) ?? null)
    : extend('')
  return code === null
    ? { ok: false, message: exhausted(length, types, context) }
    : { ok: true, code }
}

function exhausted(length: number, types: readonly PinConstraint[], context: PinContext): string {
  const among = types.length > 0 ? ` keeps ${types.join(', ')} and` : ''
  return types.includes('pin_code_matches_existing_set')
    ? `No PIN can be generated: of the ${context.account_pins.size} PINs in use in this account, none${among} is free on this lock, which holds ${context.taken.count()}.`
    : `No ${length}-digit PIN can be generated: none${among} is free on this lock, which holds ${context.taken.count()}. Remove codes or ask for another length.`
}

const allDigits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']

const anyLength: readonly number[] = [4, 5, 6, 7, 8, 9, 10, 11, 12]

const lengthsOf = (rules: Pick<PinRules, 'lengths'>): readonly number[] =>
  rules.lengths.length > 0 ? rules.lengths : anyLength

const has = (rules: PinRules, type: CodeConstraint['constraint_type']) =>
  rules.constraints.some((it) => it.constraint_type === type)

const isPinConstraint = (type: string): type is PinConstraint => Object.hasOwn(checks, type)

const pinConstraints = (rules: PinRules): PinConstraint[] => [
  ...new Set(rules.constraints.map((it) => it.constraint_type).filter(isPinConstraint)),
]

function contextOf(rules: PinRules): PinContext {
  return {
    taken: rules.taken,
    account_pins: new Set(rules.account_pins),
    run: rules.lenient_triples === true ? 4 : 3,
    first_four: rules.first_four ?? 'unlike_other_codes',
  }
}

/** A new array in random order (Fisher and Yates). */
function shuffled<T>(items: readonly T[], draw: () => number): T[] {
  const rest = [...items]
  const order: T[] = []
  while (rest.length > 0) order.push(...rest.splice(draw() % rest.length, 1))
  return order
}

const oneOf = (lengths: readonly number[]) =>
  lengths.length === 1 ? `${lengths[0]}` : `one of ${lengths.join(', ')}`
