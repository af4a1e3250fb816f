/** What becomes of access grants on locks that cannot do what is asked, with the official SDK and the door as judge. */
import { expect, test } from 'vitest'
import { placesThatReach } from '../fidelity/reaches.ts'
import { day, home, hour, iso, minute, T0 } from '../support/place.ts'
import type { Place } from '../support/place.ts'

const emulator = placesThatReach()

type NewGrant = Parameters<Place['seam']['accessGrants']['create']>[0]
type Doors = Pick<NewGrant, 'device_ids' | 'space_ids'>

const guest = { full_name: 'Ada Guest' }
const wish = (code?: string) => [{ mode: 'code' as const, code }]

const create = ({ seam }: Place, doors: Doors, more: Partial<NewGrant> = {}) =>
  seam.accessGrants.create({
    user_identity: more.user_identity_id === undefined ? guest : undefined,
    requested_access_methods: wish(),
    ends_at: iso(T0 + 2 * day),
    ...doors,
    ...more,
  })

interface Told {
  errors: { error_code: string }[]
  warnings: { warning_code: string }[]
  pending_mutations: { mutation_code: string }[]
}
/** Everything that is told of a thing, by its codes. */
const told = ({ errors, warnings, pending_mutations }: Told): string[] => [
  ...errors.map((it) => it.error_code),
  ...warnings.map((it) => it.warning_code),
  ...pending_mutations.map((it) => it.mutation_code),
]

const look = async ({ seam }: Place, access_grant_id: string) => {
  const grant = await seam.accessGrants.get({ access_grant_id })
  const methods = await seam.accessMethods.list({ access_grant_id })
  return { grant, methods, told: told(grant), pins: methods.map(({ code }) => code ?? null) }
}

/** Seam's document has no targets here, its guide has. */
const move = (place: Place, access_grant_id: string, doors: Doors) =>
  place.raw('/access_grants/update', { access_grant_id, ...doors })

/** The types of the events of a grant so far, without those of its codes. */
const eventsOf = async ({ seam }: Place, access_grant_id: string): Promise<string[]> => {
  const events = await seam.events.list({ since: iso(T0 - 1), access_grant_id })
  return events
    .map((it) => it.event_type)
    .filter((type) => /^access_(grant|method)/.test(type))
    .toReversed()
    .map((type) => type.replace('access_', ''))
}

test('a spare code stands in for one that failed until the start, as a method of its own', async () => {
  const place = emulator.open()
  const { seam } = place
  await seam.accessCodes.create({
    device_id: home.schlage,
    code: '8520',
    starts_at: iso(T0),
    ends_at: iso(T0 + 9 * day),
    use_backup_access_code_pool: true,
  })
  await place.advance('5m')
  const { access_grant_id } = await create(
    place,
    { device_ids: [home.schlage] },
    { starts_at: iso(T0 + 4 * day), ends_at: iso(T0 + 6 * day) },
  )
  await place.emulator.faults.create({
    on: 'access_code.set',
    match: { access_grant_id },
    effect: { kind: 'fail' },
  })
  await place.advanceTo(T0 + 4 * day + minute)
  const { methods } = await look(place, access_grant_id)
  const [original, spare] = methods
  expect(methods).toHaveLength(2)
  expect(original && told(original)).toContain('failed_to_issue')
  expect(spare).toMatchObject({
    is_issued: true,
    warnings: [
      {
        warning_code: 'pulled_backup_access_code',
        original_access_method_id: original?.access_method_id,
      },
    ],
  })
  const issued = await seam.events.list({
    since: iso(T0),
    access_method_id: spare?.access_method_id ?? '',
    event_type: 'access_method.issued',
  })
  expect(issued).toMatchObject([{ is_backup_code: true, code: spare?.code }])
  expect(await place.opens(home.schlage, spare?.code ?? '')).toBe(true)
  await seam.accessGrants.delete({ access_grant_id })
  await place.advance('30m')
  expect(await place.opens(home.schlage, spare?.code ?? '')).toBe(false)
  expect(await place.raw('/access_grants/get', { access_grant_id })).toMatchObject({ status: 404 })
})

