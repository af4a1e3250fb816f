/** Stories of access grants, with the official SDK, real webhooks and the door as judge. */
import { expect, test } from 'vitest'
import { placesThatReach } from '../fidelity/reaches.ts'
import { day, home, hour, iso, minute, T0 } from '../support/place.ts'
import type { Place } from '../support/place.ts'
import { follow } from '../support/follow.ts'

const emulator = placesThatReach()

const guest = { full_name: 'Ada Guest', email_address: 'ada@example.com' }

const byMode = (mode: 'code' | 'card') => [{ mode } as const]

test('G1: a guest tonight has a PIN, gets in, and is out after the end', async () => {
  const place = emulator.open()
  const { seam } = place
  const told = await follow(place)
  const grant = await seam.accessGrants.create({
    user_identity: guest,
    device_ids: [home.august],
    requested_access_methods: byMode('code'),
    starts_at: iso(T0),
    ends_at: iso(T0 + 2 * day),
  })
  const { access_grant_id } = grant
  const [access_method_id = ''] = grant.access_method_ids
  expect(grant).toMatchObject({
    display_name: 'Ada Guest',
    errors: [],
    warnings: [],
    requested_access_methods: [{ mode: 'code', created_access_method_ids: [access_method_id] }],
  })
  const method = await seam.accessMethods.get({ access_method_id })
  expect(method).toMatchObject({ is_issued: false, issued_at: null })
  const code = method.code ?? ''
  expect(code).toMatch(/^\d{4,9}$/)
  await place.advance(minute)
  expect(told.news()).toEqual([
    'grant.created',
    'method.created',
    'code.created',
    'code.set_on_device',
    'method.issued',
    'grant.access_granted_to_all_doors',
  ])
  const issued = await seam.accessMethods.get({ access_method_id })
  expect(issued).toMatchObject({ is_issued: true, pending_mutations: [] })
  expect(Date.parse(issued.issued_at ?? '')).toBeGreaterThan(T0)
  expect(await seam.accessCodes.list({ access_grant_id })).toMatchObject([
    { status: 'set', code, name: 'Ada Guest' },
  ])
  expect(await place.opens(home.august, code)).toBe(true)
  expect(await place.opens(home.schlage, code)).toBe(false)

  const [person] = await seam.userIdentities.list()
  expect(person).toMatchObject({ email_address: 'ada@example.com' })
  const events = await seam.events.list({ since: iso(T0 - 1), access_grant_id })
  expect(events.map((it) => it.event_type).toReversed()).toEqual([
    'access_grant.created',
    'access_method.created',
    'access_code.created',
    'access_code.set_on_device',
    'access_method.issued',
    'access_grant.access_granted_to_all_doors',
    'lock.unlocked',
  ])
  expect(events[0]).toMatchObject({ user_identity_id: grant.user_identity_id })

  await place.advanceTo(T0 + 2 * day + 10 * minute)
  expect(told.news()).toEqual(['code.removed_from_device', 'code.deleted', 'method.revoked'])
  expect(await place.opens(home.august, code)).toBe(false)
  expect(await place.slots(home.august)).toEqual([])
  expect(await seam.accessGrants.get({ access_grant_id })).toMatchObject({ access_grant_id })
  expect(await seam.accessMethods.get({ access_method_id })).toMatchObject({ is_issued: false })
  await told.close()
})

