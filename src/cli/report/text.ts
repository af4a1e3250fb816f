/** The lock-out report as text for people. */
import type { Report } from '../../client/shapes.ts'
import { paint } from '../../log/paint.ts'
import { instant, table } from '../output.ts'

const counted = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`

const minutes = (value: number, bad: 'red' | 'yellow'): string => {
  const text = `${Number(value.toFixed(1))} min`
  return value > 0 ? paint(bad, text) : text
}

const why = (lockedOut: readonly { reason: string }[]): string =>
  [...new Set(lockedOut.map(({ reason }) => reason))].join(', ')

const bookingTable = ({ bookings }: Report): string[] =>
  bookings.length === 0
    ? []
    : [
        table(
          ['device', 'code', 'from', 'until', 'locked out', 'overstay', 'why'],
          bookings.map((it) => [
            it.device_id,
            it.code ?? it.access_code_id ?? '–',
            instant(it.starts_at),
            instant(it.ends_at),
            minutes(it.locked_out_minutes, 'red'),
            minutes(it.overstay_minutes, 'yellow'),
            why(it.locked_out),
          ]),
        ),
        '',
      ]

/** A line for each door; what stands in the line above is not said again. */
const stayTable = ({ stays }: Report): string[] =>
  stays.length === 0
    ? []
    : [
        table(
          ['stay', 'from', 'until', 'door', 'PIN', 'locked out', 'overstay', 'why'],
          stays.flatMap((stay) =>
            stay.doors.map((door, index) => [
              ...(index === 0
                ? [
                    stay.reservation_key === null
                      ? stay.name
                      : `${stay.name} (${stay.reservation_key})`,
                    instant(stay.starts_at),
                    instant(stay.ends_at),
                  ]
                : ['', '', '']),
              door.name,
              door.codes.join(', ') || '–',
              minutes(door.locked_out_minutes, 'red'),
              minutes(door.overstay_minutes, 'yellow'),
              why(door.locked_out),
            ]),
          ),
        ),
        '',
      ]

const notJudged = ({ total }: Report): string[] =>
  total.entrances_not_judged === 0
    ? []
    : [
        paint(
          'yellow',
          `Not judged: ${counted(total.entrances_not_judged, 'entrance')} of access systems (seam-emulator acs present asks one).`,
        ),
      ]

const codeTable = ({ codes }: Report): string[] =>
  codes.length === 0
    ? []
    : [
        table(
          ['guest', 'PIN', 'door', 'from', 'until', 'locked out', 'overstay', 'why'],
          codes.map((it) => [
            it.name ?? '–',
            it.code ?? '–',
            it.device_name,
            instant(it.starts_at),
            it.ends_at === null ? '–' : instant(it.ends_at),
            minutes(it.locked_out_minutes, 'red'),
            minutes(it.overstay_minutes, 'yellow'),
            why(it.locked_out),
          ]),
        ),
        '',
      ]

export const reportText = (report: Report): string => {
  const { from, to, total } = report
  const what = [
    ...(total.bookings > 0 ? [counted(total.bookings, 'booking')] : []),
    ...(total.codes > 0 ? [counted(total.codes, 'access code')] : []),
    ...(total.stays > 0 || total.bookings + total.codes === 0
      ? [counted(total.stays, 'stay')]
      : []),
  ].join(' and ')
  return [
    ...bookingTable(report),
    ...stayTable(report),
    ...codeTable(report),
    ...notJudged(report),
    `${what}, ${instant(from)} to ${instant(to)}: guests were locked out for ${minutes(total.locked_out_minutes, 'red')}, former guests could still get in for ${minutes(total.overstay_minutes, 'yellow')}.`,
  ].join('\n')
}
