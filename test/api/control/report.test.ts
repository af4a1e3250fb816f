import { afterAll, beforeAll, expect, it } from 'vitest'
import { controlBy, FRONT_DOOR, sdkOf, startTestEmulator } from '../../support/emulator.ts'
import type { TestEmulator } from '../../support/emulator.ts'

let emulator: TestEmulator
beforeAll(async () => {
  emulator = await startTestEmulator()
})
afterAll(() => emulator.close())

const api_key = 'seam_test_report'

it('tells for how long a guest could not open the door', async () => {
  const { clock, locks, report: reportOf } = emulator.as(api_key)
  const { access_code_id, code } = await sdkOf(emulator, api_key).accessCodes.create({
    device_id: FRONT_DOOR,
    starts_at: '2025-01-02T15:00:00Z',
    ends_at: '2025-01-03T11:00:00Z',
  })
  await clock.advance({ to: '2025-01-02T20:00:00Z' })
  await locks.jam({ device_id: FRONT_DOOR })
  await clock.advance('90s')
  await locks.jam({ device_id: FRONT_DOOR, jammed: false })
  await clock.advance('3d')
  const stay = { starts_at: '2025-01-02T15:00:00Z', ends_at: '2025-01-03T11:00:00Z' }
  const report = await reportOf({
    bookings: [
      { device_id: FRONT_DOOR, access_code_id, ...stay },
      { device_id: FRONT_DOOR, code: code ?? '', ...stay, starts_at: '2025-01-02T14:00:00Z' },
    ],
  })
  expect(report.to).toBe('2025-01-05T20:01:30.000Z')
  expect(report.bookings).toMatchObject([
    {
      code,
      locked_out_minutes: 1.5,
      overstay_minutes: 0,
      locked_out: [
        { from: '2025-01-02T20:00:00.000Z', to: '2025-01-02T20:01:30.000Z', reason: 'jammed' },
      ],
    },
    // The lock had the PIN already, and its own clock kept the guest out.
    { locked_out_minutes: 61.5, locked_out: [{ reason: 'outside_window' }, { reason: 'jammed' }] },
  ])
  expect(report.total).toMatchObject({ bookings: 2, locked_out_ms: 63 * 60_000 })
})

it('says which booking is wrong', async () => {
  const control = controlBy(emulator.as(api_key))
  const booking = {
    device_id: FRONT_DOOR,
    starts_at: '2025-01-02T15:00:00Z',
    ends_at: '2025-01-03T11:00:00Z',
  }
  await expect(control('report', { bookings: [booking] })).rejects.toThrow(
    /Give exactly one of code and access_code_id for \\"bookings\.0\.code\\"/,
  )
})

it('takes the codes themselves as stays, also those that are gone', async () => {
  const key = 'seam_test_report-of-codes'
  const { clock, locks, faults, report: reportOf } = emulator.as(key)
  const seam = sdkOf(emulator, key)
  const day = (n: number, hour: number): string =>
    new Date(Date.UTC(2025, 0, n, hour)).toISOString()
  await seam.accessCodes.create({
    device_id: FRONT_DOOR,
    name: 'Ada',
    starts_at: day(2, 15),
    ends_at: day(4, 11),
  })
  const fault = await faults.create({ on: 'access_code.set', effect: { kind: 'fail' } })
  await seam.accessCodes.create({
    device_id: FRONT_DOOR,
    name: 'Never in',
    starts_at: day(3, 20),
    ends_at: day(4, 2),
  })
  await seam.accessCodes.create({
    device_id: FRONT_DOOR,
    name: 'Next year',
    starts_at: day(365, 0),
    ends_at: day(366, 0),
  })
  await clock.advance({ to: day(2, 20) })
  await locks.jam({ device_id: FRONT_DOOR })
  await clock.advance('90s')
  await locks.jam({ device_id: FRONT_DOOR, jammed: false })
  await clock.advance({ to: day(9, 0) })
  expect(fault.hits).toBe(0)
  expect(await seam.accessCodes.list({ device_id: FRONT_DOOR })).toHaveLength(1)
  const { codes, groups, total, bookings, stays } = await reportOf({ group_by: 'guest' })
  expect({ bookings, stays }).toEqual({ bookings: [], stays: [] })
  expect(codes).toMatchObject([
    {
      name: 'Ada',
      is_gone: true,
      starts_at: day(2, 15),
      ends_at: day(4, 11),
      locked_out_minutes: 1.5,
      locked_out: [{ reason: 'jammed' }],
    },
    {
      name: 'Never in',
      is_gone: true,
      starts_at: day(3, 20),
      ends_at: day(4, 2),
      locked_out_minutes: 360,
      locked_out: [{ reason: 'code_not_on_lock' }],
    },
  ])
  expect(total).toMatchObject({ codes: 2, locked_out_minutes: 361.5 })
  expect(groups.map((it) => [it.key, it.stays, it.locked_out_minutes])).toEqual([
    ['Never in', 1, 360],
    ['Ada', 1, 1.5],
  ])
  const by = async (group_by: 'lock' | 'reason' | 'day') =>
    (await reportOf({ group_by })).groups.map((it) => [it.key, it.stays, it.locked_out_minutes])
  expect(await by('lock')).toEqual([[FRONT_DOOR, 2, 361.5]])
  expect(await by('reason')).toEqual([
    ['code_not_on_lock', 1, 360],
    ['jammed', 1, 1.5],
  ])
  expect(await by('day')).toEqual([
    ['2025-01-02', 1, 1.5],
    ['2025-01-03', 1, 240],
    ['2025-01-04', 1, 120],
  ])
})
