/** The week of a thermostat, which it follows by its own clock in its own time zone. Pure. */
import type { DailyProgram } from '../../db/tables/thermostat-schedules.ts'
import type {
  ClimatePreset,
  HeldPeriod,
  HeldProgram,
  WeeklyProgram,
} from '../../db/tables/thermostats.ts'
import { firstInstantOf, wallTimeAt } from '../kernel/time-zone.ts'

const DAY = 86_400_000

export const secondOf = (time: string): number => {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number)
  return hours * 3_600 + minutes * 60 + seconds
}

const periodsOf = (
  { periods }: Pick<DailyProgram, 'periods'>,
  presets: readonly ClimatePreset[],
): HeldPeriod[] =>
  periods
    .flatMap(({ starts_at_time, climate_preset_key }) => {
      const preset = presets.find((it) => it.climate_preset_key === climate_preset_key)
      return preset === undefined ? [] : [{ second: secondOf(starts_at_time), preset }]
    })
    .toSorted((a, b) => a.second - b.second)

/** What a thermostat is to hold of its week; null when no day has a program. */
export const heldProgramOf = (
  weekly: WeeklyProgram | null,
  daily: readonly DailyProgram[],
  presets: readonly ClimatePreset[],
  time_zone: string,
): HeldProgram | null => {
  if (weekly === null) return null
  const days = weekly.days.map((id) => {
    const program = daily.find((it) => it.thermostat_daily_program_id === id)
    return program === undefined ? null : periodsOf(program, presets)
  })
  return { time_zone, days }
}

/** 0 is Sunday; the first day of 1970 was a Thursday. */
const weekdayOf = (midnight: number): number => (((Math.floor(midnight / DAY) + 4) % 7) + 7) % 7

interface Start {
  at: number
  period: HeldPeriod
}

/** The starts of all periods of a day, so many days from that of an instant. */
const startsOn = ({ days, time_zone }: HeldProgram, now: number, shift: number): Start[] => {
  const { year, month, day } = wallTimeAt(now, time_zone)
  const weekday = weekdayOf(Date.UTC(year, month - 1, day + shift))
  const date = { year, month, day: day + shift, hour: 0, minute: 0 }
  return (days[weekday] ?? []).map((period) => ({
    at: firstInstantOf({ ...date, second: period.second }, time_zone),
    period,
  }))
}

/** The next period that begins; null for a week without any. */
export const nextStart = (program: HeldProgram, now: number): Start | null => {
  for (let shift = 0; shift <= 8; shift++) {
    const start = startsOn(program, now, shift).find(({ at }) => at > now)
    if (start !== undefined) return start
  }
  return null
}

/** The period in force: before the first one of a day the last one of the programmed day before it. */
export const periodAt = (program: HeldProgram, now: number): HeldPeriod | null => {
  for (let shift = 0; shift >= -8; shift--) {
    const start = startsOn(program, now, shift).findLast(({ at }) => at <= now)
    if (start !== undefined) return start.period
  }
  return null
}

/** Whether today has a program of its own. */
export const coversToday = ({ days, time_zone }: HeldProgram, now: number): boolean => {
  const { year, month, day } = wallTimeAt(now, time_zone)
  const periods = days[weekdayOf(Date.UTC(year, month - 1, day))]
  return periods !== null && periods !== undefined && periods.length > 0
}
