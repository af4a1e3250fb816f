/** The page to which `customer_portal.url` leads. */
import { z } from 'zod'
import type { CustomerPortal } from '../../db/tables/customers.ts'
import type { Device } from '../../db/tables/devices.ts'
import { customerView } from '../../sim/customers/view.ts'
import type { CustomerView, StayView } from '../../sim/customers/view.ts'
import { toIso, toIsoOrNull } from '../../sim/kernel/instant.ts'
import type { World } from '../../sim/kernel/world.ts'
import { lockView } from '../../sim/locks/lock-view.ts'
import { nameOfIdentity } from '../../sim/user-identities/rows.ts'
import type { Answer } from '../http/answer.ts'
import { defineEndpoint } from '../http/endpoint.ts'
import type { UnscopedContext } from '../http/endpoint.ts'
import { spaceAnchor, stayAnchor } from '../seam/customers/wire.ts'
import {
  accountSection,
  noPortalPage,
  portalPage,
  spaceSection,
  staffSection,
  staySection,
} from './customer-portal-html.ts'
import type { Section, ShownStay, Told } from './customer-portal-html.ts'
import { htmlAnswer } from './page.ts'

const refusals = {
  unknown: ['This link does not work', 'There is no such portal, or it was deleted.', 404],
  closed: ['This link was closed', 'It shows nothing any more. Ask for a new one.', 401],
  expired: ['This link has expired', 'It was good for seven days. Ask for a new one.', 401],
} as const

const refused = (why: keyof typeof refusals): Promise<Answer> => {
  const [title, text, status] = refusals[why]
  return htmlAnswer(status, noPortalPage(title, text))
}

const nameOf = ({ nickname, name }: Device): string => nickname ?? name

const deviceState = (world: World, { device_id }: Device): string => {
  const view = lockView(world, device_id)
  if (view === null) return ''
  return view.link.online ? 'online' : 'offline'
}

/** Whether the guest can get in, or what is in the way. */
const stateOf = ({ grant, pins, last_run }: StayView): Told => {
  if (grant === undefined) {
    if (last_run === undefined) return { kind: 'wait', text: 'Access is being prepared.' }
    const why = last_run.message ?? last_run.error ?? 'It has ended'
    return { kind: 'bad', text: `No access: ${why}.` }
  }
  if (grant.deletion_requested_at !== null)
    return { kind: 'wait', text: 'Access is being taken down.' }
  if (pins.length === 0)
    return { kind: 'bad', text: 'No access: none of the doors can take what was asked for.' }
  if (pins.every(({ is_issued }) => is_issued)) return { kind: 'good', text: 'Issued' }
  return {
    kind: 'wait',
    text: 'Not issued: the doors do not have the PIN, or not for these times.',
  }
}

const shownStay = (view: StayView): ShownStay => {
  const { stay, person, places, grant, pins, doors } = view
  const { name, stay_key } = stay
  const who = person === undefined ? 'Nobody' : nameOfIdentity(person)
  return {
    anchor: stayAnchor(stay),
    title: `${who} · ${name ?? stay_key}`,
    places: places.map((place) => place.name).join(', '),
    starts_at: toIsoOrNull(stay.starts_at ?? grant?.starts_at ?? null),
    ends_at: toIsoOrNull(stay.ends_at),
    pins: pins.map(({ code }) => code ?? 'chosen by the lock, not known yet'),
    doors: doors.map(nameOf),
    state: stateOf(view),
  }
}

const sectionsOf = (world: World, { options }: CustomerPortal, view: CustomerView): Section[] => {
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
    const spaces = view.spaces.map(({ space, devices }) => ({
      anchor: spaceAnchor(space.space_key ?? space.space_id),
      name: space.name,
      devices: devices.map((it) => ({ name: nameOf(it), state: deviceState(world, it) })),
    }))
    sections.push(spaceSection(spaces))
  }
  if (isShown('connect')) {
    sections.push(accountSection(view.accounts.map((it) => it.account_type_display_name)))
  }
  return sections
}

const show = (world: World, portal: CustomerPortal): Promise<Answer> => {
  const { customer_key, expires_at, options } = portal
  const view = customerView(world, customer_key, options.filters)
  const page = portalPage({
    customer_key,
    company: world.workspace.company_name,
    until: toIso(expires_at),
    sections: sectionsOf(world, portal, view),
  })
  return htmlAnswer(200, page)
}

const respond = ({ universe, path }: UnscopedContext, token: string): Promise<Answer> => {
  const { workspace_id = null, client_session_id = null } = universe.findCredential(token) ?? {}
  if (workspace_id === null || client_session_id === null) return refused('unknown')
  return universe.read(workspace_id, (world) => {
    const portal = world.customer_portals.get(path.slice(path.lastIndexOf('/') + 1))
    if (portal?.client_session_id !== client_session_id) return refused('unknown')
    const session = world.client_sessions.get(client_session_id)
    if (session === undefined || session.revoked_at !== null) return refused('closed')
    return portal.expires_at <= world.now ? refused('expired') : show(world, portal)
  })
}

export const customerPortalPage = defineEndpoint({
  path: '/portals/:customer_portal_id',
  methods: ['GET'],
  auth: [],
  summary:
    "The page on which a customer sees their stays, places and accounts, by a portal's link.",
  effect: 'unscoped',
  params: () => z.object({ token: z.string().default('') }),
  result: () => ({}),
  handler: (context, { token }) => respond(context, token),
})
