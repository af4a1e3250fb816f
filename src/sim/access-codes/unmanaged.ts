/** Codes on the lock that Seam does not look after. */
import { createActionAttempt } from '../action-attempts/attempts.ts'
import type { ActionAttempt } from '../../db/tables/action-attempts.ts'
import { requireDevice } from '../devices/rows.ts'
import { requireLock } from '../locks/lock-view.ts'
import { domainError, invalidInput, notFound } from '../kernel/errors.ts'
import { createSlotByHand } from '../locks/manufacturer-app.ts'
import { triangular } from '../kernel/random.ts'
import type { World } from '../kernel/world.ts'
import type { AccessCode } from '../../db/tables/access-codes.ts'
import { releaseAccessCode, requestDeletion } from './removal.ts'
import { requireManagedLock } from './checks/request.ts'
import { bringForward } from './carry-out.ts'
import { adoptSlot } from './poll.ts'
import { and, eq, where } from '../../db/conditions.ts'
import { access_codes } from '../../db/tables/access-codes.ts'

const managedOf = where(access_codes, ['device_id'], (c, its) =>
  and(eq(c.device_id, its.device_id), eq(c.is_managed, true)),
)

/** An unmanaged code, or 404 `access_code_not_found`. */
export const requireUnmanagedCode = (world: World, access_code_id: string): AccessCode => {
  const code = world.access_codes.get(access_code_id)
  if (code === undefined || code.is_managed) throw notFound('access_code', { access_code_id })
  return code
}

export interface ConversionRequest {
  access_code_id: string
  /** Take the code over, although another integration manages the lock. */
  force?: boolean | undefined
  is_external_modification_allowed?: boolean | undefined
}

/**
 * Asks Seam to look after a code that it did not write. The provider's answer comes a
 * little later, as an event.
 *
 * @throws access_code_not_found, device_unmanaged, access_code_cannot_be_managed
 */
export const requestConversion = (world: World, input: ConversionRequest): ActionAttempt => {
  const code = requireUnmanagedCode(world, input.access_code_id)
  const { access_code_id, device_id } = code
  const view = requireManagedLock(world, device_id)
  if (!view.profile.unmanaged_codes.convertible) {
    throw domainError(
      'access_code_cannot_be_managed',
      `Unmanaged codes of ${view.profile.display_name} locks cannot be converted (cannot_be_managed). Delete the code and create a managed one.`,
      { data: { access_code_id } },
    )
  }
  if (code.deletion_requested_at !== null) {
    throw invalidInput('access_code_id', 'The access code is being deleted and cannot be converted')
  }
  const action_attempt = createActionAttempt(world, {
    action_type: 'CONVERT_ACCESS_CODE_TO_MANAGED',
    device_id,
    access_code_id,
  })
  const stream = world.random.stream(`conversion ${device_id}`)
  const latency = triangular(stream.fraction(code.ordinal), view.profile.latency.update)
  world.access_codes.update(access_code_id, {
    conversion: {
      due_at: world.now + latency,
      force: input.force ?? false,
      is_external_modification_allowed: input.is_external_modification_allowed ?? false,
    },
  })
  bringForward(world, access_code_id)
  return action_attempt
}

/** @throws access_code_not_found, access_code_cannot_be_deleted */
export const deleteUnmanagedCode = (world: World, access_code_id: string): ActionAttempt => {
  const code = requireUnmanagedCode(world, access_code_id)
  const { profile } = requireLock(world, code.device_id)
  if (!profile.unmanaged_codes.deletable) {
    throw domainError(
      'access_code_cannot_be_deleted',
      `Unmanaged codes of ${profile.display_name} locks cannot be deleted (cannot_delete_unmanaged_access_code).`,
      { data: { access_code_id } },
    )
  }
  return requestDeletion(world, code)
}

/**
 * `/access_codes/simulate/create_unmanaged_access_code`: a code appears on the lock, and
 * Seam knows it at once.
 *
 * @throws device_type_not_supported where the API shows no codes but its own
 */
export const simulateUnmanagedCode = (
  world: World,
  input: { device_id: string; code: string; name: string },
): AccessCode => {
  const view = requireManagedLock(world, input.device_id)
  if (!view.profile.unmanaged_codes.visible) {
    throw domainError(
      'device_type_not_supported',
      `${view.profile.display_name} locks do not show unmanaged access codes.`,
      { data: { device_id: input.device_id } },
    )
  }
  return adoptSlot(world, view, createSlotByHand(world, input))
}

/**
 * The device is no longer managed: what is on the lock stays there as unmanaged codes,
 * spare codes go, and what never reached the lock is dropped. Managing the device again
 * leaves them unmanaged (Seam docs, "Managed and unmanaged devices").
 */
export const releaseCodesOfDevice = (world: World, device_id: string): void => {
  requireDevice(world, device_id)
  for (const code of world.access_codes.all(managedOf({ device_id }))) {
    if (code.is_backup && code.pulled_at === null) requestDeletion(world, code)
    else releaseAccessCode(world, code)
  }
  if (world.locks.get(device_id) !== undefined) {
    world.locks.update(device_id, { backup_pool_enabled_at: null })
  }
}
