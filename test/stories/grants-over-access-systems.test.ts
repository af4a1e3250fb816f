/** Grants over access systems, with the official SDK, real webhooks and the door as judge. */
import { describe, expect, test } from 'vitest'
import { placesThatReach } from '../fidelity/reaches.ts'
import { follow } from '../support/follow.ts'
import { leftOn, settled, siteOf } from '../support/hotel.ts'
import { day, home, hour, iso, minute, T0 } from '../support/place.ts'
import type { Place } from '../support/place.ts'
import { refusal } from '../support/refusal.ts'

const emulator = placesThatReach()

const guest = { full_name: 'Ada Guest', email_address: 'ada@example.com' }
const stay = { starts_at: iso(T0 + 15 * hour), ends_at: iso(T0 + 35 * hour) }

type Mode = 'code' | 'card' | 'mobile_key' | 'cloud_key'

/** A grant to the guest for a day from now on, over doors of a site, a minute later. */
const grantFor = async (
  place: Place,
  acs_entrance_ids: string[],
  modes: readonly Mode[],
  more: { device_ids?: string[] } = {},
) => {
  const grant = await place.seam.accessGrants.create({
    user_identity: guest,
    acs_entrance_ids,
    requested_access_methods: modes.map((mode) => ({ mode })),
    starts_at: iso(T0),
    ends_at: iso(T0 + day),
    ...more,
  })
  await place.advance(minute)
  const [access_method_id = ''] = grant.access_method_ids
  return { ...grant, access_method_id }
}

test('H1: a guest has a card that is encoded at the desk, opens the room, and is nothing after the stay', async () => {
  const place = emulator.open()
  const { seam } = place
  const hotel = await siteOf(place, 'visionline')
  const told = await follow(place)
  const grant = await seam.accessGrants.create({
    user_identity: guest,
    acs_entrance_ids: [hotel.first, hotel.lobby],
    requested_access_methods: [{ mode: 'card' }],
    ...stay,
  })
  const { access_grant_id, user_identity_id } = grant
  const [access_method_id = ''] = grant.access_method_ids
  expect(grant).toMatchObject({ errors: [], warnings: [], pending_mutations: [] })
  expect(await seam.accessMethods.get({ access_method_id })).toMatchObject({
    mode: 'card',
    code: null,
    is_issued: false,
    is_encoding_required: true,
    is_ready_for_encoding: false,
    pending_mutations: [{ mutation_code: 'provisioning_access' }],
  })
  await place.advance(minute)
  expect(told.news()).toEqual(['grant.created', 'method.created', 'method.card_encoding_required'])
  expect(await seam.accessMethods.get({ access_method_id })).toMatchObject({
    is_encoding_required: true,
    is_ready_for_encoding: true,
    pending_mutations: [],
  })
  const [user] = await seam.acs.users.list({ acs_system_id: hotel.acs_system_id })
  expect(user).toMatchObject({ user_identity_id, email_address: 'ada@example.com' })

  const encoded = await hotel.encode(access_method_id)
  expect(encoded).toMatchObject({ status: 'success', action_type: 'ENCODE_CREDENTIAL' })
  expect(told.news()).toEqual([
    'method.issued',
    'grant.access_granted_to_door',
    'grant.access_granted_to_door',
    'grant.access_granted_to_all_doors',
  ])
  expect(await seam.accessMethods.get({ access_method_id })).toMatchObject({
    is_issued: true,
    is_encoding_required: false,
    is_ready_for_encoding: false,
  })
  const [{ card_number = '' } = {}] = await hotel.credentialsOf(access_method_id)
  const card = { card_number: card_number ?? '' }
  expect(await hotel.show(hotel.first, card)).toBe('expired_code')
  await place.advanceTo(T0 + 15 * hour)
  expect(await hotel.show(hotel.first, card)).toBe('opened')
  expect(await hotel.show(hotel.lobby, card)).toBe('opened')
  expect(await hotel.show(hotel.second, card)).toBe('unknown_code')

  await place.advanceTo(T0 + 35 * hour + minute)
  expect(await hotel.show(hotel.first, card)).toBe('expired_code')
  expect(told.news()).toEqual(['method.revoked'])
  expect(await leftOn(place, hotel.acs_system_id)).toEqual({ users: [], credentials: [] })
  expect(await seam.accessMethods.get({ access_method_id })).toMatchObject({
    is_issued: false,
    is_encoding_required: false,
  })
  await seam.accessGrants.delete({ access_grant_id })
  await place.advance(minute)
  expect(told.news()).toEqual(['method.deleted', 'grant.deleted'])
  await told.close()
})

