/** What a customer's portal shows: stays, places and accounts as texts. */
import type { AccessMode } from '../../db/tables/access-grants.ts'
import type { CustomerPortal } from '../../db/tables/customers.ts'
import type { Device } from '../../db/tables/devices.ts'
import type { CustomerView, StayView } from '../../sim/customers/view.ts'
import { toIso, toIsoOrNull } from '../../sim/kernel/instant.ts'
import type { World } from '../../sim/kernel/world.ts'
import { lockView } from '../../sim/locks/lock-view.ts'
import { nameOfIdentity } from '../../sim/user-identities/rows.ts'
import { spaceAnchor, stayAnchor } from '../seam/customers/wire.ts'
import { accountSection, spaceSection, staffSection, staySection } from './customer-portal-html.ts'
import type { Forms, Section, ShownSpace, ShownStay, Told } from './customer-portal-html.ts'

/** Instants within a sentence, as the page writes them elsewhere. */
const readable = (sentence: string): string =>
  sentence.replaceAll(/(\d{4}-\d\d-\d\d)T(\d\d:\d\d):[\d.]+Z/g, '$1 $2 UTC')

const nameOf = ({ nickname, name }: Device): string => nickname ?? name

const deviceState = (world: World, { device_id }: Device): string => {
  const view = lockView(world, device_id)
  if (view === null) return ''
  return view.link.online ? 'online' : 'offline'
}

/** What is in the way of each kind of access. */
const notIssued: Readonly<Record<AccessMode, string>> = {
  code: 'the doors do not have the PIN, or not for these times.',
  card: 'the card is yet to be encoded, or not for these times.',
  mobile_key: 'the mobile key is on no phone yet, or not for these times.',
  cloud_key: 'the access system does not have the key, or not for these times.',
}

const keyNames: Readonly<Record<Exclude<AccessMode, 'code'>, string>> = {
  card: 'Card',
  mobile_key: 'Mobile key',
  cloud_key: 'Cloud key',
}

/** What opens doors without a PIN. */
const keysOf = ({ ways }: StayView): string[] =>
  ways.flatMap(({ mode, is_issued }) =>
    mode === 'code' ? [] : [`${keyNames[mode]}: ${is_issued ? 'issued' : 'not issued'}`],
  )

/** Whether the guest can get in, or what is in the way. */
const stateOf = ({ grant, ways, last_run }: StayView): Told => {
  if (grant === undefined) {
    if (last_run === undefined) return { kind: 'wait', text: 'Access is being prepared.' }
    const why = last_run.message ?? last_run.error ?? 'It has ended'
    return { kind: 'bad', text: `No access: ${why}.` }
  }
  if (grant.deletion_requested_at !== null)
    return { kind: 'wait', text: 'Access is being taken down.' }
  if (ways.length === 0)
    return { kind: 'bad', text: 'No access: none of the doors can take what was asked for.' }
  const missing = ways.filter(({ is_issued }) => !is_issued)
  const [first] = missing
  return first === undefined
    ? { kind: 'good', text: 'Issued' }
    : { kind: 'wait', text: `Not issued: ${notIssued[first.mode]}` }
}

const lastRunOf = ({ last_run }: StayView): ShownStay['last_run'] => {
  if (last_run === undefined) return null
  const { rule, success, error, created_at } = last_run
  const what = rule.replaceAll('_', ' ')
  const text = success ? `${what} worked` : `${what} failed (${error ?? 'error'})`
  return { text, at: toIso(created_at) }
}

const shownStay = (view: StayView): ShownStay => {
  const { stay, person, places, grant, ways, doors } = view
  const { name, stay_key } = stay
  const who = person === undefined ? 'Nobody' : nameOfIdentity(person)
  return {
    anchor: stayAnchor(stay),
    title: `${who} · ${name ?? stay_key}`,
    places: places.map((place) => place.name).join(', '),
    starts_at: toIsoOrNull(stay.starts_at ?? grant?.starts_at ?? null),
    ends_at: toIsoOrNull(stay.ends_at),
    pins: ways.flatMap(({ mode, code }) =>
      mode === 'code' ? [code ?? 'chosen by the lock, not known yet'] : [],
    ),
    keys: keysOf(view),
    doors: doors.map((door) => ({ name: door.name, state: readable(door.phrase) })),
    state: stateOf(view),
    last_run: lastRunOf(view),
  }
}

const shownSpace = (
  world: World,
  { space, devices, entrances }: CustomerView['spaces'][number],
  all: readonly Device[],
): ShownSpace => ({
  anchor: spaceAnchor(space.space_key ?? space.space_id),
  space_id: space.space_id,
  name: space.name,
  devices: devices.map((it) => ({
    device_id: it.device_id,
    name: nameOf(it),
    state: deviceState(world, it),
  })),
  entrances: entrances.map((it) => it.display_name),
  others: all
    .filter(({ space_ids }) => !space_ids.includes(space.space_id))
    .map((it) => ({ device_id: it.device_id, name: nameOf(it) })),
})

export const sectionsOf = (
  world: World,
  { options }: CustomerPortal,
  view: CustomerView,
  forms: Forms,
): Section[] => {
  const isShown = (part: CustomerPortal['options']['excluded'][number]): boolean =>
    !options.excluded.includes(part)
  const isStaff = ({ stay }: StayView): boolean => stay.kind === 'staff_member'
  const guests = view.stays.filter((it) => !isStaff(it))
  const sections: Section[] = []
  if (isShown('manage') && isShown('reservations'))
    sections.push(staySection(guests.map(shownStay)))
  if (isShown('manage') && isShown('staff'))
    sections.push(staffSection(view.stays.filter(isStaff).map(shownStay)))
  if (isShown('organize')) {
    const shown = view.spaces.map((it) => shownSpace(world, it, view.devices))
    sections.push(spaceSection(shown, forms))
  }
  if (isShown('connect')) {
    const names = view.accounts.map((it) => it.account_type_display_name)
    sections.push(accountSection(names, forms))
  }
  return sections
}
