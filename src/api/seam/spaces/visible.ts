import type { Space } from '../../../db/tables/spaces.ts'
import { notFound } from '../../../sim/kernel/errors.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { requireSpace } from '../../../sim/spaces/rows.ts'
import { serverAuth } from '../../http/auth.ts'
import type { Auth } from '../../http/auth.ts'

/** Whoever acts for the workspace, or for one customer of it. */
export const withCustomer = [...serverAuth, 'client_session_with_customer'] as const

/** A portal's session sees its own customer's spaces. @throws space_not_found */
export const visibleSpace = (auth: Auth, row: Space): Space => {
  const isOthers = auth.customer_key !== null && auth.customer_key !== row.customer_key
  if (isOthers) throw notFound('space', { space_id: row.space_id })
  return row
}

export const visibleSpaceById = (world: World, auth: Auth, space_id: string): Space =>
  visibleSpace(auth, requireSpace(world, space_id))
