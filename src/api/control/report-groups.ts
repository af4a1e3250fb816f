/** Adds the minutes of a report up by guest, lock, reason or day. */
import type { groupings, ReportGroup } from '../../contract/report.ts'
import { lengthOf } from '../../sim/kernel/intervals.ts'
import type { Interval } from '../../sim/kernel/intervals.ts'

export type Grouping = (typeof groupings)[number]

/** A stay that was hit, whatever it was told as. */
export interface Hit {
  /** The same for all doors of one stay. */
  stay: string
  guest: string
  device_id: string
  device_name: string
  locked_out: readonly (Interval & { reason: string })[]
  overstay: readonly Interval[]
}

/** A piece of a hit that belongs to one group. */
interface Piece {
  key: string
  name: string
  stay: string
  locked_out_ms: number
  overstay_ms: number
}

const DAY = 86_400_000

/** The days (UTC) that an interval touches, and for how long. */
const byDay = ({ from, to }: Interval): { day: string; ms: number }[] => {
  const parts: { day: string; ms: number }[] = []
  for (let at = from; at < to;) {
    const next = Math.min(to, (Math.floor(at / DAY) + 1) * DAY)
    parts.push({ day: new Date(at).toISOString().slice(0, 10), ms: next - at })
    at = next
  }
  return parts
}

const wholeHit = (hit: Hit, key: string, name: string): Piece[] => [
  {
    key,
    name,
    stay: hit.stay,
    locked_out_ms: lengthOf(hit.locked_out),
    overstay_ms: lengthOf(hit.overstay),
  },
]

const piecesOf: Record<Grouping, (hit: Hit) => Piece[]> = {
  guest: (hit) => wholeHit(hit, hit.guest, hit.guest),
  lock: (hit) => wholeHit(hit, hit.device_id, hit.device_name),
  reason: ({ stay, locked_out, overstay }) => [
    ...locked_out.map(({ reason, from, to }) => ({
      key: reason,
      name: reason.replaceAll('_', ' '),
      stay,
      locked_out_ms: to - from,
      overstay_ms: 0,
    })),
    ...overstay.map(({ from, to }) => ({
      key: 'overstay',
      name: 'overstay',
      stay,
      locked_out_ms: 0,
      overstay_ms: to - from,
    })),
  ],
  day: ({ stay, locked_out, overstay }) => {
    const one = (ms: { locked_out_ms: number; overstay_ms: number }, day: string) => ({
      key: day,
      name: day,
      stay,
      ...ms,
    })
    return [
      ...locked_out
        .flatMap(byDay)
        .map(({ day, ms }) => one({ locked_out_ms: ms, overstay_ms: 0 }, day)),
      ...overstay
        .flatMap(byDay)
        .map(({ day, ms }) => one({ locked_out_ms: 0, overstay_ms: ms }, day)),
    ]
  },
}

const sum = (pieces: readonly Piece[], which: 'locked_out_ms' | 'overstay_ms'): number =>
  pieces.reduce((all, piece) => all + piece[which], 0)

/** The worst first; days in their order. Who was not hit is in no group. */
export const groupsOf = (hits: readonly Hit[], by: Grouping): ReportGroup[] => {
  const pieces = hits
    .flatMap(piecesOf[by])
    .filter(({ locked_out_ms, overstay_ms }) => locked_out_ms + overstay_ms > 0)
  const groups = [...Map.groupBy(pieces, ({ key }) => key)].map(([key, those]) => {
    const locked_out_ms = sum(those, 'locked_out_ms')
    const overstay_ms = sum(those, 'overstay_ms')
    return {
      key,
      name: those[0]?.name ?? key,
      stays: new Set(those.map(({ stay }) => stay)).size,
      locked_out_minutes: locked_out_ms / 60_000,
      overstay_minutes: overstay_ms / 60_000,
      locked_out_ms,
      overstay_ms,
    }
  })
  return groups.toSorted((a, b) =>
    by === 'day'
      ? a.key.localeCompare(b.key)
      : b.locked_out_ms - a.locked_out_ms || b.overstay_ms - a.overstay_ms,
  )
}
