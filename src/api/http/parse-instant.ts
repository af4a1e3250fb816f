import { toIso } from '../../sim/kernel/instant.ts'

const iso8601 =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?(?:Z|([+-])(\d{2}):?(\d{2})?)$/i

/** Of `2025-01-01T16:00:00.000Z`. */
const CANONICAL_LENGTH = 24

/**
 * Reads an ISO 8601 date and time; digits beyond milliseconds are dropped. Any UTC offset will do,
 * none will not: such a time means another instant on every machine.
 *
 * @returns milliseconds since 1970; undefined when the text is no instant (30 February is none).
 */
export const parseInstant = (text: string): number | undefined => {
  // The form that programs write, and that JavaScript reads: it is right if it comes out as it went in.
  if (text.length === CANONICAL_LENGTH && text.endsWith('Z')) {
    const instant = Date.parse(text)
    if (!Number.isNaN(instant) && toIso(instant) === text) return instant
  }
  const match = iso8601.exec(text)
  if (match === null) return undefined
  const part = (group: number): number => Number(match[group] ?? 0)
  const [hour, minute, second] = [part(4), part(5), part(6)]
  const [offsetHour, offsetMinute] = [part(9), part(10)]
  if (hour > 23 || minute > 59 || second > 59 || offsetHour > 23 || offsetMinute > 59) {
    return undefined
  }
  const midnight = Date.UTC(part(1), part(2) - 1, part(3))
  const date = new Date(midnight)
  if (date.getUTCMonth() !== part(2) - 1 || date.getUTCDate() !== part(3)) return undefined
  const millisecond = Number((match[7] ?? '').slice(0, 3).padEnd(3, '0'))
  const offset = (offsetHour * 60 + offsetMinute) * (match[8] === '-' ? -1 : 1)
  return midnight + ((hour * 60 + minute - offset) * 60 + second) * 1000 + millisecond
}
