/** What is next for a thermostat: what is wanted of it now, compared with how far that is. Pure. */
import type { ThermostatSchedule } from '../../db/tables/thermostat-schedules.ts'
import type { Goal, ThermostatEffort } from '../../db/tables/thermostats.ts'

type Schedule = Pick<
  ThermostatSchedule,
  | 'thermostat_schedule_id'
  | 'climate_preset_key'
  | 'starts_at'
  | 'ends_at'
  | 'is_override_allowed'
  | 'max_override_period_minutes'
  | 'failure'
>

export interface Facts {
  goal: Goal | null
  effort: ThermostatEffort | null
  /** All of them, in the order of their creation. */
  schedules: readonly Schedule[]
  is_program_due: boolean
  is_online: boolean
}

export type ThermostatStep =
  /** The command under way is to be answered now. */
  | { step: 'answer' }
  /** This schedule rules from now on. */
  | { step: 'begin'; schedule: Schedule }
  /** The schedule that ruled is over, and no other one is there. */
  | { step: 'end' }
  /** What somebody changed is to be undone. */
  | { step: 'restore' }
  | { step: 'send'; climate_preset_key: string }
  | { step: 'push' }
  /** A schedule cannot be brought to its thermostat: that is to be known. */
  | { step: 'report_failure'; thermostat_schedule_id: string }
  | {
      step: 'wait'
      reason: 'answer' | 'retry' | 'link' | 'override' | 'schedule' | 'nothing'
      until: number | null
    }

const MINUTE = 60_000

/** Of those that are running the one that began last rules. */
export const rulingSchedule = <S extends Pick<Schedule, 'starts_at' | 'ends_at'>>(
  schedules: readonly S[],
  now: number,
): S | null => {
  let ruling: S | null = null
  for (const schedule of schedules) {
    if (schedule.starts_at > now || schedule.ends_at <= now) continue
    if (ruling === null || schedule.starts_at >= ruling.starts_at) ruling = schedule
  }
  return ruling
}

/** The next instant at which a schedule begins or ends. */
const nextBoundary = (schedules: readonly Schedule[], now: number): number | null => {
  const ahead = schedules
    .flatMap(({ starts_at, ends_at }) => [starts_at, ends_at])
    .filter((at) => at > now)
  return ahead.length === 0 ? null : Math.min(...ahead)
}

/** Until when a change is left alone; null: until the next boundary. */
export const overrideEnd = (
  { is_override_allowed, max_override_period_minutes }: Schedule,
  overridden_at: number,
): number | null => {
  if (!is_override_allowed) return overridden_at
  return max_override_period_minutes === null
    ? null
    : overridden_at + max_override_period_minutes * MINUTE
}

const changeOver = ({ goal }: Facts, ruling: Schedule | null): ThermostatStep | null => {
  const ruled = goal?.kind === 'schedule' ? goal : null
  if (ruling === null) return ruled === null ? null : { step: 'end' }
  const isSame =
    ruled?.thermostat_schedule_id === ruling.thermostat_schedule_id &&
    ruled.climate_preset_key === ruling.climate_preset_key
  return isSame ? null : { step: 'begin', schedule: ruling }
}

/** What is waited for most, until the earliest of several instants. */
const soonest = (waits: readonly (ThermostatStep & { step: 'wait' })[]): ThermostatStep => {
  const [first] = waits
  const instants = waits.flatMap(({ until }) => until ?? [])
  return {
    step: 'wait',
    reason: first?.reason ?? 'nothing',
    until: instants.length === 0 ? null : Math.min(...instants),
  }
}

const overrideStep = (
  { goal }: Facts,
  ruling: Schedule | null,
  now: number,
): ThermostatStep | null => {
  if (goal === null || goal.is_beaten || goal.overridden_at === null || ruling === null) return null
  const until = overrideEnd(ruling, goal.overridden_at)
  if (until !== null && now >= until) return { step: 'restore' }
  return { step: 'wait', reason: 'override', until }
}

/** Whether the thermostat is to be brought there. */
export const isOpen = (goal: Goal | null): goal is Goal =>
  goal !== null && !goal.is_reached && !goal.is_beaten

const workStep = (facts: Facts, ruling: Schedule | null, now: number): ThermostatStep | null => {
  const { goal, effort, is_program_due, is_online } = facts
  const isGoalOpen = isOpen(goal)
  if (!isGoalOpen && !is_program_due) return null
  if (effort !== null && effort.answer_at !== null) {
    return now >= effort.answer_at
      ? { step: 'answer' }
      : { step: 'wait', reason: 'answer', until: effort.answer_at }
  }
  if (effort?.retry_at !== null && effort?.retry_at !== undefined && now < effort.retry_at) {
    return { step: 'wait', reason: 'retry', until: effort.retry_at }
  }
  if (is_online) {
    return isGoalOpen
      ? { step: 'send', climate_preset_key: goal.climate_preset_key }
      : { step: 'push' }
  }
  if (isGoalOpen && goal.kind === 'schedule' && ruling !== null && ruling.failure === null) {
    return { step: 'report_failure', thermostat_schedule_id: ruling.thermostat_schedule_id }
  }
  return { step: 'wait', reason: 'link', until: null }
}

export const reconcile = (facts: Facts, now: number): ThermostatStep => {
  const { schedules } = facts
  const ruling = rulingSchedule(schedules, now)
  const over = changeOver(facts, ruling)
  if (over !== null) return over
  const override = overrideStep(facts, ruling, now)
  if (override !== null && override.step !== 'wait') return override
  const work = workStep(facts, ruling, now)
  if (work !== null && work.step !== 'wait') return work
  const boundary = nextBoundary(schedules, now)
  const waits = [override, work].flatMap((it) => (it?.step === 'wait' ? [it] : []))
  return soonest([
    ...waits,
    ...(boundary === null
      ? []
      : [{ step: 'wait' as const, reason: 'schedule' as const, until: boundary }]),
  ])
}
