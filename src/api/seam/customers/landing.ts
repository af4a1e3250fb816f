/** Where on its page a portal begins: at a place or a stay of the customer. */
import { z } from 'zod'
import { once } from '../../../lib/once.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { key } from './fields.ts'
import { spaceAnchor, stayAnchor } from './wire.ts'

const placeNames = [
  'space_key',
  'property_key',
  'room_key',
  'common_area_key',
  'unit_key',
  'facility_key',
  'building_key',
  'listing_key',
  'property_listing_key',
  'site_key',
] as const

const stayKinds = {
  reservation_key: 'reservation',
  booking_key: 'booking',
  access_grant_key: 'access_grant',
} as const

const stayNames = ['reservation_key', 'booking_key', 'access_grant_key'] as const

/** Exactly one key, as Seam's document has it. */
export const landingPlace = once(() => {
  const names: readonly string[] = [...placeNames, ...stayNames]
  return z
    .object(Object.fromEntries(names.map((name) => [name, key().optional()])))
    .refine((it) => names.filter((name) => it[name] !== undefined).length === 1, {
      message: `Give exactly one of ${names.join(', ')}`,
    })
})

/** The end of the address; null where the page begins at its top. */
export const landingAnchor = (
  place: z.output<ReturnType<typeof landingPlace>> | undefined,
): string | null => {
  if (place === undefined) return null
  for (const name of placeNames) {
    const space_key = place[name]
    if (space_key !== undefined) return spaceAnchor(space_key)
  }
  for (const name of stayNames) {
    const stay_key = place[name]
    if (stay_key !== undefined) return stayAnchor({ kind: stayKinds[name], stay_key })
  }
  return null
}

/** What a portal opens at; of no document of Seam's, but a parameter of its SDKs. */
export const deepLinkTarget = once(() =>
  z.discriminatedUnion('resource_type', [
    z.object({ resource_type: z.literal('reservation'), resource_key: z.string() }),
    z.object({ resource_type: z.literal('space'), resource_key: z.string() }),
    z.object({ resource_type: z.literal('device'), resource_id: z.string() }),
  ]),
)

/** The end of the address; a device stands at the first place of the customer that it is in. */
export const deepLinkAnchor = (
  world: World,
  customer_key: string,
  target: z.output<ReturnType<typeof deepLinkTarget>>,
): string | null => {
  if (target.resource_type === 'reservation') {
    return stayAnchor({ kind: 'reservation', stay_key: target.resource_key })
  }
  if (target.resource_type === 'space') return spaceAnchor(target.resource_key)
  for (const space_id of world.devices.get(target.resource_id)?.space_ids ?? []) {
    const space = world.spaces.get(space_id)
    if (space?.customer_key === customer_key) return spaceAnchor(space.space_key ?? space_id)
  }
  return null
}
