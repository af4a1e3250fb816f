import { createActionAttempt } from '../action-attempts/attempts.ts'
import type { ActionAttempt } from '../../db/tables/action-attempts.ts'
import { scheduleJob } from '../kernel/jobs.ts'
import type { World } from '../kernel/world.ts'
import type { AccessCode } from '../../db/tables/access-codes.ts'
import { settleAccessCode } from './carry-out.ts'

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