test('H2: a stay that moves to another room and another time needs its card encoded again', async () => {
  const place = emulator.open()
  const { seam } = place
  const hotel = await siteOf(place, 'visionline')
  const grant = await seam.accessGrants.create({
    user_identity: guest,
    access_grant_key: 'r1',
    acs_entrance_ids: [hotel.first],
    requested_access_methods: [{ mode: 'card' }],
    ...stay,
    starts_at: iso(T0),
  })
  const [access_method_id = ''] = grant.access_method_ids
  await place.advance(minute)
  await hotel.encode(access_method_id)
  const told = await follow(place)
  await seam.accessGrants.update({ access_grant_key: 'r1', ends_at: iso(T0 + 2 * day) })
  expect(await seam.accessGrants.get({ access_grant_key: 'r1' })).toMatchObject({
    warnings: [{ warning_code: 'updating_access_times', access_method_ids: [access_method_id] }],
    pending_mutations: [{ mutation_code: 'updating_access_times' }],
  })
  await place.advance(minute)
  expect(told.news()).toEqual([
    'grant.access_times_changed',
    'method.revoked',
    'method.card_encoding_required',
  ])
  expect(await hotel.encode(access_method_id)).toMatchObject({ status: 'success' })
  expect(told.news()).toEqual(['method.reissued'])
  expect(await seam.accessGrants.get({ access_grant_key: 'r1' })).toMatchObject({
    warnings: [],
    pending_mutations: [],
  })

  const [{ card_number = '' } = {}] = await hotel.credentialsOf(access_method_id)
  const card = { card_number: card_number ?? '' }
  // Somebody had the other room with a higher number before.
  const other = await seam.acs.credentials.create({
    acs_user_id: (
      await seam.acs.users.create({ acs_system_id: hotel.acs_system_id, full_name: 'Bea' })
    ).acs_user_id,
    access_method: 'card',
    allowed_acs_entrance_ids: [hotel.second],
    ends_at: iso(T0 + 2 * hour),
    visionline_metadata: { override: true },
  })
  await settled(place, '/acs/encoders/encode_credential', {
    acs_encoder_id: hotel.acs_encoder_id,
    acs_credential_id: other.acs_credential_id,
  })
  const { card_number: beas } = await seam.acs.credentials.get({
    acs_credential_id: other.acs_credential_id,
  })
  expect(await hotel.show(hotel.second, { card_number: beas ?? '' })).toBe('opened')
  await place.advanceTo(T0 + 3 * hour)
  await place.raw('/access_grants/update', {
    access_grant_key: 'r1',
    acs_entrance_ids: [hotel.second],
  })
  expect(await seam.accessGrants.get({ access_grant_key: 'r1' })).toMatchObject({
    warnings: [
      { warning_code: 'underprovisioned_access' },
      { warning_code: 'overprovisioned_access' },
    ],
  })
  await place.advance(minute)
  expect(told.news()).toEqual([
    'method.revoked',
    'method.card_encoding_required',
    'grant.access_to_door_lost',
  ])
  // The door obeys the card, whatever Seam wants.
  expect(await hotel.show(hotel.first, card)).toBe('opened')
  await hotel.encode(access_method_id)
  expect(told.news()).toEqual([
    'method.reissued',
    'grant.access_granted_to_door',
    'grant.access_granted_to_all_doors',
  ])
  expect(await hotel.show(hotel.first, card)).toBe('unknown_code')
  expect(await hotel.show(hotel.second, card)).toBe('opened')
  await told.close()
})