test('a lock with offline codes alone has one of those, which stays until its end', async () => {
  const place = emulator.open()
  const { seam } = place
  const shed = await place.hang('igloohome', {
    connected_account_id: home.igloohome_account,
    location: { time_zone: 'Europe/Berlin' },
  })
  const starts_at = iso(T0 + 2 * hour)
  const { access_grant_id, access_method_ids } = await create(
    place,
    { device_ids: [home.august, shed] },
    { starts_at, ends_at: iso(T0 + 5 * hour) },
  )
  expect(access_method_ids).toHaveLength(2)
  await place.advance('2m')
  const { methods, told: about } = await look(place, access_grant_id)
  expect(about).toEqual([])
  expect(methods.map((it) => it.is_issued)).toEqual([true, true])
  const pin = methods[1]?.code ?? ''
  const [code] = await seam.accessCodes.list({ device_id: shed })
  expect(code).toMatchObject({ is_offline_access_code: true, code: pin })
  await place.advanceTo(T0 + 3 * hour)
  expect(await place.opens(shed, pin)).toBe(true)
  // Such a code cannot be taken back.
  await move(place, access_grant_id, { device_ids: [home.august] })
  const moved = await look(place, access_grant_id)
  expect(moved.told).toEqual(['overprovisioned_access'])
  expect(moved.grant.warnings).toMatchObject([
    {
      failed_devices: [{ device_id: shed, error_code: 'offline_access_code_not_revocable' }],
    },
  ])
  expect(await place.opens(shed, pin)).toBe(true)
  await place.advanceTo(T0 + 6 * hour)
  expect(await place.opens(shed, pin)).toBe(false)
  expect((await look(place, access_grant_id)).told).toEqual([])
})

test('locks of one provider that chooses PINs share one, and a wish is told to be without effect', async () => {
  const place = emulator.open()
  const front = await place.hang('salto_ks')
  const back = await place.hang('salto_ks')
  const { access_grant_id, access_method_ids } = await create(
    place,
    { device_ids: [front, back, home.august] },
    { requested_access_methods: wish('471147') },
  )
  expect(access_method_ids).toHaveLength(2)
  const before = await look(place, access_grant_id)
  expect(new Set(before.pins)).toEqual(new Set(['471147', null]))
  await place.advance('5m')
  const { methods, grant } = await look(place, access_grant_id)
  const chosen = methods.find(({ code }) => code !== '471147')
  const pin = chosen?.code ?? ''
  expect(pin).toMatch(/^\d{6}$/)
  expect(chosen).toMatchObject({ is_issued: true })
  expect(grant.warnings).toMatchObject(
    [front, back].map((device_id) => ({
      warning_code: 'requested_code_unavailable',
      device_id,
      original_code: '471147',
      new_code: pin,
    })),
  )
  expect(await place.opens(front, pin)).toBe(true)
  expect(await place.opens(back, pin)).toBe(true)
  expect(await place.opens(home.august, pin)).toBe(false)
  expect(await place.opens(home.august, '471147')).toBe(true)
})

test.each([
  ['ongoing_not_supported', { ends_at: null }],
  ['duration_exceeds_max', { ends_at: iso(T0 + 60 * day) }],
  ['times_do_not_match_slots', { ends_at: iso(T0 + 2 * day) }],
  // Half an hour before the slot begins, which a plain offline code would be rounded to.
  ['times_do_not_match_slots', { starts_at: iso(T0 + 14.5 * hour), ends_at: iso(T0 + 57 * hour) }],
] as const)('times that a lock has no code for are told: %s', async (reason, times) => {
  const place = emulator.open()
  const door = await place.hang('dormakaba_oracode', { location: { time_zone: 'Europe/Berlin' } })
  const some = await create(place, { device_ids: [door, home.august] }, times)
  expect(told(some)).toEqual(['device_time_constraints_violated'])
  expect(some.warnings).toMatchObject([{ device_id: door, reason }])
  expect(some.access_method_ids).toHaveLength(1)
  const none = await create(place, { device_ids: [door] }, times)
  expect(told(none)).toEqual([
    'cannot_create_requested_access_methods',
    'device_time_constraints_violated',
  ])
  expect(none.errors).toMatchObject([{ missing_device_ids: [door] }])
  // Times that fit bring it.
  const { access_grant_id } = some
  const slot = { starts_at: iso(T0 + 15 * hour), ends_at: iso(T0 + 57 * hour) }
  await place.seam.accessGrants.update({ access_grant_id, ...slot })
  await place.advance('5m')
  const fitting = await look(place, access_grant_id)
  expect(fitting.told).toEqual([])
  expect(fitting.methods.map((it) => it.is_issued)).toEqual([true, true])
})

