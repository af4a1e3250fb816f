/** How a code is declared, for whoever declares it: everything was checked before. */
import type { AccessCode, DeclaredForm } from '../../db/tables/access-codes.ts'
import { recordEvent } from '../events/record.ts'
import { registerFaultsInName } from '../faults/magic-names.ts'
import { domainError } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'
import type { LockView } from '../locks/lock-view.ts'
import { recordMutationsRequested } from './changes.ts'
import { mutationsBetween } from './lifecycle.ts'
import { insertAccessCode } from './rows.ts'
import type { NewRow } from './rows.ts'

/** Writes a new code down and tells of it; `bringForward` then begins with it. */
export const declareAccessCode = (world: World, view: LockView, row: NewRow): AccessCode => {
  const code = insertAccessCode(world, view, row)
  const { access_code_id, device_id } = code
  registerFaultsInName(world, access_code_id, row.name)
  recordEvent(world, 'access_code.created', { device_id, access_code_id })
  return code
}

/** Declares another form of a code, and what else is given; `bringForward` then does it. */
export const declareForm = (
  world: World,
  code: AccessCode,
  declared: DeclaredForm,
  more: Partial<AccessCode> = {},
): void => {
  const mutations = mutationsBetween(code, declared, world.now)
  recordMutationsRequested(world, code, mutations)
  world.access_codes.update(code.access_code_id, {
    ...declared,
    ...more,
    mutations_requested_at: mutations.length === 0 ? code.mutations_requested_at : world.now,
    effort: restarted(code, world.now),
    external_change: null,
  })
}

/** New orders: whatever went wrong with the old ones no longer counts. */
const restarted = (code: AccessCode, now: number): AccessCode['effort'] =>
  code.effort?.in_flight
    ? {
        ...code.effort,
        since: now,
        attempts: 1,
        delay_reported_at: null,
        failure_reported_at: null,
        error: null,
      }
    : null

/** @throws access_code_managed_by_access_grant for a code that nobody but its grant may change */
export const refuseGrantCode = ({ access_code_id, access_method_id }: AccessCode): void => {
  if (access_method_id === null) return
  throw domainError(
    'access_code_managed_by_access_grant',
    `The access code ${access_code_id} belongs to an access grant, which alone changes it. Use /access_grants/update, /access_grants/delete or /access_methods/delete.`,
    { data: { access_code_id, access_method_id } },
  )
}
