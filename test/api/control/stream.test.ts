/** What happens, as it happens. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { StreamFrame } from '../../../src/client/shapes.ts'
import type { StreamInput } from '../../../src/client/inputs.ts'
import { startReceiver } from '../../support/receiver.ts'
import { home, hour, iso, startPlaces, T0 } from '../../support/place.ts'
import type { Place, Places } from '../../support/place.ts'

let places: Places
beforeAll(async () => {
  places = await startPlaces()
})
afterAll(() => places.stop())

const open: AbortController[] = []
afterEach(() => {
  for (const it of open.splice(0)) it.abort()
})

type Named<K> = Extract<StreamFrame, { event: K }>

/** Reads the stream; `next` answers the next frame of a kind, and passes by others. */
const follow = async ({ emulator }: Pick<Place, 'emulator'>, input: StreamInput = {}) => {
  const ends = new AbortController()
  open.push(ends)
  const frames = await emulator.stream({ ...input, signal: ends.signal })
  const seen: StreamFrame[] = []
  const isA = <K extends StreamFrame['event']>(frame: StreamFrame, event: K): frame is Named<K> =>
    frame.event === event
  const next = async <K extends StreamFrame['event']>(event: K): Promise<Named<K>> => {
    for (;;) {
      const { value, done } = await frames.next()
      if (done === true) throw new Error(`The stream ended before ${event}`)
      seen.push(value)
      if (isA(value, event)) return value
    }
  }
  return { next, seen, frames, leave: () => ends.abort() }
}

const create = (place: Place, code = '4821') =>
  place.seam.accessCodes.create({ device_id: home.august, name: 'Ada', code })

