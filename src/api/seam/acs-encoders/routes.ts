import { z } from 'zod'
import { above, is, oneOf } from '../../../db/conditions.ts'
import type { Filter } from '../../../db/conditions.ts'
import { acs_encoders } from '../../../db/tables/acs-encoders.ts'
import { encodeMethod } from '../../../sim/access-grants/cards.ts'
import {
  encodeCredential,
  scanCredential,
  scanToAssign,
} from '../../../sim/acs-encoders/operations.ts'
import { requireEncoder } from '../../../sim/acs-encoders/rows.ts'
import { userInSystem } from '../../../sim/acs-users/of-person.ts'
import { invalidInput, notFound } from '../../../sim/kernel/errors.ts'
import { serverAuth } from '../../http/auth.ts'
import { pageOfRows } from '../../http/list-filters.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import { id, pageParams } from '../../http/fields.ts'
import { seesAccount } from '../../http/visibility.ts'
import { exactlyOneUser } from '../acs-users/find.ts'
import { actionAttempt, presentStartedAttempt } from '../action-attempts/wire.ts'
import { pagination } from '../../http/pagination.ts'
import { acsEncoder, presentAcsEncoder } from './wire.ts'

/** Portals encode cards as well. */
const withPortals = [...serverAuth, 'client_session_with_customer'] as const

const get = defineEndpoint({
  path: '/acs/encoders/get',
  methods: ['GET', 'POST'],
  auth: serverAuth,
  summary: 'One encoder.',
  effect: 'read',
  params: () => z.object({ acs_encoder_id: id() }),
  result: () => ({ acs_encoder: acsEncoder() }),
  handler: ({ world }, { acs_encoder_id }) => ({
    acs_encoder: presentAcsEncoder(world, requireEncoder(world, acs_encoder_id)),
  }),
})

const ofSystem = is(acs_encoders.acs_system_id)
const ofSystems = oneOf(acs_encoders.acs_system_id)
const ofAccounts = oneOf(acs_encoders.connected_account_id)
const withIds = oneOf(acs_encoders.acs_encoder_id)
const after = above(acs_encoders.seq)

const list = defineEndpoint({
  path: '/acs/encoders/list',
  methods: ['GET', 'POST'],
  auth: withPortals,
  summary: 'Encoders in the order in which they were added.',
  effect: 'read',
  params: () =>
    z.object({
      acs_system_id: id().optional(),
      acs_system_ids: z.array(id()).optional(),
      acs_encoder_ids: z.array(id()).optional(),
      ...pageParams(500),
    }),
  result: () => ({ acs_encoders: z.array(acsEncoder()), pagination: pagination() }),
  handler: (call, params) => {
    const { world, auth } = call
    const filters: Filter<'acs_encoders'>[] = []
    const { visible_connected_account_ids: accounts } = auth
    if (accounts !== null) filters.push(ofAccounts(accounts))
    const { acs_system_id, acs_system_ids, acs_encoder_ids } = params
    if (acs_system_id !== undefined) filters.push(ofSystem(acs_system_id))
    if (acs_system_ids !== undefined) filters.push(ofSystems(acs_system_ids))
    if (acs_encoder_ids !== undefined) filters.push(withIds(acs_encoder_ids))
    const { limit, page_cursor } = params
    const page = pageOfRows(call, world.acs_encoders, filters, { limit, page_cursor, after })
    return {
      acs_encoders: page.rows.map((row) => presentAcsEncoder(world, row)),
      pagination: page.pagination,
    }
  },
})

const encode = defineEndpoint({
  path: '/acs/encoders/encode_credential',
  methods: ['POST'],
  auth: withPortals,
  summary: 'Writes a credential on the card that lies on an encoder.',
  effect: 'write',
  action_attempt_type: 'ENCODE_CREDENTIAL',
  params: () =>
    z.object({
      acs_encoder_id: id(),
      acs_credential_id: id().optional(),
      access_method_id: id().optional(),
    }),
  result: () => ({ action_attempt: actionAttempt() }),
  handler: ({ world, auth }, { acs_encoder_id, acs_credential_id, access_method_id }) => {
    const { connected_account_id } = requireEncoder(world, acs_encoder_id)
    if (!seesAccount(auth, connected_account_id)) throw notFound('acs_encoder', { acs_encoder_id })
    if ((acs_credential_id === undefined) === (access_method_id === undefined))
      throw invalidInput(
        'acs_credential_id',
        'Give exactly one of acs_credential_id and access_method_id',
      )
    if (acs_credential_id === undefined) {
      const attempt = encodeMethod(world, access_method_id ?? '', acs_encoder_id)
      return { action_attempt: presentStartedAttempt(attempt) }
    }
    return {
      action_attempt: presentStartedAttempt(
        encodeCredential(world, acs_encoder_id, acs_credential_id),
      ),
    }
  },
})

const saltoOptions = () => z.object({ detect_new_tags: z.boolean().optional() }).optional()

const scan = defineEndpoint({
  path: '/acs/encoders/scan_credential',
  methods: ['POST'],
  auth: serverAuth,
  summary: 'Reads the card that lies on an encoder, and compares it with what Seam knows.',
  effect: 'write',
  action_attempt_type: 'SCAN_CREDENTIAL',
  params: () => z.object({ acs_encoder_id: id(), salto_ks_metadata: saltoOptions() }),
  result: () => ({ action_attempt: actionAttempt() }),
  handler: ({ world }, { acs_encoder_id, salto_ks_metadata }) => ({
    action_attempt: presentStartedAttempt(
      scanCredential(world, acs_encoder_id, salto_ks_metadata?.detect_new_tags),
    ),
  }),
})

const scanAndAssign = defineEndpoint({
  path: '/acs/encoders/scan_to_assign_credential',
  methods: ['POST'],
  auth: withPortals,
  summary: 'Gives the card that lies on an encoder to a user.',
  effect: 'write',
  action_attempt_type: 'SCAN_TO_ASSIGN_CREDENTIAL',
  params: () =>
    z.object({
      acs_encoder_id: id(),
      acs_user_id: id().optional(),
      user_identity_id: id().optional(),
      salto_ks_metadata: saltoOptions(),
    }),
  result: () => ({ action_attempt: actionAttempt() }),
  handler: ({ world, auth }, { acs_encoder_id, salto_ks_metadata, ...by }) => {
    const { acs_system_id, connected_account_id } = requireEncoder(world, acs_encoder_id)
    if (!seesAccount(auth, connected_account_id)) throw notFound('acs_encoder', { acs_encoder_id })
    exactlyOneUser(by)
    const acs_user_id =
      by.acs_user_id ??
      userInSystem(world, by.user_identity_id ?? '', acs_system_id, true).acs_user_id
    const { detect_new_tags } = salto_ks_metadata ?? {}
    const attempt = scanToAssign(world, acs_encoder_id, acs_user_id, detect_new_tags)
    return { action_attempt: presentStartedAttempt(attempt) }
  },
})

export const acsEncoderEndpoints = [get, list, encode, scan, scanAndAssign]
