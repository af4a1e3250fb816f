/** Stories of customers: what is pushed becomes access, with the official SDK, real webhooks and the door as judge. */
import { expect, test } from 'vitest'
import { z } from 'zod'
import { placesThatReach } from '../fidelity/reaches.ts'
import { day, home, hour, iso, minute, T0 } from '../support/place.ts'
import type { Place } from '../support/place.ts'
import { follow } from '../support/follow.ts'

const emulator = placesThatReach()

const runList = z.object({
  automation_runs: z.array(
    z.object({
      partner_key: z.string(),
      automation_result: z.object({
        rule: z.string(),
        success: z.boolean(),
        error: z.string().optional(),
        actions: z.array(z.object({ action_type: z.string() })),
      }),
    }),
  ),
})

/** What the automations did, oldest first: the rule, and the error or `ok`. */
const runs = async (place: Place): Promise<string[]> => {
  const { body } = await place.raw('/seam/customer/v1/automation_runs/list')
  return runList
    .parse(body)
    .automation_runs.map(
      ({ partner_key, automation_result: { rule, success, error } }) =>
        `${partner_key} ${rule} ${success ? 'ok' : error}`,
    )
}

const errorType = async (asked: Promise<unknown>): Promise<string> => {
  const failure = await asked.then(
    () => null,
    (error: unknown) => z.object({ code: z.string() }).parse(error),
  )
  return failure?.code ?? 'none'
}

const guest = { user_identity_key: 'g1', name: 'Ada Guest', email_address: 'ada@example.com' }
const r1 = {
  reservation_key: 'r1',
  starts_at: iso(T0 + hour),
  ends_at: iso(T0 + 25 * hour),
  user_identity_key: 'g1',
  space_keys: ['u1'],
}
const customer_key = 'sunny-homes'

const twoFlats = async ({ seam }: Place) => {
  await seam.spaces.create({ space_key: 'u1', name: 'Flat 1', device_ids: [home.august] })
  await seam.spaces.create({ space_key: 'u2', name: 'Flat 2', device_ids: [home.schlage] })
}

const onlyGrant = async ({ seam }: Place) => {
  const [grant, another] = await seam.accessGrants.list()
  expect(another).toBeUndefined()
  return grant ?? expect.unreachable('there is a grant')
}

const pinOf = async (place: Place): Promise<string> => {
  const { access_grant_id } = await onlyGrant(place)
  const [method] = await place.seam.accessMethods.list({ access_grant_id })
  return method?.code ?? expect.unreachable('there is a PIN')
}