describe('the stream', () => {
  test('says hello, and tells of what changes, with the ids of what it was', async () => {
    const place = places.open()
    expect((await place.emulator.world()).stream).toBeNull()
    const { next } = await follow(place)
    const hello = await next('hello')
    expect(hello.data).toMatchObject({ seq: 0, clock: { now: iso(T0), mode: 'frozen', rate: 0 } })
    expect(hello.id).toBe(`${hello.data.generation}-0`)
    const { access_code_id } = await create(place)
    const { id, data } = await next('change')
    expect(id).toBe(`${hello.data.generation}-1`)
    expect(data).toMatchObject({ seq: 1, clock: { now: iso(T0) }, truncated: false })
    expect(data.entries[0]).toMatchObject({
      kind: 'event',
      event_type: 'access_code.created',
      access_code_id,
      device_id: home.august,
    })
    expect(data.changed).toMatchObject({
      devices: [home.august],
      access_codes: [access_code_id],
      bridges: [],
      faults: false,
      requests: 1,
    })
    expect(data.changed.parts).toContain('access_codes')
    expect((await place.emulator.world()).stream).toEqual({
      generation: hello.data.generation,
      seq: 1,
    })
    // A change that makes no event.
    await place.emulator.faults.create({ on: 'access_code.remove', effect: { kind: 'fail' } })
    await place.unplug(home.august_bridge)
    const quiet = await next('change')
    const both = quiet.data.changed.bridges.length === 0 ? await next('change') : quiet
    expect(both.data.changed.bridges).toEqual([home.august_bridge])
    expect(quiet.data.changed.faults).toBe(true)
  })

  test('goes on where it was left', async () => {
    const place = places.open()
    const first = await follow(place)
    await first.next('hello')
    await create(place)
    const { id, data } = await first.next('change')
    first.leave()
    await place.advance('1m')
    await create(place, '5555')
    const second = await follow(place, { lastEventId: id ?? '' })
    const hello = await second.next('hello')
    expect(hello.id).toBeNull()
    const change = await second.next('change')
    expect(change.data.seq).toBe(data.seq + 1)
    expect(second.seen.map((it) => it.event)).toEqual(['hello', 'change'])
    expect(change.data.entries.map((it) => it.event_type)).toContain('access_code.set_on_device')
  })

  test('says so where it cannot go on', async () => {
    const place = places.open()
    for (const lastEventId of ['other-7', 'x', '', '-1', '../../etc']) {
      const { next, seen } = await follow(place, { lastEventId })
      expect((await next('resync')).data).toEqual({ reason: 'missed' })
      expect(seen.map((it) => it.event)).toEqual(['hello', 'resync'])
    }
    const { next } = await follow(place)
    const { generation } = (await next('hello')).data
    for (const number of ['99', '0.5', 'x']) {
      const other = await follow(place, { lastEventId: `${generation}-${number}` })
      expect((await other.next('resync')).data).toEqual({ reason: 'missed' })
    }
  })

  test('says when another world is there, and which way it came', async () => {
    const place = places.open()
    const { next } = await follow(place)
    await next('hello')
    await place.emulator.snapshot()
    await create(place)
    await next('change')
    await place.emulator.restore()
    expect((await next('resync')).data).toEqual({ reason: 'restored' })
    await place.emulator.reset()
    expect((await next('resync')).data).toEqual({ reason: 'reset' })
    const { access_code_id } = await create(place)
    expect((await next('change')).data.changed.access_codes).toEqual([access_code_id])
  })

  test('ends with its workspace', async () => {
    const place = places.open()
    const { next, frames } = await follow(place)
    await next('hello')
    await place.emulator.workspaces.delete()
    await next('gone')
    expect((await frames.next()).done).toBe(true)
  })

  test('tells of commands and of typed PINs, of which no event tells', async () => {
    const place = places.open()
    const kinds = ['command_sent', 'command_answered', 'keypad_entry', 'slot_lost'] as const
    const { next } = await follow(place, { kinds: [...kinds] })
    await next('hello')
    const { fault_id } = await place.emulator.faults.create({
      on: 'access_code.set',
      times: 1,
      effect: { kind: 'fail', message: 'No.' },
    })
    const { access_code_id } = await create(place)
    const [sent] = (await next('change')).data.entries
    const about = { device_id: home.august, access_code_id }
    expect(sent).toMatchObject({ kind: 'command_sent', ...about, command: 'set', attempt: 1 })
    expect(sent?.fault_id).toBe(fault_id)
    await place.advanceTo(Date.parse(sent?.answer_at ?? ''))
    expect((await next('change')).data.entries).toMatchObject([
      {
        kind: 'command_answered',
        ...about,
        outcome: 'refused',
        message: 'No.',
        at: sent?.answer_at,
      },
    ])
    await place.enter(home.august, '4821')
    expect((await next('change')).data.entries).toMatchObject([
      { kind: 'keypad_entry', code: '4821', opened: false, reason: 'unknown_code' },
    ])
    await place.advance('1h')
    const later = (await next('change')).data.entries
    expect(later.map((it) => it.outcome ?? it.kind)).toEqual(['command_sent', 'done'])
    await place.enter(home.august, '4821')
    expect((await next('change')).data.entries).toMatchObject([
      { kind: 'keypad_entry', opened: true, reason: null, access_code_id },
    ])
  })

  test('has only what is asked for', async () => {
    const place = places.open()
    const { next, seen } = await follow(place, { kinds: ['event'] })
    await next('hello')
    const everything = await follow(place)
    await place.emulator.faults.create({ on: 'access_code.remove', effect: { kind: 'fail' } })
    await everything.next('change')
    await create(place)
    const change = await next('change')
    expect(change.data.entries).not.toEqual([])
    expect(seen).toHaveLength(2)
  })

  test('shows how far a leap has come, and for whom it waits', async () => {
    const place = places.open()
    let answer = (): void => undefined
    const held = new Promise<void>((resolve) => (answer = resolve))
    const receiver = await startReceiver()
    receiver.answer(async () => {
      await held
      return { status: 200 }
    })
    await place.emulator.webhookTo(receiver.url)
    const { next } = await follow(place)
    await next('hello')
    await create(place)
    const leap = place.advance('1h')
    const frame = await next('leap')
    expect(frame.data).toMatchObject({ from: iso(T0), to: iso(T0 + hour) })
    const waits = frame.data.waiting_for ?? (await next('leap')).data.waiting_for
    expect(waits?.url).toBe(receiver.url)
    answer()
    const { transcript } = await leap
    expect(transcript.length).toBeGreaterThan(0)
    const change = await next('change')
    expect(change.data.clock.now).toBeDefined()
    await receiver.close()
  })

  test('is for those who hold a key, and for no page of another site', async () => {
    const place = places.open()
    const ask = (headers: Record<string, string>, method = 'GET') =>
      fetch(`${place.endpoint}/_emulator/stream`, { method, headers })
    expect((await ask({})).status).toBe(401)
    const authorization = `Bearer ${place.api_key}`
    expect((await ask({ authorization, 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await ask({ authorization, origin: 'https://evil.example' })).status).toBe(403)
    // Other pages of this machine may call, and not listen.
    expect((await ask({ authorization, 'sec-fetch-site': 'same-site' })).status).toBe(403)
    const head = await ask({ authorization }, 'HEAD')
    expect(head.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect((await place.emulator.world()).stream).toBeNull()
    expect((await place.raw('/_emulator/stream', { kinds: ['gossip'] })).status).toBe(400)
    expect((await place.raw('/_emulator/stream', { since: 'now' })).status).toBe(400)
  })

  test('holds up no end of the server', async () => {
    const own = await startPlaces()
    const { next, frames } = await follow(own.open('short'))
    await next('hello')
    await own.stop()
    await frames.next().catch(() => undefined)
  })
})
