/** Credentials that change hands, the doors that they are for, and doors that only the integrator tells of. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { siteOf } from '../../support/hotel.ts'
import { minute, startPlaces } from '../../support/place.ts'
import { refusal } from '../../support/refusal.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

test('a credential is assigned to a user or a person, opens for whoever has it, and for nobody without', async () => {
  const place = emulator.open()
  const { acs, userIdentities } = place.seam
  const office = await siteOf(place, 'brivo')
  const { acs_system_id } = office
  const first = await acs.users.create({ acs_system_id, full_name: 'Ada' })
  const second = await acs.users.create({ acs_system_id, full_name: 'Bea' })
  const { acs_credential_id } = await acs.credentials.create({
    acs_user_id: first.acs_user_id,
    access_method: 'code',
    code: '482913',
    allowed_acs_entrance_ids: [office.first],
  })
  await place.advance(minute)
  expect(await office.show(office.first, { code: '482913' })).toBe('opened')
  expect(await acs.credentials.listAccessibleEntrances({ acs_credential_id })).toMatchObject([
    { acs_entrance_id: office.first },
  ])
  const taken = { acs_credential_id, acs_user_id: second.acs_user_id }
  expect(await refusal(place, '/acs/credentials/assign', taken)).toMatchObject({
    status: 400,
    type: 'credential_already_assigned',
  })
  expect(await refusal(place, '/acs/credentials/unassign', taken)).toMatchObject({
    status: 400,
    type: 'invalid_input',
  })
  await acs.credentials.unassign({ acs_credential_id, acs_user_id: first.acs_user_id })
  await place.advance(minute)
  expect(await office.show(office.first, { code: '482913' })).not.toBe('opened')
  expect(await acs.credentials.listAccessibleEntrances({ acs_credential_id })).toEqual([])

  const { user_identity_id } = await userIdentities.create({ full_name: 'Cyd' })
  await acs.credentials.assign({ acs_credential_id, user_identity_id })
  await place.advance(minute)
  expect(await office.show(office.first, { code: '482913' })).toBe('opened')
  const [cyd] = await acs.users.list({ user_identity_id })
  expect((await acs.credentials.get({ acs_credential_id })).acs_user_id).toBe(cyd?.acs_user_id)
  for (const by of [{}, { acs_user_id: first.acs_user_id, user_identity_id }])
    expect(
      await refusal(place, '/acs/credentials/assign', { acs_credential_id, ...by }),
    ).toMatchObject({ status: 400, type: 'invalid_input' })
})

test('a code that is drawn is nobody else’s of the site', async () => {
  const place = emulator.open()
  const { acs } = place.seam
  const { acs_system_id } = await siteOf(place, 'pti')
  const codes: unknown[] = []
  for (const full_name of ['Ada', 'Bea', 'Cyd']) {
    const { acs_user_id } = await acs.users.create({ acs_system_id, full_name })
    const { code } = await acs.credentials.create({ acs_user_id, access_method: 'code' })
    await place.advance(minute)
    codes.push(code)
  }
  expect(new Set(codes).size).toBe(3)
})

test('Hotek hears of its doors and encoders from the integrator, and nobody else does', async () => {
  const place = emulator.open()
  const { acs } = place.seam
  const { acs_system_id } = await siteOf(place, 'hotek')
  const known = (await acs.entrances.list({ acs_system_id })).length
  await acs.systems.reportDevices({
    acs_system_id,
    acs_entrances: [
      { hotek_metadata: { room_number: '707' } },
      { hotek_metadata: { common_area_number: '9', common_area_name: 'Pool' } },
    ],
    acs_encoders: [{ hotek_metadata: { encoder_number: '77' } }],
  })
  const names = (await acs.entrances.list({ acs_system_id })).map((it) => it.display_name)
  expect(names).toEqual(expect.arrayContaining(['Room 707', 'Pool']))
  expect(names).toHaveLength(known + 2)
  const types = await place.types()
  expect(types.filter((it) => it === 'acs_entrance.added').length).toBeGreaterThanOrEqual(2)
  expect(types).toContain('acs_encoder.added')
  await acs.systems.reportDevices({
    acs_system_id,
    acs_entrances: [{ hotek_metadata: { room_number: '707' }, is_removed: true }],
  })
  expect(await acs.entrances.list({ acs_system_id })).toHaveLength(known + 1)
  expect(await place.types()).toContain('acs_entrance.removed')
  const both = { room_number: '1', common_area_number: '1' }
  expect(
    await refusal(place, '/acs/systems/report_devices', {
      acs_system_id,
      acs_entrances: [{ hotek_metadata: both }],
    }),
  ).toMatchObject({ status: 400, type: 'invalid_input' })
  const other = await siteOf(place, 'brivo')
  expect(
    await refusal(place, '/acs/systems/report_devices', {
      acs_system_id: other.acs_system_id,
      acs_entrances: [{ hotek_metadata: { room_number: '1' } }],
    }),
  ).toMatchObject({ status: 400, type: 'not_supported' })
})