test('H3: a PIN of an office is issued when its doors know it, and follows the times', async () => {
  const place = emulator.open()
  const { seam } = place
  const office = await siteOf(place, 'brivo')
  const told = await follow(place)
  const grant = await seam.accessGrants.create({
    user_identity: guest,
    acs_entrance_ids: [office.first],
    requested_access_methods: [{ mode: 'code', code: '482913' }],
    starts_at: iso(T0),
    ends_at: iso(T0 + day),
  })
  const [access_method_id = ''] = grant.access_method_ids
  const events: string[] = []
  while (!events.includes('method.issued')) {
    await place.toNext()
    expect(await place.now()).toBeLessThan(T0 + minute)
    events.push(...told.news())
  }
  expect(await office.show(office.first, { code: '482913' })).toBe('opened')
  expect(events).toEqual([
    'grant.created',
    'method.created',
    'method.issued',
    'grant.access_granted_to_door',
    'grant.access_granted_to_all_doors',
  ])
  expect(told.ofType('access_method.issued')).toMatchObject([{ code: '482913' }])
  const { access_grant_id } = grant
  const ofGrant = await seam.events.list({ since: iso(T0 - 1), access_grant_id })
  expect(ofGrant.map((it) => it.event_type)).toContain('acs_credential.issued')
  await place.advanceTo(T0 + hour)
  await seam.accessGrants.update({
    access_grant_id: grant.access_grant_id,
    ends_at: iso(T0 + 2 * hour),
  })
  await place.advance(minute)
  expect(told.news()).toEqual(['grant.access_times_changed', 'method.revoked', 'method.reissued'])
  expect((await seam.accessMethods.get({ access_method_id })).code).toBe('482913')
  await place.advanceTo(T0 + 2 * hour - 1)
  expect(await office.show(office.first, { code: '482913' })).toBe('opened')
  await place.advanceTo(T0 + 2 * hour)
  expect(await office.show(office.first, { code: '482913' })).toBe('expired_code')
  await place.advance(minute)
  expect(await office.show(office.first, { code: '482913' })).toBe('unknown_code')
  expect(await leftOn(place, office.acs_system_id)).toEqual({ users: [], credentials: [] })
  await told.close()
})

test('H4: a cloud key opens its door by remote within its time, and no other', async () => {
  const place = emulator.open()
  const { seam } = place
  const office = await siteOf(place, 'kisi')
  const { access_method_ids, access_grant_id, user_identity_id } = await seam.accessGrants.create({
    user_identity: guest,
    acs_entrance_ids: [office.first],
    requested_access_methods: [{ mode: 'cloud_key' }],
    ...stay,
  })
  const [access_method_id = ''] = access_method_ids
  await place.advance(minute)
  expect((await seam.accessMethods.get({ access_method_id })).is_issued).toBe(true)
  const unlock = { access_method_id, acs_entrance_id: office.first }
  expect(await refusal(place, '/access_methods/unlock_door', unlock)).toMatchObject({
    status: 400,
    type: 'invalid_input',
  })
  await place.advanceTo(T0 + 15 * hour)
  expect(
    await refusal(place, '/access_methods/unlock_door', {
      access_method_id,
      acs_entrance_id: office.second,
    }),
  ).toMatchObject({ status: 400, type: 'invalid_input' })
  const { result } = await seam.accessMethods.unlockDoor(unlock)
  expect(result).toEqual({ was_confirmed_by_device: true })
  const [unlocked] = (await place.events()).filter((it) => it.event_type === 'lock.unlocked')
  expect(unlocked).toMatchObject({
    method: 'remote',
    acs_entrance_id: office.first,
    user_identity_id,
  })
  await seam.accessGrants.delete({ access_grant_id })
  await place.advance(minute)
  expect(await refusal(place, '/access_methods/unlock_door', unlock)).toMatchObject({
    status: 404,
    type: 'access_method_not_found',
  })
  expect(await leftOn(place, office.acs_system_id)).toEqual({ users: [], credentials: [] })
})

