import { recordEvent } from '../events.ts'
import type { LockFacts } from '../devices/facts.ts'
import { generateCodeFor } from './pins.ts'
import type { AccessCode } from './issues.ts'
import type { World } from '../world.ts'

/** The provider tells the PIN that it chose. */
export const assignPin = (
  world: World,
  code: AccessCode,
  facts: LockFacts,
): Partial<AccessCode> => {
  const pin = generateCodeFor(world, facts, { ordinal: code.ordinal, is_offline: code.is_offline })
  recordEvent(
    world,
    'access_code.changed',
    { device_id: code.device_id, access_code_id: code.access_code_id },
    {
      change_reason: 'PIN assigned by the provider',
      changed_properties: [{ property: 'code', from: null, to: pin }],
    },
  )
  return { code: pin }
}
