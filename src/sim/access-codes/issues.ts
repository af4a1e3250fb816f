/** An access code's errors and warnings, derived from its state, its device's and its account's. */
import type { AccessCode } from '../../db/tables/access-codes.ts'
import { accountIssues } from '../connected-accounts/issues.ts'
import { lockIssues } from '../locks/issues.ts'
import type { Issue, Issues } from '../events/issues.ts'
import type { LockView } from '../locks/lock-view.ts'
import type { World } from '../kernel/world.ts'

const changeText = { modified: 'changed', removed: 'removed' } as const

/** What Seam tries to bring to the lock, and told that it failed or takes long. */
const effortIssues = ({ effort }: AccessCode): Issues => {
  const errors: Issue[] = []
  const warnings: Issue[] = []
  if (effort === null) return { errors, warnings }
  const removing = effort.kind === 'remove'
  if (effort.failure_reported_at !== null) {
    const { error } = effort
    const error_code =
      error?.error_code ?? (removing ? 'failed_to_remove_from_device' : 'failed_to_set_on_device')
    const message =
      error?.message ??
      (removing
        ? 'The code could not be removed from the device. Seam keeps trying.'
        : 'The code could not be set on the device. Seam keeps trying.')
    errors.push({
      error_code,
      message,
      created_at: effort.failure_reported_at,
      is_access_code_error: true,
      ...(error?.other !== undefined && {
        [error.other.is_managed ? 'managed_access_code_id' : 'unmanaged_access_code_id']:
          error.other.access_code_id,
      }),
    })
  }
  if (effort.delay_reported_at !== null) {
    warnings.push({
      warning_code: removing ? 'delay_in_removing_from_device' : 'delay_in_setting_on_device',
      message: removing
        ? 'Removing the code takes unusually long.'
        : 'Setting the code takes unusually long.',
      created_at: effort.delay_reported_at,
    })
  }
  return { errors, warnings }
}

/** Somebody changed it at the lock. */
const changeIssues = (code: AccessCode): Issues => {
  const { external_change } = code
  if (external_change === null) return { errors: [], warnings: [] }
  const detail = {
    change_type: external_change.change_type,
    modified_fields: external_change.modified_fields,
    created_at: external_change.at,
  }
  const what = `The code was ${changeText[external_change.change_type]} on the lock outside of Seam.`
  if (code.is_external_modification_allowed) {
    const warning_code = 'external_modification_in_effect'
    const message = `${what} It is left that way.`
    return { errors: [], warnings: [{ warning_code, message, ...detail }] }
  }
  const error_code = 'conflicting_external_modification'
  const message = `${what} Seam writes its own version back.`
  return {
    errors: [{ error_code, message, is_access_code_error: true, ...detail }],
    warnings: [],
  }
}

/** What is worth knowing of its state, and nothing to repair. */
const stateWarnings = (code: AccessCode): Issue[] => {
  const warnings: Issue[] = []
  if (code.deletion_requested_at !== null) {
    warnings.push({
      warning_code: 'being_deleted',
      message: 'The code is being deleted.',
      created_at: code.deletion_requested_at,
    })
  }
  if (code.pulled_backup_access_code_id !== null) {
    warnings.push({
      warning_code: 'using_backup_access_code',
      message: 'A backup code was pulled for this code.',
      created_at: code.pulled_at ?? code.created_at,
    })
  }
  if (code.offline_issue !== null && code.offline_issue.must_be_used_by !== null) {
    warnings.push({
      warning_code: 'igloo_algopin_must_be_used_within_24_hours',
      message: 'The code must be used for the first time within 24 hours of its start.',
      created_at: code.created_at,
    })
  }
  if (code.offline_issue?.is_zone_unknown === true) {
    warnings.push({
      warning_code: 'time_frame_adjusted_for_unknown_time_zone',
      message: "The lock's time zone is not known, so the time frame was fitted to hours of UTC.",
      created_at: code.created_at,
    })
  }
  return warnings
}

/** The code's own issues, without those of its device and account. */
export const ownIssues = (code: AccessCode): Issues => {
  const effort = effortIssues(code)
  const change = changeIssues(code)
  return {
    errors: [...effort.errors, ...change.errors],
    warnings: [...effort.warnings, ...change.warnings, ...stateWarnings(code)],
  }
}

const withThirdParty = ({ errors, warnings }: Issues, { lock }: LockView): Issues => ({
  errors,
  warnings:
    lock.third_party_at === null
      ? warnings
      : [
          ...warnings,
          {
            warning_code: 'third_party_integration_detected',
            message: 'Another integration manages the codes of this lock too, and may change them.',
            created_at: lock.third_party_at,
          },
        ],
})

/** All issues of a code, in the three groups in which events carry them. */
export const issueGroups = (world: World, code: AccessCode, view: LockView) => ({
  access_code: withThirdParty(ownIssues(code), view),
  device: lockIssues(world, view),
  connected_account: accountIssues(view.account),
})

/** What `access_code.errors` and `.warnings` hold: the code's own, its device's and its account's. */
export const allIssues = (world: World, code: AccessCode, view: LockView): Issues => {
  const groups = issueGroups(world, code, view)
  return {
    errors: [
      ...groups.access_code.errors,
      ...groups.device.errors,
      ...groups.connected_account.errors,
    ],
    warnings: groups.access_code.warnings,
  }
}