test('G2: booked three weeks ahead, one PIN opens two locks from the start on', async () => {
  const place = emulator.open()
  const { seam } = place
  const told = await follow(place)
  const { access_grant_id, access_method_ids } = await seam.accessGrants.create({
    user_identity: guest,
    device_ids: [home.august, home.schlage],
    requested_access_methods: byMode('code'),
    starts_at: iso(T0 + 21 * day),
    ends_at: iso(T0 + 24 * day),
  })
  expect(access_method_ids).toHaveLength(1)
  const [access_method_id = ''] = access_method_ids
  const { code, is_issued } = await seam.accessMethods.get({ access_method_id })
  expect(is_issued).toBe(false)
  const codes = await seam.accessCodes.list({ access_method_id })
  expect(codes.map((it) => [it.code, it.status])).toEqual([
    [code, 'unset'],
    [code, 'unset'],
  ])
  await place.advanceTo(T0 + 18 * day + hour)
  expect(told.news()).toEqual([
    'grant.created',
    'method.created',
    'code.created',
    'code.created',
    'code.scheduled_on_device',
    'code.scheduled_on_device',
    'method.issued',
    'grant.access_granted_to_all_doors',
  ])
  expect(await seam.accessMethods.get({ access_method_id })).toMatchObject({ is_issued: true })
  expect(await place.opens(home.august, code ?? '')).toBe(false)
  await place.advanceTo(T0 + 21 * day)
  expect(told.news()).toEqual(['code.set_on_device', 'code.set_on_device'])
  expect(await place.opens(home.august, code ?? '')).toBe(true)
  expect(await place.opens(home.schlage, code ?? '')).toBe(true)
  expect(await seam.accessGrants.get({ access_grant_id })).toMatchObject({ warnings: [] })
  await told.close()
})

const codesOf = (thing: {
  errors: { error_code: string }[]
  warnings: { warning_code: string }[]
}) => [...thing.errors.map((it) => it.error_code), ...thing.warnings.map((it) => it.warning_code)]

const mutationsOf = (thing: { pending_mutations: { mutation_code: string }[] }) =>
  thing.pending_mutations.map((it) => it.mutation_code)

/** A grant on these devices from now on for two days, whose PIN is on the locks. */
const stay = async (
  place: Place,
  device_ids: string[],
  more: { access_grant_key?: string } = {},
) => {
  const grant = await place.seam.accessGrants.create({
    user_identity: guest,
    device_ids,
    requested_access_methods: byMode('code'),
    ends_at: iso(T0 + 2 * day),
    ...more,
  })
  await place.advance(minute)
  const { access_grant_id } = grant
  const [access_method_id = ''] = grant.access_method_ids
  const { code } = await place.seam.accessMethods.get({ access_method_id })
  return { access_grant_id, access_method_id, code: code ?? '' }
}

test('G3: a wished PIN that is taken on one lock is given on the other', async () => {
  const place = emulator.open()
  const { seam } = place
  await seam.accessCodes.create({ device_id: home.schlage, code: '4711', name: 'Owner' })
  await place.advance(minute)
  const told = await follow(place)
  const { access_grant_id, access_method_ids, requested_access_methods } =
    await seam.accessGrants.create({
      user_identity: guest,
      device_ids: [home.august, home.schlage],
      requested_access_methods: [{ mode: 'code', code: '4711' }],
      ends_at: iso(T0 + 2 * day),
    })
  expect(access_method_ids).toHaveLength(2)
  expect(requested_access_methods).toMatchObject([{ created_access_method_ids: access_method_ids }])
  const methods = await seam.accessMethods.list({ access_grant_id })
  const other = methods[1]?.code ?? ''
  expect(methods[0]?.code).toBe('4711')
  expect(other).not.toBe('4711')
  const { warnings } = await seam.accessGrants.get({ access_grant_id })
  expect(warnings).toMatchObject([
    {
      warning_code: 'requested_code_unavailable',
      device_id: home.schlage,
      original_code: '4711',
      new_code: other,
    },
  ])
  await place.advance(minute)
  const news = told.news()
  expect(news.slice(0, 3)).toEqual(['grant.created', 'method.created', 'method.created'])
  expect(news.filter((type) => type === 'method.issued')).toHaveLength(2)
  expect(news.filter((type) => type === 'grant.access_granted_to_all_doors')).toHaveLength(1)
  expect(news.at(-1)).toBe('grant.access_granted_to_all_doors')
  expect(await place.opens(home.august, '4711')).toBe(true)
  expect(await place.opens(home.august, other)).toBe(false)
  expect(await place.opens(home.schlage, other)).toBe(true)
  expect((await place.enter(home.schlage, '4711')).opened).toBe(true)
  expect(await seam.accessCodes.list({ device_id: home.schlage })).toMatchObject([
    { name: 'Owner', code: '4711', status: 'set' },
    { name: 'Ada Guest', code: other, status: 'set' },
  ])
  await told.close()
})

