import type { z } from 'zod'
import { toIso, toIsoOrNull } from '../../sim/kernel/instant.ts'
import { lengthOf } from '../../sim/kernel/intervals.ts'
import type { Interval } from '../../sim/kernel/intervals.ts'
import { lockOutReport, minutesOf } from '../../sim/access-codes/lock-out-report.ts'
import type { BookingReport } from '../../sim/access-codes/lock-out-report.ts'
import { answerRoute } from './endpoint.ts'
import { grantReports } from '../../sim/access-grants/lock-out-report.ts'
import type { DoorReport, GrantReport } from '../../sim/access-grants/lock-out-report.ts'
import { codeReports } from '../../sim/timeline/lock-out-report-of-codes.ts'
import type { CodeReport } from '../../sim/timeline/lock-out-report-of-codes.ts'
import type { World } from '../../sim/kernel/world.ts'
import { groupsOf } from './report-groups.ts'
import type { Hit } from './report-groups.ts'
import type { bookingReport, codeReport, stayReport } from '../../contract/report.ts'
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
  entrances_not_judged,
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
  entrances_not_judged,
})

const presentCode = (row: CodeReport): z.input<ReturnType<typeof codeReport>> => ({
  ...row,
  starts_at: toIso(row.starts_at),
  ends_at: toIsoOrNull(row.ends_at),
  ...totalsOf(row.locked_out, row.overstay),
  locked_out: row.locked_out.map((it) => ({ ...wireInterval(it), reason: it.reason })),
  overstay: row.overstay.map(wireInterval),
})

interface Told {
  rows: readonly BookingReport[]
  grants: readonly GrantReport[]
  codes: readonly CodeReport[]
}

/** All that was hit, alike. */
const hitsOf = (world: World, { rows, grants, codes }: Told): Hit[] => {
  const nameOf = (device_id: string): string => world.devices.get(device_id)?.name ?? device_id
  return [
    ...rows.map((row, index) => ({
      ...row,
      stay: `booking ${index}`,
      guest: row.code ?? 'without a PIN',
      device_id: row.booking.device_id,
      device_name: nameOf(row.booking.device_id),
    })),
    ...grants.flatMap(({ grant, name, doors }) =>
      doors.map((door) => ({
        ...door,
        stay: grant.access_grant_id,
        guest: name,
        device_name: door.name,
      })),
    ),
    ...codes.map((code) => ({
      ...code,
      stay: code.access_code_id,
      guest: code.name ?? code.code ?? 'without a name',
    })),
  ]
}

export const report = answerRoute(reportRoute, {
  effect: 'read',
  handler: ({ world }, { bookings, stays, group_by, from = world.workspace.created_at }) => {
    const rows = lockOutReport(world, bookings ?? [], from)
    const grants = stays === undefined ? [] : grantReports(world, stays, from)
    const codes = bookings === undefined && stays === undefined ? codeReports(world, from) : []
    const hits = hitsOf(world, { rows, grants, codes })
    const all = (key: 'locked_out' | 'overstay') => hits.flatMap((hit): Interval[] => [...hit[key]])
    return {
      report: {
        from: toIso(from),
        to: toIso(world.now),
        bookings: rows.map(present),
        stays: grants.map(presentStay),
        codes: codes.map(presentCode),
        groups: group_by === undefined ? [] : groupsOf(hits, group_by),
        total: {
          bookings: rows.length,
          stays: grants.length,
          codes: codes.length,
          entrances_not_judged: grants.flatMap((it) => it.entrances_not_judged).length,
          ...totalsOf(all('locked_out'), all('overstay')),
        },
      },
    }
  },
})
