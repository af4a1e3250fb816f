/** Carries out what the reconciler of grants says, step by step, until it says to wait. */
import type { AccessGrant } from '../../db/tables/access-grants.ts'
import type { AccessMethod } from '../../db/tables/access-methods.ts'
import { pullBackupAccessCode } from '../access-codes/backup-pool.ts'
import { recordEvent } from '../events/record.ts'
import { deleteInstantKey } from '../instant-keys/operations.ts'
import { cancelJob, scheduleJob } from '../kernel/jobs.ts'
import type { World } from '../kernel/world.ts'
import { requireAccessMethod } from '../access-methods/rows.ts'
import { tellIssued, tellMethod } from '../access-methods/told.ts'
import { forgetUserIdentity } from '../user-identities/operations.ts'
import { adoptSpare, assignDoors } from './new-methods.ts'
import { carryOutCredential } from './carry-out-credentials.ts'
import type { CredentialDeed } from './carry-out-credentials.ts'
import { changeCodes, declareCodes, takeDoorsOff } from './doors-of-method.ts'
import { orNone } from './entrances.ts'
import { missingMessage } from './issues.ts'
import { reconcileGrant } from './reconcile.ts'
import type { GrantStep } from './steps.ts'
import { grantsOfPerson, requireAccessGrant } from './rows.ts'
import { grantState } from './state.ts'

/** Steps of one grant at one instant beside those that each method needs; more means that two steps undo each other. */
const MAX_STEPS = 50
const STEPS_PER_METHOD = 12

/**
 * Brings a grant as far as it gets at this instant and sets the job for the next one. Call it after
 * anything that may concern the grant; it does nothing twice.
 *
 * @param isNewcomer the person was made with this grant
 */
export const bringGrantForward = (
  world: World,
  access_grant_id: string,
  isNewcomer = false,
): void => {
  let most = MAX_STEPS
  for (let steps = 0; steps < most; steps++) {
    const grant = world.access_grants.get(access_grant_id)
    if (grant === undefined) return
    const state = grantState(world, grant)
    const size = state.methods.length + state.doors.length + state.entrances.length
    most = MAX_STEPS + STEPS_PER_METHOD * size
    const step = reconcileGrant(state, world.settings, world.now)
    if (step.do === 'wait') {
      scheduleJob(world, 'access_grant.settle', access_grant_id, step.until)
      return
    }
    carryOut(world, grant, step, isNewcomer)
  }
  throw new Error(`The access grant ${access_grant_id} does not come to rest at ${world.now}`)
}

type Deed = Exclude<GrantStep, { do: 'wait' }>

const carryOut = (world: World, grant: AccessGrant, step: Deed, isNewcomer: boolean): void => {
  switch (step.do) {
    case 'assign':
      assignDoors(world, grant, { ...step, isNewcomer })
      return
    case 'take_off':
      takeDoorsOff(world, grant, step)
      return
    case 'declare_codes':
      declareCodes(world, grant, step.access_method_id, step.device_ids)
      return
    case 'change_codes':
      changeCodes(world, grant, step.access_method_id, step.access_code_ids)
      return
    case 'pull_spare':
      pullBackupAccessCode(world, step.access_code_id)
      return
    case 'adopt_spare':
      adoptSpare(world, grant, step)
      return
    case 'forget_grant':
      forgetGrant(world, grant)
      return
    case 'tell_missing':
      tellMissing(world, grant, step.device_ids)
      return
    case 'settle':
      settle(world, grant, step)
      return
    case 'note_pin':
    case 'note_times':
    case 'revoke':
    case 'issue':
    case 'report_delay':
    case 'report_failure':
    case 'forget_method':
      changeMethod(world, grant, step)
      return
    default:
      carryOutCredential(world, grant, step satisfies CredentialDeed)
  }
}

type MethodDeed = Extract<
  Deed,
  {
    do:
      | 'note_pin'
      | 'note_times'
      | 'revoke'
      | 'issue'
      | 'report_delay'
      | 'report_failure'
      | 'forget_method'
  }
>

