/** What a lock's link is made of, and who hears when it changes. */
import { noteLink } from '../devices/link-changes.ts'
import type { World } from '../kernel/world.ts'
import { lockIssuesOfMoment } from './issues.ts'
import { lockView, requireLock } from './lock-view.ts'
import { is } from '../../db/conditions.ts'
import { locks } from '../../db/tables/locks.ts'

const onBridge = is(locks.bridge_id)

/**
 * Compares a lock's link with what was last told about it, and tells the difference. Call it after
 * any change to a lock's account, bridge, radio or battery.
 */
export const refreshLink = (world: World, device_id: string): void => {
  const view = lockView(world, device_id)
  if (view === null) return
  noteLink(world, device_id, {
    cause: view.link.cause,
    issues: () => lockIssuesOfMoment(world, requireLock(world, device_id)),
  })
}

/** The bridge went or came: for every lock behind it. */
export const refreshLinksBehindBridge = (world: World, bridge_id: string): void => {
  for (const { device_id } of world.locks.all(onBridge(bridge_id))) {
    refreshLink(world, device_id)
  }
}
