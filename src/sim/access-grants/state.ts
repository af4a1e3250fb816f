/** A grant as its reconciler sees it. */
import type { AccessCode } from '../../db/tables/access-codes.ts'
import type { AccessGrant } from '../../db/tables/access-grants.ts'
import type { AccessMethod, AccessWindow } from '../../db/tables/access-methods.ts'
import { isBackupAvailable } from '../access-codes/backup-pool.ts'
import { isExpired } from '../access-codes/programming-window.ts'
import { codeOfMethod } from '../access-methods/rows.ts'
import { codeWindowOf, isForWindow, isSameWindow, isUsable } from '../access-methods/code-state.ts'
import { lockView } from '../locks/lock-view.ts'
import type { LockView } from '../locks/lock-view.ts'
import type { World } from '../kernel/world.ts'
import { credentialPart } from './credential-state.ts'
import { doorsOf } from './doors.ts'
import { entrancesOf } from './entrances.ts'
import type { CodeAtDoor, LeavingCode, ReconciledGrant, ReconciledMethod } from './reconciled.ts'
import { methodsOf, nameOfGrant } from './rows.ts'

interface Declared {
  window: AccessWindow
  name: string
}

/** Where names must be unique on a lock, the grant's may stand with a number. */
export const isNamedAfter = (name: string | null, wanted: string): boolean =>
  name === wanted || (name?.startsWith(`${wanted} (`) ?? false)

/** The spare code that stands in for this one and belongs to no method yet. */
const spareOf = (world: World, code: AccessCode): string | null => {
  const id = code.pulled_backup_access_code_id
  const spare = id === null ? undefined : world.access_codes.get(id)
  return spare?.access_method_id === null && spare.is_managed ? id : null
}

const hasSpare = (world: World, method: AccessMethod, code: AccessCode, view: LockView): boolean =>
  method.failure_told_at !== null &&
  code.ends_at !== null &&
  code.pulled_backup_access_code_id === null &&
  view.lock.backup_pool_enabled_at !== null &&
  isBackupAvailable(world, code, view)

const codeAtDoor = (
  world: World,
  method: AccessMethod,
  code: AccessCode,
  declared: Declared,
): CodeAtDoor | null => {
  const view = lockView(world, code.device_id)
  if (view === null) return null
  const { window } = declared
  return {
    access_code_id: code.access_code_id,
    code: code.code,
    has_window: isForWindow(code, window, method.in_effect),
    has_window_in_effect:
      code.is_offline || code.is_backup || isSameWindow(code.in_effect, codeWindowOf(window)),
    has_name: code.is_offline || code.is_backup || isNamedAfter(code.name, declared.name),
    is_usable: isUsable(code, view.profile.scheduling),
    is_on_lock:
      code.programmed !== null ||
      code.is_unconfirmed ||
      (code.is_offline && !isExpired(code, world.now)),
    spare: spareOf(world, code),
    has_spare: hasSpare(world, method, code, view),
  }
}

const leavingOf = (world: World, method: AccessMethod): LeavingCode[] =>
  method.leaving.flatMap((id) => {
    const code = codeOfMethod(world, method, id)
    if (code === undefined) return []
    const { access_code_id, device_id, deletion_requested_at } = code
    return [{ access_code_id, device_id, is_irrevocable: deletion_requested_at === null }]
  })

const methodState = (world: World, method: AccessMethod, declared: Declared): ReconciledMethod => ({
  access_method_id: method.access_method_id,
  code: method.code,
  is_chosen_by_lock: method.is_chosen_by_lock,
  is_spare: method.original_access_method_id !== null,
  doors: method.doors.map(({ device_id, access_code_id }) => {
    const code = codeOfMethod(world, method, access_code_id)
    return { device_id, code: code ? codeAtDoor(world, method, code, declared) : null }
  }),
  leaving: method.leaving.length === 0 ? [] : leavingOf(world, method),
  created_at: method.created_at,
  deletion_requested_at: method.deletion_requested_at,
  issued_at: method.issued_at,
  since: method.since,
  in_effect: method.in_effect,
  delay_told_at: method.delay_told_at,
  failure_told_at: method.failure_told_at,
  acs: credentialPart(world, method, declared.window),
})

/** Everything that decides what happens next to a grant. */
export const grantState = (world: World, grant: AccessGrant): ReconciledGrant => {
  const { starts_at, ends_at } = grant
  const declared = { window: { starts_at, ends_at }, name: nameOfGrant(world, grant) }
  return {
    starts_at,
    ends_at,
    deletion_requested_at: grant.deletion_requested_at,
    requested: grant.requested,
    doors: doorsOf(world, grant),
    entrances: entrancesOf(world, grant),
    methods: methodsOf(world, grant).map((method) => methodState(world, method, declared)),
    settled_doors: grant.settled_doors,
    settled_entrances: grant.settled_entrances,
    told_entrances: grant.told_entrances ?? [],
    told_missing: grant.told_missing,
  }
}