test('G10: a booking that is pushed gives access, follows its changes, and leaves nothing behind', async () => {
  const place = emulator.open()
  const { seam } = place
  const told = await follow(place)
  await twoFlats(place)
  await seam.customers.pushData({ customer_key, user_identities: [guest], reservations: [r1] })
  expect(await seam.accessGrants.list()).toEqual([])
  await place.advance(minute)
  expect(told.news()).toEqual([
    'space.created',
    'space.created',
    'grant.created',
    'method.created',
    'code.created',
    'code.scheduled_on_device',
    'method.issued',
    'grant.access_granted_to_all_doors',
  ])
  const grant = await onlyGrant(place)
  expect(grant).toMatchObject({
    reservation_key: 'r1',
    access_grant_key: 'r1',
    display_name: 'Ada Guest - Flat 1',
    ends_at: r1.ends_at,
  })
  expect(await place.slots(home.august)).toHaveLength(1)
  expect(told.ofType('access_method.issued')).toMatchObject([{ access_grant_keys: ['r1'] }])
  expect(await runs(place)).toEqual(['r1 reservation_created ok'])
  const ofCustomer = await seam.events.list({ since: iso(T0 - 1), customer_key })
  expect(ofCustomer.map((it) => it.event_type)).toContain('access_method.issued')

  await seam.customers.pushData({ customer_key, user_identities: [guest], reservations: [r1] })
  await place.advance(minute)
  expect(told.news()).toEqual([])
  expect(await runs(place)).toHaveLength(1)

  const longer = { ...r1, ends_at: iso(T0 + 49 * hour) }
  await seam.customers.pushData({ customer_key, reservations: [longer] })
  await place.advance(5 * minute)
  expect(await onlyGrant(place)).toMatchObject({
    access_grant_id: grant.access_grant_id,
    ends_at: longer.ends_at,
  })
  expect(told.news()).toEqual([
    'grant.access_times_changed',
    'method.revoked',
    'code.mutations_requested',
    'code.time_frame_changed',
    'code.changed',
    'code.scheduled_on_device',
    'method.reissued',
  ])

  await seam.customers.pushData({
    customer_key,
    reservations: [{ ...longer, space_keys: ['u2'] }],
  })
  await place.advance(5 * minute)
  const moved = told.news()
  expect(moved.filter((type) => !type.startsWith('code.'))).toEqual([
    'method.revoked',
    'method.reissued',
    'grant.access_granted_to_all_doors',
  ])
  expect(moved).toEqual(expect.arrayContaining(['code.created', 'code.deleted']))
  expect(await place.slots(home.august)).toEqual([])
  expect(await place.slots(home.schlage)).toHaveLength(1)
  const [u2] = (await seam.spaces.list()).filter((it) => it.space_key === 'u2')
  expect(await onlyGrant(place)).toMatchObject({
    access_grant_id: grant.access_grant_id,
    space_ids: [u2?.space_id],
    display_name: 'Ada Guest - Flat 2',
  })
  await place.advanceTo(T0 + 2 * hour)
  expect(told.news()).toEqual(['code.set_on_device'])
  const pin = await pinOf(place)
  expect(await place.opens(home.schlage, pin)).toBe(true)
  expect(await place.opens(home.august, pin)).toBe(false)

  const { user_identity_id } = grant
  await seam.customers.deleteData({ reservation_keys: ['r1'], user_identity_keys: ['g1'] })
  await place.advance(5 * minute)
  expect(await place.opens(home.schlage, pin)).toBe(false)
  expect(await place.slots(home.schlage)).toEqual([])
  const { access_grant_id } = grant
  expect(await errorType(seam.accessGrants.get({ access_grant_id }))).toBe('access_grant_not_found')
  expect(await errorType(seam.userIdentities.get({ user_identity_id }))).toBe(
    'user_identity_not_found',
  )
  expect(told.news()).toEqual([
    'code.removed_from_device',
    'code.deleted',
    'method.deleted',
    'grant.deleted',
  ])
  expect(await seam.events.list({ since: iso(T0 - 1), customer_key: 'others' })).toEqual([])
  expect(await runs(place)).toEqual([
    'r1 reservation_created ok',
    'r1 reservation_time_updated ok',
    'r1 reservation_spaces_updated ok',
    'r1 reservation_deleted ok',
  ])
  await told.close()
})

const bob = { user_identity_key: 'g2', name: 'Bob', email_address: 'ada@example.com' }

test('G11: a push that comes to nothing is ok all the same, and its run says why', async () => {
  const place = emulator.open()
  const { seam } = place
  await twoFlats(place)
  const told = await follow(place)
  const push = async (
    data: Omit<Parameters<typeof seam.customers.pushData>[0], 'customer_key'>,
  ) => {
    await seam.customers.pushData({ customer_key, ...data })
    await place.advance(minute)
  }
  await push({ user_identities: [guest], reservations: [{ ...r1, space_keys: ['nowhere'] }] })
  expect(await seam.accessGrants.list()).toEqual([])

  const r2 = { ...r1, reservation_key: 'r2', user_identity_key: 'g2' }
  await push({ user_identities: [bob], reservations: [r2] })
  expect(await seam.accessGrants.list()).toEqual([])
  expect(await runs(place)).toEqual([
    'r1 reservation_created space_not_found',
    'r2 reservation_created user_identity_email_or_phone_conflict',
  ])
  expect(told.news()).toEqual([])

  const config = { access_methods: ['code'], method_issuance_strategy: 'first_available' }
  const rule = (more: object) => ({
    reservation_created: { rule: 'reservation_created', config: { ...config, ...more } },
  })
  await place.raw('/seam/customer/v1/automations/update', {
    access_rules: rule({ allow_shared_email_and_phone_across_user_identities: true }),
  })
  await push({ user_identities: [bob], reservations: [r2] })
  expect(await onlyGrant(place)).toMatchObject({ display_name: 'Bob - Flat 1' })
  expect(told.news()).toEqual([
    'grant.created',
    'method.created',
    'code.created',
    'code.scheduled_on_device',
    'method.issued',
    'grant.access_granted_to_all_doors',
  ])

  const nobody = { ...r1, reservation_key: 'r3', user_identity_key: 'ghost' }
  const endless = { ...r1, reservation_key: 'r4', ends_at: undefined }
  const crowded = { ...r1, reservation_key: 'r5', guest_key: 'g2' }
  const empty = { ...r1, reservation_key: 'r6', space_keys: [], room_keys: ['101'] }
  await push({
    rooms: [{ room_key: '101', name: 'Room 101' }],
    reservations: [nobody, endless, crowded, empty],
  })
  const spaces = await seam.spaces.list()
  expect(spaces.find((it) => it.space_key === '101')).toMatchObject({
    device_count: 0,
    customer_key,
  })
  expect((await runs(place)).slice(3).toSorted()).toEqual([
    'r3 reservation_created user_identity_not_found',
    'r4 reservation_created missing_time_frame',
    'r5 reservation_created user_identity_not_found',
    'r6 reservation_created space_has_no_devices',
  ])
  expect(told.news()).toEqual(['space.created'])
  await told.close()
})

