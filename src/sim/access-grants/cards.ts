/** Cards of access methods: encoded where doors read what stands on them, else given out by their number. */
import { z } from 'zod'
import type { AccessGrant } from '../../db/tables/access-grants.ts'
import type { AccessMethod } from '../../db/tables/access-methods.ts'
import type { AcsCard } from '../../db/tables/acs-cards.ts'
import type { ActionAttempt } from '../../db/tables/action-attempts.ts'
import { once } from '../../lib/once.ts'
import { requireAccessMethod } from '../access-methods/rows.ts'
import { writeCard } from '../acs-cards/write.ts'
import { standsOnCard } from '../acs-credentials/issues.ts'
import { requireCredential } from '../acs-credentials/rows.ts'
import { encodeCredential } from '../acs-encoders/operations.ts'
import { systemLink } from '../acs-systems/link.ts'
import { requireSystem } from '../acs-systems/rows.ts'
import { unlockEntrance } from '../acs-cards/unlock.ts'
import { failure } from '../action-attempts/action.ts'
import type { Action } from '../action-attempts/action.ts'
import { createActionAttempt } from '../action-attempts/attempts.ts'
import type { Settlement } from '../action-attempts/attempts.ts'
import { invalidInput } from '../kernel/errors.ts'
import { scheduleJob } from '../kernel/jobs.ts'
import { triangular } from '../kernel/random.ts'
import type { World } from '../kernel/world.ts'
import { credentialPart } from './credential-state.ts'
import { grantOfMethod } from './rows.ts'
import { isOver } from './terms.ts'

/** How long a system takes to give a card out, ms. Assumed. */
const ASSIGN = { min: 1_000, typical: 2_000, max: 4_000 }

/** What is still to be done with the card of a method; null for any other method. */
export interface CardWork {
  is_encoding_required: boolean
  is_ready_for_encoding: boolean
  is_assignment_required: boolean
  is_ready_for_assignment: boolean
}

export const cardWorkOf = (
  world: World,
  grant: AccessGrant,
  method: AccessMethod,
): CardWork | null => {
  const { acs, mode } = method
  if (acs === null || mode !== 'card') return null
  const needs = credentialPart(world, method, grant)?.credential?.needs
  const isGoing = method.deletion_requested_at !== null || grant.deletion_requested_at !== null
  const isWanted = !isGoing && !isOver(grant, world.now) && needs !== null && needs !== 'doors'
  const isEncoded = standsOnCard(world, acs)
  return {
    is_encoding_required: isWanted && isEncoded,
    is_ready_for_encoding: isWanted && needs === 'encoding',
    is_assignment_required: isWanted && !isEncoded,
    is_ready_for_assignment: isWanted && needs === 'assignment',
  }
}

/** The credential of a method of this mode. @throws invalid_input for another mode, and while there is no credential */
const credentialOf = (world: World, method: AccessMethod, mode: 'card' | 'cloud_key'): string => {
  const { access_method_id, acs } = method
  if (method.mode !== mode || acs === null)
    throw invalidInput(
      'access_method_id',
      `This is an access method of the mode ${method.mode}, and not of the mode ${mode}`,
    )
  const { acs_credential_id } = acs
  const row = acs_credential_id === null ? undefined : world.acs_credentials.get(acs_credential_id)
  if (row === undefined || row.deletion_requested_at !== null)
    throw invalidInput('access_method_id', `The access method ${access_method_id} is over`)
  return row.acs_credential_id
}

/** @throws access_method_not_found, acs_encoder_not_found, invalid_input */
export const encodeMethod = (
  world: World,
  access_method_id: string,
  acs_encoder_id: string,
): ActionAttempt => {
  const method = requireAccessMethod(world, access_method_id)
  return encodeCredential(world, acs_encoder_id, credentialOf(world, method, 'card'))
}

