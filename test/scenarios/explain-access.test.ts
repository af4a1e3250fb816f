/** Access grants, stays and spaces explained: door by door, in plain words. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { day, home, hour, iso, minute, startPlaces, T0 } from '../support/place.ts'
import type { Place } from '../support/place.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

const requested_access_methods = [{ mode: 'code' } as const]

const grantFor = (place: Place, device_ids: string[], more: object = {}) =>
  place.seam.accessGrants.create({
    user_identity: { full_name: 'Ada Guest' },
    device_ids,
    requested_access_methods,
    starts_at: iso(T0),
    ends_at: iso(T0 + 2 * day),
    ...more,
  })

const explain = ({ emulator: it }: Place, access_grant_id: string) =>
  it.accessGrants.explain({ access_grant_id })

test('three of four doors are ready, and the fourth waits for its bridge, which would help', async () => {
  const place = emulator.open()
  await place.unplug(home.smartthings_hub)
  const { access_grant_id } = await grantFor(place, [
    home.august,
    home.schlage,
    home.smartthings,
    await place.hang('yale', { name: 'Shed' }),
  ])
  await place.advance(minute)
  const told = await explain(place, access_grant_id)
  expect(told).toMatchObject({ state: 'partly_ready', name: 'Ada Guest' })
  const [declared, headline, issuing, advice] = told.summary
  expect(declared).toBe(
    `The access grant "Ada Guest" for Ada Guest is from ${iso(T0)} to ${iso(T0 + 2 * day)}.`,
  )
  expect(headline).toMatch(/^Three of four doors are ready: .+ waits for its bridge \(.+\)\.$/)
  expect(issuing).toMatch(/^The PIN \d+ is not issued: do not hand it out yet; it is told as late/)
  expect(advice).toContain(`Plug in the bridge ${home.smartthings_hub} (bridges/plug).`)
  const open = told.doors.filter(({ state }) => state !== 'ready')
  expect(open).toMatchObject([
    {
      device_id: home.smartthings,
      state: 'waiting',
      status: 'setting',
      waits_for: { reason: 'lock_unreachable' },
      help: `Plug in the bridge ${home.smartthings_hub} (bridges/plug).`,
    },
  ])
  await place.plug(home.smartthings_hub)
  await place.advance(minute)
  const { state, summary } = await explain(place, access_grant_id)
  expect([state, summary[1]]).toEqual(['ready', 'All four doors are ready.'])
  expect(summary[2]).toMatch(/^The PIN \d+ is issued since /)
})

test('a fault is named as what holds a door up, by its commands or by its link', async () => {
  const place = emulator.open()
  await place.emulator.faults.create({
    on: 'access_code.set',
    name: 'stubborn lock',
    match: { device_id: home.schlage },
    effect: { kind: 'fail', message: 'Motor stuck.' },
  })
  await place.emulator.faults.create({
    on: 'bridge.link',
    name: 'vacuum cleaner',
    match: { bridge_id: home.august_bridge },
    effect: { kind: 'down' },
  })
  const { access_grant_id } = await grantFor(place, [home.august, home.schlage])
  await place.advance(2 * minute)
  const { doors, summary } = await explain(place, access_grant_id)
  expect(summary[1]).toMatch(/^None of its two doors is ready: .+ waits for its bridge.+ and .+/)
  expect(doors.find(({ device_id }) => device_id === home.august)?.help).toContain('vacuum cleaner')
  const schlage = doors.find(({ device_id }) => device_id === home.schlage)
  expect(schlage).toMatchObject({ waits_for: { reason: 'retry' }, last_error: 'Motor stuck.' })
  expect(schlage?.help).toMatch(/^Delete the fault stubborn lock, which has acted once/)
  expect(Date.parse(schlage?.next_try_at ?? '')).toBeGreaterThan(T0 + 2 * minute)
})

test('a door that waits for its time needs nothing, and says when it is programmed', async () => {
  const place = emulator.open()
  const { access_grant_id } = await grantFor(place, [home.august], {
    starts_at: iso(T0 + 10 * day),
    ends_at: iso(T0 + 12 * day),
  })
  const told = await explain(place, access_grant_id)
  expect(told.state).toBe('waiting')
  expect(told.doors).toMatchObject([
    {
      waits_for: { reason: 'lead_time', until: iso(T0 + 7 * day) },
      next_try_at: iso(T0 + 7 * day),
      help: `Nothing is wrong: advance the clock to ${iso(T0 + 7 * day)} to see it.`,
    },
  ])
  await place.advanceTo(T0 + 8 * day)
  const { doors, state } = await explain(place, access_grant_id)
  expect([state, doors[0]?.sentence]).toEqual([
    'ready',
    expect.stringMatching(/has the PIN \d+, which opens it from 2025-01-11/),
  ])
})

test('new times: the lock keeps the old window until it is told, and explain says so', async () => {
  const place = emulator.open()
  const { access_grant_id } = await grantFor(place, [home.august])
  await place.advance(minute)
  await place.unplug(home.august_bridge)
  await place.seam.accessGrants.update({ access_grant_id, ends_at: iso(T0 + 4 * day) })
  const { state, doors, summary } = await explain(place, access_grant_id)
  expect(state).toBe('waiting')
  expect(doors[0]?.sentence).toMatch(
    new RegExp(
      `waits for its bridge .+; meanwhile its lock takes the PIN \\d+ until ${iso(T0 + 2 * day)}`,
    ),
  )
  expect(summary.join('\n')).toContain('Warning updating_access_times')
})

test('what can never be is told apart: no keypad, a card, a method that was deleted', async () => {
  const place = emulator.open()
  const { access_grant_id } = await grantFor(place, [home.august, home.august_without_keypad])
  const { access_grant_id: card } = await grantFor(place, [home.schlage], {
    requested_access_methods: [{ mode: 'card' }],
  })
  await place.advance(minute)
  const told = await explain(place, access_grant_id)
  expect(told.doors.map(({ state }) => state)).toEqual(['ready', 'impossible'])
  expect(told.summary[1]).toMatch(/^One of two doors is ready: .+ takes no access codes\.$/)
  expect(await explain(place, card)).toMatchObject({
    state: 'impossible',
    doors: [{ help: 'Ask for the mode code.' }],
  })
  const [access_method_id = ''] = told.access_methods.map((it) => it.access_method_id)
  expect(await place.emulator.accessGrants.explain({ access_method_id })).toMatchObject({
    access_grant_id,
    doors: [{ device_id: home.august, state: 'ready' }],
  })
  await place.seam.accessMethods.delete({ access_method_id })
  await place.advance(minute)
  const after = await explain(place, access_grant_id)
  expect(after.doors[0]).toMatchObject({ state: 'withdrawn' })
  expect(await place.emulator.accessGrants.explain({ access_method_id })).toMatchObject({
    state: 'deleted',
    summary: [expect.stringContaining('its last event was access_method.deleted')],
  })
})

test('the end and a deletion wait for locks that cannot be reached; then nothing is left', async () => {
  const place = emulator.open()
  const { access_grant_id } = await grantFor(place, [home.smartthings])
  await place.advance(minute)
  await place.unplug(home.smartthings_hub)
  await place.advanceTo(T0 + 2 * day + minute)
  const over = await explain(place, access_grant_id)
  expect(over.state).toBe('over')
  expect(over.summary[1]).toMatch(
    /^Its time is over, but .+ still has its code: it waits for its bridge/,
  )
  await place.seam.accessGrants.delete({ access_grant_id })
  expect((await explain(place, access_grant_id)).summary[1]).toMatch(
    /^It is being deleted, but .+ still has its code/,
  )
  await place.plug(home.smartthings_hub)
  await place.advance(minute)
  const gone = await explain(place, access_grant_id)
  expect([gone.state, gone.summary[0]]).toEqual([
    'deleted',
    expect.stringContaining('its last event was access_grant.deleted'),
  ])
})

test('an open end in the future waits for its start', async () => {
  const place = emulator.open()
  const { access_grant_id } = await grantFor(place, [home.august], {
    starts_at: iso(T0 + day),
    ends_at: null,
  })
  expect((await explain(place, access_grant_id)).doors).toMatchObject([
    {
      state: 'waiting',
      access_code_id: null,
      waits_for: { reason: 'start', until: iso(T0 + day) },
    },
  ])
})

const customer_key = 'sunny-homes'
const guest = { user_identity_key: 'g1', name: 'Ada Guest' }
const reservation = {
  reservation_key: 'r1',
  starts_at: iso(T0 + hour),
  ends_at: iso(T0 + 25 * hour),
  user_identity_key: 'g1',
  space_keys: ['flat-1'],
}

test('a stay says what was pushed, what its automation could not do, and what would help', async () => {
  const place = emulator.open()
  const { seam } = place
  const stay = () => place.emulator.stays.explain({ stay_key: 'r1' })
  await seam.customers.pushData({
    customer_key,
    user_identities: [guest],
    spaces: [{ space_key: 'flat-1', name: 'Flat 1' }],
    reservations: [reservation],
  })
  const expected = await stay()
  expect(expected.stays).toMatchObject([{ kind: 'reservation', state: 'expected' }])
  expect(expected.summary[1]).toMatch(/^Its automation runs at .+: push_data only takes note of it/)
  await place.advance(minute)
  const failed = await stay()
  expect(failed.stays).toMatchObject([{ state: 'failed', access_grant_id: null }])
  expect(failed.summary.join('\n')).toMatch(
    /reservation_created failed at .+ with space_has_no_devices[\s\S]+spaces\/add_devices/,
  )
  const space = await place.emulator.spaces.explain({ space_key: 'flat-1' })
  expect(space.summary).toEqual([
    'Flat 1 has no devices and no access grants.',
    expect.stringContaining('add them with spaces/add_devices'),
    'The stay r1 has no access: space_has_no_devices.',
  ])

  const { space_id } = space
  await seam.spaces.addDevices({ space_id, device_ids: [home.august] })
  await place.unplug(home.august_bridge)
  await seam.customers.pushData({ customer_key, reservations: [reservation] })
  await place.advance(minute)
  const granted = await stay()
  expect(granted.stays).toMatchObject([{ state: 'granted' }])
  expect(granted.access_grants).toMatchObject([{ reservation_key: 'r1', state: 'waiting' }])
  expect(granted.summary.at(-1)).not.toContain('failed')
  const told = await place.emulator.spaces.explain({ space_id })
  expect(told.devices).toMatchObject([{ online: false, offline_cause: 'hub_disconnected' }])
  expect(told.access_grants[0]?.headline).toMatch(/^Its door is not ready: .+ waits for its bridge/)

  await seam.customers.deleteData({ reservation_keys: ['r1'] })
  const gone = await stay()
  expect(gone.stays).toEqual([])
  expect(gone.summary[0]).toBe('The stay r1 was deleted by delete_data.')
})

test('what never was is a 404, and more or less than one way to say it a 400', async () => {
  const place = emulator.open()
  const status = async (path: string, body: object) =>
    (await place.raw(`/_emulator/${path}`, body)).status
  const id = '00000000-0000-4000-8000-000000000000'
  expect(await status('access_grants/explain', { access_grant_id: id })).toBe(404)
  expect(await status('access_grants/explain', { access_method_id: id })).toBe(404)
  expect(await status('access_grants/explain', { access_grant_key: 'k' })).toBe(404)
  expect(await status('stays/explain', { stay_key: 'k' })).toBe(404)
  expect(await status('spaces/explain', { space_key: 'k' })).toBe(404)
  expect(await status('access_grants/explain', {})).toBe(400)
  expect(await status('spaces/explain', { space_key: 'k', space_id: id })).toBe(400)
})
