/** The deletion of a group, on its way to the server: the only change of groups that the API can ask for. */
import type { AcsAccessGroup } from '../../db/tables/acs-access-groups.ts'
import type { AcsSystem } from '../../db/tables/acs-systems.ts'
import type { AcsPush } from '../../db/tables/acs-shapes.ts'
import { takePushStep } from '../acs-systems/carry-out-push.ts'
import { systemTold } from '../acs-systems/link-of-system.ts'
import { systemLink } from '../acs-systems/link.ts'
import { failedPush, reconcilePush, sentPush, unansweredPush } from '../acs-systems/push.ts'
import { recordEvent } from '../events/record.ts'
import { cancelJobsAbout } from '../kernel/jobs.ts'
import { react } from '../kernel/react.ts'
import { comeToRest } from '../kernel/come-to-rest.ts'
import type { World } from '../kernel/world.ts'
import { groupsOfSystem, requireGroup } from './rows.ts'

export const GROUP_JOB = 'acs_access_group.settle'

const forget = (world: World, group: AcsAccessGroup): void => {
  const { acs_access_group_id } = group
  react(world, 'acs_access_group_deleted', acs_access_group_id)
  cancelJobsAbout(world, acs_access_group_id)
  world.acs_access_groups.delete(acs_access_group_id)
  recordEvent(world, 'acs_access_group.deleted', { ...systemTold(group), acs_access_group_id })
}

const answer = (world: World, system: AcsSystem, group: AcsAccessGroup, push: AcsPush): void => {
  const keep = (left: AcsPush) =>
    world.acs_access_groups.update(group.acs_access_group_id, { push: left })
  if (!systemLink(world, system).online) return keep(failedPush(world, push, null))
  switch (push.outcome.kind) {
    case 'fail':
      return keep(failedPush(world, push, push.outcome.message))
    case 'never_confirm':
      return keep(unansweredPush(world, push))
    case 'arrives':
    case 'lose_later':
      return forget(world, group)
    default:
      return push.outcome satisfies never
  }
}

const step = (world: World, acs_access_group_id: string): boolean => {
  const group = world.acs_access_groups.get(acs_access_group_id)
  const system = group === undefined ? undefined : world.acs_systems.get(group.acs_system_id)
  if (group === undefined || system === undefined) return false
  const put = (push: AcsPush | null) =>
    world.acs_access_groups.update(acs_access_group_id, { push })
  const next = reconcilePush({
    wanted: group.deletion_requested_at === null ? null : 'delete',
    push: group.push,
    online: systemLink(world, system).online,
    now: world.now,
  })
  return takePushStep(world, next, {
    job: GROUP_JOB,
    id: acs_access_group_id,
    kind: 'delete',
    push: group.push,
    put,
    send: () => {
      const { name, push: before } = group
      const id = acs_access_group_id
      const subject = { acs_access_group_id, name }
      put(sentPush(world, { system, on: 'acs.group', id, kind: 'delete', before, subject }))
    },
    answer: (push) => answer(world, system, group, push),
  })
}

export const bringGroupForward = (world: World, acs_access_group_id: string): void =>
  comeToRest(world, { is: 'group', id: acs_access_group_id }, () =>
    step(world, acs_access_group_id),
  )

/** Asks for the deletion of a group; asking again changes nothing. @throws acs_access_group_not_found */
export const deleteGroup = (world: World, acs_access_group_id: string): void => {
  const { deletion_requested_at } = requireGroup(world, acs_access_group_id)
  if (deletion_requested_at !== null) return
  world.acs_access_groups.update(acs_access_group_id, { deletion_requested_at: world.now })
  bringGroupForward(world, acs_access_group_id)
}

/** Its system can be reached again: what waited goes on. */
export const wakeGroupsOfSystem = (world: World, acs_system_id: string): void => {
  for (const { acs_access_group_id, push } of groupsOfSystem(world, acs_system_id)) {
    if (push !== null) bringGroupForward(world, acs_access_group_id)
  }
}
