/** Marks on the axis, at round times of the calendar. */
import { timeDay, timeMinute, timeMonth, timeTicks, timeYear } from 'd3-time'
import type { Scale, View } from './time-scale.ts'

export interface Tick {
  /** ms */
  readonly at: number
  readonly x: number
  readonly label: string
  /** A day begins, or more than that. */
  readonly isMajor: boolean
}

/** Labels need so much room, px. */
const APART = 76

const formats = {
  year: new Intl.DateTimeFormat([], { year: 'numeric' }),
  month: new Intl.DateTimeFormat([], { month: 'short', year: 'numeric' }),
  day: new Intl.DateTimeFormat([], { month: 'short', day: 'numeric' }),
  minute: new Intl.DateTimeFormat([], { hour: '2-digit', minute: '2-digit' }),
  second: new Intl.DateTimeFormat([], { timeStyle: 'medium' }),
}

/** What is new at this instant: the day where one begins, else the time. */
const formatOf = (date: Date): keyof typeof formats => {
  const at = date.getTime()
  if (timeMinute.floor(date).getTime() !== at) return 'second'
  if (timeDay.floor(date).getTime() !== at) return 'minute'
  if (timeMonth.floor(date).getTime() !== at) return 'day'
  return timeYear.floor(date).getTime() === at ? 'year' : 'month'
}

const tickOf = (scale: Scale, date: Date, isLong: boolean): Tick => {
  const format = formatOf(date)
  const at = date.getTime()
  // Among days and hours a month begins with a day as well.
  const shown = !isLong && (format === 'month' || format === 'year') ? 'day' : format
  return {
    at,
    x: scale.x(at),
    label: formats[shown].format(date),
    isMajor: format !== 'minute' && format !== 'second',
  }
}

/** What is shown between folds. */
const pieces = ({ view, warp }: Scale): View[] => {
  const found: View[] = []
  let { from } = view
  for (const fold of warp.folds) {
    if (fold.to <= view.from || fold.from >= view.to) continue
    if (fold.from > from) found.push({ from, to: fold.from })
    from = fold.to
  }
  if (from < view.to) found.push({ from, to: view.to })
  return found
}

/** A month and longer: names of months say more than days. */
const LONG = 120 * 86_400_000

/** The marks of what is shown, from left to right, none too near to another. */
export const ticksOf = (scale: Scale): Tick[] => {
  const ticks: Tick[] = []
  const isLong = scale.view.to - scale.view.from > LONG
  let last = Number.NEGATIVE_INFINITY
  for (const { from, to } of pieces(scale)) {
    const room = scale.x(to) - scale.x(from)
    const count = Math.max(1, Math.floor(room / (APART * 1.4)))
    for (const date of timeTicks(new Date(from), new Date(to), count)) {
      const tick = tickOf(scale, date, isLong)
      if (tick.x - last < APART || tick.x < 0 || tick.x > scale.width) continue
      ticks.push(tick)
      last = tick.x
    }
  }
  return ticks
}
