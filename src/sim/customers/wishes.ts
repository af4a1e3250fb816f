/** What a stay asks for, or why it cannot be had. */
import type { AutomationMode, GrantRuleConfig } from '../../db/tables/automations.ts'
import type { Stay } from '../../db/tables/customers.ts'
import type { Space } from '../../db/tables/spaces.ts'
import type { UserIdentity } from '../../db/tables/user-identities.ts'
import type { NewRequest } from '../access-grants/checks.ts'
import type { World } from '../kernel/world.ts'
import { modesNow } from '../acs-entrances/modes.ts'
import { entrancesOfSpace } from '../acs-entrances/rows.ts'
import { devicesOfSpaces, spaceOfKey } from '../spaces/rows.ts'
import { nameOfIdentity, userIdentityOfKey } from '../user-identities/rows.ts'
import type { Rules } from './automations.ts'

/** Why no grant can be made. Seam publishes one of the errors' names, the conflict's; the others are assumed. */
interface Hindrance {
  error: string
  message: string
}

export const isHindrance = (it: object): it is Hindrance => 'error' in it

export const personOf = (world: World, { person_keys }: Stay): UserIdentity | Hindrance => {
  const [key, another] = person_keys
  if (key === undefined || another !== undefined) {
    return {
      error: 'user_identity_not_found',
      message: `A stay is of exactly one person; this one names ${person_keys.length}: ${person_keys.join(', ')}`,
    }
  }
  const refused = world.refused_people.get(key)
  if (refused !== undefined)
    return { error: 'user_identity_email_or_phone_conflict', message: refused.message }
  const person = userIdentityOfKey(world, key)
  if (person !== undefined && person.deleting_at === null) return person
  return { error: 'user_identity_not_found', message: `There is nobody with the key "${key}"` }
}

export const placesOf = (world: World, { space_keys }: Stay): { spaces: Space[] } | Hindrance => {
  if (space_keys.length === 0)
    return { error: 'space_not_found', message: 'The stay names no place' }
  const spaces: Space[] = []
  for (const key of space_keys) {
    const space = spaceOfKey(world, key)
    if (space === undefined)
      return { error: 'space_not_found', message: `There is no place with the key "${key}"` }
    spaces.push(space)
  }
  if (doorsIn(world, spaces).length > 0) return { spaces }
  return {
    error: 'space_has_no_devices',
    message: `No device and no entrance is in ${space_keys.join(', ')}: a place that is pushed is empty until spaces/add_devices or spaces/add_acs_entrances`,
  }
}

/** The doors of some places, each as the ways in which it can be opened: devices take codes and nothing else. */
const doorsIn = (world: World, spaces: readonly Space[]): (readonly string[])[] => {
  const entrances = spaces.flatMap(({ space_id }) => entrancesOfSpace(world, space_id))
  return [
    ...devicesOfSpaces(world, spaces).map(() => ['code']),
    ...[...new Set(entrances)].map((row) => modesNow(world, row)),
  ]
}

const howMany = { first_available: 1, first_two_available: 2, all_available: Infinity } as const

/**
 * Of each door the first ways in that it has, in the order of the rule. Where there are none the
 * first one is asked for, so that the grant itself says what is wrong.
 */
const modesOf = (
  world: World,
  spaces: readonly Space[],
  { access_methods, method_issuance_strategy }: GrantRuleConfig,
): AutomationMode[] => {
  const most = howMany[method_issuance_strategy]
  const doors = doorsIn(world, spaces)
  const wanted = new Set(
    doors.flatMap((modes) => access_methods.filter((it) => modes.includes(it)).slice(0, most)),
  )
  return wanted.size === 0
    ? access_methods.slice(0, 1)
    : access_methods.filter((mode) => wanted.has(mode))
}

const isPin = (text: string): boolean => /^\d{4,9}$/.test(text)

/** The PIN that is wished for: the stay's, else the end of the guest's phone number where that is wanted. */
const wishedPin = (
  { preferred_code }: Stay,
  { phone_number }: UserIdentity,
  config: GrantRuleConfig,
): string | undefined => {
  if (preferred_code !== null && isPin(preferred_code)) return preferred_code
  if (config.prefer_guest_phone_last4_as_code !== true) return undefined
  const digits = (phone_number ?? '').replaceAll(/\D/g, '')
  return digits.length >= 4 ? digits.slice(-4) : undefined
}

/** More cards are not made for a stay, whatever the rule says. Assumed. */
const MOST_CARDS = 20

/** As many cards as the rule says; any other way in once. */
const countOf = (mode: AutomationMode, config: GrantRuleConfig): number =>
  mode === 'card' ? Math.min(config.card_count_on_reservation_create ?? 1, MOST_CARDS) : 1

export const requestsOf = (
  world: World,
  { stay, person, spaces }: { stay: Stay; person: UserIdentity; spaces: readonly Space[] },
  config: GrantRuleConfig,
): NewRequest[] =>
  modesOf(world, spaces, config).flatMap((mode) =>
    Array.from({ length: countOf(mode, config) }, () => ({
      mode,
      code: mode === 'code' ? wishedPin(stay, person, config) : undefined,
      instant_key_max_use_count:
        mode === 'mobile_key' ? config.instant_key_max_use_count : undefined,
    })),
  )

export const nameOf = (person: UserIdentity, spaces: readonly Space[]): string =>
  `${nameOfIdentity(person)} - ${spaces.map(({ name }) => name).join(', ')}`

/** Staff comes and goes; a guest without an end would keep the door open for ever. */
export const timesOf = (stay: Stay): { starts_at?: number; ends_at: number | null } | Hindrance => {
  if (stay.ends_at === null && stay.kind !== 'staff_member')
    return { error: 'missing_time_frame', message: 'The stay has no ends_at' }
  return {
    ...(stay.starts_at !== null && { starts_at: stay.starts_at }),
    ends_at: stay.ends_at,
  }
}

export const configFor = (rules: Rules, { kind }: Stay): GrantRuleConfig | null => {
  const { reservation_created, staff_member_created } = rules.access_rules
  if (kind !== 'staff_member') return reservation_created?.config ?? null
  if (staff_member_created === undefined) return null
  return (
    reservation_created?.config ?? {
      access_methods: ['code'],
      method_issuance_strategy: 'first_available',
    }
  )
}
