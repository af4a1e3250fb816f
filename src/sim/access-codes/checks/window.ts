/** Which time frames are taken. */
import { invalidInput } from '../../kernel/errors.ts'
import { toIso } from '../../kernel/instant.ts'
import type { World } from '../../kernel/world.ts'
import type { LockView } from '../../locks/lock-view.ts'
import type { CodeConstraint } from '../../locks/profile.ts'
import { refuse } from './request.ts'
import type { RuleProblem } from './request.ts'

export const checkWindow = (
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

/** Whether a time-bound code may start at `starts_at` (ms) when asked for at `now`. */
export function validateStart(
  starts_at: number | null,
  now: number,
  constraints: readonly CodeConstraint[],
): RuleProblem[] {
  const future = constraints.some((it) => it.constraint_type === 'start_date_in_future')
  if (!future || starts_at === null || starts_at > now) return []
  return [
    {
      rule: 'start_date_in_future',
      message:
        'Constraint start_date_in_future: starts_at is not in the future; give this lock a start that is, best at least 15 minutes ahead.',
    },
  ]
}

/** @throws invalid_input where the lock takes no such start. */
export const checkStart = (world: World, view: LockView, starts_at: number | undefined): void =>
  refuse('starts_at', validateStart(starts_at ?? null, world.now, view.profile.code_constraints))

/** Some locks keep windows in local time only. */
export const checkTimeZone = (view: LockView, starts_at: number | undefined): void => {
  const { profile, device } = view
  if (!profile.needs_time_zone || starts_at === undefined || device.reported_time_zone !== null)
    return
  throw invalidInput(
    'starts_at',
    `Time-bound codes on ${profile.display_name} locks need the lock's time zone: report it with /devices/report_provider_metadata first`,
  )
}
