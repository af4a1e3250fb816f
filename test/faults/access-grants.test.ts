/** Faults that strike one access grant, or one of its methods, and count what they struck. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { home, iso, minute, startPlaces, T0, day } from '../support/place.ts'
import type { Place } from '../support/place.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

const grantFor = async ({ seam }: Place, device_ids: string[], name: string) => {
  const grant = await seam.accessGrants.create({
    user_identity: { full_name: name },
    device_ids,
    requested_access_methods: [{ mode: 'code' }],
    // So that a fault can be made before the lock is told.
    starts_at: iso(T0 + 10 * day),
    ends_at: iso(T0 + 12 * day),
  })
  const [access_method_id = ''] = grant.access_method_ids
  return { ...grant, access_method_id }
}

const isIssued = async ({ seam }: Place, { access_method_id }: { access_method_id: string }) =>
  (await seam.accessMethods.get({ access_method_id })).is_issued

const hitsOf = async (place: Place, fault_id: string) =>
  (await place.emulator.faults.list()).find((it) => it.fault_id === fault_id)?.hits

test('a fault on setting strikes the codes of its grant at every door, as often as it counts, and no others', async () => {
  const place = emulator.open()
  const struck = await grantFor(place, [home.august, home.schlage], 'Ada')
  const spared = await grantFor(place, [home.august, home.schlage], 'Ben')
  const { fault_id } = await place.emulator.faults.create({
    on: 'access_code.set',
    match: { access_grant_id: struck.access_grant_id },
    times: 3,
    effect: { kind: 'fail' },
  })
  await place.advanceTo(T0 + 7 * day + 5 * minute)
  expect(await hitsOf(place, fault_id)).toBe(2)
  expect(await isIssued(place, spared)).toBe(true)
  expect(await isIssued(place, struck)).toBe(false)
  await place.advance(10 * minute)
  expect(await hitsOf(place, fault_id)).toBe(3)
  expect(await isIssued(place, struck)).toBe(false)
  await place.advance(10 * minute)
  expect(await hitsOf(place, fault_id)).toBe(3)
  expect(await isIssued(place, struck)).toBe(true)
})

test('a fault on one method leaves the other method of the same grant alone', async () => {
  const place = emulator.open()
  const grant = await grantFor(place, [home.august], 'Ada')
  const { access_grant_id } = grant
  const { access_method_ids } = await place.seam.accessGrants.requestAccessMethods({
    access_grant_id,
    requested_access_methods: [{ mode: 'code' }],
  })
  const other = { access_method_id: access_method_ids.at(-1) ?? '' }
  const { fault_id } = await place.emulator.faults.create({
    on: 'access_code.set',
    match: { access_method_id: grant.access_method_id },
    after: 1,
    times: 1,
    effect: { kind: 'fail' },
  })
  const refusing = await place.emulator.faults.create({
    on: 'access_code.set',
    match: { access_method_id: other.access_method_id },
    effect: { kind: 'fail' },
  })
  await place.advanceTo(T0 + 7 * day + 5 * minute)
  // The first occasion passes, as the fault strikes after it.
  expect([await isIssued(place, grant), await isIssued(place, other)]).toEqual([true, false])
  expect(await hitsOf(place, fault_id)).toBe(0)
  expect(await hitsOf(place, refusing.fault_id)).toBe(1)
})

test('faults on changing and removing strike the codes of a grant too', async () => {
  const place = emulator.open()
  const { access_grant_id, access_method_id } = await grantFor(place, [home.august], 'Ada')
  await place.advanceTo(T0 + 8 * day)
  const [onUpdate, onRemove] = await Promise.all(
    (['access_code.update', 'access_code.remove'] as const).map((on) =>
      place.emulator.faults.create({
        on,
        match: { access_grant_id },
        times: 1,
        effect: { kind: 'fail' },
      }),
    ),
  )
  await place.seam.accessGrants.update({ access_grant_id, ends_at: iso(T0 + 13 * day) })
  await place.advance(5 * minute)
  expect(await hitsOf(place, onUpdate?.fault_id ?? '')).toBe(1)
  expect(await isIssued(place, { access_method_id })).toBe(false)
  await place.advance(10 * minute)
  expect(await isIssued(place, { access_method_id })).toBe(true)
  await place.seam.accessGrants.delete({ access_grant_id })
  await place.advance(5 * minute)
  expect(await hitsOf(place, onRemove?.fault_id ?? '')).toBe(1)
  expect(await place.slots(home.august)).toHaveLength(1)
  await place.advance(10 * minute)
  expect(await place.slots(home.august)).toEqual([])
})

test('a message about a grant, its method or its code can be dropped, counted', async () => {
  const place = emulator.open()
  const { inbox, faults } = place.emulator
  await place.seam.webhooks.create({ url: inbox.url('app'), event_types: ['*'] })
  const spared = await grantFor(place, [home.schlage], 'Ben')
  const struck = await grantFor(place, [home.august], 'Ada')
  const { fault_id } = await faults.create({
    on: 'webhook',
    match: { access_method_id: struck.access_method_id, event_type: 'access_method.issued' },
    times: 1,
    effect: { kind: 'drop' },
  })
  await place.advanceTo(T0 + 8 * day)
  const issued = (await inbox.list()).filter((it) => it.event_type === 'access_method.issued')
  expect(issued).toHaveLength(1)
  expect(JSON.stringify(issued[0])).toContain(spared.access_method_id)
  expect(await hitsOf(place, fault_id)).toBe(1)
  const ofGrant = await faults.create({
    on: 'webhook',
    match: { access_grant_id: struck.access_grant_id },
    effect: { kind: 'drop' },
  })
  await place.advanceTo(T0 + 10 * day + minute)
  expect(await hitsOf(place, ofGrant.fault_id)).toBeGreaterThan(0)
})
