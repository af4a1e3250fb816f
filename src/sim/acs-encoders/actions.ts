/** What encoders are asked for: the types of action attempts about them. */
import { z } from 'zod'
import { encoderErrors } from '../../contract/fault-effects-acs.ts'
import { effectsOf } from '../../contract/fault-effects.ts'
import { cardFormats } from '../../db/tables/acs-cards.ts'
import { acsAccessMethods } from '../../db/tables/acs-shapes.ts'
import { once } from '../../lib/once.ts'
import { failure } from '../action-attempts/action.ts'
import type { Action } from '../action-attempts/action.ts'
import type { Settlement } from '../action-attempts/attempts.ts'
import type { World } from '../kernel/world.ts'
import { takeOffCard } from '../acs-cards/uses-on-cards.ts'
import { cardOn } from '../acs-cards/rows.ts'
import { encodeNow } from './encode.ts'
import { encoderAction, impediment, leaveQueue } from './queue.ts'
import type { EncoderAction, EncoderActionType } from './queue.ts'
import { scanNow, scanToAssignNow } from './scan.ts'

/** What is kept of the credential that a success tells of, for when it is gone. */
export const credentialOfResult = once(() =>
  z.object({
    acs_credential_id: z.guid(),
    acs_system_id: z.guid(),
    connected_account_id: z.guid(),
    access_method: z.enum(acsAccessMethods),
    created_at: z.int().min(0).max(8_640_000_000_000),
  }),
)

const flag = () => z.boolean().optional()
const ids = () => z.array(z.guid()).optional()
const instant = () => z.iso.datetime().nullable()

/** What Visionline's cards say besides. */
const visionlineCard = () =>
  z.strictObject({
    cancelled: flag(),
    card_format: z.enum(cardFormats).optional(),
    card_holder: z.string().optional(),
    card_id: z.string().optional(),
    common_acs_entrance_ids: ids(),
    discarded: flag(),
    expired: flag(),
    guest_acs_entrance_ids: ids(),
    number_of_issued_cards: z.number().optional(),
    overridden: flag(),
    overwritten: flag(),
    pending_auto_update: flag(),
  })

/** What a scan found. */
export const scanResult = once(() =>
  z.strictObject({
    acs_credential_on_encoder: z
      .strictObject({
        card_number: z.string().nullable(),
        created_at: instant(),
        is_issued: z.boolean().nullable(),
        starts_at: instant(),
        ends_at: instant(),
        visionline_metadata: visionlineCard().optional(),
      })
      .nullable(),
    acs_credential_id_on_seam: z.guid().nullable(),
    warnings: z.array(
      z.strictObject({
        warning_code: z.enum([
          'acs_credential_on_encoder_out_of_sync',
          'acs_credential_on_seam_not_found',
        ]),
        warning_message: z.string(),
      }),
    ),
  }),
)

/** The end that a fault has prepared. */
const afterFault = ({ fault }: EncoderAction): Settlement | null => {
  if (fault === undefined) return null
  const effect = effectsOf.encoder().parse(fault)
  switch (effect.kind) {
    case 'fail':
      return failure(
        effect.error_code ?? 'uncategorized_error',
        effect.message ?? 'The encoder refused the command.',
      )
    case 'provider_unavailable':
      return failure(
        'uncategorized_error',
        effect.message ?? "The provider's service is unavailable.",
      )
    case 'never_confirm':
      return failure('encoder_communication_timeout', 'The encoder did not answer in time.')
    case 'delay':
      return null
    default:
      return effect satisfies never
  }
}

const assignErrors = [
  'uncategorized_error',
  'action_attempt_expired',
  'no_credential_on_encoder',
] as const
const scanErrors = [
  ...assignErrors,
  'encoder_not_online',
  'encoder_communication_timeout',
  'bridge_disconnected',
] as const

/** What Seam's document does not know of this type of action is told as the general error. */
export const within = (known: readonly string[], settlement: Settlement): Settlement =>
  settlement.status === 'error' && !known.includes(settlement.error.type)
    ? failure('uncategorized_error', settlement.error.message)
    : settlement

const settle = (
  world: World,
  action: EncoderAction,
  work: (world: World, action: EncoderAction) => Settlement,
): Settlement => {
  const encoder = world.acs_encoders.get(action.acs_encoder_id)
  if (encoder === undefined) return failure('encoder_not_online', 'The encoder is gone.')
  if (action.forced !== undefined) return work(world, action)
  const impeded = impediment(world, encoder)
  if (impeded !== null) return impeded
  const faulty = afterFault(action)
  if (faulty !== null) return faulty
  if (action.phase === 'waiting')
    return failure('no_credential_on_encoder', 'No card was put on the encoder in time.')
  const card = cardOn(world, encoder.acs_encoder_id)
  if (card !== undefined) takeOffCard(world, card, encoder.acs_system_id)
  return work(world, action)
}

/** Does the work of an attempt whose time has come, and lets the next one begin. */
const carriedOut =
  (
    work: (world: World, action: EncoderAction) => Settlement,
    known: readonly string[],
  ): NonNullable<Action['carryOut']> =>
  (world, attempt) => {
    const action = encoderAction().parse(attempt.action)
    const settlement = within(known, settle(world, action, work))
    leaveQueue(world, action.acs_encoder_id, attempt.action_attempt_id)
    return settlement
  }

type Errors = NonNullable<Action['errors']>

const onEncoder = <const T extends EncoderActionType>(
  action: Omit<Action<T>, 'carryOut'> & { errors: Errors },
  work: (world: World, action: EncoderAction) => Settlement,
): Action<T> => ({ ...action, carryOut: carriedOut(work, action.errors) })

export const encodeCredentialAction = onEncoder(
  {
    type: 'ENCODE_CREDENTIAL',
    result: credentialOfResult,
    shows: 'any_acs_credential',
    errors: encoderErrors,
  },
  encodeNow,
)

export const scanCredentialAction = onEncoder(
  { type: 'SCAN_CREDENTIAL', result: scanResult, shows: 'scan', errors: scanErrors },
  scanNow,
)

export const scanToAssignAction = onEncoder(
  {
    type: 'SCAN_TO_ASSIGN_CREDENTIAL',
    result: credentialOfResult,
    shows: 'acs_credential',
    errors: assignErrors,
  },
  scanToAssignNow,
)
