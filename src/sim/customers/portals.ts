/** Portals: a page for one customer, opened by a session that lasts a week. */
import { later } from '../kernel/instant.ts'
import { is } from '../../db/conditions.ts'
import { customer_portals } from '../../db/tables/customers.ts'
import type { CustomerPortal, PortalOptions } from '../../db/tables/customers.ts'
import { createSession } from '../client-sessions/operations.ts'
import { notFound } from '../kernel/errors.ts'
import type { World } from '../kernel/world.ts'
import { stayOfKey } from './stays.ts'

/** Seam docs, customer portals: links are good for seven days. Ms. */
const LIFETIME = 7 * 24 * 3_600_000

const ofId = is(customer_portals.customer_portal_id)

/** Each call makes a session of its own; the token is what the link carries. */
export const createPortal = (
  world: World,
  customer_key: string,
  options: PortalOptions,
): { portal: CustomerPortal; token: string } => {
  if (world.customers.get(customer_key) === undefined) throw notFound('customer', { customer_key })
  const expires_at = later(world.now, LIFETIME)
  const session = createSession(world, {
    customer_key,
    is_read_only: options.is_read_only,
    expires_at,
  })
  const customer_portal_id = world.random.uuid('customer_portal')
  world.customer_portals.insert({
    customer_portal_id,
    customer_key,
    client_session_id: session.client_session_id,
    options,
    created_at: world.now,
    expires_at,
  })
  const portal = world.customer_portals.first(ofId(customer_portal_id))
  if (portal === undefined) throw notFound('customer_portal', { customer_portal_id })
  return { portal, token: session.token }
}

/** @throws reservation_not_found unless the customer has it */
export const requireReservation = (
  world: World,
  customer_key: string,
  reservation_key: string,
): void => {
  const stay = stayOfKey(world, 'reservation', reservation_key)
  if (stay?.customer_key !== customer_key) throw notFound('reservation', { reservation_key })
}