test('another door takes the place of the old one with the same PIN, when the old one is free of it', async () => {
  const place = emulator.open()
  const { seam } = place
  const { access_grant_id } = await create(place, { device_ids: [home.august] })
  await place.advance(minute)
  const [pin] = (await look(place, access_grant_id)).pins
  const moved = await move(place, access_grant_id, { device_ids: [home.schlage] })
  expect(moved).toMatchObject({ status: 200, body: { ok: true } })
  const between = await look(place, access_grant_id)
  expect(between.told).toEqual([
    'underprovisioned_access',
    'overprovisioned_access',
    'updating_spaces',
  ])
  expect(between.grant.pending_mutations).toMatchObject([
    { from: { device_ids: [home.august] }, to: { device_ids: [home.schlage] } },
  ])
  expect(between.methods.flatMap(told)).toEqual(['provisioning_access', 'revoking_access'])
  await place.advance(minute)
  const after = await look(place, access_grant_id)
  expect(after).toMatchObject({ told: [], pins: [pin] })
  expect(await place.opens(home.august, pin ?? '')).toBe(false)
  expect(await place.opens(home.schlage, pin ?? '')).toBe(true)
  expect((await eventsOf(place, access_grant_id)).slice(4)).toEqual([
    'method.revoked',
    'method.reissued',
    'grant.access_granted_to_all_doors',
  ])
  // A space in the place of the device, and then of both: each kind is replaced as a whole.
  const { space_id } = await seam.spaces.create({ name: 'Flat', device_ids: [home.august] })
  await move(place, access_grant_id, { device_ids: [], space_ids: [space_id] })
  await place.advance(minute)
  expect(await place.opens(home.august, pin ?? '')).toBe(true)
  expect(await place.opens(home.schlage, pin ?? '')).toBe(false)
  expect((await look(place, access_grant_id)).grant.space_ids).toEqual([space_id])
})

test('a grant that loses its last door says so, and stays', async () => {
  const place = emulator.open()
  const { seam } = place
  const { space_id } = await seam.spaces.create({ name: 'Flat', device_ids: [home.august] })
  const { access_grant_id } = await create(place, { space_ids: [space_id] })
  await place.advance(minute)
  await seam.spaces.delete({ space_id })
  await place.advance(minute)
  const { grant, methods, told: about } = await look(place, access_grant_id)
  expect(about).toEqual(['cannot_create_requested_access_methods'])
  expect(methods).toEqual([])
  expect(grant.errors).toMatchObject([{ missing_device_ids: [] }])
  expect(await place.slots(home.august)).toEqual([])
})

test('a lock that Seam lets go of leaves the grant, and its code to the lock; managed again, it is served anew', async () => {
  const place = emulator.open()
  const { seam } = place
  const doors = [home.august, home.schlage]
  const { access_grant_id } = await create(place, { device_ids: doors })
  await place.advance(minute)
  const [pin = ''] = (await look(place, access_grant_id)).pins
  await seam.devices.update({ device_id: home.schlage, is_managed: false })
  const without = await look(place, access_grant_id)
  expect(without.told).toContain('underprovisioned_access')
  await place.advance(minute)
  expect((await look(place, access_grant_id)).methods).toMatchObject([
    { is_issued: true, code: pin },
  ])
  expect(await place.opens(home.schlage, pin ?? '')).toBe(true)
  await seam.devices.unmanaged.update({ device_id: home.schlage, is_managed: true })
  await place.advance('15m')
  const again = await look(place, access_grant_id)
  expect(again.told).toEqual([])
  // Its old PIN is somebody else's now: an unmanaged code on the lock.
  expect(again.pins).toHaveLength(2)
  for (const [index, door] of doors.entries())
    expect(await place.opens(door, again.pins[index] ?? '')).toBe(true)
})

test('a lock that vanishes from its account leaves the grant without a command', async () => {
  const place = emulator.open()
  const { seam } = place
  const { access_grant_id } = await create(place, { device_ids: [home.august, home.schlage] })
  await place.advance(minute)
  await seam.devices.simulate.remove({ device_id: home.schlage })
  await place.advance(hour)
  const { methods, told: about } = await look(place, access_grant_id)
  expect(about).toEqual(['underprovisioned_access'])
  expect(methods).toMatchObject([{ is_issued: true }])
  await seam.accessGrants.delete({ access_grant_id })
  await place.advance(hour)
  expect(await place.raw('/access_grants/get', { access_grant_id })).toMatchObject({ status: 404 })
})

test('a door of an account that is deleted is a door no longer', async () => {
  const place = emulator.open()
  const { seam } = place
  const { access_grant_id } = await create(place, { device_ids: [home.august, home.schlage] })
  await place.advance(minute)
  await seam.connectedAccounts.delete({ connected_account_id: home.schlage_account })
  await place.advance(minute)
  expect(await look(place, access_grant_id)).toMatchObject({
    told: [],
    methods: [{ is_issued: true }],
  })
})

