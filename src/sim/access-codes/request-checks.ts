/** What is refused at once, before anything is declared. */
import { atHand, requireDevice, requireLock } from '../locks/lock-view.ts'
import type { LockView } from '../locks/lock-view.ts'
import { domainError, invalidInput } from '../kernel/errors.ts'
import { toIso } from '../kernel/instant.ts'
import { missingFor } from '../locks/capabilities.ts'
import type { CapabilityNeed } from '../locks/profile.ts'
import type { World } from '../kernel/world.ts'
import type { AccessCode } from '../../db/tables/access-codes.ts'

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

export const checkWindow = (
  world: World,
  input: { starts_at?: number | undefined; ends_at?: number | undefined },
): void => {
  const { starts_at, ends_at } = input
  if ((starts_at === undefined) !== (ends_at === undefined)) {
    const missing = starts_at === undefined ? 'starts_at' : 'ends_at'
    throw invalidInput(
      missing,
      'starts_at and ends_at must be given together; give neither for an ongoing code',
    )
  }
  if (starts_at === undefined || ends_at === undefined) return
  if (ends_at <= starts_at) {
    throw invalidInput(
      'ends_at',
      `ends_at (${toIso(ends_at)}) must be after starts_at (${toIso(starts_at)})`,
    )
  }
  if (ends_at <= world.now) {
    throw invalidInput(
      'ends_at',
      `ends_at (${toIso(ends_at)}) must be in the future; it is now ${toIso(world.now)} in this workspace`,
    )
  }
}

/** A lock whose model cannot take online codes at all, or cannot now, refuses at once. */
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

const isTaken = (
  world: World,
  device_id: string,
  code: string,
  except?: string,
): AccessCode | undefined =>
  world.access_codes
    .matching(device_id, code)
    .find(({ is_managed, access_code_id }) => is_managed && access_code_id !== except)

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
    `The device already has an access code with this PIN (${other.access_code_id}). Choose another code, or delete that one.`,
    { data: { access_code_id: other.access_code_id } },
  )
}

/** With a common key, later codes of the same key take over the PIN of the first. */
export const pinOfCommonKey = (
  world: World,
  common_code_key: string | undefined,
): string | undefined =>
  common_code_key === undefined
    ? undefined
    : (world.access_codes.first('common_code_key = ?', [common_code_key], 'order by seq limit 1')
        ?.code ?? undefined)
