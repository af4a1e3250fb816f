/** What the API's user can do to access codes. Each changes what is declared; the reconciler does the rest. */
import type { AccessCode } from '../../db/tables/access-codes.ts'
import type { ActionAttempt } from '../../db/tables/action-attempts.ts'
import { createActionAttempt } from '../action-attempts/attempts.ts'
import { invalidInput, notFound } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'
import { requireLock } from '../locks/lock-view.ts'
import type { LockView } from '../locks/lock-view.ts'
import { enableBackupPool } from './backup-pool.ts'
import { bringForward } from './carry-out.ts'
import { checkName } from './checks/name.ts'
import { checkPin, refuseDuplicate } from './checks/pin.ts'
import {
  checkCapability,
  checkPoolUse,
  checkReachable,
  requireManagedLock,
} from './checks/request.ts'
import { checkNotOver, checkStart, checkTimeZone, checkWindow } from './checks/window.ts'
import { declareAccessCode, declareForm, refuseGrantCode } from './declare.ts'
import { planOfflineCode } from './offline/plan.ts'
import { chooseCode, pinAssignedAt, pinOfCommonKey } from './pins.ts'
import { releaseAccessCode, requestDeletion } from './removal.ts'
import { nextOrdinal, requireAccessCode } from './rows.ts'
import type { NewAccessCode, NewRow } from './rows.ts'

/** The vendor's fake names unnamed codes so; what the real service does is not documented. */
const DEFAULT_NAME = 'New Access Code'

/**
 * Declares a new access code.
 *
 * @throws device_not_found, device_unmanaged, device_offline, invalid_input, duplicate_access_code
 */
export const createAccessCode = (
  world: World,
  input: NewAccessCode,
): { access_code: AccessCode; action_attempt: ActionAttempt } => {
  const view = requireManagedLock(world, input.device_id)
  const is_offline = input.is_offline_access_code ?? false
  checkCapability(world, view, is_offline)
  checkReachable(view, input.attempt_for_offline_device)
  if (is_offline) {
    const planned = planOfflineCode(world, view, input)
    return finishCreate(world, view, { ...planned, name: input.name ?? DEFAULT_NAME })
  }
  checkWindow(world, input)
  checkStart(world, view, input.starts_at)
  checkTimeZone(view, input.starts_at)
  checkName(world, view, input.name)
  checkPoolUse(input)
  if (input.use_backup_access_code_pool === true) enableBackupPool(world, view)
  const ordinal = nextOrdinal(world, input.device_id)
  const shared =
    input.has_own_pin === true ? undefined : pinOfCommonKey(world, input.common_code_key)
  const given = input.code ?? shared
  if (given !== undefined) {
    checkPin(world, view, given)
    refuseDuplicate(world, input.device_id, given)
  }
  const assigned = given === undefined && view.profile.provider_assigns_pin
  return finishCreate(world, view, {
    ordinal,
    name: input.name ?? DEFAULT_NAME,
    code: assigned
      ? null
      : (given ?? chooseCode(world, view, ordinal, input.preferred_code_length)),
    pin_assigned_at: assigned ? pinAssignedAt(world, view, ordinal) : null,
    starts_at: input.starts_at ?? null,
    ends_at: input.ends_at ?? null,
    common_code_key: input.common_code_key ?? null,
    is_one_time_use: input.is_one_time_use ?? false,
    is_external_modification_allowed: input.is_external_modification_allowed ?? false,
    prefer_native_scheduling: input.prefer_native_scheduling ?? true,
  })
}

const finishCreate = (world: World, view: LockView, row: NewRow) => {
  const { access_code_id, device_id } = declareAccessCode(world, view, row)
  const action_attempt = createActionAttempt(world, {
    action_type: 'CREATE_ACCESS_CODE',
    device_id,
    access_code_id,
  })
  bringForward(world, access_code_id)
  return { access_code: requireAccessCode(world, access_code_id), action_attempt }
}

export interface AccessCodeChange {
  access_code_id: string
  device_id?: string | undefined
  name?: string | undefined
  code?: string | undefined
  starts_at?: number | undefined
  ends_at?: number | undefined
  type?: 'ongoing' | 'time_bound' | undefined
  is_managed?: boolean | undefined
  is_external_modification_allowed?: boolean | undefined
  prefer_native_scheduling?: boolean | undefined
  attempt_for_offline_device?: boolean | undefined
  use_backup_access_code_pool?: boolean | undefined
}

