import type { z } from 'zod'
import { toIso } from '../../sim/kernel/instant.ts'
import { lengthOf } from '../../sim/kernel/intervals.ts'
import type { Interval } from '../../sim/kernel/intervals.ts'
import { lockOutReport, minutesOf } from '../../sim/access-codes/lock-out-report.ts'
import type { BookingReport } from '../../sim/access-codes/lock-out-report.ts'
import { answerRoute } from './endpoint.ts'
import type { bookingReport } from '../../contract/report.ts'
import { reportRoute } from '../../contract/report.ts'

const totalsOf = (locked_out: readonly Interval[], overstay: readonly Interval[]) => ({
  locked_out_minutes: minutesOf(locked_out),
  overstay_minutes: minutesOf(overstay),
  locked_out_ms: lengthOf(locked_out),
  overstay_ms: lengthOf(overstay),
})

const wireInterval = ({ from, to }: Interval) => ({ from: toIso(from), to: toIso(to) })

const present = (row: BookingReport): z.input<ReturnType<typeof bookingReport>> => ({
  device_id: row.booking.device_id,
  access_code_id: row.booking.access_code_id ?? null,
  code: row.code,
  starts_at: toIso(row.booking.starts_at),
  ends_at: toIso(row.booking.ends_at),
  ...totalsOf(row.locked_out, row.overstay),
  locked_out: row.locked_out.map((it) => ({ ...wireInterval(it), reason: it.reason })),
  overstay: row.overstay.map(wireInterval),
})

export const report = answerRoute(reportRoute, {
  effect: 'read',
  handler: ({ world }, { bookings, from = world.workspace.created_at }) => {
    const rows = lockOutReport(world, bookings, from)
    const all = (key: 'locked_out' | 'overstay') => rows.flatMap((row): Interval[] => row[key])
    return {
      report: {
        from: toIso(from),
        to: toIso(world.now),
        bookings: rows.map(present),
        total: { bookings: rows.length, ...totalsOf(all('locked_out'), all('overstay')) },
      },
    }
  },
})
