/** PINs that are made here: for a code that names none, for several locks at once, by a provider. */
import type { AccessCode } from '../../db/tables/access-codes.ts'
import { recordEvent } from '../events/record.ts'
import { domainError, invalidInput } from '../kernel/errors.ts'
import { triangular } from '../kernel/random.ts'
import type { World } from '../kernel/world.ts'
import { noteOfflineCode } from '../locks/door-history.ts'
import type { LockView } from '../locks/lock-view.ts'
import { newEffort } from './attempt.ts'
import { retryAt } from '../kernel/retries.ts'
import {
  anyLength,
  contextOf,
  hasRule,
  lengthsOf,
  pinConstraints,
  pinRulesOf,
} from './checks/pin.ts'
import type { PinRules } from './checks/pin.ts'
import { checks, mayStartWith } from './checks/pin-rules.ts'
import type { PinConstraint, PinContext } from './checks/pin-rules.ts'
import { is } from '../../db/conditions.ts'
import { access_codes } from '../../db/tables/access-codes.ts'

const withKey = is(access_codes.common_code_key)

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
  if (lengths.length === 0 || all.some((rules) => hasRule(rules, 'cannot_specify_pin_code')))
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

/** A new array in random order (Fisher and Yates). */
function shuffled<T>(items: readonly T[], draw: () => number): T[] {
  const rest = [...items]
  const order: T[] = []
  for (let left = rest.length; left > 0; left--) {
    const at = draw() % left
    const chosen = rest[at]
    if (chosen !== undefined) order.push(chosen)
    // What stands behind it moves up, within the same array.
    rest.copyWithin(at, at + 1, left)
  }
  return order
}

/** Draws of the code's own stream, so that a PIN depends on its lock and ordinal only. */
const drawsOf = (world: World, device_id: string, ordinal: number): (() => number) => {
  const stream = world.random.stream(`pin ${device_id}`)
  let position = ordinal * 0x1_0000
  return () => stream.at(position++)
}

/** A PIN that the lock takes, for the code with this ordinal, or why there is none. */
export const proposePin = (
  world: World,
  view: LockView,
  ordinal: number,
  preferred_code_length?: number,
): GeneratedPin =>
  generatePin(
    pinRulesOf(world, view),
    drawsOf(world, view.device.device_id, ordinal),
    preferred_code_length,
  )

/** The same where there must be one. @throws invalid_input when there is none left. */
export const chooseCode = (
  world: World,
  view: LockView,
  ordinal: number,
  preferred_code_length?: number,
): string => {
  const pin = proposePin(world, view, ordinal, preferred_code_length)
  if (pin.ok) return pin.code
  throw invalidInput('code', pin.message)
}

/** `/access_codes/generate_code`: a PIN that would do; nothing is stored. */
export const suggestCode = (world: World, view: LockView): string => {
  if (!view.profile.capabilities.program_online_access_codes) {
    throw domainError(
      'device_type_not_supported',
      `${view.profile.display_name} locks take no access codes.`,
    )
  }
  return chooseCode(
    world,
    view,
    world.random.next(`generated pin ${view.device.device_id}`) + 0x8000,
  )
}

/** A PIN that the provider picks: by the lock's rules, and with the length of its offline codes. */
const pickPin = (
  world: World,
  view: LockView,
  code: { ordinal: number; is_offline: boolean },
): GeneratedPin => {
  const length = code.is_offline ? view.profile.offline_codes?.code_length : undefined
  const rules = pinRulesOf(world, view)
  return generatePin(
    length === undefined
      ? { ...rules, constraints: [] }
      : { ...rules, lengths: [length], constraints: [] },
    drawsOf(world, view.device.device_id, code.ordinal),
  )
}

/** With a common key, later codes of the same key take over the PIN of the first. */
export const pinOfCommonKey = (
  world: World,
  common_code_key: string | undefined,
): string | undefined =>
  common_code_key === undefined
    ? undefined
    : (world.access_codes.first(withKey(common_code_key), { limit: 1 })?.code ?? undefined)

/** When the provider will tell the PIN of the code with this ordinal, ms. */
export const pinAssignedAt = (world: World, view: LockView, ordinal: number): number => {
  const { pin_assignment_latency } = view.profile
  const u = world.random.stream(`pin assignment ${view.device.device_id}`).fraction(ordinal)
  return world.now + triangular(u, pin_assignment_latency ?? cloudLatency)
}

/** A provider's cloud computes an offline code in seconds; assumed. */
const cloudLatency = { min: 500, typical: 2_000, max: 5_000 }

const earlier = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b)

/** The provider has no PIN left for the code, and is asked again: later, or when one is free. */
const failedForWantOfPin = (
  world: World,
  { effort }: AccessCode,
  message: string,
): Partial<AccessCode> => {
  const known = effort ?? newEffort('set', world.now)
  const attempts = known.attempts + 1
  const error = { error_code: 'provider_issue', message, is_definite: true, at: world.now }
  const retry_at = retryAt(world.settings, attempts, world.now)
  return { effort: { ...known, attempts, retry_at, error } }
}

/** The provider tells the PIN that it chose, or that none is left. */
export const assignPin = (world: World, code: AccessCode, view: LockView): Partial<AccessCode> => {
  const picked = pickPin(world, view, code)
  if (!picked.ok) return failedForWantOfPin(world, code, picked.message)
  const pin = picked.code
  recordEvent(world, 'access_code.changed', {
    device_id: code.device_id,
    access_code_id: code.access_code_id,
    change_reason: 'PIN assigned by the provider',
    changed_properties: [{ property: 'code', from: null, to: pin }],
  })
  if (code.is_offline) {
    noteOfflineCode(world, {
      ...code,
      code: pin,
      ends_at: earlier(code.ends_at, code.offline_issue?.must_be_used_by ?? null),
    })
  }
  return { code: pin, in_effect: { ...code.in_effect, code: pin }, effort: null }
}
