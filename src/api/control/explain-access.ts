/** Access grants, stays and spaces explained, as they go over the wire. */
import { accessGrantRoutes, spaceRoutes, stayRoutes } from '../../contract/explain-access.ts'
import type { GrantExplanation as WireGrant } from '../../contract/explain-access.ts'
import type { EntranceExplanation } from '../../sim/access-grants/explain/entrance.ts'
import type { DoorExplanation } from '../../sim/access-grants/explain/door.ts'
import { explainAccessGrant, explainAccessMethod } from '../../sim/access-grants/explain/grant.ts'
import type { GrantExplanation } from '../../sim/access-grants/explain/grant.ts'
import { explainSpace } from '../../sim/customers/explain/space.ts'
import { explainStay } from '../../sim/customers/explain/stay.ts'
import { toIso, toIsoOrNull } from '../../sim/kernel/instant.ts'
import type { World } from '../../sim/kernel/world.ts'
import { answerRoute } from './endpoint.ts'

const presentDoor = ({
  phrase,
  waits_for,
  next_try_at,
  ...door
}: DoorExplanation): WireGrant['doors'][number] => ({
  ...door,
  waits_for: waits_for === null ? null : { ...waits_for, until: toIsoOrNull(waits_for.until) },
  next_try_at: toIsoOrNull(next_try_at),
  sentence: `${door.name} ${phrase}.`,
})

const presentEntrance = ({
  phrase,
  waits_for,
  ...entrance
}: EntranceExplanation): WireGrant['entrances'][number] => ({
  ...entrance,
  waits_for: waits_for === null ? null : { ...waits_for, until: toIsoOrNull(waits_for.until) },
  sentence: `${entrance.name} ${phrase}.`,
})

const present = ({ doors, entrances, next_look_at, ...grant }: GrantExplanation): WireGrant => ({
  ...grant,
  doors: doors.map(presentDoor),
  entrances: entrances.map(presentEntrance),
  next_look_at: toIsoOrNull(next_look_at),
})

const explanationOf = (
  world: World,
  by: {
    access_grant_id?: string | undefined
    access_grant_key?: string | undefined
    access_method_id?: string | undefined
  },
): GrantExplanation => {
  const { access_grant_id, access_grant_key = '', access_method_id } = by
  if (access_method_id !== undefined) return explainAccessMethod(world, access_method_id)
  return explainAccessGrant(
    world,
    access_grant_id === undefined ? { access_grant_key } : { access_grant_id },
  )
}

const grant = answerRoute(accessGrantRoutes.explain, {
  effect: 'read',
  handler: ({ world }, by) => ({ explanation: present(explanationOf(world, by)) }),
})

const stay = answerRoute(stayRoutes.explain, {
  effect: 'read',
  handler: ({ world }, { stay_key }) => {
    const told = explainStay(world, stay_key)
    return {
      explanation: {
        ...told,
        stays: told.stays.map((it) => ({ ...it, next_run_at: toIsoOrNull(it.next_run_at) })),
        runs: told.runs.map(({ automation_run_id, rule, success, error, message, created_at }) => ({
          automation_run_id,
          rule,
          success,
          error,
          message,
          created_at: toIso(created_at),
        })),
        access_grants: told.access_grants.map(present),
      },
    }
  },
})

const space = answerRoute(spaceRoutes.explain, {
  effect: 'read',
  handler: ({ world }, by) => ({ explanation: explainSpace(world, by) }),
})

export const explainAccessEndpoints = [grant, stay, space]
