/** What a client session sees of doors: those of its accounts. */
import { oneOf } from '../../../db/conditions.ts'
import type { AcsEntrance } from '../../../db/tables/acs-entrances.ts'
import { acs_entrances } from '../../../db/tables/acs-entrances.ts'
import { requireEntrance } from '../../../sim/acs-entrances/rows.ts'
import { notFound } from '../../../sim/kernel/errors.ts'
import type { World } from '../../../sim/kernel/world.ts'
import type { Auth } from '../../http/auth.ts'
import { seesAccount } from '../../http/visibility.ts'

const ofAccounts = oneOf(acs_entrances.connected_account_id)

/** @throws acs_entrance_not_found, also for a door that the caller may not see */
export const visibleEntrance = (world: World, auth: Auth, acs_entrance_id: string): AcsEntrance => {
  const entrance = requireEntrance(world, acs_entrance_id)
  if (!seesAccount(auth, entrance.connected_account_id))
    throw notFound('acs_entrance', { acs_entrance_id })
  return entrance
}

export const visibleEntrances = ({ visible_connected_account_ids: accounts }: Auth) =>
  accounts === null ? [] : [ofAccounts(accounts)]
