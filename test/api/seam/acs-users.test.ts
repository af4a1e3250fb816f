/** Users and groups of access systems: declared at once, and true when their system has heard of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusal } from '../../support/refusal.ts'
import { day, hour, iso, startPlaces, T0 } from '../../support/place.ts'
import type { Place } from '../../support/place.ts'

let places: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  places = await startPlaces()
})
afterAll(() => places.stop())

const UNKNOWN = '00000000-0000-4000-8000-0000000000ac'

/** An office with two groups, and whoever works there. */
const office = async (place: Place, model: 'brivo' | 'salto_ks' = 'brivo') => {
  const { acs } = place.seam
  const site = await place.emulator.acsSystems.create({ model })
  const { acs_system_id } = site
  const [everybody = '', operations = ''] = site.access_groups.map((it) => it.acs_access_group_id)
  const user = async (acs_user_id: string) => acs.users.get({ acs_user_id })
  return {
    ...site,
    everybody,
    operations,
    user,
    add: async (more: object = {}) =>
      (await acs.users.create({ acs_system_id, full_name: 'Jane Doe', ...more })).acs_user_id,
    pending: async (acs_user_id: string) =>
      (await user(acs_user_id)).pending_mutations?.map((it) => it.mutation_code),
    types: async () =>
      (await place.types()).filter((type) => /^acs_(user|access_group)/.test(type)),
  }
}

