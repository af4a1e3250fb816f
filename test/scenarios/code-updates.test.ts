/** Another name, PIN or window, asked for at every stage of a code's life. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bookCode } from '../support/booking.ts'
import type { Booking } from '../support/booking.ts'
import type { Place } from '../support/place.ts'
import { day, home, hour, iso, minute, startPlaces, T0 } from '../support/place.ts'

const start = T0 + 10 * day
const end = start + 2 * day
const window = { starts_at: iso(start), ends_at: iso(end) }

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

const through = (what: string) => `The ${what} was changed through the Seam API.`

const requested = (mutation_code: string, from: object, to: object) => ({
  event_type: 'access_code.mutations_requested',
  requested_mutations: [{ mutation_code, from, to }],
})
const pinChanged = (from: string, to: string) => [
  {
    event_type: 'access_code.code_changed',
    description: through('PIN code'),
    from: { code: from },
    to: { code: to },
  },
  {
    event_type: 'access_code.changed',
    change_reason: 'updated through the Seam API',
    changed_properties: [{ property: 'code', from, to }],
  },
]
const setOnDevice = (code: string) => ({ event_type: 'access_code.set_on_device', code })
const scheduledOnDevice = (code: string) => ({
  event_type: 'access_code.scheduled_on_device',
  code,
})

/** Each stage: how to get there, on which lock. */
const stages: Record<string, (place: Place) => Promise<Booking>> = {
  'far future': (place) => bookCode(place, { device_id: home.august, code: '1111', ...window }),
  scheduled: async (place) => {
    const code = await bookCode(place, { device_id: home.august, code: '1111', ...window })
    await place.advanceTo(start - day)
    return code
  },
  'in flight': (place) => bookCode(place, { device_id: home.august, code: '1111' }),
  'set, ongoing': async (place) => {
    const code = await bookCode(place, { device_id: home.august, code: '1111' })
    await place.advance('1m')
    return code
  },
  'set, native': async (place) => {
    const code = await bookCode(place, { device_id: home.august, code: '1111', ...window })
    await place.advanceTo(start + hour)
    return code
  },
  'set, just in time': async (place) => {
    const code = await bookCode(place, { device_id: home.smartthings, code: '1111', ...window })
    await place.advanceTo(start + hour)
    return code
  },
}

const at = async (stage: keyof typeof stages) => {
  const place = emulator.open()
  const code = await stages[stage]?.(place)
  if (code === undefined) throw new Error(`There is no stage ${stage}`)
  await code.news()
  return { place, code }
}

