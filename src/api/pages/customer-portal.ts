/** The page to which `customer_portal.url` leads, and what its buttons do. */
import { z } from 'zod'
import type { CustomerPortal, PortalPart } from '../../db/tables/customers.ts'
import { createWebview } from '../../sim/connect-webviews/operations.ts'
import { customerView, devicesOfCustomer } from '../../sim/customers/view.ts'
import { notFound } from '../../sim/kernel/errors.ts'
import { toIso } from '../../sim/kernel/instant.ts'
import type { World } from '../../sim/kernel/world.ts'
import { addDevices, removeDevices } from '../../sim/spaces/operations.ts'
import { requireSpace } from '../../sim/spaces/rows.ts'
import type { Answer } from '../http/answer.ts'
import type { UnscopedContext } from '../http/endpoint.ts'
import { encodeQuery } from '../http/query-string.ts'
import { presentConnectWebview } from '../seam/connect-webviews/wire.ts'
import { spaceAnchor } from '../seam/customers/wire.ts'
import { noPortalPage, portalPage } from './customer-portal-html.ts'
import { sectionsOf } from './customer-portal-shown.ts'
import { goTo, htmlAnswer, pageEndpoint } from './page.ts'

const refusals = {
  unknown: ['This link does not work', 'There is no such portal, or it was deleted.', 404],
  closed: ['This link was closed', 'It shows nothing any more. Ask for a new one.', 401],
  expired: ['This link has expired', 'It was good for seven days. Ask for a new one.', 401],
  read_only: ['Nothing was changed', 'This portal shows, and changes nothing.', 401],
} as const

const refused = (why: keyof typeof refusals): Promise<Answer> => {
  const [title, text, status] = refusals[why]
  return htmlAnswer(status, noPortalPage(title, text))
}

const params = () =>
  z.object({
    token: z.string().default(''),
    action: z.enum(['add_device', 'remove_device', 'connect']).optional(),
    space_id: z.string().default(''),
    device_id: z.string().default(''),
    /** What was done, where a button led back to the page. */
    done: z.string().optional(),
  })

type Given = z.output<ReturnType<typeof params>>

const told: Readonly<Record<string, string>> = {
  added: 'The device was added. Stays here get access to it.',
  removed: 'The device was removed. Stays here lose their access to it.',
}

const pathOf = ({ customer_portal_id }: CustomerPortal): string => `/portals/${customer_portal_id}`

const show = (world: World, portal: CustomerPortal, given: Given): Promise<Answer> => {
  const { customer_key, expires_at, options } = portal
  const view = customerView(world, customer_key, options.filters)
  const forms = options.is_read_only ? null : { path: pathOf(portal), token: given.token }
  const page = portalPage({
    customer_key,
    company: world.workspace.company_name,
    until: toIso(expires_at),
    sections: sectionsOf(world, portal, view, forms),
    told: told[given.done ?? ''] ?? null,
  })
  return htmlAnswer(200, page)
}

/** @throws space_not_found, device_not_found for what is not the customer's */
const moveDevice = (world: World, portal: CustomerPortal, given: Given): Answer => {
  const { customer_key } = portal
  const { space_id, device_id, action, token } = given
  const space = requireSpace(world, space_id)
  if (space.customer_key !== customer_key) throw notFound('space', { space_id })
  const isTheirs = devicesOfCustomer(world, customer_key).some((it) => it.device_id === device_id)
  if (!isTheirs) throw notFound('device', { device_id })
  const isAdded = action === 'add_device'
  const move = isAdded ? addDevices : removeDevices
  move(world, space_id, [device_id])
  const query = encodeQuery({ token, done: isAdded ? 'added' : 'removed' })
  return goTo(`${pathOf(portal)}?${query}#${spaceAnchor(space.space_key ?? space_id)}`)
}

/** To a Connect Webview of the customer, which leads back here. */
const connect = (
  world: World,
  portal: CustomerPortal,
  { token }: Given,
  origin: string,
): Answer => {
  const { customer_key, client_session_id } = portal
  const { accepted_providers, excluded_providers } = portal.options
  const back = `${origin}${pathOf(portal)}?${encodeQuery({ token })}`
  const webview = createWebview(
    world,
    {
      customer_key,
      accepted_providers,
      excluded_providers,
      custom_redirect_url: back,
      custom_redirect_failure_url: back,
    },
    client_session_id,
  )
  return goTo(presentConnectWebview(world, origin, webview).url)
}

const partOf = ({ action }: Given): PortalPart => (action === 'connect' ? 'connect' : 'organize')

/** A button was pressed. */
const press = (world: World, portal: CustomerPortal, given: Given, origin: string) => {
  const { is_read_only, excluded } = portal.options
  if (is_read_only || excluded.includes(partOf(given))) return refused('read_only')
  return given.action === 'connect'
    ? connect(world, portal, given, origin)
    : moveDevice(world, portal, given)
}

const respond = (
  { universe, path, method, origin }: UnscopedContext,
  given: Given,
): Answer | Promise<Answer> => {
  const { workspace_id = null, client_session_id = null } =
    universe.findCredential(given.token) ?? {}
  if (workspace_id === null || client_session_id === null) return refused('unknown')
  const answer = (world: World): Answer | Promise<Answer> => {
    const portal = world.customer_portals.get(path.slice(path.lastIndexOf('/') + 1))
    if (portal?.client_session_id !== client_session_id) return refused('unknown')
    const session = world.client_sessions.get(client_session_id)
    if (session === undefined || session.revoked_at !== null) return refused('closed')
    if (portal.expires_at <= world.now) return refused('expired')
    return method === 'POST' && given.action !== undefined
      ? press(world, portal, given, origin)
      : show(world, portal, given)
  }
  return method === 'POST'
    ? universe.write(workspace_id, answer)
    : universe.read(workspace_id, answer)
}

export const customerPortalPage = pageEndpoint({
  path: '/portals/:customer_portal_id',
  summary:
    "The page on which a customer sees their stays, places and accounts, by a portal's link.",
  params,
  respond,
  refusal: (message) => htmlAnswer(400, noPortalPage('This did not work', message)),
})