describe('a user', () => {
  it('is there at once, and in its system a little later', async () => {
    const place = places.open()
    const { add, user, pending, types, everybody, acs_system_id } = await office(place)
    const acs_user_id = await add({
      email_address: 'jane@example.com',
      acs_access_group_ids: [everybody],
    })
    expect(await user(acs_user_id)).toMatchObject({
      acs_system_id,
      display_name: 'Jane Doe',
      email: 'jane@example.com',
      email_address: 'jane@example.com',
      external_type: 'brivo_user',
      is_suspended: false,
      last_successful_sync_at: null,
    })
    expect(await pending(acs_user_id)).toEqual(['creating'])
    await place.toNext()
    expect(await types()).toEqual(['acs_user.created'])
    // The groups are joined by a user that is there.
    expect(await user(acs_user_id)).toMatchObject({
      pending_mutations: [
        {
          mutation_code: 'updating_group_membership',
          from: { acs_access_group_id: null },
          to: { acs_access_group_id: everybody },
        },
      ],
    })
    await place.advance('10s')
    expect(await pending(acs_user_id)).toEqual([])
  })

  it('is changed in parts, each of which is pending with what it was', async () => {
    const place = places.open()
    const { acs } = place.seam
    const { add, user, pending } = await office(place)
    const acs_user_id = await add()
    await place.advance('10s')
    const access_schedule = { starts_at: iso(T0 + day), ends_at: iso(T0 + 2 * day) }
    await acs.users.update({ acs_user_id, full_name: 'Jane Roe', access_schedule })
    await acs.users.suspend({ acs_user_id })
    expect(await user(acs_user_id)).toMatchObject({
      full_name: 'Jane Roe',
      is_suspended: true,
      access_schedule,
      pending_mutations: [
        { from: { full_name: 'Jane Doe' }, to: { full_name: 'Jane Roe' } },
        { from: { starts_at: null, ends_at: null }, to: access_schedule },
        { from: { is_suspended: false }, to: { is_suspended: true } },
      ],
    })
    await place.advance('10s')
    expect(await pending(acs_user_id)).toEqual([])
    await acs.users.unsuspend({ acs_user_id })
    await acs.users.update({ acs_user_id, access_schedule: null })
    await place.advance('10s')
    expect(await user(acs_user_id)).not.toHaveProperty('access_schedule')
    expect((await user(acs_user_id)).is_suspended).toBe(false)
  })

  it('is deleted when its system has deleted it; one that was never there is gone at once', async () => {
    const place = places.open()
    const { acs } = place.seam
    const { add, user, types } = await office(place)
    const acs_user_id = await add()
    await place.advance('10s')
    await acs.users.delete({ acs_user_id })
    expect(await user(acs_user_id)).toMatchObject({
      pending_mutations: [{ mutation_code: 'deleting' }],
      warnings: [{ warning_code: 'being_deleted' }],
    })
    await place.advance('10s')
    const gone = await refusal(place, '/acs/users/get', { acs_user_id })
    expect(gone).toMatchObject({ status: 404, type: 'acs_user_not_found' })
    expect(await types()).toEqual(['acs_user.created', 'acs_user.deleted'])
  })

  it('of an address that is on its way waits for it, whichever the server hears of first', async () => {
    const place = places.open()
    const { add, user } = await office(place)
    for (let pair = 0; pair < 8; pair++) {
      const email_address = `guest-${pair}@example.com`
      const first = await add({ email_address })
      const second = await add({ email_address })
      await place.advance('10s')
      expect((await user(first)).errors).toEqual([])
      expect((await user(second)).errors).toMatchObject([
        { error_code: 'failed_to_create_on_acs_system' },
      ])
      await place.seam.acs.users.delete({ acs_user_id: first })
      await place.advance('30m')
      expect((await user(second)).errors).toEqual([])
    }
  })

  it('of the same address is not taken by its system, until the address is another', async () => {
    const place = places.open()
    const { add, user, types } = await office(place)
    await add({ email_address: 'jane@example.com' })
    await place.advance('10s')
    const acs_user_id = await add({ email_address: 'jane@example.com' })
    await place.advance('10s')
    expect(await user(acs_user_id)).toMatchObject({
      errors: [{ error_code: 'failed_to_create_on_acs_system' }],
      pending_mutations: [{ mutation_code: 'creating' }],
    })
    await place.seam.acs.users.update({ acs_user_id, email_address: 'janet@example.com' })
    await place.advance('20m')
    expect((await user(acs_user_id)).errors).toEqual([])
    expect(await types()).toEqual(['acs_user.created', 'acs_user.created'])
  })

  it('waits for a link that is broken, and for the first credential where it must', async () => {
    const place = places.open()
    const { add, pending, connected_account_id, types } = await office(place)
    await place.seam.connectedAccounts.simulate.disconnect({ connected_account_id })
    const acs_user_id = await add()
    await place.advance('1d')
    expect(await pending(acs_user_id)).toEqual(['creating'])
    expect(await types()).toEqual([])
    const hotel = await place.emulator.acsSystems.create({ model: 'visionline' })
    const { acs_system_id } = hotel
    const guest = await place.seam.acs.users.create({ acs_system_id, full_name: 'Guest' })
    await place.advance('1d')
    expect(await pending(guest.acs_user_id)).toEqual(['deferring_creation'])
  })

  it('is found by who it is', async () => {
    const place = places.open()
    const { acs, userIdentities } = place.seam
    const { add, user, acs_system_id } = await office(place)
    const { user_identity_id } = await userIdentities.create({
      full_name: 'Jane Doe',
      email_address: 'jane@example.com',
    })
    const acs_user_id = await add({ user_identity_id })
    expect(await user(acs_user_id)).toMatchObject({
      user_identity_id,
      user_identity_full_name: 'Jane Doe',
      user_identity_email_address: 'jane@example.com',
    })
    const found = await acs.users.get({ user_identity_id, acs_system_id })
    expect(found.acs_user_id).toBe(acs_user_id)
    const ids = async (by: object) => (await acs.users.list(by)).map((it) => it.acs_user_id)
    await add({ full_name: 'Other' })
    expect(await ids({ user_identity_id })).toEqual([acs_user_id])
    expect(await ids({ user_identity_email_address: 'jane@example.com' })).toEqual([acs_user_id])
    expect(await ids({ user_identity_phone_number: '+15555550100' })).toEqual([])
    expect(await ids({ search: 'jane' })).toEqual([acs_user_id])
    expect(await ids({ acs_system_id })).toHaveLength(2)
    expect(await ids({ created_before: iso(T0) })).toEqual([])
  })

  it.each([
    ['create', { full_name: 'A' }, 400, 'invalid_input'],
    ['create', { acs_system_id: UNKNOWN, full_name: 'A' }, 404, 'acs_system_not_found'],
    ['get', {}, 400, 'invalid_input'],
    ['get', { acs_user_id: UNKNOWN, user_identity_id: UNKNOWN }, 400, 'invalid_input'],
    ['get', { user_identity_id: UNKNOWN }, 400, 'invalid_input'],
    ['suspend', { acs_user_id: UNKNOWN }, 404, 'acs_user_not_found'],
  ])('%s with %j is refused', async (route, body, status, type) => {
    const place = places.open()
    expect(await refusal(place, `/acs/users/${route}`, body)).toMatchObject({ status, type })
  })

  it('of nobody known, with a schedule where there are none, or in another system’s group is refused', async () => {
    const place = places.open()
    const { acs_system_id } = await office(place)
    const hotel = await place.emulator.acsSystems.create({ model: 'visionline' })
    const create = (body: object) =>
      refusal(place, '/acs/users/create', { acs_system_id, full_name: 'A', ...body })
    expect(await create({ user_identity_id: UNKNOWN })).toMatchObject({
      status: 400,
      type: 'user_identity_not_found',
    })
    const access_schedule = { ends_at: iso(T0 + hour) }
    const inHotel = { acs_system_id: hotel.acs_system_id }
    const inVisionline = await create({ ...inHotel, access_schedule })
    expect(inVisionline).toMatchObject({ status: 400, type: 'not_supported' })
    expect(JSON.stringify(inVisionline)).toContain('visionline_system')
    expect(await create({ access_schedule: { ends_at: iso(T0) } })).toMatchObject({ status: 400 })
    const other = await place.emulator.acsSystems.create({ model: 'kisi' })
    const { acs_access_group_id } = other.access_groups[0] ?? {}
    expect(await create({ acs_access_group_ids: [acs_access_group_id] })).toMatchObject({
      status: 400,
      type: 'invalid_input',
    })
    expect(await place.seam.acs.users.list({})).toEqual([])
  })
})

