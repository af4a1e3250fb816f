/** How a change gets from Seam to a system's server: sent, answered after a while, tried again. */
import { effectsOf } from '../../contract/fault-effects.ts'
import type { AcsPush, Held, PushOutcome } from '../../db/tables/acs-shapes.ts'
import type { AcsSystem } from '../../db/tables/acs-systems.ts'
import type { FaultOn } from '../../db/tables/faults.ts'
import { consultFaults } from '../faults/registry.ts'
import { later } from '../kernel/instant.ts'
import { triangular } from '../kernel/random.ts'
import type { World } from '../kernel/world.ts'

/** From Seam to the server, ms. Assumed. */
const PUSH = { min: 1_000, typical: 2_000, max: 4_000 }
/** From the server to its wired doors, ms. Assumed. */
const TO_DOORS = { min: 500, typical: 1_000, max: 2_000 }

export type PushKind = AcsPush['kind']

export interface PushFacts {
  /** What is to happen on the server; null: nothing. */
  wanted: PushKind | null
  push: AcsPush | null
  /** Whether Seam reaches the server. */
  online: boolean
  now: number
}

/** `note`: something is wanted that cannot be sent yet; `answer`: the time of the one under way is over. */
export type PushStep =
  | { do: 'rest' | 'drop' | 'note' | 'send' | 'answer' }
  | { do: 'wait'; until: number | null }

/** The next step, from what is wanted, what is under way, and the link. */
export const reconcilePush = ({ wanted, push, online, now }: PushFacts): PushStep => {
  if (push !== null && push.due_at !== null)
    return push.due_at <= now ? { do: 'answer' } : { do: 'wait', until: push.due_at }
  if (wanted === null) return push === null ? { do: 'rest' } : { do: 'drop' }
  if (push === null) return online ? { do: 'send' } : { do: 'note' }
  // What is wanted now may be something else than what failed.
  if (push.kind !== wanted) return online ? { do: 'send' } : { do: 'note' }
  if (!online) return { do: 'wait', until: null }
  if (push.retry_at !== null && push.retry_at > now) return { do: 'wait', until: push.retry_at }
  return { do: 'send' }
}

const outcomeOf = (effect: unknown): { outcome: PushOutcome; delay: number } => {
  // Of all that are pushed, credentials can meet with most.
  const parsed = effectsOf.credential().parse(effect)
  switch (parsed.kind) {
    case 'fail':
      return {
        outcome: { kind: 'fail', message: parsed.message ?? 'The server refused the change.' },
        delay: 0,
      }
    case 'provider_unavailable':
      return {
        outcome: {
          kind: 'fail',
          message: parsed.message ?? "The provider's service is unavailable.",
        },
        delay: 0,
      }
    case 'never_confirm':
      return { outcome: { kind: 'never_confirm' }, delay: 0 }
    case 'delay':
      return { outcome: { kind: 'arrives' }, delay: parsed.by }
    case 'lose_later':
      return { outcome: { kind: 'lose_later', after: parsed.after }, delay: 0 }
    default:
      return parsed satisfies never
  }
}

const drawn = (world: World, name: string, shape: typeof PUSH): number =>
  triangular(world.random.stream(name).fraction(world.random.next(name)), shape)

/** What is sent, for whoever asks what a fault is compared with. */
export interface Sending {
  system: AcsSystem
  on: Extract<FaultOn, `acs.${string}`>
  /** The id of what is sent. */
  id: string
  kind: PushKind
  before: AcsPush | null
  subject: Readonly<Record<string, unknown>>
}

/** The change as it is on its way. */
export const sentPush = (
  world: World,
  { system, on, id, kind, before, subject }: Sending,
): AcsPush => {
  const same = before?.kind === kind ? before : null
  const attempts = (same?.attempts ?? 0) + 1
  const { acs_system_id, model, connected_account_id } = system
  const all = { acs_system_id, model, connected_account_id, kind, attempt: attempts, ...subject }
  const hit = consultFaults(world, on, all)
  const { outcome, delay } =
    hit === null ? { outcome: { kind: 'arrives' } as const, delay: 0 } : outcomeOf(hit.effect)
  return {
    kind,
    since: same?.since ?? world.now,
    attempts,
    due_at: later(world.now, drawn(world, `push ${id}`, PUSH) + delay),
    retry_at: null,
    outcome,
    fault_id: hit?.fault_id ?? null,
    error: same?.error ?? null,
  }
}

/** A change that waits until it can be sent. */
export const notedPush = (world: World, kind: PushKind): AcsPush => ({
  kind,
  since: world.now,
  attempts: 0,
  due_at: null,
  retry_at: null,
  outcome: { kind: 'arrives' },
  fault_id: null,
  error: null,
})

/** So many attempts are equally far apart; then each pause is twice the one before, as for access codes. */
const EVEN_ATTEMPTS = 36

const nextTry = (world: World, { attempts }: AcsPush): number => {
  const { retry_every, retry_at_most } = world.settings
  const doublings = Math.min(Math.max(attempts - EVEN_ATTEMPTS, 0), 30)
  return later(
    world.now,
    Math.min(retry_every * 2 ** doublings, Math.max(retry_at_most, retry_every)),
  )
}

/** The change after an attempt that came to nothing; it waits for the link when that was the reason. */
export const failedPush = (world: World, push: AcsPush, error: string | null): AcsPush => ({
  ...push,
  due_at: null,
  retry_at: error === null ? null : nextTry(world, push),
  error: error ?? push.error,
})

/** The same when the server may have taken it. */
export const unansweredPush = (world: World, push: AcsPush): AcsPush => ({
  ...push,
  due_at: null,
  retry_at: nextTry(world, push),
})

/** What a wired door that is on its line knows at an instant. */
export const knownAtDoors = <S>(held: Held<S> | null, now: number): S | null => {
  if (held === null) return null
  return now >= held.doors_from ? held.state : held.before
}

/** The server takes a state, and its doors hear of it a little later. */
export const heldFromNow = <S>(
  world: World,
  id: string,
  before: Held<S> | null,
  state: S,
): Held<S> => ({
  state,
  doors_from: later(world.now, drawn(world, `doors ${id}`, TO_DOORS)),
  before: knownAtDoors(before, world.now),
})
