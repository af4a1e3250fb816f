/** Credentials that are issued, and what that does to others. */
import { and, eq, isNotNull, isNull, where } from '../../db/conditions.ts'
import { acs_credentials } from '../../db/tables/acs-credentials.ts'
import type { AcsCredential } from '../../db/tables/acs-credentials.ts'
import { systemTold } from '../acs-systems/link-of-system.ts'
import { modelOfSystem, requireSystem } from '../acs-systems/rows.ts'
import { recordEvent } from '../events/record.ts'
import { react } from '../kernel/react.ts'
import type { World } from '../kernel/world.ts'
import { requireCredential } from './rows.ts'

const valid = where(acs_credentials, ['acs_system_id'], (c, its) =>
  and(eq(c.acs_system_id, its.acs_system_id), isNotNull(c.issue), isNull(c.invalidated_at)),
)

/** What an event of a credential carries. */
export const credentialTold = (credential: AcsCredential) => ({
  ...systemTold(credential),
  acs_credential_id: credential.acs_credential_id,
})

/** Whether its doors compare issue numbers. */
export const hasIssues = (world: World, acs_system_id: string): boolean => {
  const { kind, doors } = modelOfSystem(requireSystem(world, acs_system_id))
  return kind === 'credentials' && !doors.are_wired
}

const guestDoors = (world: World, ids: readonly string[]): string[] =>
  ids.filter((id) => world.acs_entrances.get(id)?.category === 'guest')

/** Other credentials that are not over and open one of the same guests' doors. */
const atSameDoors = (world: World, credential: AcsCredential): AcsCredential[] => {
  const doors = new Set(guestDoors(world, credential.acs_entrance_ids))
  if (doors.size === 0) return []
  return world.acs_credentials
    .all(valid({ acs_system_id: credential.acs_system_id }))
    .filter(
      (other) =>
        other.acs_credential_id !== credential.acs_credential_id &&
        (other.ends_at === null || other.ends_at > world.now) &&
        other.acs_entrance_ids.some((id) => doors.has(id)),
    )
}

/** One stay is over when the other begins. */
const isBefore = (a: AcsCredential, b: AcsCredential): boolean =>
  a.ends_at !== null && b.starts_at !== null && a.ends_at <= b.starts_at

/** Those of them that are good at the same time: stays that follow each other have nothing to do with each other. */
const neighbours = (world: World, credential: AcsCredential): AcsCredential[] =>
  atSameDoors(world, credential).filter(
    (other) => !isBefore(other, credential) && !isBefore(credential, other),
  )

const nextIssue = (world: World, acs_system_id: string): number => {
  const issue = requireSystem(world, acs_system_id).last_issue + 1
  world.acs_systems.update(acs_system_id, { last_issue: issue })
  return issue
}

/** A number of its own overrides whoever was there before; the number of others lets both in. Staff have none. */
export const issueFor = (world: World, credential: AcsCredential): number | null => {
  const { acs_system_id, options } = credential
  if (!hasIssues(world, acs_system_id) || options.card_function_type === 'staff') return null
  const joined = (options.joiner_acs_credential_ids ?? []).flatMap(
    (id) => world.acs_credentials.get(id)?.issue ?? [],
  )
  const others =
    options.override === true ? [] : neighbours(world, credential).flatMap((it) => it.issue ?? [])
  const shared = [...joined, ...others]
  return shared.length > 0 ? Math.max(...shared) : nextIssue(world, acs_system_id)
}

/** Nobody has it on a card: its number can still be another one. Keys on phones are told. */
const canBeRenumbered = ({ written, access_method }: AcsCredential): boolean =>
  written === null || access_method === 'mobile_key'

/**
 * Stays are booked in any order, and doors take no lower number than they have seen: those that come
 * later get later numbers.
 */
export const renumberLaterStays = (world: World, acs_credential_id: string): void => {
  const credential = requireCredential(world, acs_credential_id)
  const { acs_system_id, issue } = credential
  if (issue === null) return
  const later = atSameDoors(world, credential)
    .filter((other) => isBefore(credential, other) && (other.issue ?? issue) < issue)
    .toSorted((a, b) => (a.starts_at ?? 0) - (b.starts_at ?? 0))
  for (const old of new Set(later.map((other) => other.issue))) {
    const party = world.acs_credentials
      .all(valid({ acs_system_id }))
      .filter((other) => other.issue === old)
    if (!party.every(canBeRenumbered)) continue
    const next = nextIssue(world, acs_system_id)
    for (const { acs_credential_id: id, written } of party) {
      const rewritten = written && { ...written, issue: next }
      world.acs_credentials.update(id, { issue: next, written: rewritten })
    }
  }
}

/** The credential opens nothing by right any more, whatever doors still believe. */
export const invalidate = (world: World, acs_credential_id: string): void => {
  const credential = requireCredential(world, acs_credential_id)
  if (credential.invalidated_at !== null) return
  world.acs_credentials.update(acs_credential_id, { invalidated_at: world.now })
  recordEvent(world, 'acs_credential.invalidated', credentialTold(credential))
  react(world, 'acs_credential_moved', acs_credential_id)
}

/** Tells that a credential can be used, and of those that it overrides. */
export const issueCredential = (world: World, acs_credential_id: string): void => {
  const credential = requireCredential(world, acs_credential_id)
  const isFirst = credential.issued_at === null
  world.acs_credentials.update(acs_credential_id, {
    issued_at: world.now,
    invalidated_at: null,
  })
  for (const other of neighbours(world, credential)) {
    if ((other.issue ?? 0) < (credential.issue ?? 0) && other.issued_at !== null)
      invalidate(world, other.acs_credential_id)
  }
  const event = isFirst ? 'acs_credential.issued' : 'acs_credential.reissued'
  recordEvent(world, event, credentialTold(credential))
  react(world, 'acs_credential_moved', acs_credential_id)
}
