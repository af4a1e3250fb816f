/** Users and credentials of access systems: what the API shows of them, and what their doors make of it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { settled, siteOf } from '../support/hotel.ts'
import { day, hour, iso, minute, startPlaces, T0 } from '../support/place.ts'
import { refusal } from '../support/refusal.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

test('a schedule without a start begins now, and one without an end does not end', async () => {
  const place = emulator.open()
  const { acs } = place.seam
  const { acs_system_id } = await siteOf(place, 'brivo')
  const create = async (access_schedule: object) =>
    (await place.raw('/acs/users/create', { acs_system_id, full_name: 'Ada', access_schedule }))
      .body
  expect(await create({ ends_at: iso(T0 + day) })).toMatchObject({
    acs_user: { access_schedule: { starts_at: iso(T0), ends_at: iso(T0 + day) } },
  })
  expect(await create({ starts_at: iso(T0 + hour) })).toMatchObject({
    acs_user: { access_schedule: { starts_at: iso(T0 + hour), ends_at: null } },
  })
  expect(await acs.users.list({ acs_system_id })).toHaveLength(2)
})

test('a system counts its users and groups as they are', async () => {
  const place = emulator.open()
  const { acs } = place.seam
  const { acs_system_id, connected_account_id, access_groups } = await siteOf(place, 'brivo')
  const system = () => acs.systems.get({ acs_system_id })
  expect(await system()).toMatchObject({
    acs_user_count: 0,
    acs_access_group_count: 2,
    connected_account_ids: [connected_account_id],
  })
  const { acs_user_id } = await acs.users.create({ acs_system_id, full_name: 'Ada' })
  await acs.accessGroups.delete({
    acs_access_group_id: access_groups[0]?.acs_access_group_id ?? '',
  })
  await place.advance(minute)
  expect(await system()).toMatchObject({ acs_user_count: 1, acs_access_group_count: 1 })
  await acs.users.delete({ acs_user_id })
  await place.advance(minute)
  expect(await system()).toMatchObject({ acs_user_count: 0 })
})

test('a user that is deleted takes credentials along: invalidated first, then deleted, then the user', async () => {
  const place = emulator.open()
  const { acs } = place.seam
  const { acs_system_id, access_groups, first, show } = await siteOf(place, 'brivo')
  const { acs_user_id } = await acs.users.create({
    acs_system_id,
    full_name: 'Ada',
    acs_access_group_ids: [access_groups[0]?.acs_access_group_id ?? ''],
  })
  for (const code of ['111111', '222222'])
    await acs.credentials.create({ acs_user_id, access_method: 'code', code })
  await place.advance(minute)
  expect(await show(first, { code: '111111' })).toBe('opened')
  const before = (await place.types()).length
  await acs.users.delete({ acs_user_id })
  await place.advance(minute)
  expect((await place.types()).slice(before)).toEqual([
    'acs_credential.invalidated',
    'acs_credential.invalidated',
    'acs_credential.deleted',
    'acs_credential.deleted',
    'acs_user.deleted',
  ])
  expect(await show(first, { code: '111111' })).toBe('unknown_code')
})

test('a mobile key for all phones is one key on each phone, and they come and go with the phones and with it', async () => {
  const place = emulator.open()
  const { acs, userIdentities, phones } = place.seam
  const { acs_system_id, first, show } = await siteOf(place, 'visionline')
  await place.emulator.acsSystems.create({ model: 'assa_abloy_credential_service' })
  const { user_identity_id } = await userIdentities.create({ full_name: 'Ada' })
  await phones.simulate.createSandboxPhone({ user_identity_id })
  const { acs_credential_id } = await acs.credentials.create({
    user_identity_id,
    acs_system_id,
    access_method: 'mobile_key',
    allowed_acs_entrance_ids: [first],
    is_multi_phone_sync_credential: true,
  })
  await place.advance(minute)
  const keys = async () =>
    (await acs.credentials.list({ acs_system_id })).filter(
      (it) => it.parent_acs_credential_id === acs_credential_id,
    )
  const parent = () => acs.credentials.get({ acs_credential_id })
  expect(await parent()).toMatchObject({ is_multi_phone_sync_credential: true, is_issued: false })
  const [key] = await keys()
  expect(key).toMatchObject({ is_multi_phone_sync_credential: false, is_issued: true })
  const shown = { acs_credential_id: key?.acs_credential_id ?? '' }
  expect(await show(first, shown)).toBe('opened')
  // Nobody says which phone: any of hers.
  expect(await show(first, { acs_credential_id })).toBe('opened')
  const { device_id } = await phones.simulate.createSandboxPhone({ user_identity_id })
  await place.advance(minute)
  expect(await keys()).toHaveLength(2)
  await phones.deactivate({ device_id })
  await place.advance(minute)
  const [left, ...others] = await keys()
  expect([left?.acs_credential_id, others]).toEqual([shown.acs_credential_id, []])
  await acs.credentials.delete({ acs_credential_id })
  await place.advance(minute)
  expect(await acs.credentials.list({ acs_system_id })).toEqual([])
  expect(await show(first, shown)).not.toBe('opened')
})

test('a remote unlock ends as its door does: refused, cut off, or for a reason that a fault gives', async () => {
  const place = emulator.open()
  const { acs } = place.seam
  const { acs_system_id, access_groups, first, second } = await siteOf(place, 'kisi')
  const { acs_user_id } = await acs.users.create({
    acs_system_id,
    full_name: 'Ada',
    acs_access_group_ids: [access_groups[0]?.acs_access_group_id ?? ''],
  })
  const key = { acs_user_id, access_method: 'cloud_key' as const }
  const { acs_credential_id } = await acs.credentials.create(key)
  await place.advance(minute)
  const unlock = async (acs_entrance_id: string) =>
    (await settled(place, '/acs/entrances/unlock', { acs_entrance_id, acs_credential_id })).error
      ?.type
  expect([await unlock(first), await unlock(second)]).toEqual([undefined, 'access_denied'])
  for (const kind of ['fail', 'provider_unavailable'] as const) {
    await place.emulator.faults.create({ on: 'entrance.unlock', times: 1, effect: { kind } })
    expect(await unlock(first)).toBe('uncategorized_error')
  }
  await place.emulator.faults.create({ on: 'acs_system.link', effect: { kind: 'down' } })
  expect(await unlock(first)).toBe('entrance_offline')
  const other = await siteOf(place, 'kisi')
  const elsewhere = { acs_entrance_id: other.first, acs_credential_id }
  expect(await refusal(place, '/acs/entrances/unlock', elsewhere)).toMatchObject({
    status: 400,
    type: 'invalid_input',
  })
})

test('a door is shown one thing at a time', async () => {
  const place = emulator.open()
  const { first: acs_entrance_id } = await siteOf(place, 'brivo')
  for (const shown of [{}, { code: '1234', card_number: 'AB' }])
    expect(
      await refusal(place, '/_emulator/acs_systems/present', { acs_entrance_id, ...shown }),
    ).toMatchObject({ status: 400, type: 'invalid_input' })
})

test('a credential that ends before it begins, or has ended, is refused, and one of another site’s door', async () => {
  const place = emulator.open()
  const { acs } = place.seam
  const { acs_system_id, first } = await siteOf(place, 'visionline')
  const other = await siteOf(place, 'hotek')
  const { acs_user_id } = await acs.users.create({ acs_system_id, full_name: 'Ada' })
  const create = (more: object) =>
    refusal(place, '/acs/credentials/create', { acs_user_id, access_method: 'card', ...more })
  for (const wrong of [
    { ends_at: iso(T0) },
    { starts_at: iso(T0 + day), ends_at: iso(T0 + hour) },
    { allowed_acs_entrance_ids: [first, other.first] },
    { code: '1234' },
  ])
    expect(await create(wrong)).toMatchObject({ status: 400, type: 'invalid_input' })
  expect(await acs.credentials.list({ acs_user_id })).toEqual([])
})
