/** Encoders do one thing at a time: others wait in order. */
import { effectsOf } from '../../contract/fault-effects.ts'
import type { ActionAttempt, ActionType } from '../../db/tables/action-attempts.ts'
import type { AcsEncoder, ForcedOutcome } from '../../db/tables/acs-encoders.ts'
import { z } from 'zod'
import { once } from '../../lib/once.ts'
import { systemLink } from '../acs-systems/link.ts'
import { failure } from '../action-attempts/action.ts'
import { createActionAttempt } from '../action-attempts/attempts.ts'
import type { Settlement } from '../action-attempts/attempts.ts'
import { consultFaults } from '../faults/registry.ts'
import { scheduleJob } from '../kernel/jobs.ts'
import { triangular } from '../kernel/random.ts'
import type { World } from '../kernel/world.ts'
import { layFittingCard } from './auto-card.ts'
import { detectedCard } from './detect.ts'
import { requireEncoder } from './rows.ts'

/** How long the encoder works, ms. Assumed: SDKs wait for five seconds. */
const ENCODE = { min: 2_000, typical: 3_000, max: 4_000 }
const SCAN = { min: 1_000, typical: 2_000, max: 3_000 }

/** For so long an encoder waits for a card, and Seam for an encoder, ms. Assumed. */
const PATIENCE = 30_000

/** What an attempt keeps of itself. */
export const encoderAction = once(() =>
  z.looseObject({
    acs_encoder_id: z.string(),
    acs_credential_id: z.string().optional(),
    acs_user_id: z.string().optional(),
    detect_new_tags: z.boolean().optional(),
    phase: z.enum(['queued', 'waiting', 'working', 'hanging']),
    forced: z
      .object({
        error_code: z.string().optional(),
        scenario: z.string().optional(),
        acs_credential_id: z.string().optional(),
      })
      .optional(),
    fault: z.record(z.string(), z.unknown()).optional(),
  }),
)
export type EncoderAction = z.output<ReturnType<typeof encoderAction>>

export type EncoderActionType = Extract<
  ActionType,
  'ENCODE_CREDENTIAL' | 'SCAN_CREDENTIAL' | 'SCAN_TO_ASSIGN_CREDENTIAL'
>

/** Why the encoder cannot be made to do anything now; null when it can. */
export const impediment = (world: World, encoder: AcsEncoder): Settlement | null => {
  const system = world.acs_systems.get(encoder.acs_system_id)
  const link = system === undefined ? null : systemLink(world, system)
  if (link?.cause === 'bridge_disconnected')
    return failure('bridge_disconnected', 'The Seam Bridge of the access system is offline.')
  if (link?.online !== true)
    return failure('uncategorized_error', 'The access system cannot be reached.')
  if (encoder.removed_at !== null)
    return failure('encoder_not_online', 'The encoder was removed from its access system.')
  if (encoder.offline_at !== null)
    return failure('encoder_not_online', 'The encoder is offline. Check its cable and its power.')
  return null
}

const isEncode = (type: ActionType): boolean => type === 'ENCODE_CREDENTIAL'

/** What was simulated for the next one, if it is about this one; it counts once. */
const takeForced = (
  world: World,
  encoder: AcsEncoder,
  type: ActionType,
  acs_credential_id: string | undefined,
): ForcedOutcome | null => {
  const column = isEncode(type) ? 'next_encode' : 'next_scan'
  const forced = encoder[column]
  if (forced === null) return null
  const about = forced.acs_credential_id
  // What a scan finds is what was simulated; an encoding is about a credential of its own.
  if (isEncode(type) && about !== undefined && about !== acs_credential_id) return null
  world.acs_encoders.update(encoder.acs_encoder_id, { [column]: null })
  return forced
}

const startDue = (world: World, attempt: ActionAttempt, change: object, lasts: number): void => {
  const { action_attempt_id, action } = attempt
  world.action_attempts.update(action_attempt_id, { action: { ...action, ...change } })
  scheduleJob(world, 'action_attempt.settle', action_attempt_id, world.now + lasts)
}

const drawnLatency = (world: World, type: ActionType, acs_encoder_id: string): number => {
  const name = `latency ${type} ${acs_encoder_id}`
  const fraction = world.random.stream(name).fraction(world.random.next(name))
  return triangular(fraction, isEncode(type) ? ENCODE : SCAN)
}

