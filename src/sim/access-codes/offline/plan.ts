/** Codes that the provider computes and the lock accepts without being contacted. */
import type { OfflineIssue } from '../../../db/tables/access-codes.ts'
import { domainError, invalidInput } from '../../kernel/errors.ts'
import { zoneOf } from '../../locks/lock-view.ts'
import type { LockView } from '../../locks/lock-view.ts'
import { toIso } from '../../kernel/instant.ts'
import type { OfflineCodeKind } from '../../locks/profile.ts'
import type { World } from '../../kernel/world.ts'
import { offlineLimitProblem, resolveOfflineWindow } from './windows.ts'
import type { OfflineLoad } from './windows.ts'
import { pinAssignedAt } from '../pins.ts'
import { nextOrdinal } from '../rows.ts'
import type { NewAccessCode, NewRow } from '../rows.ts'
import { and, eq, is, where } from '../../../db/conditions.ts'
import { access_codes } from '../../../db/tables/access-codes.ts'

const ofDevice = is(access_codes.device_id)
const offlineOf = where(access_codes, ['device_id'], (c, its) =>
  and(eq(c.device_id, its.device_id), eq(c.is_offline, true)),
)

const kinds = ['hourly', 'daily', 'one_time', 'time_slot', 'time_bound'] as const

const isKind = (kind: string): kind is OfflineCodeKind['kind'] =>
  kinds.some((known) => known === kind)

const loadOf = (world: World, device_id: string): OfflineLoad => ({
  codes: world.access_codes
    .all(offlineOf({ device_id }))
    .flatMap(({ offline_issue, starts_at }) =>
      offline_issue !== null && starts_at !== null && isKind(offline_issue.kind)
        ? [{ kind: offline_issue.kind, starts_at }]
        : [],
    ),
  total: world.access_codes.count(ofDevice(device_id)),
})

/**
 * The row of an offline code. Its window is rounded to what the provider can compute; its PIN
 * comes from there a little later.
 *
 * @param rounds_outwards the window may be longer than what is asked for, and not shorter
 * @throws invalid_input when no code of this lock fits the request
 */
export const planOfflineCode = (
  world: World,
  view: LockView,
  input: NewAccessCode,
  rounds_outwards = false,
): Omit<NewRow, 'name'> => {
  const { profile, device } = view
  const rules = profile.offline_codes
  if (rules === null) throw domainError('invalid_input', 'This lock has no offline codes.')
  if (input.code !== undefined) {
    throw invalidInput(
      'code',
      'The PIN of an offline access code is computed by the provider; leave code out',
    )
  }
  if (input.use_backup_access_code_pool === true) {
    throw invalidInput(
      'use_backup_access_code_pool',
      'Offline access codes have no backup: the lock is never contacted',
    )
  }
  const time_zone = zoneOf(view)
  const fit = resolveOfflineWindow(rules, {
    starts_at: input.starts_at ?? null,
    ends_at: input.ends_at ?? null,
    is_one_time_use: input.is_one_time_use ?? false,
    rounds_outwards,
    time_zone,
    ...(input.max_time_rounding !== undefined && { max_time_rounding: input.max_time_rounding }),
  })
  if (!fit.ok) throw invalidInput('starts_at', fit.message)
  const { kind, starts_at, ends_at, must_be_used_by, time_slot_name } = fit.window
  if (ends_at <= world.now) {
    throw invalidInput(
      'ends_at',
      `ends_at (${toIso(ends_at)} for this lock) must be in the future; it is now ${toIso(world.now)} in this workspace`,
    )
  }
  const tooMany = offlineLimitProblem(rules, fit.window, loadOf(world, device.device_id), time_zone)
  if (tooMany !== null) throw invalidInput('starts_at', tooMany)
  const ordinal = nextOrdinal(world, device.device_id)
  const offline_issue: OfflineIssue = {
    kind,
    must_be_used_by,
    first_used_at: null,
    time_slot_name,
    is_zone_unknown: time_zone === null,
  }
  return {
    ordinal,
    code: null,
    pin_assigned_at: pinAssignedAt(world, view, ordinal),
    starts_at,
    ends_at,
    is_offline: true,
    is_one_time_use: input.is_one_time_use ?? false,
    common_code_key: input.common_code_key ?? null,
    offline_issue,
  }
}
