/** Time that obeys: leaps that are barriers, order that is total, clocks that stop and run. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { bookCode } from '../support/booking.ts'
import { day, home, hour, iso, minute, second, startPlaces, T0 } from '../support/place.ts'
import type { Place } from '../support/place.ts'
import { startReceiver } from '../support/receiver.ts'
import type { Receiver } from '../support/receiver.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

const listening = async (
  run: (place: Place, receiver: Receiver, webhook_id: string, secret: string) => Promise<void>,
  event_types: string[] = ['*'],
) => {
  const receiver = await startReceiver()
  const place = emulator.open()
  const webhook = await place.seam.webhooks.create({ url: receiver.url, event_types })
  try {
    await run(place, receiver, webhook.webhook_id, webhook.secret ?? '')
  } finally {
    await receiver.close()
  }
}

const future = (days: number) => ({
  starts_at: iso(T0 + days * day),
  ends_at: iso(T0 + (days + 1) * day),
})

const clockShape = z.object({
  clock: z.object({
    now: z.string(),
    mode: z.string(),
    rate: z.number(),
    next_job_at: z.string().nullable(),
  }),
})

describe('advance is a barrier', () => {
  test('it does not answer before the receiver has answered', () =>
    listening(async (place, receiver) => {
      let release = (): void => undefined
      const held = new Promise<{ status: number }>((resolve) => {
        release = () => resolve({ status: 200 })
      })
      await bookCode(place, { device_id: home.schlage, code: '1357' })
      await place.advance(0)
      let arrive = (): void => undefined
      const arrived = new Promise<void>((resolve) => {
        arrive = resolve
      })
      receiver.answer(() => {
        arrive()
        return held
      })
      let answered = false
      const leap = place.advance('1m').then((it) => {
        answered = true
        return it
      })
      await arrived
      // The server is alive meanwhile, and the leap is still waiting.
      await place.seam.devices.list()
      expect(answered).toBe(false)
      release()
      expect((await leap).transcript.map((it) => it.kind)).toEqual(['event', 'delivery'])
      expect(receiver.types()).toEqual(['access_code.created', 'access_code.set_on_device'])
    }))

  test('what was due before the leap is sent as well', () =>
    listening(async (place, receiver) => {
      await bookCode(place, { device_id: home.schlage, code: '1357' })
      await place.advance(0)
      expect(receiver.types()).toEqual(['access_code.created'])
    }))

  test('the transcript tells events and deliveries in their order, each delivery after its event', () =>
    listening(async (place, receiver) => {
      for (const [index, code] of ['1111', '2222', '3333'].entries()) {
        await bookCode(place, { device_id: home.schlage, code, ...future(10 + index) })
      }
      await place.advance(0)
      const { transcript, truncated, clock } = await place.advance(20 * day)
      expect(truncated).toBe(false)
      expect(clock.now).toBe(iso(T0 + 20 * day))
      expect(transcript.map((it) => it.at)).toEqual(transcript.map((it) => it.at).toSorted())
      const told = transcript.filter((it) => it.kind === 'event').map((it) => it.event_id)
      const delivered = transcript.filter((it) => it.kind === 'delivery').map((it) => it.event_id)
      expect(delivered).toEqual(told)
      expect(receiver.received.slice(3).map(({ event }) => event.event_id)).toEqual(told)
      const seen = new Set<string | undefined>()
      for (const line of transcript) {
        if (line.kind === 'event') seen.add(line.event_id)
        else expect(seen.has(line.event_id)).toBe(true)
      }
      expect(told).toHaveLength(3 * 4)
    }))

  test('a leap without receivers tells the events alone', async () => {
    const place = emulator.open()
    await bookCode(place, { device_id: home.schlage, code: '1357' })
    const { transcript, jobs } = await place.advance('1m')
    expect(transcript.map((it) => [it.kind, it.event_type])).toEqual([
      ['event', 'access_code.set_on_device'],
    ])
    expect(jobs).toBe(1)
  })
})

describe('a receiver that fails', () => {
  test('is tried eight times over 27 h 35 min 5 s, within moments of real time', () =>
    listening(
      async (place, receiver, _webhook, secret) => {
        receiver.answer(() => ({ status: 503 }))
        await bookCode(place, { device_id: home.schlage, code: '1357' })
        const began = performance.now()
        const { transcript } = await place.advance('40h')
        expect(performance.now() - began).toBeLessThan(5_000)
        const tries = transcript.filter((it) => it.kind === 'delivery')
        // The first try is made at once, and belongs to no leap.
        expect(receiver.received).toHaveLength(8)
        const instants = [T0, ...tries.slice(-7).map((it) => Date.parse(it.at))]
        expect(instants.slice(1).map((at, index) => at - (instants[index] ?? 0))).toEqual([
          5 * second,
          5 * minute,
          30 * minute,
          2 * hour,
          5 * hour,
          10 * hour,
          10 * hour,
        ])
        expect((instants.at(-1) ?? 0) - T0).toBe(27 * hour + 35 * minute + 5 * second)
        expect(tries.at(-1)).toMatchObject({ attempt: 8, status: 503 })
        const ids = receiver.received.map(({ headers }) => headers['svix-id'])
        expect(new Set(ids).size).toBe(1)
        receiver.verifyAll(secret)
        await place.advance('100h')
        expect(receiver.received).toHaveLength(8)
      },
      ['access_code.created'],
    ))

  test('is not tried again after its first success', () =>
    listening(
      async (place, receiver) => {
        receiver.answer((count) => ({ status: count < 2 ? 500 : 204 }))
        await bookCode(place, { device_id: home.schlage, code: '1357' })
        await place.advance('40h')
        expect(receiver.received).toHaveLength(3)
        expect(receiver.types()).toEqual(['access_code.created'])
      },
      ['access_code.created'],
    ))

  test('holds up no other message', () =>
    listening(
      async (place, receiver) => {
        receiver.answer((count) => ({ status: count === 0 ? 500 : 200 }))
        await bookCode(place, { device_id: home.schlage, code: '1357' })
        await place.advance('1m')
        expect(receiver.types()).toEqual(['access_code.set_on_device', 'access_code.created'])
      },
      ['access_code.created', 'access_code.set_on_device'],
    ))

  test('and redirects has failed too', () =>
    listening(
      async (place, receiver) => {
        receiver.answer((count) =>
          count === 0 ? { status: 302, headers: { location: '/elsewhere' } } : { status: 200 },
        )
        await bookCode(place, { device_id: home.schlage, code: '1357' })
        await place.advance('1m')
        expect(receiver.received).toHaveLength(2)
      },
      ['access_code.created'],
    ))

  test('and asks to abort the message is not asked again', () =>
    listening(
      async (place, receiver) => {
        receiver.answer(() => ({ status: 500, headers: { 'webhook-delivery': 'abort-message' } }))
        await bookCode(place, { device_id: home.schlage, code: '1357' })
        await place.advance('40h')
        expect(receiver.received).toHaveLength(1)
      },
      ['access_code.created'],
    ))

  test('and is deleted hears nothing more', () =>
    listening(
      async (place, receiver, webhook_id) => {
        receiver.answer(() => ({ status: 500 }))
        await bookCode(place, { device_id: home.schlage, code: '1357' })
        await place.advance('1m')
        expect(receiver.received).toHaveLength(2)
        await place.seam.webhooks.delete({ webhook_id })
        await place.advance('40h')
        expect(receiver.received).toHaveLength(2)
      },
      ['access_code.created'],
    ))

  test('for five days without one success is switched off', () =>
    listening(
      async (place, receiver, webhook_id) => {
        receiver.answer(() => ({ status: 500 }))
        for (const code of ['1111', '2222', '3333', '4444', '5555', '6666']) {
          await bookCode(place, { device_id: home.schlage, code })
          await place.advance(day)
        }
        const tries = receiver.received.length
        expect(tries).toBeGreaterThan(30)
        await bookCode(place, { device_id: home.schlage, code: '7777' })
        await place.advance('40h')
        expect(receiver.received).toHaveLength(tries)

        const [event] = await place.events()
        const again = { event_id: event?.event_id }
        const off = await place.raw('/_emulator/webhook_deliveries/resend', again)
        expect(off.status).toBe(400)
        await place.advance(day)
        // Repaired, it is switched on by whoever says so.
        receiver.answer(() => ({ status: 200 }))
        await place.seam.webhooks.update({ webhook_id, event_types: ['access_code.created'] })
        await place.control('webhook_deliveries/resend', again)
        await place.advance(0)
        expect(receiver.types()).toEqual(['access_code.created'])
        await place.seam.webhooks.delete({ webhook_id })
        const gone = await place.raw('/_emulator/webhook_deliveries/resend', again)
        expect(gone.status).toBe(404)
        await place.advance(day)
      },
      ['access_code.created'],
    ))

  test('now and then stays on', () =>
    listening(
      async (place, receiver) => {
        receiver.answer((count) => ({ status: count % 9 === 0 ? 200 : 500 }))
        for (const code of ['1111', '2222', '3333', '4444', '5555', '6666', '7777', '8888']) {
          await bookCode(place, { device_id: home.schlage, code })
          await place.advance(day)
        }
        const before = receiver.received.length
        receiver.answer(() => ({ status: 200 }))
        await bookCode(place, { device_id: home.schlage, code: '9999' })
        await place.advance('1m')
        expect(receiver.received.length).toBeGreaterThan(before)
      },
      ['access_code.created'],
    ))
})

describe('waiting', () => {
  test('leaps in a frozen world to the very instant at which a status holds', async () => {
    const place = emulator.open()
    const code = await bookCode(place, { device_id: home.schlage, code: '1357', ...future(10) })
    const { access_code_id } = code
    const body = { access_code_id, status: 'set', timeout: '20d' }
    expect(await place.control('wait_until', body)).toMatchObject({
      access_code: { access_code_id, status: 'set' },
    })
    expect(await place.now()).toBe(T0 + 10 * day)
  })

  test('leaps to the very instant of an event', async () => {
    const place = emulator.open()
    const { access_code_id } = await bookCode(place, {
      device_id: home.schlage,
      code: '1357',
      ...future(10),
    })
    const body = { access_code_id, event_type: 'access_code.scheduled_on_device', timeout: '20d' }
    const answer = z
      .object({ event: z.object({ occurred_at: z.string() }) })
      .parse(await place.control('wait_until', body))
    expect(Date.parse(answer.event.occurred_at)).toBe(await place.now())
    expect(await place.now()).toBeLessThan(T0 + 7 * day + minute)
  })

  test('in vain moves a frozen clock by the timeout and says what holds instead', async () => {
    const place = emulator.open()
    const { access_code_id } = await bookCode(place, {
      device_id: home.schlage,
      code: '1357',
      ...future(10),
    })
    const body = { access_code_id, status: 'set', timeout: '2d' }
    const answer = await place.raw('/_emulator/wait_until', body)
    expect(answer).toMatchObject({ status: 408, body: { error: { data: { status: 'unset' } } } })
    expect(await place.now()).toBe(T0 + 2 * day)
  })

  test('knows the events of an action attempt', async () => {
    const place = emulator.open()
    const order = async () => {
      const { body } = await place.raw('/locks/unlock_door', { device_id: home.august })
      return z.object({ action_attempt: z.object({ action_attempt_id: z.string() }) }).parse(body)
        .action_attempt
    }
    const attempts = [await order(), await order()]
    for (const { action_attempt_id } of attempts) {
      const event_type = 'action_attempt.unlock_door.succeeded'
      expect(
        await place.control('wait_until', { action_attempt_id, event_type, timeout: '1m' }),
      ).toMatchObject({
        event: { event_type, action_attempt_id },
        action_attempt: { action_attempt_id, status: 'success' },
      })
    }
  })

  test('refuses what never was, and moves nothing; a code that is gone was', async () => {
    const place = emulator.open()
    const { access_code_id } = await bookCode(place, { device_id: home.schlage, ...future(10) })
    await place.seam.accessCodes.delete({ access_code_id })
    const unknown = 'f0000000-0000-4000-8000-00000000000f'
    for (const [subject, status] of [
      ['access_code_id', 'set'],
      ['action_attempt_id', 'success'],
      ['device_id', 'offline'],
    ] as const) {
      const body = { [subject]: unknown, status, timeout: '1d' }
      expect((await place.raw('/_emulator/wait_until', body)).status).toBe(404)
    }
    expect(await place.now()).toBe(T0)
    const gone = { access_code_id, event_type: 'access_code.deleted', timeout: '1d' }
    expect(await place.control('wait_until', gone)).toMatchObject({
      event: { event_type: 'access_code.deleted', access_code_id },
    })
    const device_id = home.august
    const { connected_account_id } = await place.seam.devices.get({ device_id })
    await place.seam.connectedAccounts.delete({ connected_account_id })
    const event_type = 'device.deleted'
    const deleted = { device_id, status: 'deleted', event_type, timeout: '1d' }
    expect(await place.control('wait_until', deleted)).toMatchObject({ event: { event_type } })
  })

  test('refuses at once what can never be, and says what can', async () => {
    const place = emulator.open()
    const { access_code_id } = await bookCode(place, { device_id: home.schlage, ...future(10) })
    const device = { device_id: home.schlage }
    const cases: [object, RegExp][] = [
      [
        { access_code_id, status: 'sett' },
        /An access code has no status "sett"\. Known: setting, set, unset, removing/,
      ],
      [
        { ...device, status: 'set' },
        /A device has no status "set"\. Known: online, offline, deleted/,
      ],
      [
        { access_code_id, event_type: 'access_code.set_on_devise' },
        /There is no event type access_code\.set_on_devise\. Did you mean access_code\.set_on_device\?/,
      ],
      [{ access_code_id, event_type: 'access_code.set' }, /Known: .*access_code\.set_on_device/],
      [{ ...device, event_type: 'lokc' }, /They begin with access_code, lock, device/],
      [{ access_code_id }, /Give status or event_type, or both/],
    ]
    for (const [body, message] of cases) {
      const answer = await place.raw('/_emulator/wait_until', { ...body, timeout: '1d' })
      expect(answer).toMatchObject({ status: 400, body: { error: { type: 'invalid_input' } } })
      expect(JSON.stringify(answer.body).replaceAll('\\"', '"')).toMatch(message)
    }
    const inbox = { event_type: ['access_code.created', 'access_code.creatd'], timeout: '1d' }
    await expect(place.control('inbox/wait_for', inbox)).rejects.toThrow(
      /answered 400: .*Did you mean access_code\.created\?/,
    )
    expect(await place.now()).toBe(T0)
  })

  test('waits for a status and an event together, and says which of them is missing', async () => {
    const place = emulator.open()
    const booked = { device_id: home.schlage, code: '1357', ...future(10) }
    const { access_code_id } = await bookCode(place, booked)
    const body = { access_code_id, status: 'set', event_type: 'access_code.set_on_device' }
    expect(await place.control('wait_until', { ...body, timeout: '20d' })).toMatchObject({
      access_code: { status: 'set' },
      event: { event_type: 'access_code.set_on_device' },
    })
    const failed = { ...body, event_type: 'access_code.deleted', timeout: '1m' }
    await expect(place.control('wait_until', failed)).rejects.toThrow(
      /answered 408: .*\) no event access_code\.deleted was recorded; its status is set\./,
    )
  })

  test('waits in a running world without moving its clock', async () => {
    const place = emulator.open()
    await place.control('clock/resume', { rate: 100 })
    const { access_code_id } = await bookCode(place, { device_id: home.schlage, code: '1357' })
    const answer = await place.control('wait_until', {
      access_code_id,
      status: 'set',
      timeout: '2m',
    })
    expect(answer).toMatchObject({ access_code: { status: 'set' } })
    await place.control('clock/freeze')
  })
})

describe('the clock', () => {
  test('goes to whatever is next, and stays where it is when nothing is', async () => {
    const place = emulator.open()
    await bookCode(place, { device_id: home.schlage, code: '1357', ...future(10) })
    const first = await place.toNext()
    expect(first.clock.now).toBe(iso(T0 + 7 * day))
    expect(first.jobs).toBe(1)
    const second = await place.toNext()
    expect(second.transcript.map((it) => it.event_type)).toEqual([
      'access_code.scheduled_on_device',
    ])
    const third = await place.toNext()
    expect(third.clock.now).toBe(iso(T0 + 10 * day))
  })

  test('never runs backwards', async () => {
    const place = emulator.open()
    await place.advance(day)
    const answer = await place.raw('/_emulator/clock/advance', { to: iso(T0) })
    expect(answer).toMatchObject({ status: 400, body: { error: { type: 'invalid_input' } } })
    const back = await place.raw('/_emulator/clock/freeze', { at: iso(T0) })
    expect(back.status).toBe(400)
    expect(await place.now()).toBe(T0 + day)
  })

  test('adds up leaps that are asked for at once', async () => {
    const place = emulator.open()
    const code = await bookCode(place, { device_id: home.schlage, code: '1357', ...future(2) })
    const leaps = await Promise.all(Array.from({ length: 8 }, () => place.advance('6h')))
    expect(await place.now()).toBe(T0 + 2 * day)
    expect(
      leaps
        .map((it) => it.clock.now)
        .toSorted()
        .at(-1),
    ).toBe(iso(T0 + 2 * day))
    expect(await code.status()).toBe('set')
    const told = leaps.flatMap((it) => it.transcript.map((line) => line.event_type))
    expect(told).toEqual(['access_code.scheduled_on_device', 'access_code.set_on_device'])
  })

  test('leaps first when it is to be frozen at a later instant', async () => {
    const place = emulator.open()
    const code = await bookCode(place, { device_id: home.schlage, code: '1357', ...future(10) })
    const answer = await place.control('clock/freeze', { at: iso(T0 + 10 * day) })
    expect(answer).toMatchObject({ clock: { mode: 'frozen', now: iso(T0 + 10 * day) } })
    expect(await code.status()).toBe('set')
  })

  test('runs at the rate that it is given from where it stood, and stops where it is', async () => {
    const place = emulator.open()
    await place.advance(day)
    const { clock } = clockShape.parse(await place.control('clock/resume', { rate: 1_000_000 }))
    expect(clock).toMatchObject({ mode: 'scaled', rate: 1_000_000 })
    const code = await bookCode(place, { device_id: home.schlage, code: '1357' })
    // A leap in a running world goes on running from its target.
    const later = T0 + 300 * day
    await place.advanceTo(later)
    expect(await code.status()).toBe('set')
    const frozen = clockShape.parse(await place.control('clock/freeze'))
    expect(frozen.clock.mode).toBe('frozen')
    const stopped = await place.now()
    expect(stopped).toBeGreaterThanOrEqual(later)
    expect(await place.now()).toBe(stopped)
  })

  test('can be stopped and started over and over, and only moves on', async () => {
    const place = emulator.open()
    let last = T0
    for (let round = 0; round < 20; round++) {
      await place.control('clock/resume', { rate: 10_000 })
      await place.advance(0)
      await place.control('clock/freeze')
      const now = await place.now()
      expect(now).toBeGreaterThanOrEqual(last)
      last = now
    }
  })

  test('leaps, when an SDK waits for an action attempt, to the instant at which it settles', async () => {
    const place = emulator.open()
    const code = await bookCode(place, { device_id: home.schlage, code: '1357', ...future(10) })
    const attempt = await place.seam.locks.unlockDoor({ device_id: home.schlage })
    expect(attempt).toMatchObject({ status: 'success', action_type: 'UNLOCK_DOOR' })
    expect(await place.now()).toBeGreaterThan(T0)
    expect(await place.now()).toBeLessThan(T0 + 5 * second)
    expect(await code.status()).toBe('unset')
  })
})

test('the same calls to the same key give the same bytes, and another key other ones', async () => {
  const history = async (label: string): Promise<string> => {
    const own = await startPlaces()
    const place = own.open(label)
    const bytes: string[] = []
    const call = async (path: string, body: unknown) => {
      const response = await fetch(new URL(path, place.endpoint), {
        method: 'POST',
        headers: {
          authorization: `Bearer ${place.api_key}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify(body),
      })
      bytes.push(`${response.status} ${await response.text()}`)
    }
    for (const device_id of [home.august, home.schlage, home.smartthings]) {
      await call('/access_codes/create', { device_id, name: 'Anybody' })
      await call('/access_codes/create', { device_id, ...future(5), preferred_code_length: 6 })
      await call('/locks/unlock_door', { device_id })
    }
    await call('/_emulator/bridges/unplug', { bridge_id: home.august_bridge })
    await call('/_emulator/locks/create', { model: 'kwikset' })
    await call('/_emulator/clock/advance', { by: '6d' })
    await call('/access_codes/list', {})
    await call('/devices/list', {})
    await call('/events/list', { since: '2000-01-01T00:00:00Z' })
    await own.stop()
    return bytes.join('\n')
  }
  const first = await history('bytes')
  expect(await history('bytes')).toBe(first)
  expect(await history('other-bytes')).not.toBe(first)
  expect(first).not.toMatch(/^[45]/m)
})
