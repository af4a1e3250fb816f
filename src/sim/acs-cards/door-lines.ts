/** Lines of doors that are cut, and privacy. */
import { isNotNull, where } from '../../db/conditions.ts'
import { acs_entrances } from '../../db/tables/acs-entrances.ts'
import { requireEntrance } from '../acs-entrances/rows.ts'
import type { World } from '../kernel/world.ts'
import { rightsAt } from './rights.ts'
import { reportUsesOf } from './door-uses.ts'

const cut = where(acs_entrances, [], (c) => isNotNull(c.offline_at))

/** Cuts a door's line to its controller, or mends it: meanwhile it judges by what it knew. @throws acs_entrance_not_found */
export const setEntranceOnline = (world: World, acs_entrance_id: string, online: boolean): void => {
  const entrance = requireEntrance(world, acs_entrance_id)
  if ((entrance.offline_at === null) === online) return
  world.acs_entrances.update(
    acs_entrance_id,
    online
      ? { offline_at: null, kept_rights: null }
      : {
          offline_at: world.now,
          kept_rights: entrance.is_wired ? rightsAt(world, entrance) : null,
        },
  )
  if (online) reportUsesOf(world, acs_entrance_id)
}

/** Doors whose lines are cut from the beginning know what their systems knew: whatever a fixture has. */
export const rememberAtCutDoors = (world: World): void => {
  for (const entrance of world.acs_entrances.all(cut())) {
    const { acs_entrance_id, is_wired } = entrance
    if (is_wired)
      world.acs_entrances.update(acs_entrance_id, { kept_rights: rightsAt(world, entrance) })
  }
}

/** Somebody inside wants no visitors, or has them again. @throws acs_entrance_not_found */
export const setPrivacyMode = (world: World, acs_entrance_id: string, isOn: boolean): void => {
  const { privacy_mode_at } = requireEntrance(world, acs_entrance_id)
  if ((privacy_mode_at !== null) === isOn) return
  world.acs_entrances.update(acs_entrance_id, { privacy_mode_at: isOn ? world.now : null })
}