test('H5: a mobile key is issued when it is on a phone, goes with the phone, and comes back with another', async () => {
  const place = emulator.open()
  const { seam } = place
  const hotel = await siteOf(place, 'visionline')
  const impossible = await seam.accessGrants.create({
    user_identity: guest,
    acs_entrance_ids: [hotel.first],
    requested_access_methods: [{ mode: 'mobile_key', instant_key_max_use_count: 2 }],
    ...stay,
    starts_at: iso(T0),
  })
  const { access_grant_id, user_identity_id } = impossible
  expect(impossible).toMatchObject({
    access_method_ids: [],
    errors: [{ error_code: 'cannot_create_requested_access_methods' }],
  })
  await place.emulator.acsSystems.create({ model: 'assa_abloy_credential_service' })
  const grant = await seam.accessGrants.get({ access_grant_id })
  const [access_method_id = ''] = grant.access_method_ids
  expect(grant.errors).toEqual([])
  expect(grant.instant_key_url).toContain('/ik/')
  await place.advance(hour)
  const method = await seam.accessMethods.get({ access_method_id })
  expect(method).toMatchObject({ is_issued: false, errors: [], warnings: [] })
  expect(method.instant_key_url).toBe(grant.instant_key_url)
  const told = await follow(place)
  const { device_id } = await seam.phones.simulate.createSandboxPhone({ user_identity_id })
  await place.advance(minute)
  expect(told.news()).toEqual([
    'method.issued',
    'grant.access_granted_to_door',
    'grant.access_granted_to_all_doors',
  ])
  const key = (await hotel.credentialsOf(access_method_id)).find(
    (it) => it.parent_acs_credential_id !== undefined,
  )
  const shown = { acs_credential_id: key?.acs_credential_id ?? '' }
  expect(await hotel.show(hotel.first, shown)).toBe('opened')
  expect(await seam.phones.list({ acs_credential_id: shown.acs_credential_id })).toMatchObject([
    { device_id },
  ])
  await seam.phones.deactivate({ device_id })
  await place.advance(minute)
  expect(told.news()).toEqual(['phone.deactivated', 'method.revoked'])
  expect((await seam.accessMethods.get({ access_method_id })).is_issued).toBe(false)
  // The link in a browser is a phone as well.
  const page = await fetch(method.instant_key_url ?? '')
  expect(page.status).toBe(200)
  expect(await page.text()).toContain('Ada Guest')
  await place.advance(minute)
  expect(told.news()).toEqual(['method.reissued'])
  expect(await seam.phones.list({ owner_user_identity_id: user_identity_id })).toHaveLength(1)
  const cookie = page.headers.get('set-cookie')?.split(';')[0] ?? ''
  const pressed = await fetch(method.instant_key_url ?? '', {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ device_id: hotel.first }),
  })
  expect(await pressed.text()).toContain('Room 101 is open.')

  const related = await seam.accessMethods.getRelated({ access_method_ids: [access_method_id] })
  expect(related).toMatchObject({
    instant_keys: [{ instant_key_url: method.instant_key_url }],
    client_sessions: [{ token: method.client_session_token }],
    acs_entrances: [{ acs_entrance_id: hotel.first }],
    devices: [],
  })
  await seam.accessGrants.delete({ access_grant_id })
  await place.advance(minute)
  expect(told.news()).toEqual([
    'client_session.deleted',
    'phone.deactivated',
    'method.deleted',
    'grant.deleted',
  ])
  expect(await leftOn(place, hotel.acs_system_id)).toEqual({ users: [], credentials: [] })
  expect((await fetch(method.instant_key_url ?? '')).status).toBe(404)
  await told.close()
})

