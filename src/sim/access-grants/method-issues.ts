/** A method's errors and warnings, derived. */
import type { AccessGrant } from '../../db/tables/access-grants.ts'
import type { AccessMethod } from '../../db/tables/access-methods.ts'
import type { Issue, Issues } from '../events/issues.ts'
import { methodsWithOldTimes } from './issues.ts'
import { isOver } from './terms.ts'

const warning = (warning_code: string, message: string, created_at: number | null): Issue[] =>
  created_at === null ? [] : [{ warning_code, message, created_at }]

export const methodIssues = (grant: AccessGrant, method: AccessMethod, now: number): Issues => {
  const deleting_at = method.deletion_requested_at ?? grant.deletion_requested_at
  const { failure_told_at, delay_told_at, original_access_method_id } = method
  const isLate = !isOver(grant, now) && methodsWithOldTimes(grant, [method]).length > 0
  return {
    errors:
      failure_told_at === null
        ? []
        : [
            {
              error_code: 'failed_to_issue',
              message: 'The access could not be made in time. Seam keeps trying.',
              created_at: failure_told_at,
            },
          ],
    warnings: [
      ...warning('being_deleted', 'The access method is being deleted.', deleting_at),
      ...warning(
        'updating_access_times',
        'The new times are on their way to the doors.',
        isLate ? (grant.times_changed_at ?? grant.created_at) : null,
      ),
      ...(original_access_method_id === null
        ? []
        : [
            {
              warning_code: 'pulled_backup_access_code',
              message: 'A spare code stands in for an access method that could not be issued.',
              created_at: method.created_at,
              original_access_method_id,
            },
          ]),
      ...warning('delay_in_issuing', 'The access takes unusually long to be made.', delay_told_at),
    ],
  }
}
