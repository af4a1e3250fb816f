/** The guest-stay explorer finds what an app gets wrong, and nothing else. */
import { afterAll, describe, expect, test } from 'vitest'
import { readConfig } from '../../src/explorer/config.ts'
import type { MakeApp } from '../../src/explorer/adapters/functions.ts'
import { run } from '../../src/explorer/run.ts'
import { openSession } from '../../src/explorer/session.ts'
import type { Session } from '../../src/explorer/session.ts'
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

const settings = { seed: 'test', stories: 6, level: 3, most_findings: 3 } as const

describe('the explorer', () => {
  test('finds that a code is believed before it is on its lock, in a story of one step', async () => {
    const { explorer } = await open(await appOf('bugs/believes-create'))
    const { report } = await run(explorer, { ...settings, level: 1, most_findings: 2 })
    const { findings } = report
    const [first] = findings
    expect(first?.kind).toBe('false_promise')
    expect(first?.told).toHaveLength(1)
    for (const { story } of findings) expect(story.steps.length).toBeLessThanOrEqual(4)
  })

  test('has nothing to say against the reference integration', async () => {
    const { explorer } = await open(await appOf('reference-integration'))
    const { report } = await run(explorer, { ...settings, stories: 25 })
    expect(report.findings).toEqual([])
    expect(report.stories_with_findings).toBe(0)
    expect(report.reached['host_alerted']).toBeGreaterThan(0)
  })

  test('tells the same for the same seed, byte for byte', async () => {
    const first = await open(await appOf('bugs/believes-create'))
    const second = await open(await appOf('bugs/believes-create'))
    const told = await run(first.explorer, settings)
    const again = await run(second.explorer, settings)
    expect(JSON.stringify(again)).toBe(JSON.stringify(told))
  })
})

describe('an app that cannot be judged is told what to do', () => {
  const booking = { book: () => undefined, move: () => undefined, cancel: () => undefined }

  test('when it books nothing', async () => {
    const { explorer } = await open(() => booking)
    await expect(run(explorer, settings)).rejects.toThrow(/has not called the emulator once/)
  })

  test('when its codes do not bear the id of the booking', async () => {
    const { explorer } = await open(({ call }) => ({
      ...booking,
      book: ({ device_ids: [device_id], starts_at, ends_at }) =>
        call('/access_codes/create', { device_id, name: 'Guest', starts_at, ends_at }),
    }))
    await expect(run(explorer, settings)).rejects.toThrow(/Put the id into the name/)
  })

  test('when it goes by the clock of the machine', async () => {
    const { explorer } = await open(({ call }) => ({
      ...booking,
      book: ({ device_ids: [device_id], booking_id }) =>
        call('/access_codes/create', {
          device_id,
          name: booking_id,
          starts_at: new Date(Date.now() + 3_600_000).toISOString(),
          ends_at: new Date(Date.now() + 7_200_000).toISOString(),
        }),
    }))
    await expect(run(explorer, settings)).rejects.toThrow(/goes by the machine's clock/)
  })

  test('when it refuses every webhook', async () => {
    const { explorer } = await open(({ call }) => ({
      ...booking,
      book: ({ device_ids: [device_id], booking_id, starts_at, ends_at }) =>
        call('/access_codes/create', { device_id, name: booking_id, starts_at, ends_at }),
      webhook: () => {
        throw new Error('not mine')
      },
    }))
    await expect(run(explorer, settings)).rejects.toThrow(/does not accept webhooks .*HTTP 500/)
  })
})
