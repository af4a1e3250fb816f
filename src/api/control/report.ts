import { z } from 'zod'
import { once } from '../../lib/once.ts'
import { toIso } from '../../sim/kernel/instant.ts'
import { lengthOf } from '../../sim/kernel/intervals.ts'
import type { Interval } from '../../sim/kernel/intervals.ts'
import { lockOutReport, minutesOf } from '../../sim/access-codes/lock-out-report.ts'
import type { BookingReport } from '../../sim/access-codes/lock-out-report.ts'
import { serverAuth } from '../http/auth.ts'
import { defineEndpoint } from '../http/endpoint.ts'
import { id, timestamp } from '../http/fields.ts'

const interval = once(() => ({ from: z.string(), to: z.string() }))

const totals = once(() => ({
  /** Minutes, with fractions, during which a guest with a valid booking could not open the door. */
  locked_out_minutes: z.number(),
  /** … and during which a former guest still could. */
  overstay_minutes: z.number(),
  locked_out_ms: z.number(),
  overstay_ms: z.number(),
}))

const bookingResult = once(() =>
  z.strictObject({
    device_id: z.string(),
    access_code_id: z.string().nullable(),
    /** The PIN that was tried; null for an access code that never had one. */
    code: z.string().nullable(),
    starts_at: z.string(),
    ends_at: z.string(),
    ...totals(),
    locked_out: z.array(z.strictObject({ ...interval(), reason: z.string() })),
    overstay: z.array(z.strictObject(interval())),
  }),
)

const booking = once(() =>
  z
    .strictObject({
      device_id: id(),
      code: z.string().optional(),
      access_code_id: id().optional(),
      starts_at: timestamp(),
      ends_at: timestamp(),
    })
    .refine((it) => (it.code === undefined) !== (it.access_code_id === undefined), {
      path: ['code'],
      message: 'Give exactly one of code and access_code_id',
    })
    .refine((it) => it.starts_at < it.ends_at, {
      path: ['ends_at'],
      message: 'ends_at must be after starts_at',
    }),
)

const totalsOf = (locked_out: readonly Interval[], overstay: readonly Interval[]) => ({
  locked_out_minutes: minutesOf(locked_out),
  overstay_minutes: minutesOf(overstay),
  locked_out_ms: lengthOf(locked_out),
  overstay_ms: lengthOf(overstay),
})

const wireInterval = ({ from, to }: Interval) => ({ from: toIso(from), to: toIso(to) })

const present = (row: BookingReport): z.input<ReturnType<typeof bookingResult>> => ({
  device_id: row.booking.device_id,
  access_code_id: row.booking.access_code_id ?? null,
  code: row.code,
  starts_at: toIso(row.booking.starts_at),
  ends_at: toIso(row.booking.ends_at),
  ...totalsOf(row.locked_out, row.overstay),
  locked_out: row.locked_out.map((it) => ({ ...wireInterval(it), reason: it.reason })),
  overstay: row.overstay.map(wireInterval),
})

export const report = defineEndpoint({
  path: '/_emulator/report',
  methods: ['POST'],
  auth: serverAuth,
  summary:
    'For how long guests with a valid booking could not open their door, and former guests still could.',
  effect: 'read',
  params: () =>
    z.strictObject({
      bookings: z.array(booking()).min(1),
      /** Nothing before this instant counts; the workspace's first one when not given. */
      from: timestamp().optional(),
    }),
  result: () => ({
    report: z.strictObject({
      from: z.string(),
      to: z.string(),
      bookings: z.array(bookingResult()),
      total: z.strictObject({ bookings: z.number(), ...totals() }),
    }),
  }),
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