const begin = (world: World, attempt: ActionAttempt): void => {
  const action = encoderAction().parse(attempt.action)
  const { acs_encoder_id, acs_credential_id } = action
  const encoder = requireEncoder(world, acs_encoder_id)
  const lasts = drawnLatency(world, attempt.action_type, acs_encoder_id)
  const forced = takeForced(world, encoder, attempt.action_type, acs_credential_id)
  if (forced !== null) return startDue(world, attempt, { phase: 'working', forced }, lasts)
  const { acs_system_id, connected_account_id } = encoder
  const subject = { acs_encoder_id, acs_system_id, connected_account_id, acs_credential_id }
  const on = isEncode(attempt.action_type) ? 'encoder.encode' : 'encoder.scan'
  const hit = consultFaults(world, on, subject)
  const effect = hit === null ? undefined : effectsOf.encoder().parse(hit.effect)
  const fault = effect === undefined ? {} : { fault: effect, fault_id: hit?.fault_id }
  if (effect?.kind === 'never_confirm')
    return startDue(world, attempt, { phase: 'hanging', ...fault }, PATIENCE)
  const delay = effect?.kind === 'delay' ? effect.by : 0
  layFittingCard(world, encoder, action)
  const isReady = impediment(world, encoder) !== null || detectedCard(world, action) !== undefined
  if (isReady) startDue(world, attempt, { phase: 'working', ...fault }, lasts + delay)
  else startDue(world, attempt, { phase: 'waiting', ...fault }, PATIENCE)
}

/** Those that still wait for it; one that was pinned by hand holds nobody up. */
export const pendingOf = (world: World, { queue }: AcsEncoder): string[] =>
  queue.filter((id) => {
    const attempt = world.action_attempts.get(id)
    return attempt !== undefined && attempt.status === 'pending' && !attempt.is_pinned
  })

/** Puts the attempts in order, and lets the first one begin if it has not. */
const goOn = (world: World, acs_encoder_id: string, queue: string[]): void => {
  world.acs_encoders.update(acs_encoder_id, { queue })
  const first = queue[0] === undefined ? undefined : world.action_attempts.get(queue[0])
  if (first === undefined) return
  if (encoderAction().parse(first.action).phase === 'queued') begin(world, first)
}

/** Asks an encoder for something. @throws acs_encoder_not_found */
export const enqueue = (
  world: World,
  type: EncoderActionType,
  action: Omit<EncoderAction, 'phase' | 'acs_encoder_id'> & { acs_encoder_id: string },
): ActionAttempt => {
  const encoder = requireEncoder(world, action.acs_encoder_id)
  const { action_attempt_id } = createActionAttempt(world, {
    action_type: type,
    action: { ...action, phase: 'queued' },
  })
  const queue = [...pendingOf(world, encoder), action_attempt_id]
  goOn(world, encoder.acs_encoder_id, queue)
  const attempt = world.action_attempts.get(action_attempt_id)
  if (attempt === undefined) throw new Error(`The attempt ${action_attempt_id} was not written`)
  return attempt
}

/** The first is done with: the next one begins. */
export const leaveQueue = (
  world: World,
  acs_encoder_id: string,
  action_attempt_id: string,
): void => {
  const encoder = world.acs_encoders.get(acs_encoder_id)
  if (encoder === undefined) return
  const queue = pendingOf(world, encoder).filter((id) => id !== action_attempt_id)
  goOn(world, acs_encoder_id, queue)
}

/** What it works at now. */
export const currentAttempt = (
  world: World,
  encoder: AcsEncoder,
): { attempt: ActionAttempt; action: EncoderAction } | undefined => {
  const [first] = pendingOf(world, encoder)
  const attempt = first === undefined ? undefined : world.action_attempts.get(first)
  return attempt && { attempt, action: encoderAction().parse(attempt.action) }
}

/** Somebody has put a card there for which it has waited. */
export const beginWork = (world: World, encoder: AcsEncoder): void => {
  const current = currentAttempt(world, encoder)
  if (current?.action.phase !== 'waiting') return
  if (detectedCard(world, current.action) === undefined) return
  const { attempt } = current
  const lasts = drawnLatency(world, attempt.action_type, encoder.acs_encoder_id)
  startDue(world, attempt, { phase: 'working' }, lasts)
}
