/** What access systems say of themselves: every error, warning and pending mutation that is reached. */
import { expect, test } from 'vitest'
import { acsTable } from '../fidelity/acs-table.ts'
import { encoderErrors } from '../../src/contract/fault-effects-acs.ts'
import { settled } from '../support/hotel.ts'
import { placesThatReach } from '../fidelity/reaches.ts'
import { day, hour, iso, T0 } from '../support/place.ts'
import type { Place } from '../support/place.ts'

const emulator = placesThatReach(acsTable)

const codes = (issues: readonly { error_code?: string; warning_code?: string }[]): unknown[] =>
  issues.map((issue) => issue.error_code ?? issue.warning_code)

const site = async (
  place: Place,
  model: 'visionline' | 'salto_ks' | 'brivo' | 'avigilon_alta' | 'salto_space' | 'hotek',
) => {
  const { acs } = place.seam
  const made = await place.emulator.acsSystems.create({ model })
  const { acs_system_id } = made
  const user = async (full_name = 'Ada', more: object = {}) =>
    (await acs.users.create({ acs_system_id, full_name, ...more })).acs_user_id
  return {
    ...made,
    acs,
    user,
    errors: async () => codes((await acs.systems.get({ acs_system_id })).errors),
    warnings: async () => codes((await acs.systems.get({ acs_system_id })).warnings),
  }
}

test('a system says which part of its link is broken', async () => {
  const place = emulator.open()
  const hotel = await site(place, 'visionline')
  const office = await site(place, 'brivo')
  const { bridges, faults } = place.emulator
  const [bridge] = (await bridges.list()).filter((it) =>
    it.connected_account_id === hotel.connected_account_id ? it : undefined,
  )
  const bridge_id = bridge?.bridge_id ?? ''
  await bridges.unplug({ bridge_id })
  expect(await hotel.errors()).toEqual(['bridge_disconnected'])
  await bridges.plug({ bridge_id })
  const { fault_id } = await faults.create({ on: 'acs_system.link', effect: { kind: 'down' } })
  expect(await hotel.errors()).toEqual(['visionline_instance_unreachable'])
  expect(await office.errors()).toEqual(['provider_service_unavailable'])
  const { connected_account_id } = office
  await place.seam.connectedAccounts.simulate.disconnect({ connected_account_id })
  expect(await office.errors()).toEqual(['account_disconnected'])
  await faults.delete({ fault_id })
  expect(await hotel.errors()).toEqual([])
})

test('a site of Salto KS runs out of subscriptions, and says so before', async () => {
  const place = emulator.open()
  const { user, errors, warnings, acs } = await site(place, 'salto_ks')
  const visitor = await user('Visitor', {
    access_schedule: { starts_at: iso(T0 + day), ends_at: iso(T0 + 2 * day) },
  })
  const ids: string[] = []
  for (let n = 0; n < 16; n++) ids.push(await user(`Guest ${n}`))
  await place.advance('1m')
  const visiting = await acs.users.get({ acs_user_id: visitor })
  expect(codes(visiting.warnings)).toContain('salto_ks_user_not_subscribed')
  for (let n = 16; n < 21; n++) ids.push(await user(`Guest ${n}`))
  await place.advance('1m')
  const last = await acs.users.get({ acs_user_id: ids.at(-1) ?? '' })
  expect(codes(last.errors)).toEqual(['salto_ks_subscription_limit_exceeded'])
  expect(await errors()).toEqual(['salto_ks_subscription_limit_exceeded'])
  await acs.users.delete({ acs_user_id: ids[0] ?? '' })
  await place.advance('1m')
  expect(await errors()).toEqual([])
  expect(await warnings()).toEqual(['salto_ks_subscription_limit_almost_reached'])
})

