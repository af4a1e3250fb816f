/** PINs and names for a lock in the world: the rules of `constraints.ts` with what is on the lock. */
import { domainError, invalidInput } from '../kernel/errors.ts'
import type { LockView } from '../locks/lock-view.ts'
import type { World } from '../kernel/world.ts'
import { generatePin, validateName, validatePin, validateStart } from './constraints.ts'
import type { GeneratedPin, PinRules, RuleProblem, TakenPins } from './constraints.ts'

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i)

/** The PIN lengths of this lock: its model's, unless others were reported for it. */
export const codeLengthsOf = (view: LockView): number[] => {
  const reported = view.device.reported_code_lengths
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
const pinsOfAccount = (world: World, view: LockView): string[] =>
  world.access_codes
    .all(
      'device_id in (select device_id from devices d where d.workspace_id = access_codes.workspace_id and d.connected_account_id = ?) and code is not null',
      [view.account.connected_account_id],
    )
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

const refuse = (param: string, problems: RuleProblem[]): void => {
  const [first] = problems
  if (first !== undefined)
    throw invalidInput(param, problems.map((problem) => problem.message).join(' '))
}

/** Refuses a PIN that the lock would not take; a PIN in use is left to the duplicate check. */
export const checkPin = (world: World, view: LockView, code: string, except?: string): void =>
  refuse(
    'code',
    validatePin(code, pinRulesOf(world, view, except)).filter(
      (problem) => problem.rule !== 'duplicate',
    ),
  )

export const checkName = (
  world: World,
  view: LockView,
  name: string | undefined,
  except = '',
): void => {
  if (name === undefined || view.profile.code_constraints.length === 0) return
  const others = world.access_codes
    .all('device_id = ? and name = ? and access_code_id <> ?', [
      view.device.device_id,
      name,
      except,
    ])
    .flatMap((code) => code.name ?? [])
  refuse('name', validateName(name, view.profile.code_constraints, others))
}

export const checkStart = (view: LockView, starts_at: number | undefined, now: number): void =>
  refuse('starts_at', validateStart(starts_at ?? null, now, view.profile.code_constraints))

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
export const generateCodeFor = (
  world: World,
  view: LockView,
  code: { ordinal: number; is_offline: boolean },
): string => {
  const length = code.is_offline ? view.profile.offline_codes?.code_length : undefined
  const rules = pinRulesOf(world, view)
  const pin = generatePin(
    length === undefined
      ? { ...rules, constraints: [] }
      : { ...rules, lengths: [length], constraints: [] },
    drawsOf(world, view.device.device_id, code.ordinal),
  )
  if (pin.ok) return pin.code
  throw invalidInput('code', pin.message)
}
