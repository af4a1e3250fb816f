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

/** Credentials that are good now and open one of the same guests' doors. */
const neighbours = (world: World, credential: AcsCredential): AcsCredential[] => {
  const doors = new Set(guestDoors(world, credential.acs_entrance_ids))
  return world.acs_credentials
    .all(valid({ acs_system_id: credential.acs_system_id }))
    .filter(
      (other) =>
        other.acs_credential_id !== credential.acs_credential_id &&
        (other.ends_at === null || other.ends_at > world.now) &&
        other.acs_entrance_ids.some((id) => doors.has(id)),
    )
}

const nextIssue = (world: World, acs_system_id: string): number => {
  const issue = requireSystem(world, acs_system_id).last_issue + 1
  world.acs_systems.update(acs_system_id, { last_issue: issue })
  return issue
}

/** A number of its own overrides whoever was there before; the number of others lets both in. */
export const issueFor = (world: World, credential: AcsCredential): number | null => {
  const { acs_system_id, options } = credential
  if (!hasIssues(world, acs_system_id)) return null
  const joined = (options.joiner_acs_credential_ids ?? []).flatMap(
    (id) => world.acs_credentials.get(id)?.issue ?? [],
  )
  const others =
    options.override === true ? [] : neighbours(world, credential).flatMap((it) => it.issue ?? [])
  const shared = [...joined, ...others]
  return shared.length > 0 ? Math.max(...shared) : nextIssue(world, acs_system_id)
}

/** The credential opens nothing by right any more, whatever doors still believe. */
export const invalidate = (world: World, acs_credential_id: string): void => {
  const credential = requireCredential(world, acs_credential_id)
  if (credential.invalidated_at !== null) return
  world.acs_credentials.update(acs_credential_id, { invalidated_at: world.now })
  recordEvent(world, 'acs_credential.invalidated', credentialTold(credential))
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
