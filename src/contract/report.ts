/** For how long guests could not open their doors. */
import { z } from 'zod'
import { once } from '../lib/once.ts'
import {
  FRONT_DOOR,
  accessCodeId,
  count,
  deviceId,
  instant,
  textOrNull,
  when,
  word,
} from './fields.ts'
import { acts, controlRoute } from './route.ts'

const interval = once(() => ({
  from: instant('Its first instant.'),
  to: instant('Its last instant.'),
}))

const totals = once(() => ({
  locked_out_minutes: count(
    'Minutes, with fractions, during which a guest with a valid booking could not open the door.',
  ),
  overstay_minutes: count(
    'Minutes, with fractions, during which a former guest still could open it.',
  ),
  locked_out_ms: count('The same as `locked_out_minutes`, in milliseconds.'),
  overstay_ms: count('The same as `overstay_minutes`, in milliseconds.'),
}))

export const lockedOutReasons = [
  'no_power',
  'keypad_unavailable',
  'too_many_attempts',
  'blocked_by_privacy_mode',
  'jammed',
  'outside_window',
  'code_not_on_lock',
] as const

const lockedOut = () =>
  z
    .array(
      z.strictObject({
        ...interval(),
        reason: word(lockedOutReasons, 'Why the door stayed shut.'),
      }),
    )
    .describe('When the guest could not get in.')

const overstay = () =>
  z.array(z.strictObject(interval())).describe('When the PIN still opened the door after the stay.')

export const bookingReport = once(() =>
  z
    .strictObject({
      device_id: z.string().describe('The lock.'),
      access_code_id: textOrNull('The access code that was named.'),
      code: textOrNull('The PIN that was tried; null for an access code that never had one.'),
      starts_at: instant('When the stay begins.'),
      ends_at: instant('When the stay ends.'),
      ...totals(),
      locked_out: lockedOut(),
      overstay: overstay(),
    })
    .meta({ id: 'booking_report', description: 'How a stay went.' }),
)

export const stayReport = once(() =>
  z
    .strictObject({
      access_grant_id: z.string().describe('The access grant.'),
      access_grant_key: textOrNull('Its key.'),
      reservation_key: textOrNull('The stay that it belongs to.'),
      name: z.string().describe('How it is called.'),
      starts_at: instant('When it begins.'),
      ends_at: textOrNull('When it ends; null where it does not.'),
      ...totals(),
      doors: z
        .array(
          z.strictObject({
            device_id: z.string().describe('The lock.'),
            name: z.string().describe('How the door is called.'),
            codes: z.array(z.string()).describe('The PINs that were to open it.'),
            promised_from: textOrNull(
              'Since when the guest is to get in; null for a door that is left already.',
            ),
            ...totals(),
            locked_out: lockedOut(),
            overstay: overstay(),
          }),
        )
        .describe('Its doors, and those that it has left and that still know a code of it.'),
      entrances_not_judged: z
        .array(
          z.strictObject({
            acs_entrance_id: z.string().describe('The entrance.'),
            name: z.string().describe('How it is called.'),
          }),
        )
        .describe(
          'Its entrances of access systems: no minutes stand for them, since the report reads what locks remember. Ask `/_emulator/acs_systems/present` whether one opens.',
        ),
    })
    .meta({ id: 'stay_report', description: 'How a stay went that has an access grant.' }),
)
export type StayReport = z.output<ReturnType<typeof stayReport>>

const booking = once(() =>
  z
    .strictObject({
      device_id: deviceId(),
      code: z
        .string()
        .describe('The PIN that the guest was given. Give this or `access_code_id`.')
        .optional(),
      access_code_id: accessCodeId().optional(),
      starts_at: when('When the stay begins.'),
      ends_at: when('When the stay ends.'),
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

export const codeReport = once(() =>
  z
    .strictObject({
      access_code_id: z.string().describe('The access code.'),
      device_id: z.string().describe('The lock.'),
      device_name: z.string().describe('How the lock is called.'),
      name: textOrNull('The name of the code: the guest.'),
      code: textOrNull('The PIN that it has, or had last.'),
      is_gone: z.boolean().describe('Whether the code is deleted.'),
      starts_at: instant('From when it was declared to open the door.'),
      ends_at: textOrNull('Until when; null where it has no end.'),
      ...totals(),
      locked_out: lockedOut(),
      overstay: overstay(),
    })
    .meta({ id: 'code_report', description: 'How the time of an access code went.' }),
)

export const groupings = ['guest', 'lock', 'reason', 'day'] as const

const group = once(() =>
  z
    .strictObject({
      key: z
        .string()
        .describe(
          'What they have in common: a name (or PIN), the id of a lock, a reason or `overstay`, a day (UTC).',
        ),
      name: z.string().describe('The same to be read.'),
      stays: count('How many stays were hit.'),
      ...totals(),
    })
    .meta({ id: 'report_group', description: 'What stays have in common that were hit.' }),
)
export type ReportGroup = z.output<ReturnType<typeof group>>

const report = once(() =>
  z
    .strictObject({
      ...interval(),
      bookings: z.array(bookingReport()).describe('The stays, in the order in which they came.'),
      stays: z.array(stayReport()).describe('The access grants, the oldest first.'),
      codes: z
        .array(codeReport())
        .describe('The access codes themselves, where neither bookings nor stays were given.'),
      groups: z
        .array(group())
        .describe('All of it by what was asked for, the worst first; days in their order.'),
      total: z
        .strictObject({
          bookings: count('How many stays were given as bookings.'),
          stays: count('How many access grants there were.'),
          codes: count('How many access codes there were.'),
          entrances_not_judged: count('How many entrances of those access grants were not judged.'),
          ...totals(),
        })
        .describe('All of them together.'),
    })
    .meta({ id: 'report', description: 'The lock-out report.' }),
)
export type Report = z.output<ReturnType<typeof report>>

export const reportRoute = controlRoute({
  path: '/_emulator/report',
  methods: acts,
  summary:
    'For how long guests with a valid booking could not open their door, and former guests still could.',
  params: () =>
    z.strictObject({
      bookings: z
        .array(booking())
        .min(1)
        .describe(
          'Stays to report on, each with its door and PIN. Without these and `stays`: every managed access code, from its creation on, also those that are gone.',
        )
        .optional(),
      stays: z
        .union([z.literal('all'), z.array(z.string().min(1)).min(1)])
        .meta({
          description:
            'Access grants to report on, by id, `access_grant_key` or `reservation_key`; `all` for every grant of the workspace.',
          examples: ['all', ['reservation-17']],
        })
        .optional(),
      group_by: word(groupings, 'By what the minutes are added up.').optional(),
      from: when(
        "Nothing before this instant counts; the workspace's first one when not given.",
      ).optional(),
    }),
  result: () => ({ report: report() }),
  example: () => ({
    bookings: [
      {
        device_id: FRONT_DOOR,
        code: '4821',
        starts_at: '2025-01-01T00:00:00Z',
        ends_at: '2025-01-03T11:00:00Z',
      },
    ],
  }),
})