test('doors tell of privacy and of zones that they share', async () => {
  const place = emulator.open()
  for (const [model, warning] of [
    ['brivo', 'privacy_mode'],
    ['salto_ks', 'salto_ks_privacy_mode'],
  ] as const) {
    const { entrances, acs } = await site(place, model)
    const acs_entrance_id = entrances[0]?.acs_entrance_id ?? ''
    await place.emulator.entrances.setPrivacyMode({ acs_entrance_id, enabled: true })
    const door = await acs.entrances.get({ acs_entrance_id })
    expect(codes(door.warnings)).toEqual([warning])
  }
  const zone = { metadata: { zone_id: 7, zone_name: 'Lobby' } }
  const { entrances } = await place.emulator.acsSystems.create({
    model: 'avigilon_alta',
    entrances: [
      { name: 'Left', ...zone },
      { name: 'Right', ...zone },
    ],
  })
  for (const { acs_entrance_id } of entrances) {
    const door = await place.seam.acs.entrances.get({ acs_entrance_id })
    expect(codes(door.warnings)).toEqual(['entrance_shares_zone'])
  }
})

test('what a server refuses to take of a user is told until it takes it', async () => {
  const place = emulator.open()
  const { user, acs } = await site(place, 'brivo')
  const refuse = () =>
    place.emulator.faults.create({ on: 'acs.user', times: 1, effect: { kind: 'fail' } })
  const error = async (acs_user_id: string) => {
    await place.advance('10s')
    return codes((await acs.users.get({ acs_user_id })).errors)
  }
  await refuse()
  const acs_user_id = await user()
  expect(await error(acs_user_id)).toEqual(['failed_to_create_on_acs_system'])
  await place.advance('1h')
  expect(await error(acs_user_id)).toEqual([])
  await refuse()
  await acs.users.update({ acs_user_id, full_name: 'Ada Lovelace' })
  expect(await error(acs_user_id)).toEqual(['failed_to_update_on_acs_system'])
  await place.advance('1h')
  await refuse()
  await acs.users.delete({ acs_user_id })
  expect(await error(acs_user_id)).toEqual(['failed_to_delete_on_acs_system'])
  await place.advance('1h')
  await expect(acs.users.get({ acs_user_id })).rejects.toThrow(/not.found/i)
})

test('a user and its group show what is on its way to the server', async () => {
  const place = emulator.open()
  const { user, acs, acs_system_id } = await site(place, 'salto_ks')
  const acs_user_id = await user()
  const pending = async () =>
    (await acs.users.get({ acs_user_id })).pending_mutations?.map((it) => it.mutation_code)
  expect(await pending()).toEqual(['creating'])
  await place.advance('10s')
  const [group] = await acs.accessGroups.list({ acs_system_id })
  const acs_access_group_id = group?.acs_access_group_id ?? ''
  await acs.users.update({
    acs_user_id,
    full_name: 'Ada Lovelace',
    access_schedule: { starts_at: iso(T0), ends_at: iso(T0 + day) },
  })
  await acs.users.suspend({ acs_user_id })
  await acs.users.addToAccessGroup({ acs_user_id, acs_access_group_id })
  expect(new Set(await pending())).toEqual(
    new Set([
      'updating_user_information',
      'updating_access_schedule',
      'updating_suspension_state',
      'updating_group_membership',
    ]),
  )
  const joining = await acs.accessGroups.get({ acs_access_group_id })
  expect(joining.pending_mutations).toMatchObject([{ mutation_code: 'updating_user_membership' }])
  await place.advance('10s')
  expect(await pending()).toEqual([])
  await acs.accessGroups.delete({ acs_access_group_id })
  const going = await acs.accessGroups.get({ acs_access_group_id })
  expect(going.pending_mutations).toMatchObject([{ mutation_code: 'deleting' }])
  expect(codes(going.warnings)).toEqual(['being_deleted'])
  await acs.users.delete({ acs_user_id })
  const leaving = await acs.users.get({ acs_user_id })
  expect(codes(leaving.warnings)).toContain('being_deleted')
})

