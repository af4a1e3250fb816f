/** Questions about grants that Seam's sources leave open, each answered by a test (docs/decisions/0121). */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { day, home, hour, iso, minute, startPlaces, T0 } from '../support/place.ts'
import type { Place } from '../support/place.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

type NewGrant = Parameters<Place['seam']['accessGrants']['create']>[0]
const code = [{ mode: 'code' as const }]

const create = (place: Place, input: Partial<NewGrant>) =>
  place.seam.accessGrants.create({
    ...(input.user_identity_id === undefined && { user_identity: { full_name: 'Ada Guest' } }),
    requested_access_methods: code,
    ends_at: iso(T0 + 2 * day),
    ...input,
  })

const pinOf = async (place: Place, access_grant_id: string): Promise<string> =>
  (await place.seam.accessMethods.list({ access_grant_id }))[0]?.code ?? ''

const refusal = z.object({ statusCode: z.number(), code: z.string() })
const refused = async (asked: Promise<unknown>): Promise<string> => {
  const failure = await asked.then(
    () => null,
    (error: unknown) => refusal.parse(error),
  )
  return failure === null ? 'none' : `${failure.statusCode} ${failure.code}`
}

const typesOf = async ({ seam }: Place, access_grant_id: string): Promise<string[]> =>
  (await seam.events.list({ since: iso(T0 - 1), access_grant_id })).map((it) => it.event_type)

test('Q5: after its end a grant can be read, is issued no longer, and keeps its key', async () => {
  const place = emulator.open()
  const { seam } = place
  const { access_grant_id } = await create(place, {
    device_ids: [home.august],
    access_grant_key: 'stay',
  })
  await place.advanceTo(T0 + 3 * day)
  expect(await seam.accessGrants.get({ access_grant_key: 'stay' })).toMatchObject({
    access_grant_id,
    errors: [],
    warnings: [],
    pending_mutations: [],
  })
  expect(await seam.accessMethods.list({ access_grant_id })).toMatchObject([
    { is_issued: false, issued_at: null, errors: [], warnings: [], pending_mutations: [] },
  ])
  const again = {
    device_ids: [home.august],
    access_grant_key: 'stay',
    ends_at: iso(T0 + 9 * day),
  }
  expect(await refused(create(place, again))).toBe('409 access_grant_already_exists')
  await seam.accessGrants.delete({ access_grant_id })
  expect(await refused(create(place, again))).toBe('none')
})

test('Q6: keys and addresses that are in use are conflicts, also of a person made on the spot', async () => {
  const place = emulator.open()
  const { seam } = place
  const { access_grant_id } = await create(place, {
    device_ids: [home.august],
    access_grant_key: 'stay',
    user_identity: { email_address: 'ada@example.com', phone_number: '+15555550100' },
  })
  const people = (await seam.userIdentities.list()).length
  const other = { device_ids: [home.august] }
  expect(await refused(create(place, { ...other, access_grant_key: 'stay' }))).toBe(
    '409 access_grant_already_exists',
  )
  for (const user_identity of [
    { email_address: 'ada@example.com' },
    { phone_number: '+15555550100' },
  ]) {
    expect(await refused(create(place, { ...other, user_identity }))).toBe(
      '409 user_identity_email_or_phone_conflict',
    )
  }
  expect(await seam.userIdentities.list()).toHaveLength(people)
  expect(await seam.accessGrants.list()).toMatchObject([{ access_grant_id }])
})

test('Q7: a reservation key on locks is a label, by which grants and methods are found', async () => {
  const place = emulator.open()
  const { seam } = place
  const stay = { device_ids: [home.august], reservation_key: 'r1' }
  const first = await create(place, stay)
  const second = await create(place, { ...stay, device_ids: [home.schlage] })
  await create(place, { device_ids: [home.august] })
  await place.advance(minute)
  const found = await seam.accessGrants.list({ reservation_key: 'r1' })
  expect(found.map((it) => it.access_grant_id).toSorted()).toEqual(
    [first.access_grant_id, second.access_grant_id].toSorted(),
  )
  const pin = await pinOf(place, first.access_grant_id)
  await seam.accessMethods.delete({ reservation_key: 'r1' })
  await place.advance(minute)
  expect(await place.opens(home.august, pin)).toBe(false)
  const { access_grant_id } = first
  expect(await seam.accessMethods.list({ access_grant_id })).toEqual([])
  expect(await seam.accessGrants.get({ access_grant_id })).toMatchObject({ reservation_key: 'r1' })
})

