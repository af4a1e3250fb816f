/** Sentences about what is wanted of a thermostat: one for each kind and state, so that none can be forgotten. */
import type { Goal, HeldProgram, RoomState, Thermostat } from '../../db/tables/thermostats.ts'
import type { ThermostatSchedule } from '../../db/tables/thermostat-schedules.ts'
import { toIso } from '../kernel/instant.ts'
import { nextStart } from './week.ts'
import type { ThermostatStep } from './reconcile.ts'
import type { ThermostatView } from './view.ts'

type WaitReason = Exclude<Extract<ThermostatStep, { step: 'wait' }>['reason'], 'nothing'>

export const waitWords: Readonly<Record<WaitReason, string>> = {
  answer: 'the thermostat is about to answer',
  retry: 'it is tried again',
  link: 'the thermostat cannot be reached',
  override: 'somebody changed it, which is left alone for a while',
  schedule: 'the next schedule begins or ends',
}

export const stateWords: Readonly<Record<RoomState, string>> = {
  idle: 'neither heats nor cools',
  heating: 'is heating',
  cooling: 'is cooling',
}

type GoalState = 'wanted' | 'reached' | 'overridden' | 'beaten'

export const goalState = ({ is_reached, is_beaten, overridden_at }: Goal): GoalState => {
  if (is_beaten) return 'beaten'
  if (!is_reached) return 'wanted'
  return overridden_at === null ? 'reached' : 'overridden'
}

const goalWords: Readonly<Record<Goal['kind'], string>> = {
  schedule: 'A schedule',
  fallback: 'The fallback, where no schedule rules,',
  program: 'The program of today',
  edit: 'Somebody who changed a preset in force',
}

const goalStateWords: Readonly<Record<GoalState, string>> = {
  wanted: 'which the thermostat is yet to take',
  reached: 'which the thermostat has taken',
  overridden: 'which somebody has changed since',
  beaten: 'but another one was activated, until the next schedule begins or ends',
}

/** What Seam wants, and how far that is. */
export const goalSentence = (goal: Goal, error: string | undefined): string => {
  const why = error === undefined ? '' : ` (${error})`
  return `${goalWords[goal.kind]} wants the preset ${goal.climate_preset_key} of it, ${goalStateWords[goalState(goal)]}${why}.`
}

type ScheduleState = 'upcoming' | 'active' | 'over'

export const scheduleState = (
  { starts_at, ends_at }: Pick<ThermostatSchedule, 'starts_at' | 'ends_at'>,
  now: number,
): ScheduleState => {
  if (ends_at <= now) return 'over'
  return starts_at <= now ? 'active' : 'upcoming'
}

const scheduleWords: Readonly<Record<ScheduleState, ((it: ThermostatSchedule) => string) | null>> =
  {
    upcoming: (it) => `begins at ${toIso(it.starts_at)}`,
    active: (it) => `rules until ${toIso(it.ends_at)}`,
    // Of what is over nothing is to be expected.
    over: null,
  }

const overrideWords = ({
  is_override_allowed,
  max_override_period_minutes: most,
}: ThermostatSchedule): string => {
  if (!is_override_allowed) return 'what is changed meanwhile is undone'
  return most === null
    ? 'what is changed meanwhile stays'
    : `what is changed meanwhile is undone after ${most} minutes`
}

export const scheduleSentences = (
  schedules: readonly ThermostatSchedule[],
  now: number,
): string[] =>
  schedules.flatMap((schedule) => {
    const says = scheduleWords[scheduleState(schedule, now)]
    if (says === null) return []
    const { climate_preset_key, name, failure } = schedule
    const failed = failure === null ? '' : ` It failed: ${failure.message}`
    return [
      `The schedule ${name ?? schedule.thermostat_schedule_id} of the preset ${climate_preset_key} ${says(schedule)}; ${overrideWords(schedule)}.${failed}`,
    ]
  })

type ProgramState = 'none' | 'days_only' | 'wanted' | 'stale' | 'held'

const programState = (
  { weekly_program, program, is_program_due }: Thermostat,
  days: number,
): ProgramState => {
  if (program !== null) return is_program_due ? 'stale' : 'held'
  if (weekly_program !== null) return 'wanted'
  return days === 0 ? 'none' : 'days_only'
}

const nextPeriod = (program: HeldProgram | null, now: number): string => {
  const next = program === null ? null : nextStart(program, now)
  return next === null
    ? ''
    : `; the next period, of the preset ${next.period.preset.climate_preset_key}, begins at ${toIso(next.at)}`
}

const programWords: Readonly<Record<ProgramState, string | null>> = {
  none: null,
  days_only: 'Daily programs are there, but no week has them: nothing runs them',
  wanted: 'A week is wanted of it, and is not on the thermostat yet',
  stale: 'The week in its memory is older than the one that is wanted',
  held: 'A week is in its memory',
}

/** The week, and what holds against it. */
export const programSentences = (
  { thermostat, profile }: ThermostatView,
  days: number,
  now: number,
): string[] => {
  const says = programWords[programState(thermostat, days)]
  if (says === null) return []
  const { program, setting } = thermostat
  const runs = program !== null && profile.programs?.runs_on === 'seam' ? ', which Seam runs' : ''
  const { held_until } = setting
  return [
    `${says}${runs}${nextPeriod(program, now)}.`,
    ...(program !== null && held_until !== null && held_until > now
      ? [`Until ${toIso(held_until)} it holds what a schedule has set, whatever its week says.`]
      : []),
  ]
}

const degrees = (at: { celsius: number } | null, otherwise: string): string =>
  at === null ? otherwise : `${at.celsius.toFixed(1)} °C`

/** Limits, and the set point that is yet to be reached. */
export const limitSentences = ({ thermostat }: ThermostatView): string[] => {
  const { temperature_threshold: limits, exceeded_since, awaited } = thermostat
  const target = awaited === null ? null : (awaited.heating ?? awaited.cooling)
  return [
    ...(limits === null
      ? []
      : [
          `Its limits are ${degrees(limits.lower, 'nothing')} to ${degrees(limits.upper, 'nothing')}: the room ${exceeded_since === null ? 'keeps them' : `is beyond them since ${toIso(exceeded_since)}`}.`,
        ]),
    ...(target === null ? [] : [`The set point ${degrees(target, '')} is yet to be reached.`]),
  ]
}
