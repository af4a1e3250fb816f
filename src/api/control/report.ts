import type { z } from 'zod'
import { toIso, toIsoOrNull } from '../../sim/kernel/instant.ts'
import { lengthOf } from '../../sim/kernel/intervals.ts'
import type { Interval } from '../../sim/kernel/intervals.ts'
import { lockOutReport, minutesOf } from '../../sim/access-codes/lock-out-report.ts'
import type { BookingReport } from '../../sim/access-codes/lock-out-report.ts'
import { answerRoute } from './endpoint.ts'
import { grantReports } from '../../sim/access-grants/lock-out-report.ts'
import type { DoorReport, GrantReport } from '../../sim/access-grants/lock-out-report.ts'
import type { bookingReport, stayReport } from '../../contract/report.ts'
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

const presentDoor = (
  door: DoorReport,
): z.input<ReturnType<typeof stayReport>>['doors'][number] => ({
  device_id: door.device_id,
  name: door.name,
  codes: door.codes,
  promised_from: door.promised === null ? null : toIso(door.promised.from),
  ...totalsOf(door.locked_out, door.overstay),
  locked_out: door.locked_out.map((it) => ({ ...wireInterval(it), reason: it.reason })),
  overstay: door.overstay.map(wireInterval),
})

const presentStay = ({
  grant,
  name,
  doors,
}: GrantReport): z.input<ReturnType<typeof stayReport>> => ({
  access_grant_id: grant.access_grant_id,
  access_grant_key: grant.access_grant_key,
  reservation_key: grant.reservation_key,
  name,
  starts_at: toIso(grant.starts_at),
  ends_at: toIsoOrNull(grant.ends_at),
  ...totalsOf(
    doors.flatMap((door) => door.locked_out),
    doors.flatMap((door) => door.overstay),
  ),
  doors: doors.map(presentDoor),
})

export const report = answerRoute(reportRoute, {
  effect: 'read',
  handler: ({ world }, { bookings = [], stays, from = world.workspace.created_at }) => {
    const rows = lockOutReport(world, bookings, from)
    const grants = stays === undefined ? [] : grantReports(world, stays, from)
    const doors = grants.flatMap((grant) => grant.doors)
    const all = (key: 'locked_out' | 'overstay') =>
      [...rows, ...doors].flatMap((row): Interval[] => row[key])
    return {
      report: {
        from: toIso(from),
        to: toIso(world.now),
        bookings: rows.map(present),
        stays: grants.map(presentStay),
        total: {
          bookings: rows.length,
          stays: grants.length,
          ...totalsOf(all('locked_out'), all('overstay')),
        },
      },
    }
  },
})