describe('a new PIN', () => {
  test('in the far future holds at once: the lock knows nothing yet', async () => {
    const { place, code } = await at('far future')
    await code.update({ code: '2222' })
    expect(await code.get()).toMatchObject({ code: '2222', status: 'unset' })
    expect(await code.pending()).toEqual(['deferring_creation'])
    expect(await code.news()).toEqual([
      requested('updating_code', { code: '1111' }, { code: '2222' }),
      ...pinChanged('1111', '2222'),
    ])
    await place.advanceTo(start)
    expect(await code.news()).toEqual([scheduledOnDevice('2222'), setOnDevice('2222')])
    expect(await code.opens('1111')).toBe(false)
    expect(await code.opens('2222')).toBe(true)
  })

  test('of a scheduled code changes its slot in the memory and is scheduled anew', async () => {
    const { place, code } = await at('scheduled')
    const before = await code.slot()
    await code.update({ code: '2222' })
    expect(await code.get()).toMatchObject({
      status: 'unset',
      is_scheduled_on_device: true,
      pending_mutations: [
        { mutation_code: 'updating_code', from: { code: '1111' }, to: { code: '2222' } },
      ],
    })
    expect(await code.slot()).toEqual(before)
    await place.advance('1m')
    expect(await code.slot()).toEqual({ ...before, code: '2222' })
    expect(await code.pending()).toEqual([])
    await place.advanceTo(start)
    expect(await code.news()).toEqual([
      requested('updating_code', { code: '1111' }, { code: '2222' }),
      ...pinChanged('1111', '2222'),
      scheduledOnDevice('2222'),
      setOnDevice('2222'),
    ])
    expect(await code.opens('2222')).toBe(true)
  })

  test('asked for while the first is still on its way: the lock ends with the new one', async () => {
    const { place, code } = await at('in flight')
    await code.update({ code: '2222' })
    expect(await code.get()).toMatchObject({ status: 'setting', code: '2222' })
    await place.advance('1m')
    expect(await code.status()).toBe('set')
    expect(await code.news()).toEqual([
      requested('updating_code', { code: '1111' }, { code: '2222' }),
      ...pinChanged('1111', '2222'),
      setOnDevice('2222'),
    ])
    expect(await place.slots(home.august)).toHaveLength(1)
    expect(await code.opens('1111')).toBe(false)
    expect(await code.opens('2222')).toBe(true)
  })

  test.each(['set, ongoing', 'set, native', 'set, just in time'] as const)(
    'of a code that is %s: setting, with the old PIN opening until the lock has the new one',
    async (stage) => {
      const { place, code } = await at(stage)
      await code.update({ code: '2222' })
      expect(await code.get()).toMatchObject({
        status: 'setting',
        code: '2222',
        pending_mutations: [
          {
            mutation_code: 'updating_code',
            created_at: iso(await place.now()),
            from: { code: '1111' },
            to: { code: '2222' },
          },
        ],
      })
      expect(await code.opens('1111')).toBe(true)
      expect(await code.opens('2222')).toBe(false)
      await place.advance('1m')
      expect(await code.get()).toMatchObject({ status: 'set', pending_mutations: [] })
      expect(await code.opens('1111')).toBe(false)
      expect(await code.opens('2222')).toBe(true)
      expect(await code.news()).toEqual([
        requested('updating_code', { code: '1111' }, { code: '2222' }),
        ...pinChanged('1111', '2222'),
        setOnDevice('2222'),
      ])
    },
  )

  test('two PINs in a row: the second replaces the first, and from is what was in effect', async () => {
    const { place, code } = await at('set, ongoing')
    await code.update({ code: '2222' })
    await code.update({ code: '3333' })
    expect((await code.get()).pending_mutations).toMatchObject([
      { mutation_code: 'updating_code', from: { code: '1111' }, to: { code: '3333' } },
    ])
    await place.advance('1m')
    expect((await code.news()).slice(2)).toEqual([
      ...pinChanged('1111', '3333'),
      setOnDevice('3333'),
    ])
    expect(await code.opens('2222')).toBe(false)
    expect(await code.opens('3333')).toBe(true)
  })

  test('taken back before the lock had it leaves nothing to change', async () => {
    const { place, code } = await at('set, ongoing')
    await place.unplug(home.august_bridge)
    await code.update({ code: '2222' })
    expect(await code.status()).toBe('setting')
    await code.update({ code: '1111' })
    expect(await code.get()).toMatchObject({ status: 'set', pending_mutations: [] })
    await place.plug(home.august_bridge)
    await place.advance('1m')
    expect(await code.opens('1111')).toBe(true)
    expect((await code.news()).map((it) => it['event_type'])).not.toContain(
      'access_code.code_changed',
    )
  })
})

describe('a new name', () => {
  test.each(['far future', 'scheduled', 'in flight', 'set, ongoing'] as const)(
    'at the stage "%s" is told as name_changed with the name it had',
    async (stage) => {
      const { place, code } = await at(stage)
      const { name } = await code.get()
      await code.update({ name: 'Cleaner' })
      await place.advance('1m')
      expect((await code.get()).name).toBe('Cleaner')
      expect(await code.pending()).toEqual(stage === 'far future' ? ['deferring_creation'] : [])
      const news = await code.news()
      expect(news).toContainEqual(requested('updating_name', { name }, { name: 'Cleaner' }))
      expect(news).toContainEqual({
        event_type: 'access_code.name_changed',
        description: through('name'),
        from: { name },
        to: { name: 'Cleaner' },
      })
      expect(news).toContainEqual({
        event_type: 'access_code.changed',
        change_reason: 'updated through the Seam API',
        changed_properties: [{ property: 'name', from: name, to: 'Cleaner' }],
      })
      if (stage !== 'far future') expect(await code.slot()).toMatchObject({ name: 'Cleaner' })
    },
  )
})

