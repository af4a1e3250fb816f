/** What the API's user can do to access codes. Each changes what is declared; the reconciler does the rest. */
import { createActionAttempt } from '../action-attempts/settle.ts'
import type { ActionAttempt } from '../action-attempts/settle.ts'
import { requireDevice, requireLock } from '../devices/facts.ts'
import type { LockFacts } from '../devices/facts.ts'
import { domainError, invalidInput, notFound } from '../errors.ts'
import { recordEvent } from '../events.ts'
import { toIso } from '../instant.ts'
import { scheduleJob } from '../jobs.ts'
import type { World } from '../world.ts'
import { enableBackupPool } from './backup-pool.ts'
import { recordChanges, recordMutationsRequested } from './changes.ts'
import type { AccessCode } from './issues.ts'
import { mutationsBetween } from './lifecycle.ts'
import { planOfflineCode } from './offline-codes.ts'
import { checkName, checkPin, checkStart, chooseCode } from './pins.ts'
import { settleAccessCode } from './settle.ts'

export interface NewAccessCode {
  device_id: string
  name?: string | undefined
  code?: string | undefined
  preferred_code_length?: number | undefined
  starts_at?: number | undefined
  ends_at?: number | undefined
  common_code_key?: string | undefined
  is_offline_access_code?: boolean | undefined
  is_one_time_use?: boolean | undefined
  is_external_modification_allowed?: boolean | undefined
  prefer_native_scheduling?: boolean | undefined
  use_backup_access_code_pool?: boolean | undefined
  attempt_for_offline_device?: boolean | undefined
  max_time_rounding?: '1hour' | '1day' | '1h' | '1d' | undefined
}

/** The vendor's fake names unnamed codes so; what the real service does is not documented. */
const DEFAULT_NAME = 'New Access Code'

/** A managed lock that can be asked for access codes. */
export const requireManagedLock = (world: World, device_id: string): LockFacts => {
  const device = requireDevice(world, device_id)
  if (!device.is_managed) {
    throw domainError(
      'device_unmanaged',
      `The device ${device_id} is unmanaged. Convert it with /devices/unmanaged/update and is_managed: true first.`,
      { data: { device_id } },
    )
  }
  return requireLock(world, device_id)
}

const checkWindow = (
  world: World,
  input: { starts_at?: number | undefined; ends_at?: number | undefined },
): void => {
  const { starts_at, ends_at } = input
  if ((starts_at === undefined) !== (ends_at === undefined)) {
    const missing = starts_at === undefined ? 'starts_at' : 'ends_at'
    throw invalidInput(
      missing,
      'starts_at and ends_at must be given together; give neither for an ongoing code',
    )
  }
  if (starts_at === undefined || ends_at === undefined) return
  if (ends_at <= starts_at) {
    throw invalidInput(
      'ends_at',
      `ends_at (${toIso(ends_at)}) must be after starts_at (${toIso(starts_at)})`,
    )
  }
  if (ends_at <= world.now) {
    throw invalidInput(
      'ends_at',
      `ends_at (${toIso(ends_at)}) must be in the future; it is now ${toIso(world.now)} in this workspace`,
    )
  }
}

/** A lock whose model cannot take online codes at all, or cannot now, refuses at once. */
const checkCapability = (world: World, facts: LockFacts, is_offline: boolean): void => {
  const { profile, device } = facts
  const flag = is_offline ? 'can_program_offline_access_codes' : 'can_program_online_access_codes'
  if (
    is_offline ? profile.offline_codes === null : !profile.capabilities.program_online_access_codes
  ) {
    throw invalidInput(
      'device_id',
      `The device ${device.device_id} has no ${flag}: ${profile.display_name} locks cannot do this`,
    )
  }
  if (is_offline) return
  if (!facts.keypad.is_connected) {
    throw invalidInput(
      'device_id',
      `${flag} of the device ${device.device_id} is false: no keypad is connected`,
    )
  }
  if (device.subscription_expired_at !== null) {
    throw invalidInput(
      'device_id',
      `${flag} of the device ${device.device_id} is false: its paid subscription has lapsed`,
    )
  }
}

const isTaken = (
  world: World,
  device_id: string,
  code: string,
  except?: string,
): AccessCode | undefined =>
  world.access_codes.first('device_id = ? and code = ? and is_managed and access_code_id <> ?', [
    device_id,
    code,
    except ?? '',
  ])

/** The same PIN twice on one lock is refused, also where the windows do not meet (Seam public tracker, issue 12). */
const refuseDuplicate = (world: World, device_id: string, code: string, except?: string): void => {
  const other = isTaken(world, device_id, code, except)
  if (other === undefined) return
  throw domainError(
    'duplicate_access_code',
    `The device already has an access code with this PIN (${other.access_code_id}). Choose another code, or delete that one.`,
    { data: { access_code_id: other.access_code_id } },
  )
}

