/** What is said of an access code, sentence by sentence (see `explain.ts`). */
import { formatDuration } from '../../lib/duration.ts'
import type { AccessCode } from '../../db/tables/access-codes.ts'
import type { Slot } from '../../db/tables/locks.ts'
import { failedJobs } from '../kernel/failed-jobs.ts'
import { toIso, toIsoOrNull } from '../kernel/instant.ts'
import type { World } from '../kernel/world.ts'
import type { LockView } from '../locks/lock-view.ts'
import { pauseAfter } from '../kernel/retries.ts'
import type { Step } from './reconcile.ts'
import { isSameForm, lockFormOf } from './programming-window.ts'

const work = { set: 'put the code on the lock', update: 'change the code on the lock' } as const
const wordsFor = (kind: 'set' | 'update' | 'remove'): string =>
  kind === 'remove' ? 'take the code off the lock' : work[kind]

const windowOf = (code: { starts_at: number | null; ends_at: number | null }): string =>
  code.ends_at === null
    ? 'for good'
    : `from ${toIsoOrNull(code.starts_at) ?? 'now'} to ${toIso(code.ends_at)}`

export const declaredSentence = (code: AccessCode, now: number): string => {
  const pin = code.code === null ? 'a PIN that is not known yet' : `the PIN ${code.code}`
  if (code.deletion_requested_at !== null) {
    return `Its deletion was asked for at ${toIso(code.deletion_requested_at)}.`
  }
  if (!code.is_managed) return `It is unmanaged: somebody else put ${pin} on the lock.`
  const kind = code.is_offline ? 'an offline code' : 'a code'
  const over = code.ends_at !== null && now >= code.ends_at ? ' That time is over.' : ''
  return `Declared: ${kind} "${code.name ?? ''}" with ${pin}, ${windowOf(code)}.${over}`
}

export const lockSentence = (code: AccessCode, slot: Slot | undefined, view: LockView): string => {
  if (code.is_offline)
    return 'The lock is never told: it computes for itself whether the PIN is good.'
  if (slot === undefined) {
    return code.programmed === null
      ? 'The lock holds nothing of it.'
      : 'The lock holds nothing of it, which Seam does not know yet.'
  }
  const holds = `The lock holds the PIN ${slot.code} in slot ${slot.slot}, ${windowOf(slot)}`
  if (code.programmed === null) return `${holds}, which Seam does not know.`
  if (slot.code !== code.programmed.code) return `${holds}; Seam has not read that yet.`
  const wanted = code.code !== null && lockFormOf(code, code.code, view.profile.scheduling)
  return wanted !== false && isSameForm(code.programmed, wanted)
    ? `${holds}, as declared.`
    : `${holds}, which is not what is declared.`
}

export const attemptSentences = (code: AccessCode): string[] => {
  const { effort } = code
  if (effort === null) return []
  const { in_flight, error, attempts } = effort
  const sentences = [
    `Since ${toIso(effort.since)} Seam tries to ${wordsFor(effort.kind)}: ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'} so far.`,
  ]
  if (in_flight !== null) {
    sentences.push(
      `A command was sent at ${toIso(in_flight.started_at)}; its answer comes at ${toIso(in_flight.due_at)}.`,
    )
  }
  if (error !== null) {
    const name = error.error_code === null ? '' : ` (${error.error_code})`
    sentences.push(`The last failure was at ${toIso(error.at)}: ${error.message}${name}`)
  }
  if (effort.delay_reported_at !== null)
    sentences.push(`The delay was reported at ${toIso(effort.delay_reported_at)}.`)
  if (effort.failure_reported_at !== null)
    sentences.push(`The failure was reported at ${toIso(effort.failure_reported_at)}.`)
  return sentences
}

type Wait = Extract<Step, { do: 'wait' }>

export const waitSentence = (
  world: World,
  code: AccessCode,
  view: LockView,
  wait: Wait,
): string => {
  const by = wait.until === null ? '' : ` (next look at ${toIso(wait.until)})`
  switch (wait.reason) {
    case 'answer':
      return 'It waits for the answer to the command under way.'
    case 'retry':
      return `It waits for the next attempt at ${toIso(code.effort?.retry_at ?? world.now)}; the pause before it is ${formatDuration(pauseAfter(world.settings, code.effort?.attempts ?? 0))}.`
    case 'lead_time':
      return wait.until === null
        ? 'It waits for nothing.'
        : `It waits until it is time to program it, at ${toIso(wait.until)}.`
    case 'start':
      return `It is on the lock and waits for its start at ${toIsoOrNull(code.starts_at)}.`
    case 'end':
      return wait.until === null
        ? 'All is well: it stays until somebody changes it.'
        : `All is well: it stays until its end at ${toIso(wait.until)}.`
    case 'pin':
      return `It waits for the provider to tell the PIN, at ${toIsoOrNull(code.pin_assigned_at)}.`
    case 'lock_unreachable':
      return `It waits for the lock to be reachable again: ${view.link.cause ?? 'offline'} since ${toIsoOrNull(view.device.offline_since)}${by}.`
    case 'lock_refuses_codes':
      return `It waits for the lock to take codes again: ${refusal(view)}${by}.`
    case 'no_room':
      return `It waits for a free slot: all ${view.profile.memory_slots} are in use${by}.`
    case 'no_pin':
      return `It waits for a PIN that is free: its provider has none left (next try at ${toIsoOrNull(wait.until)}).`
    case 'account':
      return 'It waits for the connected account: nothing can be known while it is disconnected.'
    case 'conversion':
      return `It waits for the provider's answer to the conversion, at ${toIsoOrNull(wait.until)}.`
    case 'nothing':
      return code.is_managed ? 'It waits for nothing.' : 'Seam does nothing about it.'
    default:
      return wait.reason satisfies never
  }
}

const refusal = ({ lock, keypad }: LockView): string => {
  if (lock.subscription_expired_at !== null) return 'the paid plan has lapsed'
  return keypad.is_connected ? 'the keypad has no power' : 'no keypad is connected'
}

/** What failed inside the emulator and was set aside. */
export const failureSentences = (world: World, access_code_id: string): string[] =>
  failedJobs(world, access_code_id).map(
    ({ kind, due_at, reason }) =>
      `What was to happen at ${toIso(due_at)} (${kind}) failed inside the emulator and was set aside: ${reason}`,
  )
