/** Pushed lists in one shape: every sort of place is a space, every sort of person a user identity. */
import type { z } from 'zod'
import type { StayKind } from '../../../db/tables/customers.ts'
import type {
  DeletedKeys,
  PushedData,
  PushedPerson,
  PushedPlace,
  PushedStay,
} from '../../../sim/customers/pushed-data.ts'
import type { customerData, deletableKeys } from './fields.ts'

type Given = z.output<z.ZodObject<ReturnType<typeof customerData>>>
type Keys = z.output<z.ZodObject<ReturnType<typeof deletableKeys>>>

type PlaceItem = Omit<PushedPlace, 'space_key' | 'parent_key'> & {
  parent_site_key?: string | undefined
}

const placed = <Item extends PlaceItem>(
  items: readonly Item[] = [],
  keyOf: (item: Item) => string,
): PushedPlace[] =>
  items.map((item) => ({
    space_key: keyOf(item),
    name: item.name,
    customer_data: item.customer_data,
    geolocation: item.geolocation,
    custom_metadata: item.custom_metadata,
    parent_key: item.parent_site_key,
  }))

const placesOf = (given: Given): PushedPlace[] => [
  ...placed(given.sites, (it) => it.site_key),
  ...placed(given.buildings, (it) => it.building_key),
  ...placed(given.facilities, (it) => it.facility_key),
  ...placed(given.properties, (it) => it.property_key),
  ...placed(given.property_listings, (it) => it.property_listing_key),
  ...placed(given.listings, (it) => it.listing_key),
  ...placed(given.units, (it) => it.unit_key),
  ...placed(given.rooms, (it) => it.room_key),
  ...placed(given.common_areas, (it) => it.common_area_key),
  ...placed(given.spaces, (it) => it.space_key),
]

type PersonItem = Omit<PushedPerson, 'user_identity_key'>

const named = <Item extends PersonItem>(
  items: readonly Item[] = [],
  keyOf: (item: Item) => string,
): PushedPerson[] =>
  items.map((item) => ({
    user_identity_key: keyOf(item),
    name: item.name,
    email_address: item.email_address,
    phone_number: item.phone_number,
  }))

const peopleOf = (given: Given): PushedPerson[] => [
  ...named(given.user_identities, (it) => it.user_identity_key),
  ...named(given.users, (it) => it.user_key),
  ...named(given.guests, (it) => it.guest_key),
  ...named(given.residents, (it) => it.resident_key),
  ...named(given.tenants, (it) => it.tenant_key),
  ...named(given.staff_members, (it) => it.staff_member_key),
]

const placeKeyNames = [
  'space_keys',
  'property_keys',
  'listing_keys',
  'room_keys',
  'unit_keys',
  'common_area_keys',
  'facility_keys',
  'building_keys',
] as const

/** All lists of keys together; undefined when none of them is given. */
const joined = (lists: readonly (readonly string[] | undefined)[]): string[] | undefined =>
  lists.every((it) => it === undefined) ? undefined : lists.flatMap((it) => it ?? [])

type StayItem = NonNullable<Given['bookings']>[number]

const personKeysOf = (stay: Omit<StayItem, 'booking_key'>): string[] | undefined => {
  const { user_identity_key, user_key, guest_key, resident_key, tenant_key } = stay
  const given = [user_identity_key, user_key, guest_key, resident_key, tenant_key].filter(
    (it) => it !== undefined,
  )
  return given.length === 0 ? undefined : given
}

const stayOf = (
  kind: StayKind,
  stay_key: string,
  stay: Omit<StayItem, 'booking_key'>,
): PushedStay => ({
  kind,
  stay_key,
  name: stay.name,
  starts_at: stay.starts_at,
  ends_at: stay.ends_at,
  person_keys: personKeysOf(stay),
  space_keys: joined(placeKeyNames.map((name) => stay[name])),
  preferred_code: stay.preferred_code,
})

/** Somebody of the staff is at these places for as long as they work there. */
const dutiesOf = (given: Given): PushedStay[] =>
  (given.staff_members ?? []).flatMap((member) => {
    const { staff_member_key, property_listing_keys, site_keys } = member
    const space_keys = joined([
      ...placeKeyNames.map((name) => member[name]),
      property_listing_keys,
      site_keys,
    ])
    if (space_keys === undefined || space_keys.length === 0) return []
    const person_keys = [staff_member_key]
    return [{ kind: 'staff_member', stay_key: staff_member_key, person_keys, space_keys } as const]
  })

const staysOf = (given: Given): PushedStay[] => [
  ...(given.reservations ?? []).map((it) => ({
    ...stayOf('reservation', it.reservation_key, it),
    custom_metadata: it.custom_metadata,
  })),
  ...(given.bookings ?? []).map((it) => stayOf('booking', it.booking_key, it)),
  ...(given.access_grants ?? []).map((it) => stayOf('access_grant', it.access_grant_key, it)),
  ...dutiesOf(given),
]

export const readData = (given: Given): PushedData => ({
  customer_key: given.customer_key,
  places: placesOf(given),
  people: peopleOf(given),
  stays: staysOf(given),
})

export const readKeys = (given: Keys): DeletedKeys => {
  const ofKind = (kind: StayKind, keys: readonly string[] = []) =>
    keys.map((stay_key) => ({ kind, stay_key }))
  return {
    stays: [
      ...ofKind('reservation', given.reservation_keys),
      ...ofKind('booking', given.booking_keys),
      ...ofKind('access_grant', given.access_grant_keys),
    ],
    person_keys:
      joined([
        given.user_identity_keys,
        given.user_keys,
        given.guest_keys,
        given.resident_keys,
        given.tenant_keys,
        given.staff_member_keys,
      ]) ?? [],
    space_keys:
      joined([...placeKeyNames.map((name) => given[name]), given.property_listing_keys]) ?? [],
    customer_keys: given.customer_keys ?? [],
  }
}