/** With a common key, later codes of the same key take over the PIN of the first. */
const pinOfCommonKey = (world: World, common_code_key: string | undefined): string | undefined =>
  common_code_key === undefined
    ? undefined
    : (world.access_codes.first('common_code_key = ?', [common_code_key], 'order by seq limit 1')
        ?.code ?? undefined)

/** Makes the row of a code that passed every check. */
export const insertAccessCode = (
  world: World,
  facts: LockFacts,
  row: Partial<AccessCode> & Pick<AccessCode, 'ordinal' | 'code' | 'name'>,
): AccessCode => {
  const { device_id, connected_account_id } = facts.device
  const access_code_id =
    row.access_code_id ?? world.random.stream(`access_code ${device_id}`).uuid(row.ordinal)
  world.access_codes.insert({
    access_code_id,
    device_id,
    connected_account_id,
    starts_at: null,
    ends_at: null,
    created_at: world.now,
    is_managed: true,
    is_backup: false,
    is_offline: false,
    is_one_time_use: false,
    is_external_modification_allowed: false,
    prefer_native_scheduling: true,
    common_code_key: null,
    pulled_backup_access_code_id: null,
    pulled_at: null,
    deletion_requested_at: null,
    conversion: null,
    pin_assigned_at: null,
    offline_issue: null,
    programmed: null,
    presence: null,
    effort: null,
    external_change: null,
    used_at: null,
    mutations_requested_at: null,
    ...row,
  })
  const code = world.access_codes.get(access_code_id)
  if (code === undefined) throw new Error(`The access code ${access_code_id} was not written`)
  return code
}

/** The next ordinal of a device's codes: names the code and its luck. */
export const nextOrdinal = (world: World, device_id: string): number =>
  world.random.next(`access_code ${device_id}`)

/**
 * Declares a new access code.
 *
 * @throws device_not_found, device_unmanaged, device_offline, invalid_input, duplicate_access_code
 */
export const createAccessCode = (
  world: World,
  input: NewAccessCode,
): { access_code: AccessCode; action_attempt: ActionAttempt } => {
  const facts = requireManagedLock(world, input.device_id)
  const is_offline = input.is_offline_access_code ?? false
  checkCapability(world, facts, is_offline)
  if (input.attempt_for_offline_device === false && !facts.link.online) {
    throw domainError(
      'device_offline',
      `The device ${input.device_id} is offline and attempt_for_offline_device is false.`,
      { data: { device_id: input.device_id } },
    )
  }
  if (is_offline) {
    const planned = planOfflineCode(world, facts, input)
    return finishCreate(world, facts, { ...planned, name: input.name ?? DEFAULT_NAME })
  }
  checkWindow(world, input)
  checkStart(facts, input.starts_at, world.now)
  if (
    facts.profile.needs_time_zone &&
    input.starts_at !== undefined &&
    facts.device.reported_time_zone === null
  ) {
    throw invalidInput(
      'starts_at',
      `Time-bound codes on ${facts.profile.display_name} locks need the lock's time zone: report it with /devices/report_provider_metadata first`,
    )
  }
  if (input.use_backup_access_code_pool === true) {
    if (input.starts_at === undefined) {
      throw domainError(
        'access_code_not_time_bound',
        'use_backup_access_code_pool is for time-bound codes: give starts_at and ends_at',
      )
    }
    enableBackupPool(world, facts)
  }
  checkName(world, facts, input.name)
  const ordinal = nextOrdinal(world, input.device_id)
  const given = input.code ?? pinOfCommonKey(world, input.common_code_key)
  if (given !== undefined) {
    checkPin(world, facts, given)
    refuseDuplicate(world, input.device_id, given)
  }
  const assigned = given === undefined && facts.profile.provider_assigns_pin
  return finishCreate(world, facts, {
    ordinal,
    name: input.name ?? DEFAULT_NAME,
    code: assigned
      ? null
      : (given ?? chooseCode(world, facts, ordinal, input.preferred_code_length)),
    pin_assigned_at: assigned ? pinAssignedAt(world, facts, ordinal) : null,
    starts_at: input.starts_at ?? null,
    ends_at: input.ends_at ?? null,
    common_code_key: input.common_code_key ?? null,
    is_one_time_use: input.is_one_time_use ?? false,
    is_external_modification_allowed: input.is_external_modification_allowed ?? false,
    prefer_native_scheduling: input.prefer_native_scheduling ?? true,
  })
}

const pinAssignedAt = (world: World, facts: LockFacts, ordinal: number): number => {
  const { pin_assignment_latency } = facts.profile
  if (pin_assignment_latency === null) return world.now
  const u = world.random.stream(`pin assignment ${facts.device.device_id}`).fraction(ordinal)
  return (
    world.now +
    Math.round(
      pin_assignment_latency.min + u * (pin_assignment_latency.max - pin_assignment_latency.min),
    )
  )
}