test('G4: a guest stays longer, with the same PIN', async () => {
  const place = emulator.open()
  const { seam } = place
  const { access_grant_id, access_method_id, code } = await stay(place, [home.august], {
    access_grant_key: 'stay-4',
  })
  const told = await follow(place)
  const longer = { access_grant_key: 'stay-4', ends_at: iso(T0 + 4 * day) }
  await seam.accessGrants.update(longer)
  const grant = await seam.accessGrants.get({ access_grant_id })
  expect(grant.ends_at).toBe(iso(T0 + 4 * day))
  expect(codesOf(grant)).toEqual(['updating_access_times'])
  expect(grant.pending_mutations).toMatchObject([
    {
      mutation_code: 'updating_access_times',
      access_method_ids: [access_method_id],
      from: { ends_at: iso(T0 + 2 * day) },
      to: { ends_at: iso(T0 + 4 * day) },
    },
  ])
  const method = await seam.accessMethods.get({ access_method_id })
  expect(method.is_issued).toBe(false)
  expect(codesOf(method)).toEqual(['updating_access_times'])
  expect(mutationsOf(method)).toEqual(['updating_access_times'])
  await place.advance(minute)
  expect(told.news()).toEqual([
    'grant.access_times_changed',
    'method.revoked',
    'code.mutations_requested',
    'code.time_frame_changed',
    'code.changed',
    'code.set_on_device',
    'method.reissued',
  ])
  const after = await seam.accessMethods.get({ access_method_id })
  expect(after).toMatchObject({ is_issued: true, code, warnings: [], pending_mutations: [] })
  expect(Date.parse(after.issued_at ?? '')).toBeGreaterThan(T0 + minute)
  expect(await seam.accessGrants.get({ access_grant_id })).toMatchObject({
    warnings: [],
    pending_mutations: [],
  })
  await seam.accessGrants.update(longer)
  await place.advance(minute)
  expect(told.news()).toEqual([])
  await place.advanceTo(T0 + 3 * day)
  expect(await place.opens(home.august, code)).toBe(true)
  await told.close()
})

test('G5: what is cancelled while the lock is offline goes when it is back', async () => {
  const place = emulator.open()
  const { seam } = place
  const { access_grant_id, access_method_id, code } = await stay(place, [home.august])
  const told = await follow(place)
  await place.unplug(home.august_bridge)
  await seam.accessGrants.delete({ access_grant_id })
  expect(codesOf(await seam.accessGrants.get({ access_grant_id }))).toEqual(['being_deleted'])
  expect(codesOf(await seam.accessMethods.get({ access_method_id }))).toEqual(['being_deleted'])
  expect(await seam.accessCodes.list({ access_grant_id })).toMatchObject([{ status: 'removing' }])
  expect(await place.opens(home.august, code)).toBe(true)
  await seam.accessGrants.delete({ access_grant_id })
  await place.advance('15m')
  expect(told.news()).toEqual(['code.delay_in_removing_from_device'])
  await place.plug(home.august_bridge)
  await place.advance('2m')
  expect(told.news()).toEqual([
    'code.removed_from_device',
    'code.deleted',
    'method.deleted',
    'grant.deleted',
  ])
  await expect(seam.accessGrants.get({ access_grant_id })).rejects.toMatchObject({
    statusCode: 404,
    code: 'access_grant_not_found',
  })
  await expect(seam.accessGrants.delete({ access_grant_id })).rejects.toMatchObject({
    statusCode: 404,
  })
  expect(await place.opens(home.august, code)).toBe(false)
  const events = await seam.events.list({ since: iso(T0 - 1), access_grant_id })
  expect(events[0]).toMatchObject({ event_type: 'access_grant.deleted' })
  await told.close()
})

