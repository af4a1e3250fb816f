/** The nineteen lists of pushed data, as they are given. */
import { z } from 'zod'
import { once } from '../../../lib/once.ts'
import { timestamp } from '../../http/fields.ts'

export const key = () => z.string().min(1).max(500)
const name = () => z.string().max(500)
const keys = () => z.array(z.string().max(500)).optional()
const metadata = () => z.record(z.string(), z.union([z.string(), z.boolean(), z.number()]))
const timeOfDay = () => z.string().regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/)
const list = <T extends z.ZodType>(item: T) => z.array(item).optional()

const place = { name: name() }
const onSite = { ...place, parent_site_key: key().optional() }

const space = () => ({
  space_key: key(),
  ...onSite,
  customer_data: z
    .object({
      address: z.string().max(1_000).nullish(),
      default_checkin_time: timeOfDay().nullish(),
      default_checkout_time: timeOfDay().nullish(),
      time_zone: z.string().max(100).nullish(),
    })
    .optional(),
  duration_minutes: z.int().optional(),
  geolocation: z
    .object({
      latitude: z.number().min(-90).max(90),
      longitude: z.number().min(-180).max(180),
    })
    .optional(),
})

const person = () => ({
  name: name(),
  email_address: z.email().optional(),
  phone_number: z.string().max(100).optional(),
})

/** The keys of places that a stay may name. */
const placeKeys = () => ({
  space_keys: keys(),
  property_keys: keys(),
  listing_keys: keys(),
  room_keys: keys(),
  unit_keys: keys(),
  common_area_keys: keys(),
  facility_keys: keys(),
  building_keys: keys(),
})

const stay = () => ({
  name: z.string().max(500).optional(),
  starts_at: timestamp().optional(),
  ends_at: timestamp().optional(),
  user_identity_key: key().optional(),
  user_key: key().optional(),
  guest_key: key().optional(),
  resident_key: key().optional(),
  tenant_key: key().optional(),
  ...placeKeys(),
  preferred_code: z.string().max(100).optional(),
})

/** All that can be said of a customer. */
export const customerData = once(() => ({
  customer_key: key(),
  spaces: list(z.object(space())),
  properties: list(z.object({ property_key: key(), ...place })),
  property_listings: list(
    z.object({ property_listing_key: key(), ...place, custom_metadata: metadata().optional() }),
  ),
  listings: list(z.object({ listing_key: key(), ...place })),
  rooms: list(z.object({ room_key: key(), ...onSite })),
  units: list(z.object({ unit_key: key(), ...onSite })),
  common_areas: list(z.object({ common_area_key: key(), ...onSite })),
  facilities: list(z.object({ facility_key: key(), ...place })),
  buildings: list(z.object({ building_key: key(), ...place })),
  sites: list(z.object({ site_key: key(), ...place })),
  user_identities: list(z.object({ user_identity_key: key(), ...person() })),
  users: list(z.object({ user_key: key(), ...person() })),
  guests: list(z.object({ guest_key: key(), ...person() })),
  residents: list(z.object({ resident_key: key(), ...person() })),
  tenants: list(z.object({ tenant_key: key(), ...person() })),
  staff_members: list(
    z.object({
      staff_member_key: key(),
      ...person(),
      ...placeKeys(),
      property_listing_keys: keys(),
      site_keys: keys(),
    }),
  ),
  reservations: list(
    z.object({ reservation_key: key(), ...stay(), custom_metadata: metadata().optional() }),
  ),
  bookings: list(z.object({ booking_key: key(), ...stay() })),
  access_grants: list(z.object({ access_grant_key: key(), ...stay() })),
}))

/** What can be deleted; the singular of each of these names is ignored, as by the real service. */
export const deletableKeys = once(() => ({
  access_grant_keys: keys(),
  booking_keys: keys(),
  building_keys: keys(),
  common_area_keys: keys(),
  customer_keys: keys(),
  facility_keys: keys(),
  guest_keys: keys(),
  listing_keys: keys(),
  property_keys: keys(),
  property_listing_keys: keys(),
  reservation_keys: keys(),
  resident_keys: keys(),
  room_keys: keys(),
  space_keys: keys(),
  staff_member_keys: keys(),
  tenant_keys: keys(),
  unit_keys: keys(),
  user_identity_keys: keys(),
  user_keys: keys(),
}))
