/** A device is to be deleted with its account, and its codes with it. */
import type { AccessCode } from '../../db/tables/access-codes.ts'
import { settleAttemptsOfCode } from '../action-attempts/attempts.ts'
import { cancelJobsAbout } from '../kernel/jobs.ts'
import type { World } from '../kernel/world.ts'
import { noteOfflineCodeEnded } from '../locks/door-history.ts'
import { tellDeleted } from './tell-deleted.ts'
import { is } from '../../db/conditions.ts'
import { access_codes } from '../../db/tables/access-codes.ts'

const ofDevice = is(access_codes.device_id)

const deleteCode = (world: World, code: AccessCode): void => {
  const { access_code_id } = code
  if (code.is_managed) tellDeleted(world, code)
  settleAttemptsOfCode(world, access_code_id, {
    status: 'error',
    error: { type: 'account_disconnected', message: 'The connected account was deleted.' },
  })
  cancelJobsAbout(world, access_code_id)
  if (code.is_offline) noteOfflineCodeEnded(world, access_code_id)
  world.access_codes.delete(access_code_id)
}

/** Deletes the codes from Seam's records; what is in the lock's memory stays there. */
export const deleteCodesOfDevice = (world: World, device_id: string): void => {
  for (const code of world.access_codes.all(ofDevice(device_id))) {
    deleteCode(world, code)
  }
}