test('Q8: a grant without an end that begins later has its code from the start on, and is not late before', async () => {
  const place = emulator.open()
  const { seam } = place
  const starts_at = T0 + 5 * day
  const { access_grant_id, access_method_ids } = await create(place, {
    device_ids: [home.august],
    starts_at: iso(starts_at),
    ends_at: null,
  })
  expect(access_method_ids).toHaveLength(1)
  const pin = await pinOf(place, access_grant_id)
  await place.advanceTo(starts_at - 1)
  expect(await seam.accessCodes.list({ access_grant_id })).toEqual([])
  expect(await seam.accessMethods.list({ access_grant_id })).toMatchObject([
    { is_issued: false, code: pin, errors: [], warnings: [] },
  ])
  await place.advanceTo(starts_at + minute)
  expect(await seam.accessCodes.list({ access_grant_id })).toMatchObject([{ type: 'ongoing' }])
  expect(await typesOf(place, access_grant_id)).not.toContain('access_method.failed_to_issue')
  expect(await place.opens(home.august, pin)).toBe(true)
})

test('Q11: another grant of the same person has the same PIN on other locks, and another one on the same lock', async () => {
  const place = emulator.open()
  const { user_identity_id } = await place.seam.userIdentities.create({ full_name: 'Ada' })
  const grant = (device_ids: string[]) => create(place, { device_ids, user_identity_id })
  const pins: string[] = []
  const methods = new Set<string>()
  for (const door of [home.august, home.schlage, home.august]) {
    const { access_grant_id, access_method_ids } = await grant([door])
    pins.push(await pinOf(place, access_grant_id))
    for (const id of access_method_ids) methods.add(id)
  }
  expect(pins[1]).toBe(pins[0])
  expect(pins[2]).not.toBe(pins[0])
  expect(methods.size).toBe(3)
})

test('Q12: what cannot be made is told once for each change of what is missing', async () => {
  const place = emulator.open()
  const cannot = home.august_without_keypad
  const { seam } = place
  const { space_id } = await seam.spaces.create({ name: 'Flat', device_ids: [home.august] })
  const { access_grant_id } = await create(place, { device_ids: [cannot], space_ids: [space_id] })
  const told = async () =>
    (await typesOf(place, access_grant_id)).filter((type) => type.includes('could_not_create'))
      .length
  await place.advance(day)
  expect(await told()).toBe(1)
  const another = await place.hang('august', { has_keypad: false })
  await seam.spaces.addDevices({ space_id, device_ids: [another] })
  expect(await told()).toBe(2)
  await place.advance(hour)
  expect(await told()).toBe(2)
})

test('Q14: what is no card is neither encoded nor assigned nor used as a cloud key', async () => {
  const place = emulator.open()
  const { access_method_ids } = await create(place, { device_ids: [home.august] })
  const [access_method_id = ''] = access_method_ids
  const nobody = '00000000-0000-4000-8000-000000000000'
  for (const [path, body] of [
    ['encode', { acs_encoder_id: nobody }],
    ['assign_card', { card_number: '1' }],
    ['unlock_door', { acs_entrance_id: nobody }],
  ] as const) {
    const { status } = await place.raw(`/access_methods/${path}`, { access_method_id, ...body })
    expect([path, status]).toEqual([path, status === 404 ? 404 : 400])
  }
  expect(await place.seam.actionAttempts.list({ action_attempt_ids: [] })).toEqual([])
})

