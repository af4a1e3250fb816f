/** A grant's errors, warnings and pending mutations, derived from the two truths and never stored. */
import type { AccessGrant, AccessRequest } from '../../db/tables/access-grants.ts'
import type { AccessMethod } from '../../db/tables/access-methods.ts'
import { isSameWindow } from '../access-methods/code-state.ts'
import type { Issue, Issues } from '../events/issues.ts'
import type { World } from '../kernel/world.ts'
import { doorsFor, entrancesFor, isOver, isUnserved } from './terms.ts'
import type { ReconciledGrant, ReconciledMethod } from './reconciled.ts'
import { methodsOf } from './rows.ts'
import { grantState } from './state.ts'

/** What is told of doors without the access that was asked for. */
export const missingMessage = (device_ids: readonly string[]): string =>
  device_ids.length === 0
    ? 'There is no door left for which the requested access could be made.'
    : `Some of the requested access cannot be made for the devices ${device_ids.join(', ')}.`

/** The methods whose codes do not have the grant's window yet. */
export const methodsWithOldTimes = (grant: AccessGrant, methods: readonly AccessMethod[]) =>
  methods.filter(
    ({ in_effect, doors, acs, deletion_requested_at }) =>
      !isSameWindow(in_effect, grant) &&
      (acs?.entrance_ids ?? doors).length > 0 &&
      deletion_requested_at === null,
  )

/** Doors whose PIN is not the one that the caller wished for. */
const otherCodes = (request: AccessRequest, methods: readonly AccessMethod[]): Issue[] =>
  methods
    .filter(
      ({ access_method_id, code, original_access_method_id }) =>
        request.access_method_ids.includes(access_method_id) &&
        original_access_method_id === null &&
        request.code !== null &&
        code !== null &&
        code !== request.code,
    )
    .flatMap(({ doors, code, created_at }) =>
      doors.map(({ device_id }) => ({
        warning_code: 'requested_code_unavailable',
        message: 'The lock does not take the requested PIN, so that it has another one.',
        created_at,
        device_id,
        original_code: request.code,
        new_code: code,
      })),
    )

const doorWarnings = (grant: AccessGrant, { doors }: ReconciledGrant): Issue[] =>
  doors.flatMap(({ device_id, obstacle }): Issue[] => {
    const told = { device_id, created_at: grant.told_missing_at ?? grant.created_at }
    switch (obstacle) {
      case null:
      case 'unmanaged':
        return []
      case 'no_codes':
        return [
          {
            warning_code: 'device_does_not_support_access_codes',
            message: 'The device takes no access codes, so that the grant has none for it.',
            ...told,
          },
        ]
      default:
        return [
          {
            warning_code: 'device_time_constraints_violated',
            message: 'The device takes no access code with the times of the grant.',
            reason: obstacle,
            ...told,
          },
        ]
    }
  })

/** Doors that came after everything was settled, or that nobody can be let in by for now. */
const isUnderprovisioned = (grant: ReconciledGrant): boolean => {
  const { doors, settled_doors, settled_entrances, requested } = grant
  if (settled_doors === null) return false
  const settled = [...settled_doors, ...(settled_entrances ?? [])]
  const isNew = (id: string): boolean => !settled.includes(id)
  return (
    doors.some(({ obstacle }) => obstacle === 'unmanaged') ||
    requested.some(
      (request) =>
        doorsFor(grant, request).some(isNew) ||
        entrancesFor(grant, request).some(({ acs_entrance_id }) => isNew(acs_entrance_id)),
    )
  )
}

/** Entrances that a credential opens by the word of its server, and should not. */
const isOpenTooFar = ({ acs }: ReconciledMethod): boolean =>
  acs?.credential?.held_entrance_ids.some((id) => !acs.entrance_ids.includes(id)) ?? false

const overprovisioned = (state: ReconciledGrant, created_at: number): Issue[] => {
  const living = state.methods.filter((method) => method.deletion_requested_at === null)
  const leaving = living.flatMap((method) => method.leaving)
  if (leaving.length === 0 && !living.some(isOpenTooFar)) return []
  const failed_devices = leaving
    .filter(({ is_irrevocable }) => is_irrevocable)
    .map(({ device_id }) => ({
      device_id,
      error_code: 'offline_access_code_not_revocable',
      message: 'The lock accepts this offline code until its end.',
    }))
  return [
    {
      warning_code: 'overprovisioned_access',
      message: 'Access is still to be taken away at some doors.',
      created_at,
      ...(failed_devices.length > 0 && { failed_devices }),
    },
  ]
}

const timeWarning = (
  grant: AccessGrant,
  methods: readonly AccessMethod[],
  now: number,
): Issue[] => {
  const late = isOver(grant, now) ? [] : methodsWithOldTimes(grant, methods)
  if (late.length === 0) return []
  return [
    {
      warning_code: 'updating_access_times',
      message: 'The new times are on their way to the doors.',
      created_at: grant.times_changed_at ?? grant.created_at,
      access_method_ids: late.map(({ access_method_id }) => access_method_id),
    },
  ]
}

export const grantIssues = (world: World, grant: AccessGrant): Issues => {
  const state = grantState(world, grant)
  const methods = methodsOf(world, grant)
  const { deletion_requested_at, doors_changed_at, created_at } = grant
  if (deletion_requested_at !== null) {
    const warning_code = 'being_deleted'
    const message = 'The access grant is being deleted.'
    return { errors: [], warnings: [{ warning_code, message, created_at: deletion_requested_at }] }
  }
  const missing = isUnserved(state)
    ? [
        {
          error_code: 'cannot_create_requested_access_methods',
          message: missingMessage(grant.told_missing ?? []),
          created_at: grant.told_missing_at ?? created_at,
          missing_device_ids: grant.told_missing ?? [],
        },
      ]
    : []
  const changed_at = doors_changed_at ?? created_at
  const warnings = [
    ...(!isOver(grant, world.now) && isUnderprovisioned(state)
      ? [
          {
            warning_code: 'underprovisioned_access',
            message: 'Access is still to be given at some doors.',
            created_at: changed_at,
          },
        ]
      : []),
    ...overprovisioned(state, changed_at),
    ...timeWarning(grant, methods, world.now),
    ...grant.requested.flatMap((request) => otherCodes(request, methods)),
    ...(grant.requested.some(({ mode }) => mode === 'code') ? doorWarnings(grant, state) : []),
  ]
  return { errors: missing, warnings }
}
