/** How a code comes off its lock, or out of Seam's hands. */
import type { AccessCode } from '../../db/tables/access-codes.ts'
import type { ActionAttempt } from '../../db/tables/action-attempts.ts'
import { createActionAttempt } from '../action-attempts/attempts.ts'
import { scheduleJob } from '../kernel/jobs.ts'
import type { World } from '../kernel/world.ts'
import { lockView } from '../locks/lock-view.ts'
import { bringForward } from './carry-out.ts'
import { scheduleSync } from '../locks/next-poll.ts'

/** Marks a code, managed or not, for removal. */
export const requestDeletion = (world: World, code: AccessCode): ActionAttempt => {
  const { access_code_id, device_id } = code
  const action_attempt = createActionAttempt(world, {
    action_type: 'DELETE_ACCESS_CODE',
    device_id,
    access_code_id,
  })
  takeOff(world, code)
  return action_attempt
}

/** The same where nobody waits for the outcome. */
export const takeOff = (world: World, code: AccessCode): void => {
  const { access_code_id, device_id } = code
  if (code.deletion_requested_at === null) {
    world.access_codes.update(access_code_id, { deletion_requested_at: world.now })
  }
  bringForward(world, access_code_id)
  if (code.is_backup) scheduleJob(world, 'backup_pool.fill', device_id, world.now)
}

/** Hands a code over to the lock's own app: Seam stops looking after it. */
export const releaseAccessCode = (world: World, code: AccessCode): void => {
  const { access_code_id, programmed } = code
  if (programmed === null || code.deletion_requested_at !== null) {
    requestDeletion(world, code)
    return
  }
  // What was asked for and never reached the lock is dropped: an unmanaged code is what the lock holds.
  const held = {
    code: programmed.code,
    name: programmed.name,
    starts_at: programmed.is_native ? programmed.starts_at : null,
    ends_at: programmed.is_native ? programmed.ends_at : null,
  }
  world.access_codes.update(access_code_id, {
    ...held,
    in_effect: held,
    programmed: { ...programmed, ...held },
    is_managed: false,
    prefer_native_scheduling: true,
    common_code_key: null,
    access_method_id: null,
    effort: null,
    is_unconfirmed: false,
    external_change: null,
    presence: null,
  })
  bringForward(world, access_code_id)
  const view = lockView(world, code.device_id)
  if (view !== null) scheduleSync(world, view)
}
