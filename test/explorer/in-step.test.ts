/** A story goes on when the app rests: what happens in which order hangs on no clock of the machine. */
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { readConfig } from '../../src/explorer/config.ts'
import type { AppParts, MakeApp } from '../../src/explorer/adapters/functions.ts'
import { doorsFor, judgeStory } from '../../src/explorer/explore.ts'
import { rehearsalStory } from '../../src/explorer/rehearsal.ts'
import type { Booking } from '../../src/explorer/integration.ts'
import { run } from '../../src/explorer/run.ts'
import { openSession } from '../../src/explorer/session.ts'
import type { Session } from '../../src/explorer/session.ts'
import { appOf } from './sample-apps.ts'

const sessions: Session[] = []
const open = async (app: MakeApp): Promise<Session> => {
  const config = readConfig({ app, port: 0 }, 'the test')
  const session = await openSession(config, await appOf('reference-integration'))
  sessions.push(session)
  return session
}
afterAll(() => Promise.all(sessions.map((session) => session.close())))

const playOneStay = async ({ explorer }: Session) => {
  const [door] = doorsFor(explorer)
  if (door === undefined) throw new Error('There is no door')
  return judgeStory(explorer, rehearsalStory(door))
}

const event = z.object({ event_type: z.string(), created_at: z.string() })

/** An app that makes one code for each booking, and two calls for nothing before it. */
const slowBooking = ({ call }: AppParts, note: (what: string) => void) => ({
  async book({ device_ids: [device_id], booking_id, starts_at, ends_at }: Booking) {
    await call('/access_codes/create', { device_id, name: booking_id, starts_at, ends_at })
    for (let n = 0; n < 3; n++) await call('/devices/get', { device_id })
    note('booked')
  },
  move: () => undefined,
  cancel: () => undefined,
})

describe('world and app move in step', () => {
  test('webhooks of a booking come when it has been answered', async () => {
    const noted: string[] = []
    const session = await open((parts) => ({
      ...slowBooking(parts, (what) => noted.push(what)),
      webhook: (body) => void noted.push(event.parse(JSON.parse(body)).event_type),
    }))
    await playOneStay(session)
    expect(noted.slice(0, 2)).toEqual(['booked', 'access_code.created'])
  })

  test('time stands still until what an app does after it has answered is done', async () => {
    const late: string[] = []
    let done = 0
    const session = await open((parts) => ({
      ...slowBooking(parts, () => undefined),
      webhook: (body) => {
        const { created_at } = event.parse(JSON.parse(body))
        const work = async (): Promise<void> => {
          for (let n = 0; n < 4; n++) await parts.call('/devices/list')
          done += 1
          if (Date.parse(parts.now()) - Date.parse(created_at) > 1_000) late.push(created_at)
        }
        void work()
      },
    }))
    await playOneStay(session)
    expect(done).toBeGreaterThan(3)
    expect(late).toEqual([])
  })

  test('an app that calls without end is told so, and nothing hangs', async () => {
    const raging = new AbortController()
    const session = await open((parts) => ({
      ...slowBooking(parts, () => undefined),
      webhook: () => {
        const storm = async (): Promise<void> => {
          while (!raging.signal.aborted) await parts.call('/devices/list')
        }
        void storm()
      },
    }))
    await expect(playOneStay(session)).rejects.toThrow(/5000 times while the clock stood still/)
    raging.abort()
  })
})

test('trouble with webhooks is not missed where an app has no receiver', async () => {
  const { explorer } = await open(await appOf('bugs/forgets-cancel'))
  const deaf = { ...explorer.app.integration, webhook_url: null }
  const settings = { seed: 'deaf', stories: 2, level: 1, most_findings: 1 } as const
  const app = { ...explorer.app, integration: deaf }
  const { report } = await run({ ...explorer, app }, settings)
  expect(report.not_reached.filter((kind) => kind.startsWith('webhook'))).toEqual([])
})

describe('beside a busy neighbour', () => {
  let isBusy = false
  afterEach(() => {
    isBusy = false
  })
  /** Leaves the process hardly a moment. */
  const disturb = (): void => {
    if (!isBusy) return
    const until = performance.now() + 3
    while (performance.now() < until);
    setImmediate(disturb)
  }

  test('a run tells the same as in quiet, byte for byte', async () => {
    const settings = { seed: 'busy', stories: 5, level: 3, most_findings: 1 } as const
    const app = await appOf('bugs/webhooks-only')
    const quiet = await run((await open(app)).explorer, settings)
    isBusy = true
    disturb()
    const busy = await run((await open(app)).explorer, settings)
    expect(JSON.stringify(busy)).toBe(JSON.stringify(quiet))
  })
})
