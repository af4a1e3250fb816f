/** The lock-out report of access grants: minutes by stay and door, as the locks themselves had it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { day, home, hour, iso, minute, startPlaces, T0 } from '../support/place.ts'
import { siteOf } from '../support/hotel.ts'
import type { Place } from '../support/place.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

const grantFor = (place: Place, device_ids: string[], more: object = {}) =>
  place.seam.accessGrants.create({
    user_identity: { full_name: 'Ada Guest' },
    device_ids,
    requested_access_methods: [{ mode: 'code' }],
    starts_at: iso(T0 + hour),
    ends_at: iso(T0 + 25 * hour),
    ...more,
  })

const reportOf = async (place: Place, stays: 'all' | string[] = 'all') => {
  const { stays: found, total } = await place.emulator.report({ stays })
  const minutes = found.map((stay) => ({
    name: stay.name,
    out: stay.locked_out_minutes,
    over: stay.overstay_minutes,
    doors: stay.doors.map((it) => [it.name, it.locked_out_minutes, it.overstay_minutes] as const),
  }))
  return { found, minutes, total }
}

test('a door whose bridge is out at the start is counted, by name, and no other', async () => {
  const place = emulator.open()
  await place.unplug(home.smartthings_hub)
  await grantFor(place, [home.august, home.smartthings], { reservation_key: 'r1' })
  await grantFor(place, [home.schlage], { access_grant_key: 'other' })
  await place.advanceTo(T0 + 4 * hour)
  await place.plug(home.smartthings_hub)
  await place.advanceTo(T0 + 26 * hour)
  const { found, minutes, total } = await reportOf(place, ['r1'])
  const { out = 0, doors = [] } = minutes[0] ?? {}
  // From the start to the moment at which the lock took the code.
  expect(out).toBeGreaterThanOrEqual(180)
  expect(out).toBeLessThan(185)
  expect(doors).toEqual([
    ['Front Door', 0, 0],
    ['Studio Door', out, expect.any(Number)],
  ])
  expect(found).toMatchObject([
    {
      reservation_key: 'r1',
      starts_at: iso(T0 + hour),
      doors: [
        { locked_out: [] },
        { locked_out: [{ from: iso(T0 + hour), reason: 'code_not_on_lock' }] },
      ],
    },
  ])
  expect(total).toMatchObject({ stays: 1, bookings: 0 })
  expect((await reportOf(place)).minutes.map(({ name }) => name)).toHaveLength(2)
})

test('a former guest who can still get in is counted: after the end, after a cancellation, after a move', async () => {
  const place = emulator.open()
  // Just in time: such a lock keeps its code until somebody takes it off.
  const shed = await place.hang('smartthings', { name: 'Shed', bridge_id: home.smartthings_hub })
  await grantFor(place, [home.smartthings], { name: 'Ended' })
  const moved = await grantFor(place, [shed, home.august], { name: 'Moved', ends_at: null })
  await place.advanceTo(T0 + 20 * hour)
  await place.unplug(home.smartthings_hub)
  await place.seam.client.post('/access_grants/update', {
    access_grant_id: moved.access_grant_id,
    device_ids: [home.august],
  })
  await place.advanceTo(T0 + 27 * hour)
  const { minutes } = await reportOf(place)
  expect(minutes).toMatchObject([
    { name: 'Ended', out: 0, over: 120, doors: [['Studio Door', 0, 120]] },
    {
      name: 'Moved',
      over: 420,
      doors: [
        ['Front Door', expect.any(Number), 0],
        ['Shed', 0, 420],
      ],
    },
  ])
  const [, before] = (await reportOf(place)).found
  await place.seam.accessGrants.delete({ access_grant_id: moved.access_grant_id })
  await place.advance(hour)
  const [, cancelled] = (await reportOf(place)).found
  const [front, left] = cancelled?.doors ?? []
  expect(left).toMatchObject({ name: 'Shed', overstay_minutes: 480 })
  // The front door has forgotten the code, as soon as it was told.
  expect(front?.overstay_minutes).toBeLessThan(1)
  expect(cancelled?.locked_out_minutes).toBe(before?.locked_out_minutes)
  await place.plug(home.smartthings_hub)
  await place.advance(hour)
  expect((await reportOf(place)).minutes.map(({ name }) => name)).toEqual(['Ended'])
})

test('a door that joins later is promised from then on, and not before', async () => {
  const place = emulator.open()
  const { space_id } = await place.seam.spaces.create({ name: 'Flat', device_ids: [home.august] })
  await place.seam.accessGrants.create({
    user_identity: { full_name: 'Ada Guest' },
    space_ids: [space_id],
    requested_access_methods: [{ mode: 'code' }],
    starts_at: iso(T0),
    ends_at: iso(T0 + 3 * day),
  })
  await place.advanceTo(T0 + day)
  await place.seam.spaces.addDevices({ space_id, device_ids: [home.schlage] })
  await place.advanceTo(T0 + 2 * day)
  const [stay] = (await reportOf(place)).found
  const added = stay?.doors.find(({ device_id }) => device_id === home.schlage)
  expect(added).toMatchObject({ promised_from: iso(T0 + day), overstay: [] })
  expect(added?.locked_out_minutes).toBeLessThan(2)
})

test('entrances of access systems are named as not judged: no minutes stand for them', async () => {
  const place = emulator.open()
  const hotel = await siteOf(place, 'visionline')
  const { access_grant_id } = await place.seam.accessGrants.create({
    user_identity: { full_name: 'Ada Guest' },
    device_ids: [home.august],
    acs_entrance_ids: [hotel.first],
    requested_access_methods: [{ mode: 'card' }, { mode: 'code' }],
    starts_at: iso(T0),
  })
  await place.advance(hour)
  const { found, total } = await reportOf(place, [access_grant_id])
  expect(found[0]?.doors.map(({ name }) => name)).toEqual(['Front Door'])
  const { display_name } = await place.seam.acs.entrances.get({ acs_entrance_id: hotel.first })
  expect(found[0]?.entrances_not_judged).toEqual([
    { acs_entrance_id: hotel.first, name: display_name },
  ])
  expect(total.entrances_not_judged).toBe(1)
})

test('beside bookings, and refused where nothing or nobody is meant', async () => {
  const place = emulator.open()
  await grantFor(place, [home.august], { access_grant_key: 'k' })
  await place.advance(2 * minute)
  const booking = {
    device_id: home.august,
    code: '9999',
    starts_at: iso(T0),
    ends_at: iso(T0 + minute),
  }
  const { total } = await place.emulator.report({ bookings: [booking], stays: ['k'] })
  expect(total).toMatchObject({ bookings: 1, stays: 1, locked_out_minutes: 1 })
  // Where nothing is named, the codes themselves are the stays: here the grant's one.
  expect((await place.raw('/_emulator/report', {})).status).toBe(200)
  const refused = async (body: object) => (await place.raw('/_emulator/report', body)).status
  expect(await refused({ stays: [] })).toBe(400)
  expect(await refused({ stays: ['nobody'] })).toBe(404)
})