describe('a group', () => {
  it('is joined and left from both ends, and shows both', async () => {
    const place = places.open()
    const { acs } = place.seam
    const { add, pending, everybody, operations } = await office(place)
    const acs_user_id = await add()
    await place.advance('10s')
    await acs.users.addToAccessGroup({ acs_user_id, acs_access_group_id: everybody })
    await acs.accessGroups.addUser({ acs_user_id, acs_access_group_id: everybody })
    const group = () => acs.accessGroups.get({ acs_access_group_id: everybody })
    expect(await pending(acs_user_id)).toEqual(['updating_group_membership'])
    expect(await group()).toMatchObject({
      name: 'Everybody',
      external_type: 'brivo_group',
      pending_mutations: [
        {
          mutation_code: 'updating_user_membership',
          from: { acs_user_id: null },
          to: { acs_user_id },
        },
      ],
    })
    await place.advance('10s')
    expect((await group()).pending_mutations).toEqual([])
    const members = await acs.accessGroups.listUsers({ acs_access_group_id: everybody })
    expect(members.map((it) => it.acs_user_id)).toEqual([acs_user_id])
    const doors = async () =>
      (await acs.users.listAccessibleEntrances({ acs_user_id })).map((it) => it.display_name)
    expect(await doors()).toEqual(['Main Entrance', 'Office'])
    await acs.accessGroups.addUser({ acs_user_id, acs_access_group_id: operations })
    expect(await doors()).toContain('Server Room')
    await acs.accessGroups.removeUser({ acs_user_id, acs_access_group_id: operations })
    await acs.users.removeFromAccessGroup({ acs_user_id, acs_access_group_id: everybody })
    expect(await doors()).toEqual([])
    const ofGroup = await acs.accessGroups.listAccessibleEntrances({
      acs_access_group_id: operations,
    })
    expect(ofGroup).toHaveLength(3)
  })

  it('takes in people whom its system does not know, and knows by their address', async () => {
    const place = places.open()
    const { acs, userIdentities } = place.seam
    const { add, everybody, user } = await office(place)
    const known = await add({ email_address: 'jane@example.com' })
    const jane = await userIdentities.create({ email_address: 'jane@example.com' })
    const john = await userIdentities.create({ full_name: 'John' })
    for (const { user_identity_id } of [jane, john])
      await acs.accessGroups.addUser({ user_identity_id, acs_access_group_id: everybody })
    expect((await user(known)).user_identity_id).toBe(jane.user_identity_id)
    const users = await acs.accessGroups.listUsers({ acs_access_group_id: everybody })
    expect(users.map((it) => it.display_name)).toEqual(['Jane Doe', 'John'])
    const { user_identity_id } = jane
    await acs.users.removeFromAccessGroup({ user_identity_id, acs_access_group_id: everybody })
    const groups = await acs.accessGroups.list({ user_identity_id })
    expect(groups).toEqual([])
  })

  it('is deleted from its system; members keep their other groups', async () => {
    const place = places.open()
    const { acs } = place.seam
    const { add, everybody, operations, pending, types } = await office(place)
    const acs_user_id = await add({ acs_access_group_ids: [everybody, operations] })
    await place.advance('10s')
    await acs.accessGroups.delete({ acs_access_group_id: everybody })
    expect(await acs.accessGroups.get({ acs_access_group_id: everybody })).toMatchObject({
      pending_mutations: [{ mutation_code: 'deleting' }],
      warnings: [{ warning_code: 'being_deleted' }],
    })
    await place.advance('10s')
    const left = await acs.accessGroups.list({ acs_user_id })
    expect(left.map((it) => it.name)).toEqual(['Operations'])
    expect(await pending(acs_user_id)).toEqual([])
    expect(await types()).toEqual(['acs_user.created', 'acs_access_group.deleted'])
    const again = { acs_access_group_id: everybody }
    expect(await refusal(place, '/acs/access_groups/delete', again)).toMatchObject({
      status: 404,
      type: 'acs_access_group_not_found',
    })
  })
})

