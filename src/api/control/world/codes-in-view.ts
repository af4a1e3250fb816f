import { is } from '../../../db/conditions.ts'
import { access_codes } from '../../../db/tables/access-codes.ts'
import type { AccessCode } from '../../../db/tables/access-codes.ts'
import type { Disagreement } from '../../../sim/disagreements/find.ts'
import type { World } from '../../../sim/kernel/world.ts'
import type { LockView } from '../../../sim/locks/lock-view.ts'

const ofDevice = is(access_codes.device_id)

/** The codes of one lock: those that are shown, and how many there are. */
export interface CodesOfLock {
  readonly shown: readonly AccessCode[]
  readonly total: number
}

interface InView {
  from: number
  to: number
  locks: readonly LockView[]
  trouble: readonly Disagreement[]
}

const touches = ({ starts_at, ends_at, created_at }: AccessCode, { from, to }: InView): boolean =>
  (starts_at ?? created_at) <= to && (ends_at === null || ends_at >= from)

/** The codes that are in trouble or touch the time that is looked at, lock by lock. */
export const codesInView = (world: World, view: InView): ReadonlyMap<string, CodesOfLock> => {
  const troubled = new Set(view.trouble.map(({ access_code_id }) => access_code_id))
  return new Map(
    view.locks.map(({ device: { device_id } }) => {
      const all = world.access_codes.all(ofDevice(device_id))
      const shown = all.filter((it) => troubled.has(it.access_code_id) || touches(it, view))
      return [device_id, { shown, total: all.length }]
    }),
  )
}
