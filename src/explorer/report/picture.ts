/** The picture of a story: a lane for each guest and door, with what was planned and what the door did. */
import { html } from 'hono/html'
import type { DoorTimeline, Span, Timeline } from './report.ts'

type Html = ReturnType<typeof html>

const WIDTH = 860
const LEFT = 190
const LANE = 44
const TOP = 34

const ms = (iso: string): number => Date.parse(iso)

/** Where an instant stands, px. */
const placeIn =
  ({ from, to }: Span) =>
  (iso: string): number =>
    LEFT + ((WIDTH - LEFT - 10) * (ms(iso) - ms(from))) / Math.max(1, ms(to) - ms(from))

const bar = (place: (iso: string) => number, spans: readonly Span[], look: string): Html[] =>
  spans.map(({ from, to }) => {
    const x = place(from)
    const width = Math.max(1.5, place(to) - x)
    return html`<rect class="${look}" x="${x.toFixed(1)}" width="${width.toFixed(1)}" />`
  })

const lane = (place: (iso: string) => number, one: DoorTimeline, n: number, who: string): Html => {
  const y = TOP + n * LANE
  const name = `${one.guest}, ${one.door}`
  return html`<g transform="translate(0 ${y})"
    ><text x="0" y="14">${name}</text
    ><text class="who" x="0" y="29">${who}</text
    >${bar(place, one.open, 'open')}${bar(place, one.planned, 'planned')}${bar(place, one.shut, 'shut')}${bar(place, one.stayed_on, 'over')}</g
  >`
}

/** A line at each midnight, UTC, as many as can be told apart. */
const days = (timeline: Timeline, place: (iso: string) => number, height: number): Html[] => {
  const day = 86_400_000
  const count = (ms(timeline.to) - ms(timeline.from)) / day
  const step = Math.max(1, Math.ceil(count / 14)) * day
  const lines: Html[] = []
  for (let at = Math.ceil(ms(timeline.from) / day) * day; at < ms(timeline.to); at += step) {
    const iso = new Date(at).toISOString()
    const x = place(iso).toFixed(1)
    lines.push(
      html`<line class="day" x1="${x}" x2="${x}" y1="20" y2="${height}" /><text
          class="who"
          x="${x}"
          y="14"
          >${iso.slice(5, 10)}</text
        >`,
    )
  }
  return lines
}

const marks = ({ steps }: Timeline, place: (iso: string) => number, height: number): Html[] =>
  steps.map(({ at, does }, n) => {
    const x = place(at).toFixed(1)
    return html`<g
      ><title>${does}</title><line class="step" x1="${x}" x2="${x}" y1="20" y2="${height}" /><circle
        class="step"
        cx="${x}"
        cy="${height}"
        r="8"
      /><text class="number" x="${x}" y="${height + 4}">${n + 1}</text></g
    >`
  })

const summaryOf = ({ app }: Timeline): string =>
  app
    .map(({ guest, door, shut, stayed_on }) => {
      const said = [
        ...shut.map(({ from, to }) => `shut from ${from} to ${to}`),
        ...stayed_on.map(({ from, to }) => `open to a former guest from ${from} to ${to}`),
      ]
      return `${guest} at ${door}: ${said.join(', ') || 'all well'}.`
    })
    .join(' ')

/** An SVG; what it shows is in its description as well. */
export const pictureOf = (timeline: Timeline): Html => {
  const place = placeIn(timeline)
  const lanes = [
    ...timeline.app.map((one) => [one, 'your app'] as const),
    ...timeline.reference.map((one) => [one, 'the reference'] as const),
  ]
  const height = TOP + lanes.length * LANE + 12
  return html`<svg
    viewBox="0 0 ${WIDTH} ${height + 16}"
    role="img"
    aria-label="${summaryOf(timeline)}"
  >
    ${days(timeline, place, height)}${lanes.map(([one, who], n) => lane(place, one, n, who))}${marks(timeline, place, height)}
  </svg>`
}
