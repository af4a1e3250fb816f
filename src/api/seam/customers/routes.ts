/** Customers: what is pushed of them, what is taken back, and the page that they see. */
import { z } from 'zod'
import type { PortalOptions, PortalPart } from '../../../db/tables/customers.ts'
import { once } from '../../../lib/once.ts'
import { deleteData } from '../../../sim/customers/delete.ts'
import { createPortal, requireReservation } from '../../../sim/customers/portals.ts'
import { pushData } from '../../../sim/customers/push.ts'
import { toIso } from '../../../sim/kernel/instant.ts'
import { serverAuth } from '../../http/auth.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import { id } from '../../http/fields.ts'
import { instant } from '../common.ts'
import { customerData, deletableKeys, key } from './fields.ts'
import { deepLinkAnchor, deepLinkTarget, landingAnchor, landingPlace } from './landing.ts'
import { readData, readKeys } from './read.ts'
import { customerPortal, presentPortal, stayAnchor } from './wire.ts'

const push = defineEndpoint({
  path: '/customers/push_data',
  methods: ['POST'],
  auth: serverAuth,
  summary:
    "Takes a customer's places, people and stays; access follows some seconds later, and whether it does shows in the automation runs alone.",
  effect: 'write',
  params: () => z.object(customerData()),
  result: () => ({}),
  handler: ({ world }, given) => {
    pushData(world, readData(given))
    return {}
  },
})

const remove = defineEndpoint({
  path: '/customers/delete_data',
  methods: ['POST', 'DELETE'],
  auth: serverAuth,
  summary:
    'Deletes stays, people and places by their keys, with all access; customer_keys takes everything of a customer.',
  effect: 'write',
  params: () => z.object(deletableKeys()),
  result: () => ({}),
  handler: ({ world }, given) => {
    deleteData(world, readKeys(given))
    return {}
  },
})

const excludable = () => z.object({ exclude: z.boolean().default(false) })

const features = once(() =>
  z
    .object({
      connect: excludable()
        .extend({
          accepted_providers: z.array(z.string()).optional(),
          excluded_providers: z.array(z.string()).optional(),
        })
        .optional(),
      organize: excludable().optional(),
      manage: excludable()
        .extend({
          exclude_reservation_management: z.boolean().default(false),
          exclude_staff_management: z.boolean().default(false),
        })
        .optional(),
      manage_devices: excludable().optional(),
      configure: excludable()
        .extend({
          allow_access_automation_rule_customization: z.boolean().default(false),
          allow_climate_automation_rule_customization: z.boolean().default(false),
          allow_instant_key_customization: z.boolean().default(false),
        })
        .optional(),
    })
    .optional(),
)

const locales = [
  'en-US',
  'pt-PT',
  'fr-FR',
  'it-IT',
  'es-ES',
  'de-DE',
  'nl-NL',
  'el-GR',
  'pl-PL',
  'ru-RU',
] as const

const portalParams = once(() =>
  z.object({
    customer_data: z.object(customerData()),
    customer_resources_filters: z
      .array(
        z.object({
          field: z.string().regex(/^[a-zA-Z_]\w*$/),
          operation: z.literal('='),
          value: z.union([z.string(), z.boolean()]),
        }),
      )
      .optional(),
    customization_profile_id: id().optional(),
    deep_link: deepLinkTarget().optional(),
    exclude_locale_picker: z.boolean().default(false),
    features: features(),
    is_embedded: z.boolean().default(false),
    landing_page: z.object({ manage: landingPlace().optional() }).optional(),
    locale: z.enum(locales).optional(),
    navigation_mode: z.enum(['full', 'restricted']).default('full'),
    read_only: z.boolean().default(false),
  }),
)

const optionsOf = (given: z.output<ReturnType<typeof portalParams>>): PortalOptions => {
  const { connect, organize, manage, configure } = given.features ?? {}
  const excluded: PortalPart[] = []
  if (connect?.exclude === true) excluded.push('connect')
  if (organize?.exclude === true) excluded.push('organize')
  if (manage?.exclude === true) excluded.push('manage')
  if (manage?.exclude_reservation_management === true) excluded.push('reservations')
  if (manage?.exclude_staff_management === true) excluded.push('staff')
  if (configure?.exclude === true) excluded.push('configure')
  return {
    is_read_only: given.read_only,
    excluded,
    filters: (given.customer_resources_filters ?? []).map(({ field, value }) => ({ field, value })),
    ...(connect?.accepted_providers !== undefined && {
      accepted_providers: connect.accepted_providers,
    }),
    ...(connect?.excluded_providers !== undefined && {
      excluded_providers: connect.excluded_providers,
    }),
  }
}

const portal = defineEndpoint({
  path: '/customers/create_portal',
  methods: ['POST'],
  auth: serverAuth,
  summary: "Takes a customer's data and makes a page for them, whose link is good for seven days.",
  effect: 'write',
  params: portalParams,
  result: () => ({ customer_portal: customerPortal(), magic_link: customerPortal() }),
  handler: ({ world, origin }, given) => {
    const data = readData(given.customer_data)
    pushData(world, data)
    const made = createPortal(world, data.customer_key, optionsOf(given))
    const shown = presentPortal(world, origin, made)
    const target = given.deep_link
    const linked = target === undefined ? null : deepLinkAnchor(world, data.customer_key, target)
    const anchor = linked ?? landingAnchor(given.landing_page?.manage)
    const at = anchor === null ? shown : { ...shown, url: `${shown.url}#${anchor}` }
    return { customer_portal: at, magic_link: at }
  },
})

const deepLink = defineEndpoint({
  path: '/customers/reservations/create_deep_link',
  methods: ['POST'],
  auth: serverAuth,
  summary: "Makes a link to one reservation on its customer's page.",
  effect: 'write',
  params: () => z.object({ customer_key: key(), reservation_key: key() }),
  result: () => ({
    deep_link: z.strictObject({
      customer_portal_id: z.guid(),
      url: z.url(),
      expires_at: instant,
    }),
  }),
  handler: ({ world, origin }, { customer_key, reservation_key }) => {
    requireReservation(world, customer_key, reservation_key)
    const options = { is_read_only: false, excluded: [], filters: [] }
    const made = createPortal(world, customer_key, options)
    const { url } = presentPortal(world, origin, made)
    const { customer_portal_id, expires_at } = made.portal
    const place = stayAnchor({ kind: 'reservation', stay_key: reservation_key })
    return {
      deep_link: { customer_portal_id, url: `${url}#${place}`, expires_at: toIso(expires_at) },
    }
  },
})

export const customerEndpoints = [push, remove, portal]
export const undocumentedDeepLinkEndpoints = [deepLink]
