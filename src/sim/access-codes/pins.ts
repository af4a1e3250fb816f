/** PINs and names for a lock in the world: the rules of `constraints.ts` with what is on the lock. */
import { domainError, invalidInput } from '../errors.ts'
import type { LockFacts } from '../devices/facts.ts'
import type { World } from '../world.ts'
import { generatePin, validateName, validatePin, validateStart } from './constraints.ts'
import type { GeneratedPin, PinRules, RuleProblem, TakenPins } from './constraints.ts'

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i)

/** The PIN lengths of this lock: its model's, unless others were reported for it. */
export const codeLengthsOf = (facts: LockFacts): number[] => {
  const reported = facts.device.reported_code_lengths
  if (reported?.supported_code_lengths !== undefined) return reported.supported_code_lengths
  if (reported?.min_code_length !== undefined && reported.max_code_length !== undefined) {
    return range(reported.min_code_length, reported.max_code_length)
  }
  return facts.profile.code_lengths
}

/** The PINs on this lock, but for the code `except`; asked for one by one. */
const takenOnLock = (world: World, device_id: string, except: string): TakenPins => ({
  has: (pin) =>
    world.access_codes
      .matching(device_id, pin)
      .some(({ access_code_id }) => access_code_id !== except),
  hasFirstFour: (head) =>
    world.access_codes.first('device_id = ? and code >= ? and code < ? and access_code_id <> ?', [
      device_id,
      head,
      `${head}~`,
      except,
    ]) !== undefined,
  count: () => world.access_codes.count('device_id = ? and code is not null', [device_id]),
})

/** PINs in use anywhere in the provider account. */
const pinsOfAccount = (world: World, facts: LockFacts): string[] =>
  world.access_codes
    .all(
      'device_id in (select device_id from devices d where d.workspace_id = access_codes.workspace_id and d.connected_account_id = ?) and code is not null',
      [facts.account.connected_account_id],
    )
    .flatMap((code) => code.code ?? [])

/** The rules for a PIN on this lock. */
export const pinRulesOf = (world: World, facts: LockFacts, except = ''): PinRules => ({
  lengths: codeLengthsOf(facts),
  constraints: facts.profile.code_constraints,
  taken: takenOnLock(world, facts.device.device_id, except),
  ...(facts.profile.code_constraints.some(
    (it) => it.constraint_type === 'pin_code_matches_existing_set',
  ) && {
    account_pins: pinsOfAccount(world, facts),
  }),
})

const refuse = (param: string, problems: RuleProblem[]): void => {
  const [first] = problems
  if (first !== undefined)
    throw invalidInput(param, problems.map((problem) => problem.message).join(' '))
}

/** Refuses a PIN that the lock would not take; a PIN in use is left to the duplicate check. */
export const checkPin = (world: World, facts: LockFacts, code: string, except?: string): void =>
  refuse(
    'code',
    validatePin(code, pinRulesOf(world, facts, except)).filter(
      (problem) => problem.rule !== 'duplicate',
    ),
  )

export const checkName = (
  world: World,
  facts: LockFacts,
  name: string | undefined,
  except = '',
): void => {
  if (name === undefined || facts.profile.code_constraints.length === 0) return
  const others = world.access_codes
    .all('device_id = ? and name = ? and access_code_id <> ?', [
      facts.device.device_id,
      name,
      except,
    ])
    .flatMap((code) => code.name ?? [])
  refuse('name', validateName(name, facts.profile.code_constraints, others))
}

export const checkStart = (facts: LockFacts, starts_at: number | undefined, now: number): void =>
  refuse('starts_at', validateStart(starts_at ?? null, now, facts.profile.code_constraints))

/** Draws of the code's own stream, so that a PIN depends on its lock and ordinal only. */
const drawsOf = (world: World, device_id: string, ordinal: number): (() => number) => {
  const stream = world.random.stream(`pin ${device_id}`)
  let position = ordinal * 0x1_0000
  return () => stream.at(position++)
}

/** A PIN that the lock takes, for the code with this ordinal, or why there is none. */
export const proposePin = (
  world: World,
  facts: LockFacts,
  ordinal: number,
  preferred_code_length?: number,
): GeneratedPin =>
  generatePin(
    pinRulesOf(world, facts),
    drawsOf(world, facts.device.device_id, ordinal),
    preferred_code_length,
  )

/** The same where there must be one. @throws invalid_input when there is none left. */
export const chooseCode = (
  world: World,
  facts: LockFacts,
  ordinal: number,
  preferred_code_length?: number,
): string => {
  const pin = proposePin(world, facts, ordinal, preferred_code_length)
  if (pin.ok) return pin.code
  throw invalidInput('code', pin.message)
}

/** `/access_codes/generate_code`: a PIN that would do; nothing is stored. */
export const suggestCode = (world: World, facts: LockFacts): string => {
  if (!facts.profile.capabilities.program_online_access_codes) {
    throw domainError(
      'device_type_not_supported',
      `${facts.profile.display_name} locks take no access codes.`,
    )
  }
  return chooseCode(
    world,
    facts,
    world.random.next(`generated pin ${facts.device.device_id}`) + 0x8000,
  )
}

/** A PIN that the provider picks: by the lock's rules, and with the length of its offline codes. */
export const generateCodeFor = (
  world: World,
  facts: LockFacts,
  code: { ordinal: number; is_offline: boolean },
): string => {
  const length = code.is_offline ? facts.profile.offline_codes?.code_length : undefined
  const rules = pinRulesOf(world, facts)
  const pin = generatePin(
    length === undefined
      ? { ...rules, constraints: [] }
      : { ...rules, lengths: [length], constraints: [] },
    drawsOf(world, facts.device.device_id, code.ordinal),
  )
  if (pin.ok) return pin.code
  throw invalidInput('code', pin.message)
}
