/** The codes that a lock takes or remembers without ever having been told of them. */
import type { LockView } from './lock-view.ts'
import type { World } from '../kernel/world.ts'
import { endedOfflineCodes } from './door-history.ts'
import type { OfflineCode } from './keypad.ts'
import { and, eq, isNotNull, where } from '../../db/conditions.ts'
import { access_codes } from '../../db/tables/access-codes.ts'

const offlinePins = where(access_codes, ['device_id'], (c, its) =>
  and(eq(c.device_id, its.device_id), eq(c.is_offline, true), isNotNull(c.code)),
)

const liveOfflineCodes = (world: World, device_id: string): OfflineCode[] =>
  world.access_codes.all(offlinePins({ device_id })).map((code) => ({
    code: code.code ?? '',
    access_code_id: code.access_code_id,
    starts_at: code.starts_at ?? code.created_at,
    ends_at: code.ends_at,
    one_time: code.is_one_time_use,
    first_used_at: code.offline_issue?.first_used_at ?? null,
    must_be_used_by: code.offline_issue?.must_be_used_by ?? null,
  }))

/** Seam forgets an offline code at its end. The lock computes it, and knows that it is over. */
const pastOfflineCodes = (world: World, device_id: string, code: string): OfflineCode[] =>
  endedOfflineCodes(world, device_id, code).map((past) => ({
    ...past,
    one_time: false,
    first_used_at: null,
    must_be_used_by: null,
  }))

const noCodes = (): OfflineCode[] => []

/** The lock's offline codes, and those of a PIN that are over. */
export const offlineCodesOf = (
  world: World,
  { profile, device: { device_id } }: LockView,
): ((code: string) => OfflineCode[]) => {
  if (profile.offline_codes === null) return noCodes
  const live = liveOfflineCodes(world, device_id)
  return (code) => [...live, ...pastOfflineCodes(world, device_id, code)]
}