test('H6: one grant has a PIN on locks and a card for the lobby, and tells when all doors are open', async () => {
  const place = emulator.open()
  const { seam } = place
  const hotel = await siteOf(place, 'visionline')
  const told = await follow(place)
  const { space_id } = await seam.spaces.create({
    name: 'Flat 1',
    space_key: 'flat1',
    device_ids: [home.schlage],
    acs_entrance_ids: [hotel.lobby],
  })
  const grant = await seam.accessGrants.create({
    user_identity: guest,
    space_keys: ['flat1'],
    requested_access_methods: [{ mode: 'code' }, { mode: 'card' }],
    starts_at: iso(T0),
    ends_at: iso(T0 + day),
  })
  expect(grant).toMatchObject({ errors: [], warnings: [] })
  const [pin = '', card = ''] = grant.access_method_ids
  await place.advance(minute)
  expect(told.news()).toEqual([
    'space.created',
    'grant.created',
    'method.created',
    'method.created',
    'code.created',
    'code.set_on_device',
    'method.issued',
    'method.card_encoding_required',
  ])
  await hotel.encode(card)
  expect(told.news()).toEqual([
    'method.issued',
    'grant.access_granted_to_door',
    'grant.access_granted_to_all_doors',
  ])
  const { access_grant_id } = grant
  const { acs_system_id } = hotel
  for (const filter of [{ acs_entrance_id: hotel.lobby }, { acs_system_id }])
    expect(await seam.accessGrants.list(filter)).toMatchObject([{ access_grant_id }])
  expect(await seam.accessGrants.list({ acs_entrance_id: hotel.first })).toEqual([])
  expect(await seam.accessMethods.list({ acs_entrance_id: hotel.lobby })).toMatchObject([
    { access_method_id: card },
  ])
  expect(await seam.accessMethods.list({ device_id: home.schlage })).toMatchObject([
    { access_method_id: pin },
  ])
  expect(await seam.accessGrants.getRelated({ access_grant_ids: [access_grant_id] })).toMatchObject(
    {
      devices: [{ device_id: home.schlage }],
      acs_entrances: [{ acs_entrance_id: hotel.lobby }],
      acs_systems: [{ acs_system_id }],
      spaces: [{ space_id }],
      access_methods: [{ access_method_id: pin }, { access_method_id: card }],
    },
  )
  const { user_identity_id } = grant
  expect(await seam.userIdentities.listAccessibleEntrances({ user_identity_id })).toMatchObject([
    { acs_entrance_id: hotel.lobby },
  ])

  await seam.spaces.addAcsEntrances({ space_id, acs_entrance_ids: [hotel.first] })
  await place.advance(minute)
  expect(told.news()).toEqual([
    'space.device_membership_changed',
    'method.revoked',
    'method.card_encoding_required',
  ])
  await hotel.encode(card)
  expect(told.news()).toEqual([
    'method.reissued',
    'grant.access_granted_to_door',
    'grant.access_granted_to_all_doors',
  ])
  await seam.spaces.delete({ space_id })
  await place.advance(minute)
  expect(told.news().toSorted()).toEqual([
    'code.deleted',
    'code.removed_from_device',
    'grant.access_to_door_lost',
    'grant.access_to_door_lost',
    'grant.could_not_create_requested_access_methods',
    'method.deleted',
    'method.deleted',
    'method.revoked',
    'method.revoked',
    'space.deleted',
  ])
  expect(await leftOn(place, acs_system_id)).toEqual({ users: [], credentials: [] })
  await told.close()
})