test('a fault that names a grant strikes its codes and no others', async () => {
  const place = emulator.open()
  const times = { starts_at: iso(T0 + 4 * day), ends_at: iso(T0 + 5 * day) }
  const doors = { device_ids: [home.schlage] }
  const struck = await create(place, doors, times)
  const other = await create(place, doors, times)
  await place.emulator.faults.create({
    on: 'access_code.set',
    match: { access_grant_id: struck.access_grant_id },
    effect: { kind: 'fail' },
  })
  await place.advanceTo(T0 + 2 * day)
  const [failing, fine] = [
    await look(place, struck.access_grant_id),
    await look(place, other.access_grant_id),
  ]
  expect(failing.methods).toMatchObject([{ is_issued: false }])
  expect(fine.methods).toMatchObject([{ is_issued: true }])
})

test('codes that find no room keep their method from being issued, until there is some', async () => {
  const place = emulator.open()
  const { seam } = place
  const door = await place.hang('schlage', { profile: { memory_slots: 1 } })
  const { access_code_id } = await seam.accessCodes.create({ device_id: door, code: '8520' })
  await place.advance(minute)
  const { access_grant_id } = await create(place, { device_ids: [door, home.august] })
  await place.advance(hour)
  const full = await look(place, access_grant_id)
  expect(full.methods).toMatchObject([{ is_issued: false }])
  expect(full.methods.flatMap(told)).toContain('failed_to_issue')
  // The other door is open all the same.
  expect(await place.opens(home.august, full.pins[0] ?? '')).toBe(true)
  await seam.accessCodes.delete({ access_code_id })
  await place.advance(hour)
  const after = await look(place, access_grant_id)
  expect(after).toMatchObject({
    told: [],
    methods: [{ is_issued: true, errors: [], warnings: [] }],
  })
  expect(await place.opens(door, after.pins[0] ?? '')).toBe(true)
})

test('a lock that Seam lets go of before the codes are made leaves the grant at once', async () => {
  const place = emulator.open()
  const { seam } = place
  const starts_at = iso(T0 + 5 * day)
  const doors = [home.august, home.schlage]
  const { access_grant_id } = await create(
    place,
    { device_ids: doors },
    { starts_at, ends_at: null },
  )
  await seam.devices.update({ device_id: home.schlage, is_managed: false })
  const { access_method_ids } = await seam.accessGrants.get({ access_grant_id })
  const { devices } = await seam.accessMethods.getRelated({
    access_method_ids,
    include: ['devices'],
  })
  expect(devices?.map((it) => it.device_id)).toEqual([home.august])
  await place.advanceTo(T0 + 5 * day + minute)
  const { methods, pins } = await look(place, access_grant_id)
  expect(methods).toMatchObject([{ is_issued: true }])
  expect(await place.opens(home.august, pins[0] ?? '')).toBe(true)
  expect(await place.slots(home.schlage)).toEqual([])
})

test('a person who is deleted is there until the last lock is clean', async () => {
  const place = emulator.open()
  const { seam } = place
  const { access_grant_id, user_identity_id } = await create(place, { device_ids: [home.august] })
  await place.advance(minute)
  const [pin] = (await look(place, access_grant_id)).pins
  await place.unplug(home.august_bridge)
  await seam.userIdentities.delete({ user_identity_id })
  expect(await seam.userIdentities.get({ user_identity_id })).toMatchObject({
    warnings: [{ warning_code: 'being_deleted' }],
  })
  expect((await look(place, access_grant_id)).told).toEqual(['being_deleted'])
  await place.advance(hour)
  expect(await place.opens(home.august, pin ?? '')).toBe(true)
  await place.plug(home.august_bridge)
  await place.advance('2m')
  expect(await place.opens(home.august, pin ?? '')).toBe(false)
  for (const [path, body] of [
    ['/user_identities/get', { user_identity_id }],
    ['/access_grants/get', { access_grant_id }],
  ] as const)
    expect(await place.raw(path, body)).toMatchObject({ status: 404 })
})

test('a person shows what is wrong with who they are in an access system', async () => {
  const place = emulator.open()
  const { acs, userIdentities } = place.seam
  const { acs_system_id } = await place.emulator.acsSystems.create({ model: 'brivo' })
  const { user_identity_id } = await userIdentities.create({ full_name: 'Jane Doe' })
  await place.emulator.faults.create({ on: 'acs.user', times: 1, effect: { kind: 'fail' } })
  const { acs_user_id } = await acs.users.create({
    acs_system_id,
    full_name: 'Jane Doe',
    user_identity_id,
  })
  await place.advance('10s')
  expect(await userIdentities.get({ user_identity_id })).toMatchObject({
    errors: [{ error_code: 'issue_with_acs_user', acs_system_id, acs_user_id }],
  })
  await place.advance('15m')
  expect(await userIdentities.get({ user_identity_id })).toMatchObject({ errors: [] })
})
