/** The PIN that a guest should have at an access system: the wished one, or the one that locks have. */
import type { AccessGrant } from '../../db/tables/access-grants.ts'
import type { AccessMethod } from '../../db/tables/access-methods.ts'
import { isCodeClaimed } from '../acs-credentials/codes.ts'
import { isLegalCode } from '../acs-credentials/checks.ts'
import { modelOfSystem, requireSystem } from '../acs-systems/rows.ts'
import type { World } from '../kernel/world.ts'
import { methodsOf } from './rows.ts'

/** undefined where the provider chooses, or the system draws one: a wish is never an error. */
export const wishedCode = (
  world: World,
  grant: AccessGrant,
  { mode, acs, access_method_id }: AccessMethod,
): string | undefined => {
  if (mode !== 'code' || acs === null) return undefined
  const { acs_system_id } = acs
  const system = requireSystem(world, acs_system_id)
  if (modelOfSystem(system).pins?.chosen_by !== 'caller') return undefined
  const request = grant.requested.find((it) => it.access_method_ids.includes(access_method_id))
  const onLocks = methodsOf(world, grant).find(
    (other) =>
      request?.access_method_ids.includes(other.access_method_id) === true && other.acs === null,
  )
  return [request?.code, onLocks?.code].find(
    (code): code is string =>
      typeof code === 'string' &&
      isLegalCode(system, code) &&
      !isCodeClaimed(world, { acs_system_id, code }),
  )
}
