/** The access codes of a method: how they are made, changed and taken off their locks. */
import type { AccessCode } from '../../db/tables/access-codes.ts'
import type { AccessMethod, AccessWindow } from '../../db/tables/access-methods.ts'
import { bringForward } from '../access-codes/carry-out.ts'
import { declareAccessCode, declareForm } from '../access-codes/declare.ts'
import { validateName } from '../access-codes/checks/name.ts'
import { pinRulesOf, validatePin } from '../access-codes/checks/pin.ts'
import { planOfflineCode } from '../access-codes/offline/plan.ts'
import { chooseCode, pinAssignedAt } from '../access-codes/pins.ts'
import { takeOff } from '../access-codes/removal.ts'
import { nextOrdinal } from '../access-codes/rows.ts'
import { is } from '../../db/conditions.ts'
import { access_codes } from '../../db/tables/access-codes.ts'
import { isDomainError } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'
import { lockView } from '../locks/lock-view.ts'
import type { LockView } from '../locks/lock-view.ts'
import { codeWindowOf } from './code-state.ts'

const ofDevice = is(access_codes.device_id)

/** Whether the lock would take this PIN for one more code. */
export const takesPin = (
  world: World,
  view: LockView,
  pin: string,
  chosen_by: 'caller' | 'provider' = 'caller',
): boolean => validatePin(pin, pinRulesOf(world, view), chosen_by).length === 0

/** The name of a code on this lock: where another one has it, with a number. */
const nameAt = (world: World, view: LockView, name: string): string => {
  const { code_constraints } = view.profile
  if (!code_constraints.some((it) => it.constraint_type === 'name_must_be_unique')) return name
  const others = world.access_codes
    .all(ofDevice(view.device.device_id))
    .flatMap((code) => code.name ?? [])
  const isFree = (wanted: string): boolean =>
    validateName(wanted, code_constraints, others).every(
      ({ rule }) => rule !== 'name_must_be_unique',
    )
  let number = 2
  let wanted = name
  while (!isFree(wanted)) wanted = `${name} (${number++})`
  return wanted
}

/** What its online codes need is not there at all: something that is only off for a while is waited for. */
export const lacksParts = ({ profile, keypad, bridge }: LockView): boolean => {
  const needs = profile.capability_needs.program_online_access_codes ?? []
  return (
    profile.capabilities.program_online_access_codes &&
    ((needs.includes('keypad') && !keypad.is_connected) ||
      (needs.includes('bridge') && bridge === null))
  )
}

/** The lock can only have codes that its provider computes, as far as it has any. */
export const isOfflineOnly = (view: LockView): boolean =>
  !view.profile.capabilities.program_online_access_codes ||
  (view.profile.offline_codes !== null && lacksParts(view))

/** Its provider gives PINs that are good at several of its locks. */
export const hasProviderPins = (view: LockView): boolean =>
  view.profile.provider_assigns_pin && !isOfflineOnly(view)

/** The lock or its provider chooses what the PIN is. */
export const choosesOwnPin = (view: LockView): boolean =>
  isOfflineOnly(view) ||
  view.profile.provider_assigns_pin ||
  view.profile.code_constraints.some((it) => it.constraint_type === 'cannot_specify_pin_code')

const planCode = (world: World, view: LockView, method: AccessMethod, window: AccessWindow) => {
  const { device_id } = view.device
  if (isOfflineOnly(view)) {
    const { starts_at, ends_at } = window
    const asked = { device_id, starts_at, ends_at: ends_at ?? undefined }
    return planOfflineCode(world, view, asked, true)
  }
  const ordinal = nextOrdinal(world, device_id)
  if (!method.is_chosen_by_lock) return { ordinal, code: method.code, ...codeWindowOf(window) }
  if (view.profile.provider_assigns_pin) {
    // The provider has told it for another of its locks.
    if (method.code !== null) return { ordinal, code: method.code, ...codeWindowOf(window) }
    const pin_assigned_at = pinAssignedAt(world, view, ordinal)
    return { ordinal, code: null, pin_assigned_at, ...codeWindowOf(window) }
  }
  return { ordinal, code: chooseCode(world, view, ordinal), ...codeWindowOf(window) }
}

/** `pin`: the lock does not take this PIN (any more); `lock`: it takes no code for this window. */
export type Declared = { access_code_id: string } | { refused: 'pin' | 'lock' }

/** Declares the method's code on a lock. */
export const declareCodeOf = (
  world: World,
  method: AccessMethod,
  device_id: string,
  declared: { window: AccessWindow; name: string },
): Declared => {
  const view = lockView(world, device_id)
  if (view === null) return { refused: 'lock' }
  const { code, is_chosen_by_lock, access_method_id } = method
  if (!is_chosen_by_lock && (code === null || !takesPin(world, view, code)))
    return { refused: 'pin' }
  if (is_chosen_by_lock && code !== null && hasProviderPins(view)) {
    if (!takesPin(world, view, code, 'provider')) return { refused: 'pin' }
  }
  try {
    const { access_code_id } = declareAccessCode(world, view, {
      ...planCode(world, view, method, declared.window),
      name: nameAt(world, view, declared.name),
      access_method_id,
      common_code_key: is_chosen_by_lock ? null : commonKeyOf(method),
    })
    bringForward(world, access_code_id)
    return { access_code_id }
  } catch (error) {
    if (isDomainError(error)) return { refused: 'lock' }
    throw error
  }
}

/** Seam links the codes of one PIN by such a key; its form is assumed. */
export const commonKeyOf = ({ access_method_id }: Pick<AccessMethod, 'access_method_id'>): string =>
  `auto_set_by_access_method_${access_method_id}`

/** Declares another window or name of a code. */
export const changeCodeOf = (
  world: World,
  code: AccessCode,
  declared: { window: AccessWindow; name: string | null },
): void => {
  const view = lockView(world, code.device_id)
  if (view === null) return
  const { name, window } = declared
  const { starts_at, ends_at } = codeWindowOf(window)
  declareForm(world, code, {
    code: code.code,
    name: name === null ? code.name : nameAt(world, view, name),
    // A spare code began when it was pulled, and is on the lock.
    starts_at: code.is_backup && starts_at !== null ? code.starts_at : starts_at,
    ends_at,
  })
  bringForward(world, code.access_code_id)
}

/** Asks for the code's removal; false where the lock accepts it until its end, whatever is asked. */
export const takeCodeOff = (world: World, code: AccessCode): boolean => {
  const view = lockView(world, code.device_id)
  const canGo = !code.is_offline || view?.profile.offline_codes?.can_delete === true
  if (canGo) takeOff(world, code)
  return canGo
}
