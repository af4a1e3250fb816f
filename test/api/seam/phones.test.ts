import { SeamHttp } from '@seamapi/http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { iso, startPlaces } from '../../support/place.ts'
import { refusal } from '../../support/refusal.ts'

const UNKNOWN = '00000000-0000-4000-8000-00000000dead'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

test('a phone is a Samsung Galaxy unless it is said to be another, and no list of devices has it', async () => {
  const { seam } = emulator.open()
  const { user_identity_id } = await seam.userIdentities.create({})
  const phone = await seam.phones.simulate.createSandboxPhone({ user_identity_id })
  expect(phone).toMatchObject({
    device_type: 'android_phone',
    display_name: 'Samsung Galaxy S10',
    errors: [],
    warnings: [],
  })
  const other = await seam.phones.simulate.createSandboxPhone({
    user_identity_id,
    phone_metadata: { operating_system: 'ios', device_model: 'iPhone 15' },
  })
  expect(other).toMatchObject({ device_type: 'ios_phone', display_name: 'iPhone 15' })
  expect(await seam.phones.get({ device_id: other.device_id })).toEqual(other)
  expect(await seam.devices.list({ device_ids: [phone.device_id, other.device_id] })).toEqual([])
})

test('phones are listed by their owner', async () => {
  const { seam } = emulator.open()
  const ann = await seam.userIdentities.create({})
  const bo = await seam.userIdentities.create({})
  const [hers, his] = await Promise.all(
    [ann, bo].map(({ user_identity_id }) =>
      seam.phones.simulate.createSandboxPhone({ user_identity_id }),
    ),
  )
  const owner_user_identity_id = ann.user_identity_id
  expect(await seam.phones.list({ owner_user_identity_id })).toEqual([hers])
  expect(await seam.phones.list()).toHaveLength(2)
  expect(await seam.phones.list({ acs_credential_id: UNKNOWN })).toEqual([])
  expect(his?.device_id).not.toBe(hers?.device_id)
})

test('a phone that is deactivated is gone, and an event tells of it', async () => {
  const place = emulator.open()
  const { seam } = place
  const { user_identity_id } = await seam.userIdentities.create({})
  const { device_id } = await seam.phones.simulate.createSandboxPhone({ user_identity_id })
  await seam.phones.deactivate({ device_id })
  for (const route of ['get', 'deactivate'])
    expect(await refusal(place, `/phones/${route}`, { device_id })).toMatchObject({
      status: 404,
      type: 'phone_not_found',
    })
  expect(await seam.events.list({ since: iso(0), device_id })).toMatchObject([
    { event_type: 'phone.deactivated', device_id },
  ])
})

test('a client session deactivates the phones of its own person alone', async () => {
  const place = emulator.open()
  const { seam } = place
  const ann = await seam.userIdentities.create({})
  const bo = await seam.userIdentities.create({})
  const phoneOf = async ({ user_identity_id }: { user_identity_id: string }) =>
    (await seam.phones.simulate.createSandboxPhone({ user_identity_id })).device_id
  const [hers, his] = [await phoneOf(ann), await phoneOf(bo)]
  const { token } = await seam.clientSessions.create({ user_identity_id: ann.user_identity_id })
  const own = SeamHttp.fromClientSessionToken(token, { endpoint: place.endpoint })
  await expect(own.phones.deactivate({ device_id: his })).rejects.toThrow(/not found/)
  await own.phones.deactivate({ device_id: hers })
  expect((await seam.phones.list()).map(({ device_id }) => device_id)).toEqual([his])
})

test('a phone is simulated for people who are there, in sandboxes', async () => {
  const place = emulator.open()
  const simulate = '/phones/simulate/create_sandbox_phone'
  expect(await refusal(place, simulate, { user_identity_id: UNKNOWN })).toMatchObject({
    status: 404,
    type: 'user_identity_not_found',
  })
  await place.control('workspaces/create', {
    api_key: 'seam_test_phones-of-production',
    fixture: { name: 'production', workspace: { name: 'Production', is_sandbox: false } },
  })
  const production = emulator.open('phones-of-production')
  const { user_identity_id } = await production.seam.userIdentities.create({})
  expect(await refusal(production, simulate, { user_identity_id })).toMatchObject({
    status: 400,
    type: 'workspace_not_sandbox',
  })
})
