import { recordEvent } from '../events/record.ts'
import type { LockView } from '../locks/lock-view.ts'
import { noteOfflineCode } from '../locks/door-history.ts'
import { generateCodeFor } from './pins.ts'
import type { AccessCode } from '../../db/tables/access-codes.ts'
import { triangular } from '../kernel/random.ts'
import type { World } from '../kernel/world.ts'

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

/** The provider tells the PIN that it chose. */
export const assignPin = (world: World, code: AccessCode, view: LockView): Partial<AccessCode> => {
  const pin = generateCodeFor(world, view, { ordinal: code.ordinal, is_offline: code.is_offline })
  recordEvent(
    world,
    'access_code.changed',
    { device_id: code.device_id, access_code_id: code.access_code_id },
    {
      change_reason: 'PIN assigned by the provider',
      changed_properties: [{ property: 'code', from: null, to: pin }],
    },
  )
  if (code.is_offline) {
    noteOfflineCode(world, {
      ...code,
      code: pin,
      ends_at: earlier(code.ends_at, code.offline_issue?.must_be_used_by ?? null),
    })
  }
  return { code: pin, in_effect: { ...code.in_effect, code: pin } }
}