test('a card says what is yet to be done with it', async () => {
  const place = emulator.open()
  const { user, acs, entrances, encoders } = await site(place, 'visionline')
  const acs_user_id = await user()
  const before = await acs.users.get({ acs_user_id })
  expect(before.pending_mutations).toMatchObject([{ mutation_code: 'deferring_creation' }])
  await place.advance('1h')
  const { acs_credential_id } = await acs.credentials.create({
    acs_user_id,
    access_method: 'card',
    allowed_acs_entrance_ids: [entrances[1]?.acs_entrance_id ?? ''],
    starts_at: iso(T0),
    ends_at: iso(T0 + day),
  })
  const warned = async () => codes((await acs.credentials.get({ acs_credential_id })).warnings)
  expect(await warned()).toEqual(['waiting_to_be_issued', 'schedule_modified'])
  await place.advance('10s')
  const acs_encoder_id = encoders[0]?.acs_encoder_id ?? ''
  await acs.encoders.encodeCredential({ acs_encoder_id, acs_credential_id })
  await acs.credentials.update({ acs_credential_id, ends_at: iso(T0 + day + hour) })
  expect(await warned()).toContain('needs_to_be_reissued')
  await acs.credentials.delete({ acs_credential_id })
  expect(await warned()).toContain('being_deleted')
})

test('what a server refuses to take of a credential is told by a code of its own', async () => {
  const place = emulator.open()
  const { user, acs } = await site(place, 'brivo')
  const [ada, bea] = [await user('Ada'), await user('Bea')]
  await place.advance('1m')
  const pin = async (acs_user_id: string, code: string) =>
    (await acs.credentials.create({ acs_user_id, access_method: 'code', code })).acs_credential_id
  const told = async (acs_credential_id: string) => {
    await place.advance('10s')
    return codes((await acs.credentials.get({ acs_credential_id })).errors)
  }
  const refuse = () =>
    place.emulator.faults.create({ on: 'acs.credential', times: 1, effect: { kind: 'fail' } })
  await refuse()
  const first = await pin(ada, '482913')
  expect(await told(first)).toEqual(['failed_to_create_on_acs_system'])
  await place.advance('1h')
  expect(await told(await pin(bea, '482913'))).toEqual(['code_already_in_use'])
  await refuse()
  await acs.credentials.update({ acs_credential_id: first, code: '111111' })
  expect(await told(first)).toEqual(['failed_to_update_on_acs_system'])
  await place.advance('1h')
  expect(await told(first)).toEqual([])
  await refuse()
  await acs.credentials.delete({ acs_credential_id: first })
  expect(await told(first)).toEqual(['failed_to_delete_on_acs_system'])
})

test('an encoder that is gone from its system says so', async () => {
  const place = emulator.open()
  const { acs, acs_system_id } = await site(place, 'hotek')
  const report = (is_removed: boolean) =>
    acs.systems.reportDevices({
      acs_system_id,
      acs_encoders: [{ hotek_metadata: { encoder_number: '9' }, is_removed }],
    })
  await report(false)
  const there = await acs.encoders.list({ acs_system_id })
  expect(there.flatMap((it) => codes(it.errors))).toEqual([])
  await report(true)
  const gone = await acs.encoders.list({ acs_system_id })
  expect(gone.flatMap((it) => codes(it.errors))).toEqual(['acs_encoder_removed'])
})

