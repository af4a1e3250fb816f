/** A disturbance as a sensor follows it: quiet, rising, told, told again, ended. Pure. */
import type { Disturbance, NoiseSlot } from '../../db/tables/noise-sensors.ts'
import type { NoticeRules } from './profile.ts'

/** What a sensor hears at an instant. */
export interface Heard {
  level: number
  /** The threshold that rules now; null when none does. */
  ruling: NoiseSlot | null
}

/** Something that it tells of: which threshold, and what it is called. */
export interface Notice {
  type: string
  noise_threshold_id: string
  name: string
}

export interface Followed {
  state: Disturbance | null
  notices: Notice[]
  /** When it is to be looked at again if nothing else changes; null: only then. */
  next: number | null
}

const isSame = (state: Disturbance, { noise_threshold_id, decibels }: NoiseSlot): boolean =>
  state.noise_threshold_id === noise_threshold_id && state.decibels === decibels

const begin = ({ noise_threshold_id, name, decibels }: NoiseSlot, now: number): Disturbance => ({
  noise_threshold_id,
  name,
  decibels,
  since: now,
  counting_from: now,
  notices: 0,
  quiet_since: null,
})

const noticeOf = ({ noise_threshold_id, name }: Disturbance, type: string): Notice => ({
  type,
  noise_threshold_id,
  name,
})

/** The last word of a disturbance: nothing where nothing was said before. */
const lastWord = (state: Disturbance, { end_type }: NoticeRules): Notice[] =>
  state.notices === 0 || end_type === null ? [] : [noticeOf(state, end_type)]

const whileLoud = (before: Disturbance, now: number, rules: NoticeRules): Followed => {
  // A pause breaks the wait for the next notice.
  const state =
    before.quiet_since === null ? before : { ...before, quiet_since: null, counting_from: now }
  const due = rules.notices[state.notices]
  if (due === undefined) return { state, notices: [], next: null }
  const at = state.counting_from + due.after
  if (now < at) return { state, notices: [], next: at }
  const told = { ...state, notices: state.notices + 1, counting_from: now }
  const following = rules.notices[told.notices]
  return {
    state: told,
    notices: [noticeOf(told, due.type)],
    next: following === undefined ? null : now + following.after,
  }
}

const whileQuiet = (before: Disturbance, now: number, rules: NoticeRules): Followed => {
  if (before.notices === 0) return { state: null, notices: [], next: null }
  const quiet_since = before.quiet_since ?? now
  const at = quiet_since + rules.ends_after_quiet
  if (now < at) return { state: { ...before, quiet_since }, notices: [], next: at }
  return { state: null, notices: lastWord(before, rules), next: null }
}

/**
 * What becomes of a disturbance at this instant. Where another threshold rules than before, or none,
 * the disturbance is over, and noise counts from now on.
 */
export const follow = (
  before: Disturbance | null,
  { level, ruling }: Heard,
  now: number,
  rules: NoticeRules,
): Followed => {
  const isCut = before !== null && (ruling === null || !isSame(before, ruling))
  const ended = isCut ? lastWord(before, rules) : []
  const state = isCut ? null : before
  if (ruling === null) return { state: null, notices: ended, next: null }
  const isLoud = level >= ruling.decibels
  if (state === null && !isLoud) return { state: null, notices: ended, next: null }
  const current = state ?? begin(ruling, now)
  const followed = (isLoud ? whileLoud : whileQuiet)(current, now, rules)
  return { ...followed, notices: [...ended, ...followed.notices] }
}
