/** What can happen to what access systems are told. */
import { z } from 'zod'
import { once } from '../lib/once.ts'
import { delay, effect, message, providerUnavailable, some, words } from './fault-parts.ts'

export const push = once(() =>
  z.discriminatedUnion('kind', [
    effect('fail', 'The server refuses the change; Seam tries again after `retry_every`.', {
      message: message(),
    }),
    delay(),
    effect(
      'never_confirm',
      'The server takes the change and no answer comes: Seam tries again after `retry_every`.',
      {},
    ),
    providerUnavailable(),
  ]),
)

export const credential = once(() =>
  z.discriminatedUnion('kind', [
    ...push().options,
    effect(
      'lose_later',
      'The server confirms the credential and forgets it after a while, in workspace time: its doors refuse it, and Seam does not hear of it.',
      { after: some('After how long.', '2h') },
    ),
  ]),
)

/** What an encoder may answer with (Seam's OpenAPI document, ENCODE_CREDENTIAL). */
export const encoderErrors = [
  'uncategorized_error',
  'action_attempt_expired',
  'no_credential_on_encoder',
  'incompatible_card_format',
  'credential_cannot_be_reissued',
  'encoder_not_online',
  'encoder_communication_timeout',
  'bridge_disconnected',
  'encoding_interrupted',
  'credential_deleted',
] as const

export const encoder = once(() =>
  z.discriminatedUnion('kind', [
    effect('fail', 'The action attempt ends with this error; the card is as it was.', {
      error_code: z
        .enum(encoderErrors)
        .meta({
          description: 'The error of the attempt; `uncategorized_error` when not given.',
          examples: ['incompatible_card_format'],
        })
        .optional(),
      message: message(),
    }),
    delay(),
    effect(
      'never_confirm',
      'The encoder hangs: the attempt ends with `encoder_communication_timeout` after 30 seconds.',
      {},
    ),
    providerUnavailable(),
  ]),
)

export const entrance = once(() =>
  z.discriminatedUnion('kind', [
    effect('fail', 'The action attempt ends with this error; the door stays closed.', {
      error_code: words(
        "Becomes the attempt's `error.type`, which Seam leaves open; `uncategorized_error` when not given.",
        'door_blocked',
      ).optional(),
      message: message(),
    }),
    delay(),
    effect(
      'never_confirm',
      'The door opens and does not say so: `was_confirmed_by_device` is false.',
      {},
    ),
    providerUnavailable(),
  ]),
)