const finishCreate = (
  world: World,
  facts: LockFacts,
  row: Partial<AccessCode> & Pick<AccessCode, 'ordinal' | 'code' | 'name'>,
) => {
  const { access_code_id, device_id } = insertAccessCode(world, facts, row)
  recordEvent(world, 'access_code.created', { device_id, access_code_id })
  const action_attempt = createActionAttempt(world, {
    action_type: 'CREATE_ACCESS_CODE',
    device_id,
    access_code_id,
  })
  settleAccessCode(world, access_code_id)
  return { access_code: requireAccessCode(world, access_code_id), action_attempt }
}

/** A managed code, or 404 `access_code_not_found`. */
export const requireAccessCode = (world: World, access_code_id: string): AccessCode => {
  const code = world.access_codes.get(access_code_id)
  if (code === undefined || !code.is_managed) throw notFound('access_code', { access_code_id })
  return code
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
  const facts = requireManagedLock(world, device_id)
  if (code.is_offline) {
    throw invalidInput(
      'access_code_id',
      'An offline access code cannot be updated: the lock is never contacted. Create a new one',
    )
  }
  if (code.deletion_requested_at !== null) {
    throw invalidInput('access_code_id', 'The access code is being deleted and cannot be updated')
  }
  if (input.attempt_for_offline_device === false && !facts.link.online) {
    throw domainError(
      'device_offline',
      `The device ${device_id} is offline and attempt_for_offline_device is false.`,
      { data: { device_id } },
    )
  }
  const window = nextWindow(world, code, input)
  const name = input.name ?? code.name
  const pin = input.code ?? code.code
  if (input.name !== undefined && input.name !== code.name)
    checkName(world, facts, input.name, access_code_id)
  if (input.code !== undefined && input.code !== code.code) {
    checkPin(world, facts, input.code, access_code_id)
    refuseDuplicate(world, device_id, input.code, access_code_id)
  }
  if (input.use_backup_access_code_pool === true) enableBackupPool(world, facts)

  const action_attempt = createActionAttempt(world, {
    action_type: 'UPDATE_ACCESS_CODE',
    device_id,
    access_code_id,
  })
  if (input.is_managed === false) {
    releaseAccessCode(world, code)
    return action_attempt
  }
  const declared = { code: pin, name, ...window }
  const mutations = mutationsBetween(code, declared, world.now)
  recordMutationsRequested(world, code, mutations)
  world.access_codes.update(access_code_id, {
    ...declared,
    is_external_modification_allowed:
      input.is_external_modification_allowed ?? code.is_external_modification_allowed,
    prefer_native_scheduling: input.prefer_native_scheduling ?? code.prefer_native_scheduling,
    mutations_requested_at: mutations.length === 0 ? code.mutations_requested_at : world.now,
    effort: restarted(code, world.now),
    external_change: null,
  })
  // Nothing is on the lock or on its way there, so the change is in effect as soon as it is declared.
  if (code.programmed === null && code.effort?.in_flight == null)
    recordChanges(world, code, code, declared)
  settleAccessCode(world, access_code_id)
  return action_attempt
}

/** New orders: whatever went wrong with the old ones no longer counts. */
const restarted = (code: AccessCode, now: number): AccessCode['effort'] =>
  code.effort?.in_flight
    ? {
        ...code.effort,
        since: now,
        delay_reported_at: null,
        failure_reported_at: null,
        error: null,
      }
    : null

/** Hands a code over to the lock's own app: Seam stops looking after it. */
export const releaseAccessCode = (world: World, code: AccessCode): void => {
  const { access_code_id } = code
  if (code.programmed === null) {
    deleteAccessCode(world, access_code_id)
    return
  }
  world.access_codes.update(access_code_id, {
    is_managed: false,
    effort: null,
    external_change: null,
    presence: null,
  })
  settleAccessCode(world, access_code_id)
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
  if (code.is_offline && !requireLock(world, code.device_id).profile.offline_codes?.can_delete) {
    throw invalidInput(
      'access_code_id',
      'An offline access code cannot be deleted: the lock accepts it until its end',
    )
  }
  return requestDeletion(world, code)
}

/** Marks a code, managed or not, for removal. */
export const requestDeletion = (world: World, code: AccessCode): ActionAttempt => {
  const { access_code_id, device_id } = code
  const action_attempt = createActionAttempt(world, {
    action_type: 'DELETE_ACCESS_CODE',
    device_id,
    access_code_id,
  })
  if (code.deletion_requested_at === null) {
    world.access_codes.update(access_code_id, { deletion_requested_at: world.now })
  }
  settleAccessCode(world, access_code_id)
  if (code.is_backup) scheduleJob(world, 'backup_pool.fill', device_id, world.now)
  return action_attempt
}
