/** What the terms of a grant say: when it is over or late, at which doors it is to be met, and what is missing. */
import type { AccessRequest } from '../../db/tables/access-grants.ts'
import type { Entrance, GrantSettings, ReconciledGrant, ReconciledMethod } from './reconciled.ts'

/** Assumed: so long before the start a guest's PIN should be there. */
export const DELAY_BEFORE_START = 15 * 60_000

export const isOver = (grant: Pick<ReconciledGrant, 'ends_at'>, now: number): boolean =>
  grant.ends_at !== null && now >= grant.ends_at

/** A code without an end is for good, so that it is made only when the grant begins. */
export const isDeferred = (
  grant: Pick<ReconciledGrant, 'starts_at' | 'ends_at'>,
  now: number,
): boolean => grant.ends_at === null && grant.starts_at > now

/** When a method that is not issued is told to be late, and to have failed, ms. */
export const reportsOf = (
  grant: Pick<ReconciledGrant, 'starts_at' | 'ends_at'>,
  method: Pick<ReconciledMethod, 'since'>,
  settings: GrantSettings,
): { delay_at: number; fail_at: number } => {
  // A code without an end is not made before the start, so that it cannot be late by then.
  const since = grant.ends_at === null ? Math.max(method.since, grant.starts_at) : method.since
  const delay_at = grant.starts_at - DELAY_BEFORE_START
  if (delay_at > since) return { delay_at, fail_at: grant.starts_at }
  return {
    delay_at: since + settings.delay_after,
    fail_at: Math.max(grant.starts_at, since + settings.fail_after),
  }
}

const isCode = (request: AccessRequest): boolean => request.mode === 'code' && !request.is_ended

const isLeftOut = ({ without, withdrawn }: AccessRequest, device_id: string): boolean =>
  without.includes(device_id) || withdrawn.includes(device_id)

/** The doors at which the request is to be met. */
export const doorsFor = (grant: Pick<ReconciledGrant, 'doors'>, request: AccessRequest): string[] =>
  isCode(request)
    ? grant.doors
        .filter(({ device_id, obstacle }) => obstacle === null && !isLeftOut(request, device_id))
        .map(({ device_id }) => device_id)
    : []

/** The entrances at which the request is to be met. */
export const entrancesFor = (
  grant: Pick<ReconciledGrant, 'entrances'>,
  request: AccessRequest,
): Entrance[] =>
  request.is_ended
    ? []
    : grant.entrances.filter(
        ({ acs_entrance_id, modes }) =>
          modes.includes(request.mode) && !isLeftOut(request, acs_entrance_id),
      )

type Places = Pick<ReconciledGrant, 'doors' | 'entrances' | 'requested'>

const isPossible = (grant: Places, request: AccessRequest): boolean =>
  doorsFor(grant, request).length + entrancesFor(grant, request).length > 0

/** Some way in that was asked for is possible at no door. */
export const isUnserved = (grant: Places): boolean =>
  grant.requested.some((request) => !request.is_ended && !isPossible(grant, request))

/** Every entrance can be opened in one of the ways that were asked for. */
export const isEachEntranceServed = (grant: Places): boolean => {
  const served = new Set(grant.requested.flatMap((request) => entrancesFor(grant, request)))
  return grant.entrances.every((entrance) => served.has(entrance))
}

/**
 * The doors without the access that was asked for, for good as it looks now; an empty list where no
 * door is left at all; null where nothing is missing.
 */
export const missingOf = (grant: Places): string[] | null => {
  const wanted = grant.requested.filter(({ is_ended }) => !is_ended)
  const isServed = !isUnserved(grant)
  const hasCodes = wanted.some(({ mode }) => mode === 'code')
  // A lock takes codes alone: what entrances have in its place is not missing.
  const lacks = (request: AccessRequest, device_id: string): boolean =>
    request.mode === 'code'
      ? request.without.includes(device_id)
      : !hasCodes || !isPossible(grant, request)
  const missing = grant.doors.flatMap(({ device_id, obstacle }) => {
    const isImpossible =
      (obstacle !== null && obstacle !== 'unmanaged') ||
      wanted.some((request) => lacks(request, device_id))
    return isImpossible ? [device_id] : []
  })
  return isServed && missing.length === 0 ? null : missing
}
