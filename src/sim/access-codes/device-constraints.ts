/** PIN lengths that the API's user found out, where the provider cannot tell them. */
import type { ReportedCodeLengths } from '../../db/tables/locks.ts'
import { domainError, invalidInput } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'
import { requireManagedLock } from './checks/request.ts'

/**
 * Keeps what `/access_codes/report_device_constraints` tells: a list of lengths, or a range.
 *
 * @throws device_type_not_supported for providers that tell the lengths themselves
 */
export const reportDeviceConstraints = (
  world: World,
  device_id: string,
  lengths: ReportedCodeLengths,
): void => {
  const view = requireManagedLock(world, device_id)
  if (view.profile.takes_reported_constraints !== true) {
    throw domainError(
      'device_type_not_supported',
      `The PIN lengths of ${view.profile.display_name} locks are known: see supported_code_lengths of the device.`,
      { data: { device_id } },
    )
  }
  const { supported_code_lengths, min_code_length, max_code_length } = lengths
  const isRange = min_code_length !== undefined || max_code_length !== undefined
  if ((supported_code_lengths !== undefined) === isRange) {
    throw invalidInput(
      'supported_code_lengths',
      'Give either supported_code_lengths, or min_code_length and max_code_length',
    )
  }
  if (isRange && (min_code_length === undefined || max_code_length === undefined)) {
    throw invalidInput(
      min_code_length === undefined ? 'min_code_length' : 'max_code_length',
      'min_code_length and max_code_length must be given together',
    )
  }
  if (
    min_code_length !== undefined &&
    max_code_length !== undefined &&
    max_code_length < min_code_length
  ) {
    throw invalidInput('max_code_length', 'max_code_length must not be less than min_code_length')
  }
  if (supported_code_lengths?.length === 0) {
    throw invalidInput('supported_code_lengths', 'Name at least one length')
  }
  world.locks.update(device_id, { reported_code_lengths: lengths })
}
