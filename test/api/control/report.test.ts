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