test('H7: a system that nobody reaches over the start is told of, and heals; nothing is left of what is deleted meanwhile', async () => {
  const place = emulator.open()
  const { seam } = place
  const hotel = await siteOf(place, 'visionline')
  const told = await follow(place)
  await place.unplug(hotel.bridge_id ?? '')
  const create = () =>
    seam.accessGrants.create({
      user_identity: { full_name: 'Bea' },
      acs_entrance_ids: [hotel.first],
      requested_access_methods: [{ mode: 'card' }],
      starts_at: iso(T0 + 2 * hour),
      ends_at: iso(T0 + day),
    })
  const grant = await create()
  const dropped = await create()
  const [access_method_id = ''] = grant.access_method_ids
  expect(await hotel.encode(access_method_id)).toMatchObject({
    error: { type: 'bridge_disconnected' },
  })
  await seam.accessGrants.delete({ access_grant_id: dropped.access_grant_id })
  await place.advanceTo(T0 + 2 * hour - 10 * minute)
  expect(await seam.accessMethods.get({ access_method_id })).toMatchObject({
    warnings: [{ warning_code: 'delay_in_issuing' }],
  })
  await place.advanceTo(T0 + 2 * hour)
  expect(await seam.accessMethods.get({ access_method_id })).toMatchObject({
    errors: [{ error_code: 'failed_to_issue' }],
  })
  expect(told.news().filter((it) => !it.endsWith('created'))).toEqual([
    'method.deleted',
    'grant.deleted',
    'method.delay_in_issuing',
    'method.failed_to_issue',
  ])
  await place.plug(hotel.bridge_id ?? '')
  await place.advance(minute)
  await hotel.encode(access_method_id)
  expect(told.news()).toEqual([
    'method.card_encoding_required',
    'method.issued',
    'grant.access_granted_to_door',
    'grant.access_granted_to_all_doors',
  ])
  expect((await leftOn(place, hotel.acs_system_id)).users).toEqual(['Bea'])

  await place.unplug(hotel.bridge_id ?? '')
  const { access_grant_id } = grant
  await seam.accessGrants.delete({ access_grant_id })
  await place.advance(hour)
  expect(await seam.accessGrants.get({ access_grant_id })).toMatchObject({
    warnings: [{ warning_code: 'being_deleted' }],
  })
  expect(told.news()).toEqual([])
  await place.plug(hotel.bridge_id ?? '')
  await place.advance(minute)
  expect(told.news()).toEqual(['method.deleted', 'grant.deleted'])
  expect(await leftOn(place, hotel.acs_system_id)).toEqual({ users: [], credentials: [] })
  await told.close()
})

test('H8: the party of a reservation lets each other in, and takes the place of the one before', async () => {
  const place = emulator.open()
  const { seam } = place
  const hotel = await siteOf(place, 'visionline')
  const book = async (
    full_name: string,
    reservation_key: string,
    more: Partial<Parameters<typeof seam.accessGrants.create>[0]> = {},
  ) => {
    const { access_method_ids } = await seam.accessGrants.create({
      user_identity: { full_name },
      reservation_key,
      acs_entrance_ids: [hotel.first],
      requested_access_methods: [{ mode: 'card' }],
      starts_at: iso(T0),
      ends_at: iso(T0 + day),
      ...more,
    })
    return access_method_ids[0] ?? ''
  }
  const cardOf = async (access_method_id: string) => {
    await hotel.encode(access_method_id)
    const [{ card_number = '' } = {}] = await hotel.credentialsOf(access_method_id)
    return { card_number: card_number ?? '' }
  }
  // The later stay was booked first.
  const next = await book('Cyd', 'r2', { starts_at: iso(T0 + day), ends_at: iso(T0 + 2 * day) })
  const ada = await cardOf(await book('Ada', 'r1'))
  const bob = await cardOf(await book('Bob', 'r1'))
  for (const card of [ada, bob, ada, bob])
    expect(await hotel.show(hotel.first, card)).toBe('opened')
  expect(await place.types()).not.toContain('acs_credential.invalidated')
  for (const more of [
    { acs_entrance_ids: [hotel.first, hotel.second] },
    { starts_at: iso(T0 + 3 * day), ends_at: iso(T0 + 4 * day) },
  ]) {
    expect(
      await refusal(place, '/access_grants/create', {
        user_identity: { full_name: 'Dan' },
        reservation_key: 'r1',
        acs_entrance_ids: [hotel.first],
        requested_access_methods: [{ mode: 'card' }],
        starts_at: iso(T0),
        ends_at: iso(T0 + day),
        ...more,
      }),
    ).toMatchObject({ status: 409, type: 'reservation_conflict' })
  }
  await place.advanceTo(T0 + day)
  expect(await hotel.show(hotel.first, await cardOf(next))).toBe('opened')
  expect(await hotel.show(hotel.first, ada)).toBe('expired_code')
})