test('G6: a grant follows its space as locks come and go', async () => {
  const place = emulator.open()
  const { seam } = place
  const { space_id, device_count } = await seam.spaces.create({
    name: 'Flat 3',
    space_key: 'flat-3',
    device_ids: [home.august],
  })
  expect(device_count).toBe(1)
  const told = await follow(place)
  const grant = await seam.accessGrants.create({
    user_identity: guest,
    space_keys: ['flat-3'],
    requested_access_methods: byMode('code'),
    ends_at: iso(T0 + 2 * day),
  })
  const { access_grant_id } = grant
  const [access_method_id = ''] = grant.access_method_ids
  expect(grant.space_ids).toEqual([space_id])
  await place.advance(minute)
  told.news()
  const { code, is_issued } = await seam.accessMethods.get({ access_method_id })
  expect(is_issued).toBe(true)

  await seam.spaces.addDevices({ space_id, device_ids: [home.schlage] })
  const wider = await seam.accessGrants.get({ access_grant_id })
  expect(codesOf(wider)).toEqual(['underprovisioned_access'])
  expect(wider.pending_mutations).toMatchObject([
    {
      mutation_code: 'updating_spaces',
      from: { device_ids: [home.august] },
      to: { device_ids: [home.august, home.schlage] },
    },
  ])
  expect(await seam.accessMethods.get({ access_method_id })).toMatchObject({
    is_issued: false,
    pending_mutations: [
      {
        mutation_code: 'provisioning_access',
        from: { device_ids: [home.august] },
        to: { device_ids: [home.august, home.schlage] },
      },
    ],
  })
  await place.advance(minute)
  expect(told.news()).toEqual([
    'space.device_membership_changed',
    'method.revoked',
    'code.created',
    'code.set_on_device',
    'method.reissued',
    'grant.access_granted_to_all_doors',
  ])
  expect(await place.opens(home.schlage, code ?? '')).toBe(true)
  expect(await seam.accessGrants.get({ access_grant_id })).toMatchObject({
    warnings: [],
    pending_mutations: [],
  })

  await seam.spaces.removeDevices({ space_id, device_ids: [home.august] })
  expect(codesOf(await seam.accessGrants.get({ access_grant_id }))).toEqual([
    'overprovisioned_access',
  ])
  expect(mutationsOf(await seam.accessMethods.get({ access_method_id }))).toEqual([
    'revoking_access',
  ])
  await place.advance(minute)
  expect(told.news()).toEqual([
    'space.device_membership_changed',
    'method.revoked',
    'code.removed_from_device',
    'code.deleted',
    'method.reissued',
  ])
  expect(await place.opens(home.august, code ?? '')).toBe(false)
  expect(await place.opens(home.schlage, code ?? '')).toBe(true)
  await told.close()
})

test('G7: what no door can serve is told, and the rest is served', async () => {
  const place = emulator.open()
  const { seam } = place
  const cannot = home.august_without_keypad
  const told = await follow(place)
  const make = (device_ids: string[], mode: 'code' | 'card') =>
    seam.accessGrants.create({
      user_identity: {},
      device_ids,
      requested_access_methods: byMode(mode),
      ends_at: iso(T0 + 2 * day),
    })
  const none = await make([cannot], 'code')
  expect(none.access_method_ids).toEqual([])
  expect(codesOf(none)).toEqual([
    'cannot_create_requested_access_methods',
    'device_does_not_support_access_codes',
  ])
  expect(none.errors).toMatchObject([{ missing_device_ids: [cannot] }])
  await place.advance(1)
  expect(told.news()).toEqual(['grant.created', 'grant.could_not_create_requested_access_methods'])
  const some = await make([home.august, cannot], 'code')
  expect(some.access_method_ids).toHaveLength(1)
  expect(codesOf(some)).toEqual(['device_does_not_support_access_codes'])
  await place.advance(minute)
  expect(told.news()).toEqual([
    'grant.created',
    'method.created',
    'code.created',
    'grant.could_not_create_requested_access_methods',
    'code.set_on_device',
    'method.issued',
  ])
  const card = await make([home.august], 'card')
  expect(card.access_method_ids).toEqual([])
  expect(codesOf(card)).toEqual(['cannot_create_requested_access_methods'])
  await place.advance(day)
  expect(told.news()).toEqual(['grant.created', 'grant.could_not_create_requested_access_methods'])
  await told.close()
})

