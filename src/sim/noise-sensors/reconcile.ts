/** What is next for a noise threshold: what is wanted, compared with what the sensor holds. Pure. */
import type { NoiseSlot, NoiseThreshold } from '../../db/tables/noise-sensors.ts'

export type ThresholdStep =
  /** The command under way is to be answered now. */
  | { step: 'answer' }
  | { step: 'send'; kind: 'set' | 'update' | 'remove' }
  /** The sensor holds what is wanted. */
  | { step: 'confirm' }
  /** It is off the sensor. */
  | { step: 'forget' }
  | { step: 'wait'; reason: 'answer' | 'retry' | 'link' | 'nothing'; until: number | null }

type Declared = Pick<
  NoiseThreshold,
  | 'name'
  | 'starts_daily_at'
  | 'ends_daily_at'
  | 'decibels'
  | 'deletion_requested_at'
  | 'is_programmed'
  | 'effort'
>

const isHeld = (held: NoiseSlot, wanted: Declared): boolean =>
  held.name === wanted.name &&
  held.starts_daily_at === wanted.starts_daily_at &&
  held.ends_daily_at === wanted.ends_daily_at &&
  held.decibels === wanted.decibels

/** The command that brings the sensor to what is wanted; null when it is there. */
const missing = (wanted: Declared, held: NoiseSlot | null): 'set' | 'update' | 'remove' | null => {
  if (wanted.deletion_requested_at !== null) return held === null ? null : 'remove'
  if (held === null) return 'set'
  return isHeld(held, wanted) ? null : 'update'
}

interface Circumstances {
  online: boolean
  /** Somebody waits for an answer, and gets one even where the sensor is away. */
  is_asked?: boolean
}

export const reconcile = (
  wanted: Declared,
  held: NoiseSlot | null,
  { online, is_asked = false }: Circumstances,
  now: number,
): ThresholdStep => {
  const { effort } = wanted
  if (effort !== null && effort.answer_at !== null) {
    return now >= effort.answer_at
      ? { step: 'answer' }
      : { step: 'wait', reason: 'answer', until: effort.answer_at }
  }
  if (is_asked) return { step: 'send', kind: missing(wanted, held) ?? 'update' }
  // What a retry would find out: Seam sees what the sensor holds.
  const kind = missing(wanted, held)
  if (effort !== null && effort.retry_at !== null && now < effort.retry_at) {
    return { step: 'wait', reason: 'retry', until: effort.retry_at }
  }
  if (!online) {
    const isDone = kind === null && wanted.is_programmed
    return { step: 'wait', reason: isDone ? 'nothing' : 'link', until: null }
  }
  if (kind !== null) return { step: 'send', kind }
  if (wanted.deletion_requested_at !== null) return { step: 'forget' }
  return wanted.is_programmed && effort === null
    ? { step: 'wait', reason: 'nothing', until: null }
    : { step: 'confirm' }
}
