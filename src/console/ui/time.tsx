/** Instants and spans of time for people. */
import { Fragment } from 'preact'

const day = new Intl.DateTimeFormat([], { month: 'short', day: 'numeric' })
const time = new Intl.DateTimeFormat([], { hour: '2-digit', minute: '2-digit' })
const exactTime = new Intl.DateTimeFormat([], { timeStyle: 'medium' })

const datedDay = new Intl.DateTimeFormat([], { dateStyle: 'medium' })

/** `Jan 10, 2025, 15:00:00`: the one clock that all others are read by. */
const datedText = (at: number): string => `${datedDay.format(at)}, ${exactTime.format(at)}`

/** `Jan 10, 15:00`, by the browser's own habits and zone. */
export const instantText = (at: number, isExact = false): string =>
  `${day.format(at)}, ${(isExact ? exactTime : time).format(at)}`

interface InstantProps {
  /** Ms, or as the wire has it. */
  at: number | string
  /** With seconds. */
  exact?: boolean
  /** With year and seconds. */
  dated?: boolean
}

/** An instant, with the same in UTC as its title. */
export const Instant = ({ at, exact = false, dated = false }: InstantProps) => {
  const ms = typeof at === 'string' ? Date.parse(at) : at
  if (Number.isNaN(ms)) return <Fragment>{String(at)}</Fragment>
  const iso = new Date(ms).toISOString()
  return (
    <time dateTime={iso} title={iso}>
      {dated ? datedText(ms) : instantText(ms, exact)}
    </time>
  )
}