test('Q21: a method of a grant without an end has nothing to come before its start', async () => {
  const place = emulator.open()
  const { seam } = place
  const later = { starts_at: iso(T0 + day), ends_at: null }
  const { access_method_ids } = await create(place, { device_ids: [home.august], ...later })
  const mutations = async (access_method_id = '') =>
    (await seam.accessMethods.get({ access_method_id })).pending_mutations.map(
      (it) => it.mutation_code,
    )
  expect(await mutations(access_method_ids[0])).toEqual([])
  const now = await create(place, { device_ids: [home.schlage] })
  expect(await mutations(now.access_method_ids[0])).toEqual(['provisioning_access'])
  await place.advance(minute)
  expect(await mutations(now.access_method_ids[0])).toEqual([])
})

const runList = z.object({
  automation_runs: z.array(
    z.object({
      partner_key: z.string(),
      automation_result: z.object({ success: z.boolean(), error: z.string().optional() }),
    }),
  ),
})
const runsOf = async (place: Place): Promise<string[]> => {
  const { body } = await place.raw('/seam/customer/v1/automation_runs/list')
  return runList
    .parse(body)
    .automation_runs.map(
      ({ partner_key, automation_result: { success, error } }) =>
        `${partner_key} ${success ? 'ok' : error}`,
    )
}

const customer_key = 'c1'
const stayOf = (reservation_key: string, more: object = {}) => ({
  reservation_key,
  user_identity_key: 'ada',
  space_keys: ['flat'],
  ends_at: iso(T0 + 2 * day),
  ...more,
})

const openFlat = async () => {
  const place = emulator.open()
  const { seam } = place
  await seam.spaces.create({ space_key: 'flat', name: 'Flat', device_ids: [home.august] })
  const ada = { user_identity_key: 'ada', name: 'Ada', email_address: 'ada@example.com' }
  const bob = { user_identity_key: 'bob', name: 'Bob', email_address: 'bob@example.com' }
  await seam.customers.pushData({ customer_key, user_identities: [ada, bob] })
  return { place, seam, ada, bob }
}

test('Q18: delete_data with a customer and a reservation takes the whole customer', async () => {
  const { place, seam } = await openFlat()
  await seam.customers.pushData({ customer_key, reservations: [stayOf('r1'), stayOf('r2')] })
  await place.advance(minute)
  expect(await seam.accessGrants.list()).toHaveLength(2)
  await seam.customers.deleteData({ customer_keys: [customer_key], reservation_keys: ['r1'] })
  await place.advance(hour)
  expect(await seam.accessGrants.list()).toEqual([])
  expect(await seam.userIdentities.list()).toEqual([])
  expect(await place.slots(home.august)).toEqual([])
})

test('Q19: a known person whose new address is another’s stays as they are, and their stays are skipped', async () => {
  const { place, seam, ada, bob } = await openFlat()
  await seam.customers.pushData({
    customer_key,
    user_identities: [{ ...ada, name: 'Ada Lovelace', email_address: bob.email_address }],
    reservations: [stayOf('r1')],
  })
  await place.advance(minute)
  expect(await runsOf(place)).toEqual(['r1 user_identity_email_or_phone_conflict'])
  expect(await seam.userIdentities.get({ user_identity_key: 'ada' })).toMatchObject({
    full_name: 'Ada',
    email_address: ada.email_address,
  })
  expect(await seam.accessGrants.list()).toEqual([])
})

test('Q20: a stay begins now where nothing else is said, and one without an end has no access', async () => {
  const { place, seam } = await openFlat()
  await seam.customers.pushData({
    customer_key,
    reservations: [stayOf('open'), stayOf('endless', { ends_at: undefined })],
  })
  await place.advance(minute)
  expect((await runsOf(place)).toSorted()).toEqual(['endless missing_time_frame', 'open ok'])
  const [grant] = await seam.accessGrants.list()
  expect(Date.parse(grant?.starts_at ?? '')).toBeLessThanOrEqual(T0 + minute)
  expect(await place.opens(home.august, await pinOf(place, grant?.access_grant_id ?? ''))).toBe(
    true,
  )
})
