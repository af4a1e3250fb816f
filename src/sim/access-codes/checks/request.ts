/** What is refused at once, before anything is declared. */
import { atHand, requireLock } from '../../locks/lock-view.ts'
import { requireDevice } from '../../devices/rows.ts'
import type { LockView } from '../../locks/lock-view.ts'
import { domainError, invalidInput } from '../../kernel/errors.ts'
import { missingFor } from '../../locks/capabilities.ts'
import type { CapabilityNeed, CodeConstraint } from '../../locks/profile.ts'
import type { World } from '../../kernel/world.ts'

export interface RuleProblem {
  /** What is broken: a `constraint_type`, or one of the basics. */
  rule: CodeConstraint['constraint_type'] | 'digits' | 'length' | 'duplicate'
  /** The constraint, what was given and what is expected. */
  message: string
}

/** @throws invalid_input with all that is wrong; nothing when all is well. */
export const refuse = (param: string, problems: RuleProblem[]): void => {
  const [first] = problems
  if (first !== undefined)
    throw invalidInput(param, problems.map((problem) => problem.message).join(' '))
}

/** A managed lock that can be asked for access codes. */
export const requireManagedLock = (world: World, device_id: string): LockView => {
  const device = requireDevice(world, device_id)
  if (!device.is_managed) {
    throw domainError(
      'device_unmanaged',
      `The device ${device_id} is unmanaged. Convert it with /devices/unmanaged/update and is_managed: true first.`,
      { data: { device_id } },
    )
  }
  return requireLock(world, device_id)
}

/** A lock that takes no codes of this sort, or takes no online ones now, refuses at once. @throws invalid_input */
export const checkCapability = (world: World, view: LockView, is_offline: boolean): void => {
  const { profile, device } = view
  const flag = is_offline ? 'can_program_offline_access_codes' : 'can_program_online_access_codes'
  if (
    is_offline ? profile.offline_codes === null : !profile.capabilities.program_online_access_codes
  ) {
    throw invalidInput(
      'device_id',
      `The device ${device.device_id} has no ${flag}: ${profile.display_name} locks cannot do this`,
    )
  }
  if (is_offline) return
  const missing = missingFor(profile, 'program_online_access_codes', atHand(view))
  if (missing === null) return
  throw invalidInput(
    'device_id',
    `${flag} of the device ${device.device_id} is false: ${lacks[missing]}`,
  )
}

const lacks: Record<CapabilityNeed, string> = {
  keypad: 'no keypad is connected, or its battery is empty',
  bridge: 'it has no bridge',
  bridge_online: 'its bridge is offline',
  subscription: 'its paid subscription has lapsed',
}

/**
 * The caller may ask to be refused rather than to wait for a lock that cannot be reached; the
 * error's name is assumed, Seam documents none.
 */
export const checkReachable = (
  view: LockView,
  attempt_for_offline_device: boolean | undefined,
): void => {
  if (attempt_for_offline_device !== false || view.link.online) return
  const { device_id } = view.device
  throw domainError(
    'device_offline',
    `The device ${device_id} is offline and attempt_for_offline_device is false.`,
    { data: { device_id } },
  )
}

/** Spare codes stand in for time-bound ones only. */
export const checkPoolUse = (input: {
  use_backup_access_code_pool?: boolean | undefined
  starts_at?: number | undefined
}): void => {
  if (input.use_backup_access_code_pool !== true || input.starts_at !== undefined) return
  throw domainError(
    'access_code_not_time_bound',
    'use_backup_access_code_pool is for time-bound codes: give starts_at and ends_at',
  )
}