/** What changes nothing but one method, and is told. */
const changeMethod = (world: World, grant: AccessGrant, step: MethodDeed): void => {
  const method = requireAccessMethod(world, step.access_method_id)
  const { access_method_id } = method
  const { now } = world
  const update = (patch: Parameters<typeof world.access_methods.update>[1]): void => {
    world.access_methods.update(access_method_id, patch)
  }
  switch (step.do) {
    case 'note_pin':
      update({ code: step.code })
      return
    case 'note_times':
      update({ in_effect: { starts_at: grant.starts_at, ends_at: grant.ends_at } })
      return
    case 'revoke':
      tellMethod(world, grant, method, 'revoked')
      update({ issued_at: null, since: now, delay_told_at: null, failure_told_at: null })
      return
    case 'issue':
      tellIssued(world, grant, method)
      update({
        issued_at: now,
        was_issued: true,
        delay_told_at: null,
        failure_told_at: null,
        ...(method.acs !== null && { acs: { ...method.acs, encoding_told_at: null } }),
      })
      return
    case 'report_delay':
      tellMethod(world, grant, method, 'delay_in_issuing')
      update({ delay_told_at: now })
      return
    case 'report_failure':
      tellMethod(world, grant, method, 'failed_to_issue')
      update({ failure_told_at: now })
      return
    case 'forget_method':
    default:
      forgetMethod(world, grant, method)
  }
}

const forgetMethod = (world: World, grant: AccessGrant, method: AccessMethod): void => {
  const { access_method_id, acs } = method
  const key = acs?.instant_key_id ?? null
  if (key !== null && world.instant_keys.get(key) !== undefined) deleteInstantKey(world, key)
  tellMethod(world, grant, { access_method_id }, 'deleted')
  world.access_methods.delete(access_method_id)
  world.access_grants.update(grant.access_grant_id, {
    requested: grant.requested.map((request) => ({
      ...request,
      access_method_ids: request.access_method_ids.filter((id) => id !== access_method_id),
    })),
  })
}

/** The row goes; nothing of it is left on any lock. */
const forgetGrant = (world: World, grant: AccessGrant): void => {
  const { access_grant_id, user_identity_id } = grant
  recordEvent(world, 'access_grant.deleted', { access_grant_id })
  cancelJob(world, 'access_grant.settle', access_grant_id)
  world.access_grants.delete(access_grant_id)
  forgetIfClean(world, user_identity_id)
}

/** A person who is being deleted goes with the last of its grants. */
export const forgetIfClean = (world: World, user_identity_id: string): void => {
  const person = world.user_identities.get(user_identity_id)
  if (person === undefined || person.deleting_at === null) return
  if (grantsOfPerson(world, user_identity_id).length === 0)
    forgetUserIdentity(world, user_identity_id)
}

const tellMissing = (world: World, grant: AccessGrant, device_ids: string[] | null): void => {
  const { access_grant_id } = grant
  world.access_grants.update(access_grant_id, {
    told_missing: device_ids,
    told_missing_at: device_ids === null ? null : world.now,
  })
  if (device_ids === null) return
  recordEvent(world, 'access_grant.could_not_create_requested_access_methods', {
    access_grant_id,
    error_message: missingMessage(device_ids),
    ...(device_ids.length > 0 && { missing_device_ids: device_ids }),
  })
}

const settle = (
  world: World,
  { access_grant_id }: AccessGrant,
  step: { device_ids: string[]; acs_entrance_ids: string[]; tells: boolean },
): void => {
  world.access_grants.update(access_grant_id, {
    settled_doors: step.device_ids,
    settled_entrances: orNone(step.acs_entrance_ids),
  })
  if (step.tells)
    recordEvent(world, 'access_grant.access_granted_to_all_doors', { access_grant_id })
}

/** The grant once more, after it was brought forward. @throws access_grant_not_found */
export const settledGrant = (
  world: World,
  access_grant_id: string,
  isNewcomer = false,
): AccessGrant => {
  bringGrantForward(world, access_grant_id, isNewcomer)
  return requireAccessGrant(world, access_grant_id)
}
