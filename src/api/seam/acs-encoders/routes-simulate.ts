/** The vendor's own simulations: what comes of the next encoding or scan. */
import { z } from 'zod'
import { simulateNext } from '../../../sim/acs-encoders/operations.ts'
import { invalidInput } from '../../../sim/kernel/errors.ts'
import { serverAuth } from '../../http/auth.ts'
import { defineEndpoint } from '../../http/endpoint.ts'
import { id } from '../../http/fields.ts'

const encodeErrors = [
  'no_credential_on_encoder',
  'encoding_interrupted',
  'uncategorized_error',
  'action_attempt_expired',
] as const

const scanErrors = [
  'no_credential_on_encoder',
  'uncategorized_error',
  'action_attempt_expired',
] as const

const scenarios = [
  'credential_exists_on_seam',
  'credential_on_encoder_needs_update',
  'credential_does_not_exist_on_seam',
  'credential_on_encoder_is_empty',
] as const

/** These two may be about one credential (Seam's OpenAPI document). */
const general: ReadonlySet<string> = new Set(['uncategorized_error', 'action_attempt_expired'])

/** @throws invalid_input for a credential with an error that is about no credential */
const refuseCredential = (param: string, given: string | undefined, error_code: string): void => {
  if (given !== undefined && !general.has(error_code))
    throw invalidInput(param, `${param} goes with uncategorized_error and action_attempt_expired`)
}

const encodeFails = defineEndpoint({
  path: '/acs/encoders/simulate/next_credential_encode_will_fail',
  methods: ['POST'],
  auth: serverAuth,
  summary: 'Lets the next encoding fail, once; the card stays as it is.',
  effect: 'write',
  params: () =>
    z.object({
      acs_encoder_id: id(),
      error_code: z.enum(encodeErrors).default('no_credential_on_encoder'),
      acs_credential_id: id().optional(),
    }),
  result: () => ({}),
  handler: ({ world }, { acs_encoder_id, error_code, acs_credential_id }) => {
    refuseCredential('acs_credential_id', acs_credential_id, error_code)
    simulateNext(world, acs_encoder_id, 'next_encode', {
      error_code,
      ...(acs_credential_id !== undefined && { acs_credential_id }),
    })
    return {}
  },
})

const encodeSucceeds = defineEndpoint({
  path: '/acs/encoders/simulate/next_credential_encode_will_succeed',
  methods: ['POST'],
  auth: [...serverAuth, 'client_session_with_customer'],
  summary: 'Lets the next encoding succeed, once, whatever lies on the encoder.',
  effect: 'write',
  params: () =>
    z.object({
      acs_encoder_id: id(),
      scenario: z.literal('credential_is_issued').default('credential_is_issued'),
    }),
  result: () => ({}),
  handler: ({ world }, { acs_encoder_id, scenario }) => {
    simulateNext(world, acs_encoder_id, 'next_encode', { scenario })
    return {}
  },
})

const scanFails = defineEndpoint({
  path: '/acs/encoders/simulate/next_credential_scan_will_fail',
  methods: ['POST'],
  auth: serverAuth,
  summary: 'Lets the next scan fail, once.',
  effect: 'write',
  params: () =>
    z.object({
      acs_encoder_id: id(),
      error_code: z.enum(scanErrors).default('no_credential_on_encoder'),
      acs_credential_id_on_seam: id().optional(),
    }),
  result: () => ({}),
  handler: ({ world }, { acs_encoder_id, error_code, acs_credential_id_on_seam: about }) => {
    refuseCredential('acs_credential_id_on_seam', about, error_code)
    simulateNext(world, acs_encoder_id, 'next_scan', {
      error_code,
      ...(about !== undefined && { acs_credential_id: about }),
    })
    return {}
  },
})

const scanSucceeds = defineEndpoint({
  path: '/acs/encoders/simulate/next_credential_scan_will_succeed',
  methods: ['POST'],
  auth: serverAuth,
  summary: 'Decides what the next scan finds, once.',
  effect: 'write',
  params: () =>
    z.object({
      acs_encoder_id: id(),
      scenario: z.enum(scenarios).default('credential_exists_on_seam'),
      acs_credential_id_on_seam: id().optional(),
    }),
  result: () => ({}),
  handler: ({ world }, { acs_encoder_id, scenario, acs_credential_id_on_seam: about }) => {
    simulateNext(world, acs_encoder_id, 'next_scan', {
      scenario,
      ...(about !== undefined && { acs_credential_id: about }),
    })
    return {}
  },
})

export const acsEncoderSimulationEndpoints = [encodeFails, encodeSucceeds, scanFails, scanSucceeds]
