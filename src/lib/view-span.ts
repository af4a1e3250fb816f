/** The time that is looked at when nobody says otherwise, or says one end only. */
const DAY = 86_400_000
const BEFORE = 7 * DAY
const AFTER = 4 * DAY

export const viewSpan = (
  now: number,
  { from, to }: { from?: number | undefined; to?: number | undefined },
): { from: number; to: number } => ({
  from: from ?? Math.min(now, to ?? now) - BEFORE,
  to: to ?? Math.max(now, from ?? now) + AFTER,
})