test('encoders, cards and doors end attempts with every error that they have', async () => {
  const place = emulator.open()
  const { user, acs, entrances, encoders } = await site(place, 'salto_ks')
  const { faults } = place.emulator
  const acs_encoder_id = encoders[0]?.acs_encoder_id ?? ''
  const first = entrances[1]?.acs_entrance_id ?? ''
  const acs_user_id = await user('Ada')
  await place.advance('1m')
  const card = { acs_user_id, access_method: 'card' as const }
  const { acs_credential_id } = await acs.credentials.create(card)
  const ends = async (path: string, body: object) =>
    (await settled(place, path, body)).error?.type ?? 'success'
  const asked = {
    encode_credential: { acs_encoder_id, acs_credential_id },
    scan_credential: { acs_encoder_id },
    scan_to_assign_credential: { acs_encoder_id, acs_user_id },
  }
  for (const { thing, name } of acsTable) {
    const [type = '', error_code] = name.split(' ')
    const path = Object.entries(asked).find(([it]) => it.toUpperCase() === type)
    const known = encoderErrors.find((it) => it === error_code)
    if (thing !== 'attempt' || path === undefined || known === undefined) continue
    const on =
      type === 'ENCODE_CREDENTIAL' ? ('encoder.encode' as const) : ('encoder.scan' as const)
    await faults.create({ on, times: 1, effect: { kind: 'fail', error_code: known } })
    expect(await ends(`/acs/encoders/${path[0]}`, path[1])).toBe(known)
  }

  const { access_method_ids } = await place.seam.accessGrants.create({
    user_identity: { full_name: 'Bea' },
    acs_entrance_ids: [first],
    requested_access_methods: [{ mode: 'card' }],
  })
  await place.advance('1m')
  const [access_method_id = ''] = access_method_ids
  const assign = (card_number: string) =>
    ends('/access_methods/assign_card', { access_method_id, card_number })
  expect(await assign('0000')).toBe('credential_not_found')
  await acs.encoders.encodeCredential({ acs_encoder_id, acs_credential_id })
  const adas = await acs.credentials.get({ acs_credential_id })
  expect(await assign(adas.card_number ?? '')).toBe('uncategorized_error')

  const other = await site(place, 'brivo')
  const [, office = '', store = ''] = other.entrances.map((it) => it.acs_entrance_id)
  const key = await acs.credentials.create({
    acs_user_id: await other.user('Cyd', {
      acs_access_group_ids: [other.access_groups[0]?.acs_access_group_id ?? ''],
    }),
    access_method: 'cloud_key',
  })
  await place.advance('1m')
  const unlock = (acs_entrance_id: string) =>
    ends('/acs/entrances/unlock', { acs_credential_id: key.acs_credential_id, acs_entrance_id })
  expect(await unlock(store)).toBe('access_denied')
  await faults.create({ on: 'entrance.unlock', times: 1, effect: { kind: 'fail' } })
  expect(await unlock(office)).toBe('uncategorized_error')
  await place.emulator.entrances.setOnline({ acs_entrance_id: office, online: false })
  expect(await unlock(office)).toBe('entrance_offline')
})

test('a credential that changes hands is pending with both users', async () => {
  const place = emulator.open()
  const { user, acs } = await site(place, 'brivo')
  const [ada, bea] = [await user('Ada'), await user('Bea')]
  await place.advance('1m')
  const { acs_credential_id } = await acs.credentials.create({
    acs_user_id: ada,
    access_method: 'code',
  })
  const pending = async (acs_user_id: string) =>
    (await acs.users.get({ acs_user_id })).pending_mutations?.map((it) => [
      it.mutation_code,
      'from' in it ? it.from : null,
      'to' in it ? it.to : null,
    ])
  await place.advance('1m')
  expect(await pending(ada)).toEqual([])
  await acs.credentials.unassign({ acs_credential_id, acs_user_id: ada })
  const leaves = [
    'updating_credential_assignment',
    { acs_credential_id },
    { acs_credential_id: null },
  ]
  expect([await pending(ada), await pending(bea)]).toEqual([[leaves], []])
  await acs.credentials.assign({ acs_credential_id, acs_user_id: bea })
  const comes = [
    'updating_credential_assignment',
    { acs_credential_id: null },
    { acs_credential_id },
  ]
  expect([await pending(ada), await pending(bea)]).toEqual([[leaves], [comes]])
  await place.advance('1m')
  expect([await pending(ada), await pending(bea)]).toEqual([[], []])
})