describe('doors that are granted one by one', () => {
  it('are for systems without groups', async () => {
    const place = places.open()
    const { acs } = place.seam
    const hotel = await place.emulator.acsSystems.create({ model: 'visionline' })
    const { acs_system_id, entrances } = hotel
    const { acs_entrance_id = '' } = entrances[1] ?? {}
    const { acs_user_id } = await acs.users.create({ acs_system_id, full_name: 'Guest' })
    await acs.entrances.grantAccess({ acs_user_id, acs_entrance_id })
    const doors = async () =>
      (await acs.users.listAccessibleEntrances({ acs_user_id })).map((it) => it.display_name)
    expect(await doors()).toEqual(['Room 101'])
    await acs.users.revokeAccessToAllEntrances({ acs_user_id })
    expect(await doors()).toEqual([])
    const { entrances: others } = await office(place)
    const other = { acs_user_id, acs_entrance_id: others[0]?.acs_entrance_id }
    const refused = await refusal(place, '/acs/entrances/grant_access', other)
    expect(refused).toMatchObject({ status: 400, type: 'not_supported' })
    expect(JSON.stringify(refused)).toContain('brivo_account')
  })
})

describe('a person', () => {
  it('is a user of systems from the beginning, or becomes one, or no longer is', async () => {
    const place = places.open()
    const { userIdentities } = place.seam
    const { add, acs_system_id, everybody } = await office(place)
    const jane = await userIdentities.create({ full_name: 'Jane', acs_system_ids: [acs_system_id] })
    const { user_identity_id } = jane
    expect(jane.acs_user_ids).toHaveLength(1)
    const other = await add({ full_name: 'John', acs_access_group_ids: [everybody] })
    await userIdentities.addAcsUser({ acs_user_id: other, user_identity_id })
    const users = await userIdentities.listAcsUsers({ user_identity_id })
    expect(users.map((it) => it.display_name)).toEqual(['Jane', 'John'])
    const systems = await userIdentities.listAcsSystems({ user_identity_id })
    expect(systems.map((it) => it.acs_system_id)).toEqual([acs_system_id])
    const doors = await userIdentities.listAccessibleEntrances({ user_identity_id })
    expect(doors.map((it) => it.display_name)).toEqual(['Main Entrance', 'Office'])
    await userIdentities.removeAcsUser({ acs_user_id: other, user_identity_id })
    expect((await userIdentities.get({ user_identity_id })).acs_user_ids).toHaveLength(1)
    const again = { acs_user_id: other, user_identity_id }
    expect(await refusal(place, '/user_identities/remove_acs_user', again)).toMatchObject({
      status: 404,
      type: 'acs_user_not_found',
    })
  })

  it('of a new key is made of the user; one that is deleted takes its users along', async () => {
    const place = places.open()
    const { userIdentities, acs } = place.seam
    const { add } = await office(place)
    const acs_user_id = await add()
    await place.advance('10s')
    await userIdentities.addAcsUser({ acs_user_id, user_identity_key: 'jane' })
    const { user_identity_id, full_name } = await userIdentities.get({ user_identity_key: 'jane' })
    expect(full_name).toBe('Jane Doe')
    await userIdentities.delete({ user_identity_id })
    await place.advance('10s')
    expect(await acs.users.list({})).toEqual([])
    expect(await userIdentities.list({})).toEqual([])
  })
})

