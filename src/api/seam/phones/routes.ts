import { z } from 'zod'
import { either, inTable, is } from '../../../db/conditions.ts'
import type { Filter } from '../../../db/conditions.ts'
import { acs_credentials } from '../../../db/tables/acs-credentials.ts'
import { phones } from '../../../db/tables/phones.ts'
import { once } from '../../../lib/once.ts'
import { notFound } from '../../../sim/kernel/errors.ts'
import {
  createSandboxPhone,
  deactivatePhone,
  requirePhone,
} from '../../../sim/phones/operations.ts'
import { serverAuth } from '../../http/auth.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import { id } from '../../http/fields.ts'
import { phone, presentPhone } from './wire.ts'

const ofOwner = is(phones.user_identity_id)
const holdingKey = inTable(phones.device_id, acs_credentials.phone_id)
const withId = is(acs_credentials.acs_credential_id)
const ofParent = is(acs_credentials.parent_acs_credential_id)

/** The phone that the mobile key is on, or all that have one of its children. */
const holding = (acs_credential_id: string) =>
  holdingKey(either(withId(acs_credential_id), ofParent(acs_credential_id)))

const get = defineEndpoint({
  path: '/phones/get',
  methods: ['GET', 'POST'],
  auth: serverAuth,
  summary: 'One phone, by its device_id.',
  effect: 'read',
  params: () => z.object({ device_id: id() }),
  result: () => ({ phone: phone() }),
  handler: ({ world }, { device_id }) => ({
    phone: presentPhone(world, requirePhone(world, device_id)),
  }),
})

const list = defineEndpoint({
  path: '/phones/list',
  methods: ['GET', 'POST'],
  auth: serverAuth,
  summary: 'Phones in the order of their creation; no list of devices has them.',
  effect: 'read',
  params: () =>
    z.object({ acs_credential_id: id().optional(), owner_user_identity_id: id().optional() }),
  result: () => ({ phones: z.array(phone()) }),
  handler: ({ world }, { acs_credential_id, owner_user_identity_id }) => {
    const filters: Filter<'phones'>[] = []
    if (acs_credential_id !== undefined) filters.push(holding(acs_credential_id))
    if (owner_user_identity_id !== undefined) filters.push(ofOwner(owner_user_identity_id))
    return { phones: world.phones.all(filters).map((row) => presentPhone(world, row)) }
  },
})

const deactivate = defineEndpoint({
  path: '/phones/deactivate',
  methods: ['POST', 'DELETE'],
  auth: [...serverAuth, 'client_session'],
  summary: 'A lost phone: it opens nothing any more, and is gone.',
  effect: 'write',
  params: () => z.object({ device_id: id() }),
  result: () => ({}),
  handler: ({ world, auth }, { device_id }) => {
    const { user_identity_id } = requirePhone(world, device_id)
    const isOthers = auth.client_session_id !== null && auth.user_identity_id !== user_identity_id
    if (isOthers) throw notFound('phone', { device_id })
    deactivatePhone(world, device_id)
    return {}
  },
})

/** What a simulated phone is when nobody says otherwise (Seam's OpenAPI document). */
const phoneMetadata = once(() =>
  z.object({
    device_manufacturer: z.string().default('Samsung'),
    device_model: z.string().default('Samsung Galaxy S10'),
    operating_system: z.enum(['android', 'ios']).default('android'),
    os_version: z.string().default('10'),
  }),
)

const assaAbloyMetadata = once(() =>
  z.object({
    application_version: z.string().default('1.0.0'),
    ble_capability: z.boolean().default(true),
    hce_capability: z.boolean().default(false),
    nfc_capability: z.boolean().default(false),
    seos_applet_version: z.string().default('1.0.0'),
    seos_tsm_endpoint_id: z.number().default(1),
  }),
)

const createSandbox = defineEndpoint({
  path: '/phones/simulate/create_sandbox_phone',
  methods: ['POST'],
  auth: serverAuth,
  summary: "A simulated phone of a person; what is not said of it is a Samsung Galaxy's.",
  effect: 'write',
  params: () =>
    z.object({
      user_identity_id: id(),
      custom_sdk_installation_id: z.string().optional(),
      phone_metadata: phoneMetadata().prefault({}),
      assa_abloy_metadata: assaAbloyMetadata().prefault({}),
    }),
  result: () => ({ phone: phone() }),
  handler: ({ world }, { user_identity_id, ...made_with }) => {
    const { operating_system, device_model } = made_with.phone_metadata
    const given = { user_identity_id, operating_system, device_model, made_with }
    return { phone: presentPhone(world, createSandboxPhone(world, given)) }
  },
})

export const phoneEndpoints = [get, list, deactivate, createSandbox]
