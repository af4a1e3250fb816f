/** Codes that the provider computes and the lock accepts without being contacted. */
import { invalidInput } from '../errors.ts'
import type { LockFacts } from '../devices/facts.ts'
import type { World } from '../world.ts'
import type { AccessCode } from './issues.ts'
import type { NewAccessCode } from './operations.ts'

export const planOfflineCode = (
  _world: World,
  facts: LockFacts,
  _input: NewAccessCode,
): Partial<AccessCode> & Pick<AccessCode, 'ordinal' | 'code'> => {
  throw invalidInput(
    'is_offline_access_code',
    `Offline access codes of ${facts.profile.display_name} locks are not built yet`,
  )
}
