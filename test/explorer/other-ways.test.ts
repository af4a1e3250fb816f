/** Apps that use access grants or push their bookings are explored as well, without a verb for their PINs. */
import { afterAll, describe, expect, test } from 'vitest'
import { readConfig } from '../../src/explorer/config.ts'
import type { MakeApp } from '../../src/explorer/adapters/functions.ts'
import { run } from '../../src/explorer/run.ts'
import { openSession } from '../../src/explorer/session.ts'
import type { Session } from '../../src/explorer/session.ts'
import type { Booking } from '../../src/explorer/integration.ts'
import { appOf } from './sample-apps.ts'

const sessions: Session[] = []
const open = async (app: MakeApp): Promise<Session> => {
  const session = await openSession(
    readConfig({ app, port: 0 }, 'the test'),
    await appOf('reference-integration'),
  )
  sessions.push(session)
  return session
}
afterAll(() => Promise.all(sessions.map((session) => session.close())))

const settings = { seed: 'ways', stories: 12, level: 1, most_findings: 3 } as const

/** Bookings are pushed; each door is a space of its own. */
const pushes: MakeApp = ({ call }) => {
  const customer_key = 'host'
  const spaces = new Set<string>()
  const place = async (device_id: string): Promise<void> => {
    if (spaces.has(device_id)) return
    await call('/spaces/create', { name: device_id, space_key: device_id, device_ids: [device_id] })
    spaces.add(device_id)
  }
  const push = async (booking: Booking): Promise<void> => {
    const { booking_id, guest, device_ids, starts_at, ends_at } = booking
    for (const device_id of device_ids) await place(device_id)
    const guest_key = `${booking_id} ${guest.name}`
    await call('/customers/push_data', {
      customer_key,
      guests: [{ guest_key, name: guest.name }],
      reservations: [
        { reservation_key: booking_id, guest_key, starts_at, ends_at, space_keys: device_ids },
      ],
    })
  }
  return {
    book: push,
    move: push,
    cancel: ({ booking_id }) => call('/customers/delete_data', { reservation_keys: [booking_id] }),
  }
}

describe('the explorer reads the PINs of', () => {
  test('access grants, and finds nothing wrong with the sample app', async () => {
    const { explorer } = await open(await appOf('with-grants'))
    const { report } = await run(explorer, settings)
    expect(report.findings).toEqual([])
    expect(report.reached['book']).toBe(settings.stories)
  })

  test('bookings that are pushed', async () => {
    const { explorer } = await open(pushes)
    const { report } = await run(explorer, { ...settings, stories: 3 })
    expect(report.reached['book']).toBe(3)
  })
})
