/** Presentations that are made anew only when something that they show has changed. */
import type { Device } from '../../db/tables/devices.ts'
import { keepText } from './json-cache.ts'

interface Made {
  readonly parts: readonly unknown[]
  readonly wire: Record<string, unknown>
}

/** What was last shown of each device: a changed row is another object, and forgets it. */
const made = new WeakMap<Device, Made>()

/**
 * The presentation of a device, which is the same as long as its row and all parts are.
 *
 * @param parts everything that it depends on besides the row: rows by themselves, values by value
 */
export const unchangedOrMade = (
  device: Device,
  parts: readonly unknown[],
  make: () => Record<string, unknown>,
): Record<string, unknown> => {
  const known = made.get(device)
  if (
    known !== undefined &&
    known.parts.length === parts.length &&
    known.parts.every((part, index) => part === parts[index])
  ) {
    return known.wire
  }
  const wire = keepText(make())
  made.set(device, { parts, wire })
  return wire
}