test('H9: nobody but the grant changes its credentials', async () => {
  const place = emulator.open()
  const office = await siteOf(place, 'brivo')
  const { access_method_id } = await grantFor(place, [office.first], ['code'])
  const [credential] = await office.credentialsOf(access_method_id)
  const { acs_credential_id = '', acs_user_id } = credential ?? {}
  for (const [path, body] of [
    ['/acs/credentials/update', { acs_credential_id, ends_at: iso(T0 + hour) }],
    ['/acs/credentials/delete', { acs_credential_id }],
    ['/acs/credentials/unassign', { acs_credential_id, acs_user_id }],
    ['/acs/users/delete', { acs_user_id }],
    ['/acs/users/revoke_access_to_all_entrances', { acs_user_id }],
  ] as const) {
    expect([path, await refusal(place, path, body)]).toMatchObject([
      path,
      { status: 400, type: 'acs_credential_managed_by_access_grant' },
    ])
  }
  await place.advance(minute)
  expect((await office.credentialsOf(access_method_id))[0]).toEqual(credential)
})

test('H10: a booking that is pushed gives two cards for the room and a PIN for the gate, and leaves nothing behind', async () => {
  const place = emulator.open()
  const { seam } = place
  const hotel = await siteOf(place, 'visionline')
  await seam.spaces.create({
    name: 'Room 101',
    space_key: '101',
    device_ids: [home.schlage],
    acs_entrance_ids: [hotel.first, hotel.lobby],
  })
  await place.raw('/seam/customer/v1/automations/update', {
    customer_key: 'hotel',
    access_rules: {
      reservation_created: {
        rule: 'reservation_created',
        config: {
          access_methods: ['card', 'code'],
          method_issuance_strategy: 'first_available',
          card_count_on_reservation_create: 2,
        },
      },
      reservation_deleted: { rule: 'reservation_deleted' },
    },
  })
  const reservation = {
    reservation_key: 'r1',
    name: 'Ada',
    user_identity_key: 'ada',
    space_keys: ['101'],
    starts_at: iso(T0 + hour),
    ends_at: iso(T0 + 25 * hour),
  }
  await seam.customers.pushData({
    customer_key: 'hotel',
    user_identities: [{ user_identity_key: 'ada', name: 'Ada Guest' }],
    reservations: [reservation],
  })
  await place.advance(minute)
  const [grant] = await seam.accessGrants.list({ reservation_key: 'r1' })
  expect(grant).toMatchObject({ errors: [], warnings: [], access_grant_key: 'r1' })
  const methods = await seam.accessMethods.list({ access_grant_key: 'r1' })
  expect(methods.map((it) => it.mode)).toEqual(['code', 'card', 'card'])
  const { url } = await seam.customers.createPortal({ customer_data: { customer_key: 'hotel' } })
  const portal = async () => (await fetch(url)).text()
  const before = await portal()
  for (const told of [
    'Card: not issued',
    'Not issued: the card is yet to be encoded',
    'Room 101 waits',
  ])
    expect(before.replaceAll(/<[^>]+>\s*/g, ' ').replaceAll(/\s+/g, ' ')).toContain(told)
  await place.advanceTo(T0 + hour)
  for (const { access_method_id, mode } of methods) {
    if (mode !== 'card') continue
    expect(await hotel.encode(access_method_id)).toMatchObject({ status: 'success' })
    const [{ card_number = '' } = {}] = await hotel.credentialsOf(access_method_id)
    expect(await hotel.show(hotel.first, { card_number: card_number ?? '' })).toBe('opened')
  }
  expect(await place.opens(home.schlage, methods[0]?.code ?? '')).toBe(true)
  const after = await portal()
  for (const told of ['Card: issued', 'Main Entrance', 'Issued']) expect(after).toContain(told)
  expect(after).not.toContain('not known yet')
  await seam.customers.deleteData({ reservation_keys: ['r1'] })
  await place.advance(5 * minute)
  expect(await seam.accessGrants.list({ reservation_key: 'r1' })).toEqual([])
  expect(await leftOn(place, hotel.acs_system_id)).toEqual({ users: [], credentials: [] })
  expect(await place.slots(home.schlage)).toEqual([])
})