/** The window after an update: what is not given stays, `ongoing` drops it. */
const nextWindow = (
  world: World,
  code: AccessCode,
  input: AccessCodeChange,
): Pick<AccessCode, 'starts_at' | 'ends_at'> => {
  if (input.type === 'ongoing') {
    if (input.starts_at !== undefined || input.ends_at !== undefined) {
      throw invalidInput('type', 'type is ongoing, so starts_at and ends_at must not be given')
    }
    return { starts_at: null, ends_at: null }
  }
  const starts_at = input.starts_at ?? code.starts_at ?? undefined
  const ends_at = input.ends_at ?? code.ends_at ?? undefined
  if (input.type === 'time_bound' && (starts_at === undefined || ends_at === undefined)) {
    throw invalidInput(
      starts_at === undefined ? 'starts_at' : 'ends_at',
      'a time_bound code needs starts_at and ends_at',
    )
  }
  const changes =
    starts_at !== (code.starts_at ?? undefined) || ends_at !== (code.ends_at ?? undefined)
  if (changes) checkWindow(world, { starts_at, ends_at })
  return { starts_at: starts_at ?? null, ends_at: ends_at ?? null }
}

/**
 * Declares another name, PIN or window. What the lock has already, changes there
 * first; a code that is not on the lock yet is changed at once.
 */
export const updateAccessCode = (world: World, input: AccessCodeChange): ActionAttempt => {
  const code = requireAccessCode(world, input.access_code_id)
  const { access_code_id, device_id } = code
  if (input.device_id !== undefined && input.device_id !== device_id)
    throw notFound('access_code', { access_code_id })
  refuseGrantCode(code)
  const view = requireManagedLock(world, device_id)
  if (code.is_offline) {
    throw invalidInput(
      'access_code_id',
      'An offline access code cannot be updated: the lock is never contacted. Create a new one',
    )
  }
  if (code.deletion_requested_at !== null) {
    throw invalidInput('access_code_id', 'The access code is being deleted and cannot be updated')
  }
  checkReachable(view, input.attempt_for_offline_device)
  const window = nextWindow(world, code, input)
  checkNotOver(world, window, input)
  if (window.starts_at !== null && window.starts_at !== code.starts_at)
    checkStart(world, view, window.starts_at)
  const name = input.name ?? code.name
  const pin = input.code ?? code.code
  if (input.name !== undefined && input.name !== code.name)
    checkName(world, view, input.name, access_code_id)
  if (input.code !== undefined && input.code !== code.code) {
    checkPin(world, view, input.code, access_code_id)
    refuseDuplicate(world, device_id, input.code, access_code_id)
  }
  if (input.use_backup_access_code_pool === true) enableBackupPool(world, view)

  const action_attempt = createActionAttempt(world, {
    action_type: 'UPDATE_ACCESS_CODE',
    device_id,
    access_code_id,
  })
  if (input.is_managed === false) {
    releaseAccessCode(world, code)
    return action_attempt
  }
  declareForm(
    world,
    code,
    { code: pin, name, ...window },
    {
      is_external_modification_allowed:
        input.is_external_modification_allowed ?? code.is_external_modification_allowed,
      prefer_native_scheduling: input.prefer_native_scheduling ?? code.prefer_native_scheduling,
    },
  )
  bringForward(world, access_code_id)
  return action_attempt
}

/** Asks for a code's removal, from the lock first and then from here. */
export const deleteAccessCode = (
  world: World,
  access_code_id: string,
  device_id?: string,
): ActionAttempt => {
  const code = requireAccessCode(world, access_code_id)
  if (device_id !== undefined && code.device_id !== device_id)
    throw notFound('access_code', { access_code_id })
  refuseGrantCode(code)
  if (code.is_offline && !requireLock(world, code.device_id).profile.offline_codes?.can_delete) {
    throw invalidInput(
      'access_code_id',
      'An offline access code cannot be deleted: the lock accepts it until its end',
    )
  }
  return requestDeletion(world, code)
}