test('G11: the PIN is the preferred one, else the end of the phone number where that is wanted', async () => {
  const place = emulator.open()
  const { seam } = place
  await twoFlats(place)
  const told = await follow(place)
  await place.raw('/seam/customer/v1/automations/update', {
    customer_key,
    access_rules: {
      reservation_created: {
        rule: 'reservation_created',
        config: {
          access_methods: ['mobile_key', 'code'],
          method_issuance_strategy: 'first_available',
          prefer_guest_phone_last4_as_code: true,
        },
      },
    },
  })
  await seam.customers.pushData({
    customer_key,
    guests: [{ guest_key: 'g1', name: 'Ada', phone_number: '+1 555 555 4711' }],
    reservations: [
      { ...r1, user_identity_key: undefined, guest_key: 'g1', preferred_code: '8264' },
      {
        ...r1,
        user_identity_key: undefined,
        guest_key: 'g1',
        reservation_key: 'r2',
        space_keys: ['u2'],
      },
    ],
  })
  await place.advanceTo(T0 + 2 * hour)
  expect(await place.opens(home.august, '8264')).toBe(true)
  expect(await place.opens(home.schlage, '4711')).toBe(true)
  expect(
    told
      .ofType('access_method.issued')
      .map((event) => event['code'])
      .toSorted((a, b) => String(a).localeCompare(String(b))),
  ).toEqual(['4711', '8264'])
  await told.close()
})

test('names are followed: a guest or a flat is called otherwise, and so are the codes', async () => {
  const place = emulator.open()
  const { seam } = place
  await twoFlats(place)
  await seam.customers.pushData({ customer_key, user_identities: [guest], reservations: [r1] })
  await place.advance(minute)
  await seam.customers.pushData({
    customer_key,
    user_identities: [{ ...guest, name: 'Ada Lovelace' }],
    units: [{ unit_key: 'u1', name: 'Attic' }],
  })
  await place.advance(5 * minute)
  const { access_grant_id, display_name } = await onlyGrant(place)
  expect(display_name).toBe('Ada Lovelace - Attic')
  const [code] = await seam.accessCodes.list({ access_grant_id })
  expect(code?.name).toBe('Ada Lovelace - Attic')
  expect((await runs(place)).slice(1)).toEqual([
    'r1 space_name_updated ok',
    'r1 user_identity_name_updated ok',
  ])
})