describe('a new window', () => {
  const longer = iso(end + day)
  const moved = requested('updating_time_frame', window, {
    starts_at: window.starts_at,
    ends_at: longer,
  })
  const changed = [
    {
      event_type: 'access_code.time_frame_changed',
      description: through('time frame'),
      from: window,
      to: { starts_at: window.starts_at, ends_at: longer },
    },
    {
      event_type: 'access_code.changed',
      change_reason: 'updated through the Seam API',
      changed_properties: [{ property: 'ends_at', from: window.ends_at, to: longer }],
    },
  ]

  test('with a later end only is written into the memory of a native lock', async () => {
    const { place, code } = await at('set, native')
    await code.update({ ends_at: longer })
    expect(await code.pending()).toEqual(['updating_time_frame'])
    await place.advance('1m')
    expect(await code.slot()).toMatchObject({ ends_at: longer })
    expect(await code.news()).toEqual([moved, ...changed, setOnDevice('1111')])
    await place.advanceTo(end + day - 1)
    expect(await code.opens('1111')).toBe(true)
    await place.advance('1m')
    expect(await code.isGone()).toBe(true)
  })

  test('with a later end only is nothing to a just-in-time lock, and in effect at once', async () => {
    const { place, code } = await at('set, just in time')
    await code.update({ ends_at: longer })
    expect(await code.get()).toMatchObject({ status: 'set', pending_mutations: [] })
    expect(await code.news()).toEqual([moved, ...changed, setOnDevice('1111')])
    await place.advanceTo(end + day - 1)
    expect(await code.opens('1111')).toBe(true)
  })

  test('that begins much later takes a just-in-time code off the lock until then', async () => {
    const { place, code } = await at('set, just in time')
    const later = { starts_at: iso(start + 20 * day), ends_at: iso(start + 21 * day) }
    await code.update(later)
    await place.advance('1m')
    expect(await code.get()).toMatchObject({ status: 'unset', ...later })
    expect(await code.slot()).toBeUndefined()
    expect((await code.news()).map((it) => it['event_type'])).toEqual([
      'access_code.mutations_requested',
      'access_code.removed_from_device',
      'access_code.time_frame_changed',
      'access_code.changed',
    ])
    await place.advanceTo(start + 20 * day)
    expect(await code.status()).toBe('set')
  })

  test('that begins later makes a native code scheduled again', async () => {
    const { place, code } = await at('set, native')
    const later = { starts_at: iso(start + day), ends_at: iso(end + day) }
    await code.update(later)
    await place.advance('1m')
    expect(await code.get()).toMatchObject({ status: 'unset', is_scheduled_on_device: true })
    expect(await code.opens('1111')).toBe(false)
    await place.advanceTo(start + day)
    expect(await code.status()).toBe('set')
    expect((await code.news()).map((it) => it['event_type'])).toEqual([
      'access_code.mutations_requested',
      'access_code.time_frame_changed',
      'access_code.changed',
      'access_code.scheduled_on_device',
      'access_code.set_on_device',
    ])
  })

  test('given while an ended code is being removed brings it back', async () => {
    const { place, code } = await at('set, native')
    await place.unplug(home.august_bridge)
    await place.advanceTo(end + hour)
    expect(await code.status()).toBe('removing')
    await code.update({ ends_at: longer })
    await place.plug(home.august_bridge)
    await place.advance('1m')
    expect(await code.status()).toBe('set')
    expect(await code.opens('1111')).toBe(true)
  })

  test('makes an ongoing code time-bound', async () => {
    const { place, code } = await at('set, ongoing')
    await code.update({ type: 'time_bound', ...window })
    await place.advance('1m')
    expect(await code.get()).toMatchObject({
      type: 'time_bound',
      status: 'unset',
      is_scheduled_on_device: true,
      ...window,
    })
    expect(await code.slot()).toMatchObject(window)
    expect(await code.news()).toMatchObject([
      { event_type: 'access_code.mutations_requested' },
      {
        event_type: 'access_code.time_frame_changed',
        from: { starts_at: null, ends_at: null },
        to: window,
      },
      { event_type: 'access_code.changed' },
      { event_type: 'access_code.scheduled_on_device' },
    ])
    expect(await code.opens('1111')).toBe(false)
  })

  test.each(['far future', 'scheduled', 'set, native', 'set, just in time'] as const)(
    'dropped at the stage "%s" makes the code ongoing',
    async (stage) => {
      const { place, code } = await at(stage)
      await code.update({ type: 'ongoing' })
      await place.advance('1m')
      const ongoing = await code.get()
      expect(ongoing).toMatchObject({ type: 'ongoing', status: 'set', pending_mutations: [] })
      expect(ongoing).not.toHaveProperty('starts_at')
      expect(ongoing).not.toHaveProperty('ends_at')
      expect(await code.slot()).toMatchObject({ starts_at: null, ends_at: null })
      expect(await code.opens('1111')).toBe(true)
      expect(await code.news()).toContainEqual({
        event_type: 'access_code.time_frame_changed',
        description: through('time frame'),
        from: window,
        to: { starts_at: null, ends_at: null },
      })
      await place.advanceTo(end + day)
      expect(await code.opens('1111')).toBe(true)
    },
  )
})

