/** What somebody types to say how far to leap: `72h`, `1d 12h`, `2025-01-12 15:00`, `15:00`. */

const units: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
}

const durationOf = (text: string): number | null => {
  if (!/^\+?\s*(\d+(\.\d+)?\s*[a-z]+\s*)+$/.test(text)) return null
  let total = 0
  for (const [, count, unit = ''] of text.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]+)/g)) {
    const size = units[unit]
    if (size === undefined) return null
    total += Number(count) * size
  }
  return Math.round(total)
}

/** The next time that a clock on the wall shows it. */
const timeOf = (text: string, now: number): number | null => {
  const found = /^(\d{1,2}):(\d{2})$/.exec(text)
  if (found === null) return null
  const [hours, minutes] = [Number(found[1]), Number(found[2])]
  if (hours > 23 || minutes > 59) return null
  const at = new Date(now)
  at.setHours(hours, minutes, 0, 0)
  if (at.getTime() <= now) at.setDate(at.getDate() + 1)
  return at.getTime()
}

/** The instant that is meant, ms; null where nothing is. A time without a zone is the browser's. */
export const instantTyped = (typed: string, now: number): number | null => {
  const text = typed.trim()
  const duration = durationOf(text.toLowerCase())
  if (duration !== null) return now + duration
  const time = timeOf(text, now)
  if (time !== null) return time
  if (!/^\d{4}-\d{2}-\d{2}/.test(text)) return null
  const at = Date.parse(text.replace(/^(\d{4}-\d{2}-\d{2})$/, '$1 00:00'))
  return Number.isNaN(at) ? null : at
}
