/** An unmanaged code that Seam is asked to look after. */
import { settleAttemptsOfCode } from '../action-attempts/attempts.ts'
import { codeEventIssues } from '../events/issues.ts'
import { recordEvent } from '../events/record.ts'
import type { LockView } from '../locks/lock-view.ts'
import { slotOfCode } from '../locks/memory-bank.ts'
import type { World } from '../kernel/world.ts'
import { issueGroups } from './issues.ts'
import type { AccessCode } from '../../db/tables/access-codes.ts'
import { isNative } from './programming-window.ts'

/** Why the conversion does not work out at this instant; null when it does. */
const obstacleOf = (
  world: World,
  code: AccessCode,
  view: LockView,
): { error_code: string; message: string } | null => {
  if (!view.link.online) {
    return {
      error_code: 'provider_issue',
      message: 'The lock could not be reached, so its code could not be verified.',
    }
  }
  if (slotOfCode(world, code) === undefined) {
    return { error_code: 'provider_issue', message: 'The code is not on the lock any more.' }
  }
  if (view.lock.third_party_at !== null && code.conversion?.force !== true) {
    return {
      error_code: 'insufficient_permissions',
      message:
        'Another integration manages the codes of this lock. Convert with force: true to take this one over.',
    }
  }
  const other =
    code.code === null
      ? undefined
      : world.access_codes
          .matching(code.device_id, code.code)
          .find(
            ({ is_managed, access_code_id }) =>
              is_managed && access_code_id !== code.access_code_id,
          )
  if (other !== undefined) {
    return {
      error_code: 'duplicate_code_on_device',
      message: `The managed access code ${other.access_code_id} has the same PIN.`,
    }
  }
  return null
}

/** The provider has answered: the code is managed from now on, or stays as it is. */
export const finishConversion = (
  world: World,
  code: AccessCode,
  view: LockView,
): Partial<AccessCode> => {
  const subject = { device_id: code.device_id, access_code_id: code.access_code_id }
  const obstacle = obstacleOf(world, code, view)
  if (obstacle !== null) {
    const groups = issueGroups(world, code, view)
    const error = { ...obstacle, created_at: world.now, is_access_code_error: true }
    recordEvent(world, 'access_code.unmanaged.failed_to_convert_to_managed', {
      ...subject,
      ...codeEventIssues({
        ...groups,
        access_code: {
          errors: [...groups.access_code.errors, error],
          warnings: groups.access_code.warnings,
        },
      }),
    })
    settleAttemptsOfCode(world, code.access_code_id, {
      status: 'error',
      error: { type: obstacle.error_code, message: obstacle.message },
    })
    return { conversion: null }
  }
  recordEvent(world, 'access_code.unmanaged.converted_to_managed', subject)
  return {
    is_managed: true,
    conversion: null,
    is_external_modification_allowed: code.conversion?.is_external_modification_allowed ?? false,
    // It is on the lock and was usable before: nothing about that is news.
    presence:
      isNative(code, view.profile.scheduling) && (code.starts_at ?? 0) > world.now
        ? 'scheduled'
        : 'set',
  }
}
