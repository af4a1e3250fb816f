/** A row of the timeline in one sentence, for those who do not see it. */
import type { CodeTimeline } from '../../contract/timeline.ts'
import { spanText } from '../model/span.ts'

type Spans = readonly { from: string; to: string | null }[]

/** Says when an instant is. */
export type TellInstant = (at: number) => string

const between = (spans: Spans, tell: TellInstant): string =>
  spans
    .map(({ from, to }) =>
      to === null
        ? `since ${tell(Date.parse(from))}`
        : `${tell(Date.parse(from))} to ${tell(Date.parse(to))}`,
    )
    .join(' and ')

const lasting = (spans: Spans, now: number): number =>
  spans.reduce(
    (sum, { from, to }) => sum + (to === null ? now : Date.parse(to)) - Date.parse(from),
    0,
  )

/** "Ada, PIN 4821: declared … to …; opened the door …; the API says set; locked out for 2 d 12 h." */
export const sentenceOf = (
  code: CodeTimeline,
  { now, tell, pin }: { now: number; tell: TellInstant; pin: string | null },
): string => {
  const { name, declared, on_lock, status, locked_out, overstay, is_gone } = code
  const who = [name, pin === null ? null : `PIN ${pin}`].filter((it) => it !== null).join(', ')
  const parts = [
    declared.length === 0 ? 'not declared in this time' : `declared ${between(declared, tell)}`,
    on_lock.length === 0
      ? 'has not opened the door'
      : `could open the door ${between(on_lock, tell)}`,
    is_gone
      ? 'the API does not list it any more'
      : `the API says ${status.at(-1)?.status ?? 'nothing'}`,
    ...(locked_out.length === 0 ? [] : [`locked out for ${spanText(lasting(locked_out, now))}`]),
    ...(overstay.length === 0
      ? []
      : [`got in for ${spanText(lasting(overstay, now))} after the end`]),
  ]
  return `${who === '' ? 'A code without a name' : who}: ${parts.join('; ')}.`
}
