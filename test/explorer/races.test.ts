/** Two things at once, on purpose: what the app is told while it is busy with something else. */
import { afterAll, describe, expect, test } from 'vitest'
import type { AppParts } from '../../src/explorer/adapters/functions.ts'
import { readConfig } from '../../src/explorer/config.ts'
import { doorsFor, judgeStory } from '../../src/explorer/explore.ts'
import type { Booking } from '../../src/explorer/integration.ts'
import { openSession } from '../../src/explorer/session.ts'
import type { Session } from '../../src/explorer/session.ts'
import type { Step } from '../../src/explorer/story/story.ts'
import { appOf } from './sample-apps.ts'

const sessions: Session[] = []
afterAll(() => Promise.all(sessions.map((session) => session.close())))

/** What an app heard, and when it began and ended to act on it. */
const open = async () => {
  const noted: string[] = []
  const around =
    ({ call }: AppParts, name: string, act: (booking: Booking) => Promise<unknown>) =>
    async (booking: Booking) => {
      noted.push(`${name} begins`)
      await call('/devices/list')
      await act(booking)
      await call('/devices/list')
      noted.push(`${name} ends`)
    }
  const app = (parts: AppParts) => {
    const create = ({ booking_id, device_ids: [device_id], starts_at, ends_at }: Booking) =>
      parts.call('/access_codes/create', { device_id, name: booking_id, starts_at, ends_at })
    const nothing = () => Promise.resolve()
    return {
      book: around(parts, 'book', create),
      move: around(parts, 'move', nothing),
      cancel: around(parts, 'cancel', nothing),
      webhook: () => void noted.push('webhook'),
    }
  }
  const config = readConfig({ app, port: 0 }, 'the test')
  const session = await openSession(config, await appOf('reference-integration'))
  sessions.push(session)
  const [door] = doorsFor(session.explorer)
  const play = async (steps: readonly Step[]) => {
    const book = {
      at: 1,
      does: 'book',
      stay: 'stay-1',
      guest: 'Ada',
      device_ids: [door?.device_id],
      from: 120,
      to: 1_440,
    }
    const told = { seed: 'race', begins_at: '2025-01-14T08:00:00.000Z', steps: [book, ...steps] }
    const { app: verdict } = await judgeStory(session.explorer, told)
    return verdict.reached
  }
  return { noted, play, device_id: door?.device_id ?? '' }
}

const changes = [
  { at: 5, does: 'move', stay: 'stay-1', from: 120, to: 1_500 },
  { at: 6, does: 'cancel', stay: 'stay-1' },
]
const verbs = (noted: readonly string[]): string[] => noted.filter((it) => it !== 'webhook')

describe('the app is told', () => {
  test('of one change after the other, when the story has no race', async () => {
    const { noted, play } = await open()
    const reached = await play(changes)
    expect(reached.filter((it) => it.includes('together'))).toEqual([])
    expect(verbs(noted).join(', ')).toBe(
      'book begins, book ends, move begins, move ends, cancel begins, cancel ends',
    )
    expect(noted.indexOf('webhook')).toBeGreaterThan(noted.indexOf('book ends'))
  })

  test('of two changes at once', async () => {
    const { noted, play } = await open()
    const reached = await play([{ at: 4, does: 'changes_together', minutes: 10 }, ...changes])
    expect(reached).toContain('changes_together')
    expect(verbs(noted).slice(2).join(', ')).toBe(
      'move begins, cancel begins, move ends, cancel ends',
    )
  })

  test('of a change while the lock is being programmed', async () => {
    const { play } = await open()
    const [move] = changes
    if (move === undefined) throw new Error('There is no change')
    const programming = { does: 'change_while_programming', minutes: 60 }
    // When nothing is being programmed, the change comes in the end all the same.
    expect(await play([{ at: 4, ...programming }, move])).not.toContain(programming.does)
    expect(
      await play([
        { at: 1, ...programming },
        { ...move, at: 1.001 },
      ]),
    ).toContain(programming.does)
  })

  test('of webhooks while it is busy with a booking', async () => {
    const { noted, play } = await open()
    const reached = await play([{ at: 0, does: 'webhooks_meet_changes', minutes: 60 }])
    expect(reached).toContain('webhooks_meet_changes')
    expect(noted.indexOf('webhook')).toBeLessThan(noted.indexOf('book ends'))
  })
})

test('what a lock does not take from a person has not happened, and ends no run', async () => {
  const { play, device_id } = await open()
  const reached = await play([
    { at: 2, does: 'memory_full', device_id },
    { at: 3, does: 'code_deleted_at_lock', device_id },
    { at: 4, does: 'memory_full', device_id },
    { at: 5, does: 'pin_in_use', device_id, pin: '4567' },
  ])
  expect(reached).toContain('memory_full')
  expect(reached).not.toContain('pin_in_use')
})
