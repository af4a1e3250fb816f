/** What a client session sees of access systems: what belongs to its accounts. */
import { oneOf } from '../../../db/conditions.ts'
import { acs_systems } from '../../../db/tables/acs-systems.ts'
import type { Auth } from '../../http/auth.ts'

const ofAccounts = oneOf(acs_systems.connected_account_id)

export const visibleSystems = ({ visible_connected_account_ids: accounts }: Auth) =>
  accounts === null ? [] : [ofAccounts(accounts)]