test('G8: a lock that fails until after check-in is told of, and heals', async () => {
  const place = emulator.open()
  const { seam } = place
  const told = await follow(place)
  await place.unplug(home.august_bridge)
  const { access_grant_id, access_method_ids } = await seam.accessGrants.create({
    user_identity: guest,
    device_ids: [home.august],
    requested_access_methods: byMode('code'),
    starts_at: iso(T0 + 2 * hour),
    ends_at: iso(T0 + 2 * day),
  })
  const [access_method_id = ''] = access_method_ids
  const method = () => seam.accessMethods.get({ access_method_id })
  const ofMethods = () => told.news().filter((type) => !type.startsWith('code.'))
  await place.advance(110 * minute)
  expect(ofMethods()).toEqual(['grant.created', 'method.created', 'method.delay_in_issuing'])
  expect(codesOf(await method())).toEqual(['delay_in_issuing'])
  await place.advanceTo(T0 + 2 * hour)
  expect(ofMethods()).toEqual(['method.failed_to_issue'])
  expect(codesOf(await method())).toEqual(['failed_to_issue', 'delay_in_issuing'])
  await place.advance(hour)
  await place.plug(home.august_bridge)
  await place.advance('2m')
  expect(told.news()).toEqual([
    'code.set_on_device',
    'method.issued',
    'grant.access_granted_to_all_doors',
  ])
  expect(codesOf(await method())).toEqual([])
  expect(await seam.accessGrants.get({ access_grant_id })).toMatchObject({ errors: [] })
  expect(await place.opens(home.august, (await method()).code ?? '')).toBe(true)
  await told.close()
})

test('G9: nobody but the grant changes its codes; a method can go by itself, and another come', async () => {
  const place = emulator.open()
  const { seam } = place
  const { access_grant_id, access_method_id } = await stay(place, [home.august])
  const told = await follow(place)
  const [code] = await seam.accessCodes.list({ access_grant_id })
  const access_code_id = code?.access_code_id ?? ''
  const refused = { statusCode: 400, code: 'access_code_managed_by_access_grant' }
  const { accessCodes } = seam
  await expect(accessCodes.delete({ access_code_id })).rejects.toMatchObject(refused)
  await expect(accessCodes.update({ access_code_id, name: 'Mine' })).rejects.toMatchObject(refused)
  await expect(accessCodes.update({ access_code_id, is_managed: false })).rejects.toMatchObject(
    refused,
  )
  const common_code_key = code?.common_code_key ?? ''
  expect(common_code_key).not.toBe('')
  await expect(accessCodes.updateMultiple({ common_code_key, name: 'Mine' })).rejects.toMatchObject(
    refused,
  )
  const notUnmanaged = { statusCode: 404 }
  const { unmanaged } = accessCodes
  await expect(unmanaged.delete({ access_code_id })).rejects.toMatchObject(notUnmanaged)
  await expect(unmanaged.convertToManaged({ access_code_id })).rejects.toMatchObject(notUnmanaged)
  await expect(unmanaged.update({ access_code_id, is_managed: true })).rejects.toMatchObject(
    notUnmanaged,
  )
  expect(await accessCodes.get({ access_code_id })).toEqual(code)
  await place.advance(minute)
  expect(told.news()).toEqual([])

  await seam.accessMethods.delete({ access_method_id })
  await place.advance(minute)
  expect(told.news()).toEqual(['code.removed_from_device', 'code.deleted', 'method.deleted'])
  const bare = await seam.accessGrants.get({ access_grant_id })
  expect(bare).toMatchObject({ access_method_ids: [], errors: [], warnings: [] })
  await place.advance(hour)
  expect(told.news()).toEqual([])

  const more = await seam.accessGrants.requestAccessMethods({
    access_grant_id,
    requested_access_methods: byMode('code'),
  })
  expect(more.access_method_ids).toHaveLength(1)
  await place.advance(minute)
  expect(told.news()).toEqual([
    'method.created',
    'code.created',
    'code.set_on_device',
    'method.issued',
  ])
  await told.close()
})
