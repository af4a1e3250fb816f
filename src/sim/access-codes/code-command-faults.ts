/** What faults do to a command about an access code: `access_code.set`, `.update`, `.remove`. */
import { effectsOf } from '../../contract/fault-effects.ts'
import type { EffectOf } from '../../contract/fault-effects.ts'
import type { AccessCode, AttemptOutcome } from '../../db/tables/access-codes.ts'
import type { FaultHit } from '../faults/registry.ts'
import type { World } from '../kernel/world.ts'
import type { LockView } from '../locks/lock-view.ts'

const grantIdOf = (world: World, { access_method_id }: AccessCode): string | null =>
  access_method_id === null
    ? null
    : (world.access_methods.get(access_method_id)?.access_grant_id ?? null)

/** What a fault on this command can be matched with. */
export const faultSubject = (world: World, code: AccessCode, view: LockView, attempt: number) => ({
  device_id: code.device_id,
  access_code_id: code.access_code_id,
  access_method_id: code.access_method_id,
  access_grant_id: grantIdOf(world, code),
  name: code.name,
  code: code.code,
  connected_account_id: code.connected_account_id,
  device_type: view.device.device_type,
  model: view.device.model,
  attempt,
})

const outcomeOf = (effect: EffectOf<'setting'>): AttemptOutcome => {
  switch (effect.kind) {
    case 'fail':
      return {
        kind: 'fail',
        error_code: effect.error_code ?? null,
        message: effect.message ?? 'The lock refused the command.',
      }
    case 'provider_unavailable':
      return {
        kind: 'fail',
        error_code: null,
        message: effect.message ?? "The provider's service is unavailable.",
      }
    case 'never_confirm':
      return { kind: 'never_confirm' }
    case 'lose_later':
      return { kind: 'lose_later', after: effect.after }
    case 'delay':
      return { kind: 'physics' }
    default:
      return effect satisfies never
  }
}

/** How a command goes that a fault may have a hand in: by how much it is late, and how it ends. */
export const commandFaultOf = (
  hit: FaultHit | null,
): { delay: number | null; outcome: AttemptOutcome } => {
  if (hit === null) return { delay: null, outcome: { kind: 'physics' } }
  const effect = effectsOf.setting().parse(hit.effect)
  return { delay: effect.kind === 'delay' ? effect.by : null, outcome: outcomeOf(effect) }
}
