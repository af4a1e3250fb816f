/** What objects have in newer versions of Seam's document, beside what they have in the oldest. */
import { toIso } from '../../sim/kernel/instant.ts'
import { providerNumber } from '../../sim/noise-sensors/alerts.ts'
import { mergedInto } from '../../sim/user-identities/rows.ts'
import { isRecord } from '../../lib/is-record.ts'
import { parseInstant } from '../../lib/parse-instant.ts'
import type { World } from '../../sim/kernel/world.ts'

type Thing = Readonly<Record<string, unknown>>

/** How a thing of an answer is told in 1.1038. */
type Newer = (world: World, thing: Thing) => Thing

const listOf = (thing: Thing, name: string): Thing[] => {
  const list: unknown = thing[name]
  return Array.isArray(list) ? list.filter(isRecord) : []
}

const warns = (thing: Thing, code: string): boolean =>
  listOf(thing, 'warnings').some((warning) => warning['warning_code'] === code)

const has = (thing: Thing, list: string): boolean => listOf(thing, list).length > 0

const instantOf = (thing: Thing, name: string): number | null => {
  const value = thing[name]
  return typeof value === 'string' ? (parseInstant(value) ?? null) : null
}

/** Sentences for people, which nobody is to compare; these words are assumed. */
const statusOfGrant = (world: World, grant: Thing): string => {
  const starts_at = instantOf(grant, 'starts_at')
  const ends_at = instantOf(grant, 'ends_at')
  if (warns(grant, 'being_deleted')) return 'Being deleted'
  if (ends_at !== null && ends_at <= world.now) return 'Ended'
  if (has(grant, 'errors')) return 'Needs attention'
  if (starts_at !== null && starts_at > world.now) return 'Upcoming'
  return has(grant, 'pending_mutations') ? 'Being updated' : 'Active'
}

const statusOfMethod = (method: Thing): string => {
  const isIssued = method['is_issued'] === true
  if (warns(method, 'being_deleted')) return 'Being deleted'
  if (has(method, 'errors')) return 'Needs attention'
  if (!isIssued && method['is_encoding_required'] === true) return 'Awaiting encoding'
  if (!isIssued && method['is_assignment_required'] === true) return 'Awaiting a card'
  if (has(method, 'pending_mutations')) return 'Being updated'
  return isIssued ? 'Issued' : 'Awaiting issue'
}

const grant: Newer = (world, it) => ({ ...it, display_status: statusOfGrant(world, it) })
const method: Newer = (_, it) => ({ ...it, display_status: statusOfMethod(it) })

const person: Newer = (world, it) => {
  const merged = mergedInto(world, String(it['user_identity_id']))
  return {
    ...it,
    merged_user_identity_ids: merged.map((row) => row.merged_user_identity_id),
    merged_user_identity_keys: merged.flatMap(({ merged_user_identity_key: key }) => key ?? []),
  }
}

/** The provider refuses the account, not this code: it became an error of the account. */
const codeError = (error: Thing): Thing => {
  if (error['error_code'] !== 'insufficient_permissions') return error
  const { is_access_code_error: _, ...rest } = error
  return { ...rest, is_connected_account_error: true, is_device_error: false }
}

const code: Newer = (_, it) => ({ ...it, errors: listOf(it, 'errors').map(codeError) })

const device: Newer = (world, it) => {
  const named =
    it['is_managed'] === false && it['display_name'] === undefined
      ? { ...it, display_name: nameOfDevice(it) }
      : it
  return withStructure(withKeypadWarning(world, named))
}

/** A keypad whose batteries run low announces itself. */
const withKeypadWarning = (world: World, it: Thing): Thing => {
  const lock = world.locks.get(String(it['device_id']))
  const since = lock?.keypad_battery?.low_since
  if (lock === undefined || since === undefined || lock.keypad_disconnected_at !== null) return it
  const warning = {
    warning_code: 'accessory_keypad_low_battery',
    message: 'The batteries of the keypad run low. Replace them.',
    created_at: toIso(since),
  }
  return { ...it, warnings: [...listOf(it, 'warnings'), warning] }
}

/** The home that a Nest thermostat is in: its account has one, which is called as the place is. */
const withStructure = (it: Thing): Thing => {
  const { properties, location, connected_account_id } = it
  const nest = isRecord(properties) ? properties['nest_metadata'] : undefined
  if (!isRecord(properties) || !isRecord(nest)) return it
  const place = isRecord(location) ? location['location_name'] : undefined
  const nest_metadata = {
    ...nest,
    nest_structure_id: providerNumber(String(connected_account_id)),
    structure_name: typeof place === 'string' ? place : 'Home',
  }
  return { ...it, properties: { ...properties, nest_metadata } }
}

const nameOfDevice = ({ properties, device_type }: Thing): string => {
  const { name, appearance } = isRecord(properties) ? properties : {}
  const appearing = isRecord(appearance) ? appearance['name'] : undefined
  return String(appearing ?? name ?? device_type)
}

/** One name for what two brands told by two. */
const entrance: Newer = (_, it) => ({
  ...it,
  warnings: listOf(it, 'warnings').map((warning) =>
    warning['warning_code'] === 'salto_ks_privacy_mode'
      ? { ...warning, warning_code: 'privacy_mode' }
      : warning,
  ),
})

/** By the names under which answers hold them. */
export const newerObjects: Readonly<Record<string, Newer>> = {
  access_code: code,
  access_codes: code,
  access_grant: grant,
  access_grants: grant,
  access_method: method,
  access_methods: method,
  acs_entrance: entrance,
  acs_entrances: entrance,
  device,
  devices: device,
  user_identity: person,
  user_identities: person,
}