describe('the subscription of a Salto KS site', () => {
  it('has room for those whose schedule holds, and tells when it is full', async () => {
    const place = places.open()
    const { acs } = place.seam
    const { add, user, acs_system_id } = await office(place, 'salto_ks')
    const visitor = await add({
      access_schedule: { starts_at: iso(T0 + day), ends_at: iso(T0 + day + 8 * hour) },
    })
    const ids: string[] = []
    for (let nth = 0; nth < 19; nth++) ids.push(await add({ full_name: `Resident ${nth}` }))
    await place.advance('1m')
    const site = () => acs.systems.get({ acs_system_id })
    expect(await user(visitor)).toMatchObject({
      salto_ks_metadata: { is_subscribed: false },
      warnings: [{ warning_code: 'salto_ks_user_not_subscribed' }],
    })
    expect(await site()).toMatchObject({
      errors: [],
      warnings: [{ warning_code: 'salto_ks_subscription_limit_almost_reached' }],
    })
    await place.advanceTo(T0 + day)
    expect(await user(visitor)).toMatchObject({
      salto_ks_metadata: { is_subscribed: true },
      warnings: [],
    })
    const late = await add({ full_name: 'One too many' })
    await place.advance('1m')
    const full = [{ error_code: 'salto_ks_subscription_limit_exceeded' }]
    expect(await user(late)).toMatchObject({ errors: full })
    expect(await site()).toMatchObject({ errors: full })
    await acs.users.delete({ acs_user_id: ids[0] ?? '' })
    await place.advance('1m')
    expect(await user(late)).toMatchObject({ errors: [], warnings: [] })
    expect((await site()).errors).toEqual([])
    await place.advanceTo(T0 + day + 8 * hour)
    expect((await user(visitor)).salto_ks_metadata).toEqual({ is_subscribed: false })
  })
})

describe('faults of pushes', () => {
  const cases = [
    ['fail', { kind: 'fail', message: 'The server is full.' }, 'failed_to_create_on_acs_system'],
    ['provider_unavailable', { kind: 'provider_unavailable' }, 'failed_to_create_on_acs_system'],
    ['never_confirm', { kind: 'never_confirm' }, null],
    ['delay', { kind: 'delay', by: '5m' }, null],
  ] as const
  it.each(cases)('%s: the user is pending, and there in the end', async (_, effect, error) => {
    const place = places.open()
    const { add, user, pending, types } = await office(place)
    await place.emulator.faults.create({ on: 'acs.user', times: 1, effect })
    const acs_user_id = await add()
    await place.advance('10s')
    expect(await pending(acs_user_id)).toEqual(['creating'])
    const told = (await user(acs_user_id)).errors.map((it) => it.error_code)
    expect(told).toEqual(error === null ? [] : [error])
    await place.advance('15m')
    expect(await pending(acs_user_id)).toEqual([])
    expect(await types()).toEqual(['acs_user.created'])
  })

  it('a group whose deletion fails is deleted later', async () => {
    const place = places.open()
    const { everybody, types } = await office(place)
    await place.emulator.faults.create({
      on: 'acs.group',
      match: { name: 'Everybody' },
      times: 1,
      effect: { kind: 'fail' },
    })
    await place.seam.acs.accessGroups.delete({ acs_access_group_id: everybody })
    await place.advance('1m')
    expect(await types()).toEqual([])
    await place.advance('10m')
    expect(await types()).toEqual(['acs_access_group.deleted'])
  })
})
