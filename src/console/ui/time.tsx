/** Instants and spans of time for people. */
import { Fragment } from 'preact'

const day = new Intl.DateTimeFormat([], { month: 'short', day: 'numeric' })
const time = new Intl.DateTimeFormat([], { hour: '2-digit', minute: '2-digit' })
const exactTime = new Intl.DateTimeFormat([], { timeStyle: 'medium' })

/** `Jan 10, 15:00`, by the browser's own habits and zone. */
export const instantText = (at: number, isExact = false): string =>
  `${day.format(at)}, ${(isExact ? exactTime : time).format(at)}`

interface InstantProps {
  /** Ms, or as the wire has it. */
  at: number | string
  /** With seconds. */
  exact?: boolean
}

/** An instant, with the same in UTC as its title. */
export const Instant = ({ at, exact = false }: InstantProps) => {
  const ms = typeof at === 'string' ? Date.parse(at) : at
  if (Number.isNaN(ms)) return <Fragment>{String(at)}</Fragment>
  const iso = new Date(ms).toISOString()
  return (
    <time dateTime={iso} title={iso}>
      {instantText(ms, exact)}
    </time>
  )
}
