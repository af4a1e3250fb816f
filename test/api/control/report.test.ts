import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import type { RunningEmulator } from '../../../src/emulator.ts'
import {
  anything,
  controlOf,
  FRONT_DOOR,
  sdkOf,
  startTestEmulator,
} from '../../support/emulator.ts'

let emulator: RunningEmulator
beforeAll(async () => {
  emulator = await startTestEmulator()
})
afterAll(() => emulator.close())

const api_key = 'seam_test_report'

const answer = z.object({
  report: z.object({
    to: z.string(),
    bookings: z.array(
      z.looseObject({
        code: z.string().nullable(),
        locked_out_minutes: z.number(),
        overstay_minutes: z.number(),
        locked_out: z.array(
          z.looseObject({ from: z.string(), to: z.string(), reason: z.string() }),
        ),
      }),
    ),
    total: z.looseObject({ bookings: z.number(), locked_out_ms: z.number() }),
  }),
})

it('tells for how long a guest could not open the door', async () => {
  const control = controlOf(emulator, api_key)
  const { access_code_id, code } = await sdkOf(emulator, api_key).accessCodes.create({
    device_id: FRONT_DOOR,
    starts_at: '2025-01-02T15:00:00Z',
    ends_at: '2025-01-03T11:00:00Z',
  })
  await control('clock/advance', { to: '2025-01-02T20:00:00Z' }, anything)
  await control('locks/jam', { device_id: FRONT_DOOR }, anything)
  await control('clock/advance', { by: '90s' }, anything)
  await control('locks/jam', { device_id: FRONT_DOOR, jammed: false }, anything)
  await control('clock/advance', { by: '3d' }, anything)
  const stay = { starts_at: '2025-01-02T15:00:00Z', ends_at: '2025-01-03T11:00:00Z' }
  const { report } = await control(
    'report',
    {
      bookings: [
        { device_id: FRONT_DOOR, access_code_id, ...stay },
        { device_id: FRONT_DOOR, code, ...stay, starts_at: '2025-01-02T14:00:00Z' },
      ],
    },
    answer,
  )
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
  const control = controlOf(emulator, api_key)
  const booking = {
    device_id: FRONT_DOOR,
    starts_at: '2025-01-02T15:00:00Z',
    ends_at: '2025-01-03T11:00:00Z',
  }
  await expect(control('report', { bookings: [booking] }, answer)).rejects.toThrow(
    /Give exactly one of code and access_code_id for \\"bookings\.0\.code\\"/,
  )
})
