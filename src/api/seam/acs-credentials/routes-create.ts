import { z } from 'zod'
import { acsAccessMethods } from '../../../db/tables/acs-shapes.ts'
import type { AcsCredentialOptions } from '../../../db/tables/acs-credentials.ts'
import { is } from '../../../db/conditions.ts'
import { acs_entrances } from '../../../db/tables/acs-entrances.ts'
import { createCredential } from '../../../sim/acs-credentials/operations.ts'
import { userInSystem } from '../../../sim/acs-users/of-person.ts'
import { requireAcsUser } from '../../../sim/acs-users/rows.ts'
import { invalidInput } from '../../../sim/kernel/errors.ts'
import type { World } from '../../../sim/kernel/world.ts'
import { serverAuth } from '../../http/auth.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import { id, timestamp } from '../../http/fields.ts'
import { exactlyOneUser } from '../acs-users/find.ts'
import { acsCredential, presentAcsCredential } from './wire.ts'

const flag = () => z.boolean().optional()
const ids = () => z.array(id()).optional()

/** What can be asked of brands. */
const brands = () => ({
  visionline_metadata: z
    .object({
      assa_abloy_credential_service_mobile_endpoint_id: id().optional(),
      auto_join: flag(),
      card_format: z.enum(['TLCode', 'rfid48']).optional(),
      card_function_type: z.enum(['guest', 'staff']).optional(),
      is_override_key: flag(),
      joiner_acs_credential_ids: ids(),
      override: flag(),
    })
    .optional(),
  assa_abloy_vostio_metadata: z
    .object({
      auto_join: flag(),
      join_all_guest_acs_entrances: flag(),
      override_all_guest_acs_entrances: flag(),
      override_guest_acs_entrance_ids: ids(),
    })
    .optional(),
  hotek_metadata: z.object({ auto_join: flag(), override: flag() }).optional(),
  salto_space_metadata: z.object({ assign_new_key: flag(), update_current_key: flag() }).optional(),
})

const params = () =>
  z.object({
    access_method: z.enum(acsAccessMethods),
    acs_system_id: id().optional(),
    acs_user_id: id().optional(),
    user_identity_id: id().optional(),
    allowed_acs_entrance_ids: z.array(id()).optional(),
    code: z.string().min(1).max(20).optional(),
    credential_manager_acs_system_id: id().optional(),
    starts_at: timestamp().optional(),
    ends_at: timestamp().optional(),
    is_multi_phone_sync_credential: z.boolean().default(false),
    ...brands(),
  })

type Params = z.output<ReturnType<typeof params>>

/** @throws invalid_input, acs_user_not_found, user_identity_not_found, acs_system_not_found */
const userFor = (world: World, by: Params): string => {
  exactlyOneUser(by)
  const { acs_user_id, user_identity_id = '', acs_system_id } = by
  if (acs_user_id !== undefined) {
    const user = requireAcsUser(world, acs_user_id)
    if (acs_system_id !== undefined && user.acs_system_id !== acs_system_id)
      throw invalidInput('acs_system_id', 'The user is in another access system')
    return acs_user_id
  }
  if (acs_system_id === undefined)
    throw invalidInput('acs_system_id', 'With user_identity_id, give the acs_system_id as well')
  return userInSystem(world, user_identity_id, acs_system_id, true).acs_user_id
}

/** What was asked, whatever the brand calls it. */
const optionsOf = (by: Params): AcsCredentialOptions => {
  const { visionline_metadata: visionline, assa_abloy_vostio_metadata: vostio } = by
  const { hotek_metadata: hotek } = by
  const override =
    visionline?.override ??
    visionline?.is_override_key ??
    hotek?.override ??
    (vostio?.override_all_guest_acs_entrances === true ||
      (vostio?.override_guest_acs_entrance_ids ?? []).length > 0)
  const auto_join = visionline?.auto_join ?? vostio?.auto_join ?? hotek?.auto_join
  return {
    ...(override && { override }),
    ...(auto_join !== undefined && { auto_join }),
    ...(visionline?.joiner_acs_credential_ids !== undefined && {
      joiner_acs_credential_ids: visionline.joiner_acs_credential_ids,
    }),
    ...(visionline?.card_format !== undefined && { card_format: visionline.card_format }),
    ...(visionline?.card_function_type !== undefined && {
      card_function_type: visionline.card_function_type,
    }),
    ...(vostio?.override_guest_acs_entrance_ids !== undefined && {
      override_guest_acs_entrance_ids: vostio.override_guest_acs_entrance_ids,
    }),
  }
}

const ofSystem = is(acs_entrances.acs_system_id)

/** The doors that were named, and with Vostio all guests' doors where that was asked. */
const entrancesFor = (world: World, acs_user_id: string, by: Params): string[] => {
  const named = by.allowed_acs_entrance_ids ?? []
  const vostio = by.assa_abloy_vostio_metadata
  const isAll =
    vostio?.join_all_guest_acs_entrances === true ||
    vostio?.override_all_guest_acs_entrances === true
  if (!isAll) return named
  const { acs_system_id } = requireAcsUser(world, acs_user_id)
  const guests = world.acs_entrances
    .all(ofSystem(acs_system_id))
    .filter((door) => door.category === 'guest')
  return [...named, ...guests.map((door) => door.acs_entrance_id)]
}

export const create = defineEndpoint({
  path: '/acs/credentials/create',
  methods: ['POST'],
  auth: serverAuth,
  summary:
    'Makes a credential of a user; its system hears of it a little later, a card is encoded.',
  effect: 'write',
  params,
  result: () => ({ acs_credential: acsCredential() }),
  handler: ({ world }, by) => {
    const acs_user_id = userFor(world, by)
    const salto = by.salto_space_metadata
    const credential = createCredential(world, {
      acs_user_id,
      access_method: by.access_method,
      acs_entrance_ids: entrancesFor(world, acs_user_id, by),
      code: by.code,
      starts_at: by.starts_at,
      ends_at: by.ends_at,
      credential_manager_acs_system_id: by.credential_manager_acs_system_id,
      is_multi_phone_sync: by.is_multi_phone_sync_credential,
      options: optionsOf(by),
      update_current_key: salto?.update_current_key === true || salto?.assign_new_key === false,
    })
    return { acs_credential: presentAcsCredential(world, credential) }
  },
})
