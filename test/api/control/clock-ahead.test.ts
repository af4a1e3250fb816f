/** What comes next, what lies between, and leaps to the next of something. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import '../../../src/testing/vitest.ts'
import { home, hour, iso, minute, startPlaces, T0 } from '../../support/place.ts'
import type { Place, Places } from '../../support/place.ts'
import { startReceiver } from '../../support/receiver.ts'

let places: Places
beforeAll(async () => {
  places = await startPlaces()
})
afterAll(() => places.stop())

const stay = (place: Place, from: number, to: number, code = '4821') =>
  place.seam.accessCodes.create({
    device_id: home.august,
    name: 'Ada',
    code,
    starts_at: iso(T0 + from),
    ends_at: iso(T0 + to),
  })

const now = async (place: Place) => Date.parse((await place.emulator.clock.get()).now) - T0

describe('the agenda', () => {
  test('tells check-ins, check-outs, jobs and messages in the order in which they come', async () => {
    const place = places.open()
    const { access_code_id } = await stay(place, 2 * hour, 4 * hour)
    const moments = await place.emulator.clock.agenda()
    const times = moments.map(({ at }) => Date.parse(at))
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(moments.filter(({ kind }) => kind !== 'job')).toEqual([
      {
        at: iso(T0 + 2 * hour),
        kind: 'check_in',
        device_id: home.august,
        access_code_id,
        sentence: 'Front Door: Ada may come in with 4821.',
      },
      {
        at: iso(T0 + 4 * hour),
        kind: 'check_out',
        device_id: home.august,
        access_code_id,
        sentence: 'Front Door: the time of Ada is over.',
      },
    ])
    expect(moments.find((it) => it.access_code_id === access_code_id)?.sentence).toBe(
      'Front Door: Seam looks after the code of Ada.',
    )
    expect(await place.emulator.clock.agenda(1)).toHaveLength(1)
  })

  test('is counted before a leap', async () => {
    const place = places.open()
    await stay(place, 2 * hour, 4 * hour)
    await stay(place, 3 * hour, 9 * hour, '5555')
    const receiver = await startReceiver()
    await place.emulator.webhookTo(receiver.url)
    const { jobs, events, deliveries, ...rest } = await place.emulator.clock.preview('4h', {
      patience: 10_000,
    })
    expect(rest).toEqual({
      to: iso(T0 + 4 * hour),
      check_ins: 2,
      check_outs: 1,
      is_whole: true,
    })
    expect((await place.emulator.clock.preview(new Date(T0 + hour))).check_ins).toBe(0)
    expect(receiver.received).toEqual([])
    const leap = await place.advance('4h')
    const sent = leap.transcript.filter(({ kind }) => kind === 'delivery').length
    expect({ jobs, events, deliveries }).toEqual({
      jobs: leap.jobs,
      events: leap.transcript.length - sent,
      deliveries: sent,
    })
    expect(sent).toBeGreaterThan(0)
    await receiver.close()
  })
})

describe('a leap to the next', () => {
  test('check-in and check-out ends there to the millisecond', async () => {
    const place = places.open()
    await stay(place, 2 * hour, 4 * hour)
    expect((await place.advance({ to_next: 'check_in' })).reached).toBe(true)
    expect(await now(place)).toBe(2 * hour)
    expect(await place.opens(home.august, '4821')).toBe(true)
    await place.advance({ to_next: 'check_out' })
    expect(await now(place)).toBe(4 * hour)
    expect(await place.opens(home.august, '4821')).toBe(false)
    await expect(place.advance({ to_next: 'check_in' })).rejects.toThrow('No guest is to come')
  })

  test('event, job and delivery', async () => {
    const place = places.open()
    const receiver = await startReceiver()
    await stay(place, 2 * hour, 4 * hour)
    const { transcript } = await place.advance({ to_next: 'event' })
    expect(transcript.map((it) => it.event_type)).toEqual(['access_code.scheduled_on_device'])
    await place.advance({ to_next: 'job' })
    await place.emulator.webhookTo(receiver.url)
    const told = await place.advance({ to_next: 'delivery' })
    expect(told.transcript.at(-1)?.kind).toBe('delivery')
    expect(told.reached).toBe(true)
    await receiver.close()
  })

  test('disagreement stops where the first guest is locked out', async () => {
    const place = places.open()
    await stay(place, 80 * hour, 90 * hour)
    await place.unplug(home.august_bridge)
    await expect(place.emulator).toHaveNoDisagreements()
    const early = await place.advance({ to_next: 'disagreement' })
    expect(early.reached).toBe(true)
    expect((await place.emulator.disagreements())[0]?.kind).toBe('stuck')
    await place.advance({ to_next: 'disagreement' })
    expect(await now(place)).toBe(80 * hour)
    await expect(
      expect(place.emulator).toHaveNoDisagreements({ device_id: home.august }),
    ).rejects.toThrow(/disagree about one thing:\nlocked_out: Ada stands before Front Door/)
  })

  test('disagreement stops at the very instant at which a lock shuts a guest out too early', async () => {
    const place = places.open()
    const { access_code_id } = await stay(place, 2 * hour, 4 * hour)
    await place.advance('3h')
    await place.unplug(home.august_bridge)
    await place.seam.accessCodes.update({ access_code_id, ends_at: iso(T0 + 80 * hour) })
    const seen: string[] = []
    for (let leaps = 0; leaps < 4 && !seen.includes('locked_out'); leaps++) {
      await place.advance({ to_next: 'disagreement' })
      seen.push(...(await place.emulator.disagreements()).map(({ kind }) => kind))
    }
    expect(seen.at(-1)).toBe('locked_out')
    expect(await now(place)).toBe(4 * hour)
  })

  test('goes no further than it may', async () => {
    const place = places.open()
    await stay(place, 80 * hour, 90 * hour)
    const { reached } = await place.advance({ to_next: 'disagreement', max: '20h' })
    expect(reached).toBe(false)
    expect(await now(place)).toBeLessThanOrEqual(20 * hour)
    await place.advance({ to_next: 'check_in', max: '1h' })
    expect(await now(place)).toBeLessThanOrEqual(21 * hour)
  })
})

test('a leap that waits for a receiver can be stopped', async () => {
  const place = places.open()
  let answer = (): void => undefined
  const held = new Promise<void>((resolve) => (answer = resolve))
  const receiver = await startReceiver()
  receiver.answer(async () => {
    await held
    return { status: 200 }
  })
  await place.emulator.webhookTo(receiver.url)
  await stay(place, hour, 4 * hour)
  expect(await place.emulator.clock.stop()).toBe(false)
  const leap = place.advance('240h')
  const frames = await place.emulator.stream()
  for await (const frame of frames) if (frame.event === 'leap') break
  expect(await place.emulator.clock.stop()).toBe(true)
  const { reached, clock } = await leap
  expect(reached).toBe(false)
  expect(Date.parse(clock.now)).toBeLessThan(T0 + minute)
  answer()
  await receiver.close()
})

test('bad questions are refused', async () => {
  const place = places.open()
  for (const [path, body] of [
    ['advance', { to_next: 'christmas' }],
    ['advance', { to_next: false }],
    ['advance', { to_next: 'job', by: '1h' }],
    ['advance', { by: '1h', max: '1h' }],
    ['advance', { to_next: true, max: '1h' }],
    ['agenda', { limit: 0 }],
    ['preview', {}],
    ['preview', { by: '1h', to: iso(T0) }],
    ['preview', { to: iso(T0 - 1) }],
    ['stop', { now: true }],
  ] as const) {
    const { status } = await place.raw(`/_emulator/clock/${path}`, body)
    expect(status, `${path} ${JSON.stringify(body)}`).toBe(400)
  }
})