describe('a person', () => {
  test('who is a user of the system already is that user, and stays when the grant is gone', async () => {
    const place = emulator.open()
    const { seam } = place
    const office = await siteOf(place, 'brivo')
    const { acs_system_id } = office
    const known = await seam.acs.users.create({
      acs_system_id,
      full_name: 'A. Guest',
      email_address: 'ada@example.com',
    })
    const { user_identity_id, access_grant_id } = await grantFor(place, [office.first], ['code'])
    expect(await seam.acs.users.list({ acs_system_id })).toMatchObject([
      { acs_user_id: known.acs_user_id, user_identity_id },
    ])
    expect(await seam.userIdentities.get({ user_identity_id })).toMatchObject({
      acs_user_ids: [known.acs_user_id],
      warnings: [{ warning_code: 'acs_user_profile_does_not_match_user_identity' }],
    })
    await seam.accessGrants.delete({ access_grant_id })
    await place.advance(minute)
    expect(await leftOn(place, acs_system_id)).toEqual({ users: ['A. Guest'], credentials: [] })
  })

  test('who is deleted leaves nothing on the system', async () => {
    const place = emulator.open()
    const { seam } = place
    const office = await siteOf(place, 'brivo')
    const modes = ['code', 'cloud_key'] as const
    const { user_identity_id, access_grant_id } = await grantFor(place, [office.first], modes)
    await seam.userIdentities.delete({ user_identity_id })
    await place.advance(minute)
    expect(await leftOn(place, office.acs_system_id)).toEqual({ users: [], credentials: [] })
    expect(await refusal(place, '/access_grants/get', { access_grant_id })).toMatchObject({
      status: 404,
    })
  })
})

test('a card of a brand whose doors know numbers is assigned, not encoded', async () => {
  const place = emulator.open()
  const { seam } = place
  const office = await siteOf(place, 'salto_ks')
  const { access_method_id } = await grantFor(place, [office.first], ['card'])
  expect(await seam.accessMethods.get({ access_method_id })).toMatchObject({
    is_encoding_required: false,
    is_assignment_required: true,
    is_ready_for_assignment: true,
  })
  const assign = (card_number: string) =>
    settled(place, '/access_methods/assign_card', { access_method_id, card_number })
  expect(await assign('0000')).toMatchObject({ error: { type: 'credential_not_found' } })
  const { card } = await place.emulator.encoders.placeCard({
    acs_encoder_id: office.acs_encoder_id,
  })
  const card_number = card?.card_number ?? ''
  expect(await assign(card_number)).toMatchObject({
    status: 'success',
    action_type: 'ASSIGN_CREDENTIAL',
    result: { access_method_id },
  })
  await place.advance(minute)
  expect((await seam.accessMethods.get({ access_method_id })).is_issued).toBe(true)
  expect(await office.show(office.first, { card_number })).toBe('opened')
  expect(
    await refusal(place, '/access_methods/assign_card', { access_method_id, card_number }),
  ).toMatchObject({ status: 400, type: 'invalid_input' })
})

test('an account that is deleted takes its entrances out of grants, and the rest stays', async () => {
  const place = emulator.open()
  const { seam } = place
  const office = await siteOf(place, 'brivo')
  const grant = await grantFor(place, [office.first, office.second], ['code'], {
    device_ids: [home.schlage],
  })
  const { access_grant_id } = grant
  const codes = (await seam.accessMethods.list({ access_grant_id })).map((it) => it.code)
  expect(codes).toHaveLength(2)
  expect(new Set(codes).size).toBe(1)
  const { connected_account_id } = await seam.acs.systems.get({
    acs_system_id: office.acs_system_id,
  })
  await seam.connectedAccounts.delete({ connected_account_id })
  await place.advance(minute)
  expect((await seam.accessGrants.get({ access_grant_id })).access_method_ids).toHaveLength(1)
  expect(await place.opens(home.schlage, codes[0] ?? '')).toBe(true)
  expect((await seam.accessGrants.get({ access_grant_id })).errors).toEqual([])
})