test('all at once: one request, one event per kind of change, one changed with all', async () => {
  const { place, code } = await at('set, native')
  const { name } = await code.get()
  const ends_at = iso(end + day)
  await code.update({ name: 'Both', code: '2222', ends_at })
  await place.advance('1m')
  expect(await code.news()).toMatchObject([
    {
      event_type: 'access_code.mutations_requested',
      requested_mutations: [
        { mutation_code: 'updating_code' },
        { mutation_code: 'updating_name' },
        { mutation_code: 'updating_time_frame' },
      ],
    },
    { event_type: 'access_code.code_changed', from: { code: '1111' }, to: { code: '2222' } },
    { event_type: 'access_code.name_changed', from: { name }, to: { name: 'Both' } },
    { event_type: 'access_code.time_frame_changed', from: window },
    {
      event_type: 'access_code.changed',
      changed_properties: [
        { property: 'code', from: '1111', to: '2222' },
        { property: 'name', from: name, to: 'Both' },
        { property: 'ends_at', from: window.ends_at, to: ends_at },
      ],
    },
    { event_type: 'access_code.set_on_device', code: '2222' },
  ])
})

test('an update that changes nothing says nothing and succeeds', async () => {
  const { place, code } = await at('set, ongoing')
  await code.update({ code: '1111' })
  await place.advance('1m')
  expect(await code.news()).toEqual([])
  expect(await code.status()).toBe('set')
})

test('a dark bridge holds an update back, with its delay and failure, and does it on return', async () => {
  const { place, code } = await at('set, ongoing')
  await place.unplug(home.august_bridge)
  await code.update({ code: '2222' })
  await place.advance('30m')
  expect(await code.get()).toMatchObject({
    status: 'setting',
    pending_mutations: [{ mutation_code: 'updating_code' }],
    errors: [{ error_code: 'failed_to_set_on_device' }, { error_code: 'hub_disconnected' }],
    warnings: [{ warning_code: 'delay_in_setting_on_device' }],
  })
  expect(await code.opens('1111')).toBe(true)
  await place.plug(home.august_bridge)
  await place.advance(minute)
  expect(await code.get()).toMatchObject({ status: 'set', errors: [], warnings: [] })
  expect((await code.news()).map((it) => it['event_type'])).toEqual([
    'access_code.mutations_requested',
    'access_code.delay_in_setting_on_device',
    'access_code.failed_to_set_on_device',
    'access_code.code_changed',
    'access_code.changed',
    'access_code.set_on_device',
  ])
  expect(await code.opens('2222')).toBe(true)
})
