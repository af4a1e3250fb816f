/** Which time frames are taken. */
import { invalidInput } from '../../kernel/errors.ts'
import { toIso } from '../../kernel/instant.ts'
import type { World } from '../../kernel/world.ts'
import type { LockView } from '../../locks/lock-view.ts'
import type { CodeConstraint } from '../../locks/profile.ts'
import { refuse } from './request.ts'
import type { RuleProblem } from './request.ts'

/** @throws invalid_input for an end before the beginning, or in the past */
export const checkEnd = (world: World, starts_at: number, ends_at: number | null): void => {
  if (ends_at === null) return
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
  if (starts_at !== undefined && ends_at !== undefined) checkEnd(world, starts_at, ends_at)
}

/**
 * What is over stays as it was, unless it is given a new end: its PIN may be on the lock still, and
 * another one will never be put there.
 */
export const checkNotOver = (
  world: World,
  window: { ends_at: number | null },
  change: { code?: string | undefined; name?: string | undefined },
): void => {
  const { ends_at } = window
  if (ends_at === null || ends_at > world.now) return
  const changesName = change.name !== undefined && !world.settings.keep_expired_codes
  if (change.code === undefined && !changesName) return
  throw invalidInput(
    'access_code_id',
    `The access code ended at ${toIso(ends_at)}: its ${change.code === undefined ? 'name' : 'PIN'} cannot be changed any more. Give a new ends_at with the change, or create a new code`,
  )
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

/**
 * A start that is not in the future is now, on every lock: Seam asks the provider for a start that
 * it takes (Seam public tracker, issue 28 on Kwikset, closed). The guides' constraint is a setting.
 *
 * @throws invalid_input with `enforce_code_constraints`, where the lock takes no such start
 */
export const checkStart = (world: World, view: LockView, starts_at: number | undefined): void => {
  if (!world.settings.enforce_code_constraints) return
  refuse('starts_at', validateStart(starts_at ?? null, world.now, view.profile.code_constraints))
}

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