/** @throws access_method_not_found, acs_entrance_not_found, invalid_input, not_supported */
export const unlockByMethod = (
  world: World,
  access_method_id: string,
  acs_entrance_id: string,
): ActionAttempt => {
  const method = requireAccessMethod(world, access_method_id)
  const acs_credential_id = credentialOf(world, method, 'cloud_key')
  if (method.acs?.entrance_ids.includes(acs_entrance_id) !== true)
    throw invalidInput('acs_entrance_id', 'The access method is not for this entrance')
  const { starts_at } = grantOfMethod(world, method)
  if (starts_at > world.now)
    throw invalidInput('access_method_id', 'The access method opens nothing before its start')
  return unlockEntrance(world, acs_entrance_id, acs_credential_id)
}

/** @throws access_method_not_found, invalid_input unless the method waits for a card to be assigned */
export const assignCard = (
  world: World,
  access_method_id: string,
  card_number: string,
): ActionAttempt => {
  const method = requireAccessMethod(world, access_method_id)
  const acs_credential_id = credentialOf(world, method, 'card')
  const work = cardWorkOf(world, grantOfMethod(world, method), method)
  if (work?.is_assignment_required !== true)
    throw invalidInput(
      'access_method_id',
      work?.is_encoding_required === true
        ? 'The card of this access method is encoded (access_methods/encode), not assigned'
        : 'The access method has its card already',
    )
  const attempt = createActionAttempt(world, {
    action_type: 'ASSIGN_CREDENTIAL',
    action: { access_method_id, acs_credential_id, card_number },
  })
  const name = `latency ASSIGN_CREDENTIAL ${access_method_id}`
  const lasts = triangular(world.random.stream(name).fraction(world.random.next(name)), ASSIGN)
  scheduleJob(world, 'action_attempt.settle', attempt.action_attempt_id, world.now + lasts)
  return attempt
}

const asked = once(() =>
  z.looseObject({
    access_method_id: z.string(),
    acs_credential_id: z.string(),
    card_number: z.string(),
  }),
)

/** What is kept of the method, for when it is gone. */
export const methodOfResult = once(() =>
  z.object({
    access_method_id: z.guid(),
    issued_at: z.int().min(0).max(8_640_000_000_000),
    created_at: z.int().min(0).max(8_640_000_000_000),
  }),
)

/** Whose the card is by now; null: nobody's. */
const holderOf = (world: World, { contents }: AcsCard): string | null =>
  contents !== null && world.acs_credentials.get(contents.acs_credential_id) !== undefined
    ? contents.acs_credential_id
    : null

const carryOutAssign = (world: World, { action }: ActionAttempt): Settlement => {
  const { access_method_id, acs_credential_id, card_number } = asked().parse(action)
  const method = world.access_methods.get(access_method_id)
  const credential = world.acs_credentials.get(acs_credential_id)
  if (method === undefined || credential === undefined)
    return failure('uncategorized_error', 'The access method was deleted meanwhile.')
  if (!systemLink(world, requireSystem(world, credential.acs_system_id)).online)
    return failure('uncategorized_error', 'The access system cannot be reached.')
  const card = world.acs_cards.get(card_number)
  if (card === undefined)
    return failure('credential_not_found', `There is no card with the number ${card_number}.`)
  const holder = holderOf(world, card)
  if (card.damaged_at !== null || (holder !== null && holder !== acs_credential_id))
    return failure('uncategorized_error', 'The card is damaged, or belongs to somebody else.')
  writeCard(world, card, requireCredential(world, acs_credential_id))
  const { created_at } = method
  return { status: 'success', result: { access_method_id, issued_at: world.now, created_at } }
}

export const assignCardAction: Action<'ASSIGN_CREDENTIAL'> = {
  type: 'ASSIGN_CREDENTIAL',
  result: methodOfResult,
  shows: 'access_method',
  errors: ['uncategorized_error', 'action_attempt_expired', 'credential_not_found'],
  carryOut: carryOutAssign,
}