test('staff has access without an end, and its codes are called as the person is', async () => {
  const place = emulator.open()
  const { seam } = place
  await twoFlats(place)
  const push = async (name: string) => {
    const staff_members = [{ staff_member_key: 's1', name, space_keys: ['u1'] }]
    await seam.customers.pushData({ customer_key, staff_members })
    await place.advance(5 * minute)
  }
  await push('Sam')
  expect(await onlyGrant(place)).toMatchObject({ display_name: 'Sam - Flat 1', ends_at: null })
  const pin = await pinOf(place)
  expect(await place.opens(home.august, pin)).toBe(true)
  await push('Samuel')
  const { access_grant_id } = await onlyGrant(place)
  const [code] = await seam.accessCodes.list({ access_grant_id })
  expect(code).toMatchObject({ name: 'Samuel - Flat 1', code: pin })
  expect(await runs(place)).toEqual([
    's1 staff_member_created ok',
    's1 staff_member_name_updated ok',
  ])
})

test('G12: a portal is open for a week, shows one customer, and may be made for looking only', async () => {
  const place = emulator.open()
  const { seam } = place
  await twoFlats(place)
  await seam.spaces.create({ space_key: 'other', name: 'Not theirs', customer_key: 'others' })
  const told = await follow(place)
  const options = {
    customer_data: {
      customer_key,
      spaces: [{ space_key: 'u1', name: 'Flat 1' }],
      user_identities: [guest],
      reservations: [r1],
    },
    read_only: true,
  }
  const { body } = await place.raw('/customers/create_portal', options)
  const { customer_portal, magic_link } = z
    .object({
      customer_portal: z.object({ url: z.string(), expires_at: z.string() }),
      magic_link: z.object({ url: z.string() }),
    })
    .parse(body)
  expect(magic_link.url).toBe(customer_portal.url)
  expect(Date.parse(customer_portal.expires_at)).toBe(T0 + 7 * day)
  await place.advance(minute)
  const token = new URL(customer_portal.url).searchParams.get('token') ?? ''
  const ask = async (path: string, input: object = {}) => {
    const response = await fetch(new URL(path, place.endpoint), {
      method: 'POST',
      headers: { 'client-session-token': token, 'content-type': 'application/json' },
      body: JSON.stringify(input),
    })
    const answer: unknown = await response.json()
    return { status: response.status, answer }
  }
  expect(told.news()).toEqual([
    'grant.created',
    'method.created',
    'code.created',
    'code.scheduled_on_device',
    'method.issued',
    'grant.access_granted_to_all_doors',
  ])
  expect((await ask('/spaces/list')).answer).toMatchObject({ spaces: [{ space_key: 'u1' }] })
  expect((await ask('/access_grants/list')).answer).toMatchObject({
    access_grants: [{ reservation_key: 'r1' }],
  })
  expect(await ask('/spaces/create', { name: 'New' })).toMatchObject({
    status: 401,
    answer: { error: { type: 'unauthorized' } },
  })
  const page = await fetch(customer_portal.url)
  expect(page.status).toBe(200)
  expect(told.news()).toEqual([])
  const text = await page.text()
  expect(text).toContain('Flat 1')
  expect(text).toContain('Ada Guest')
  expect(text).toContain(await pinOf(place))
  expect(text).not.toContain('Not theirs')
  await place.advanceTo(T0 + 7 * day + 1_000)
  expect((await fetch(customer_portal.url)).status).toBe(401)
  expect((await ask('/spaces/list')).status).toBe(401)
  await told.close()
})

test('G12: a guest has an instant key and a phone for as long as they are there', async () => {
  const place = emulator.open()
  const { seam } = place
  const { user_identity_id } = await seam.userIdentities.create({ full_name: 'Ada Guest' })
  const told = await follow(place)
  const key = await seam.userIdentities.generateInstantKey({ user_identity_id })
  const open = async () => (await fetch(key.instant_key_url)).status
  expect(await open()).toBe(200)
  await seam.instantKeys.delete({ instant_key_id: key.instant_key_id })
  expect(await open()).toBe(404)
  await place.advance(1)
  expect(told.news()).toEqual(['client_session.deleted'])

  const phone = await seam.phones.simulate.createSandboxPhone({ user_identity_id })
  const { device_id } = phone
  expect(await seam.phones.list({ owner_user_identity_id: user_identity_id })).toEqual([phone])
  await seam.phones.deactivate({ device_id })
  expect(await errorType(seam.phones.get({ device_id }))).toBe('phone_not_found')
  await place.advance(1)
  expect(told.news()).toEqual(['phone.deactivated'])
  await told.close()
})
