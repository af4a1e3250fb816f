/** Time zones that integrators report where the provider does not tell them. */
import { domainError, invalidInput } from '../kernel/errors.ts'
import { isValidTimeZone } from '../../lib/time-zone-name.ts'
import type { World } from '../kernel/world.ts'
import { requireManaged } from './management.ts'
import { requireDevice } from './rows.ts'

/**
 * Takes a time zone for a device.
 *
 * @param provider whose metadata it was reported as
 * @throws device_type_not_supported when the device is of another provider; invalid_input for what
 *   is no IANA time zone
 */
export const reportTimeZone = (
  world: World,
  device_id: string,
  provider: string,
  time_zone: string,
): void => {
  const device = requireManaged(requireDevice(world, device_id))
  if (device.model !== provider) {
    throw domainError(
      'device_type_not_supported',
      `${provider}_metadata was given for the device ${device_id}, which is a ${device.device_type}.`,
      { data: { device_id } },
    )
  }
  if (!isValidTimeZone(time_zone)) {
    throw invalidInput(
      'devices',
      `${time_zone} is not a time zone of the IANA database; give one such as America/Los_Angeles`,
    )
  }
  world.devices.update(device_id, { reported_time_zone: time_zone })
}
