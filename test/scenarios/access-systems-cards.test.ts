/** What cards do at doors that have no line: the door is asked, and nobody else. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { explainCredential } from '../../src/sim/acs-cards/explain.ts'
import { presentAt } from '../../src/sim/acs-cards/at-the-door.ts'
import { needsReissue } from '../../src/sim/acs-credentials/issues.ts'
import { createCredential } from '../../src/sim/acs-credentials/operations.ts'
import { requireCredential } from '../../src/sim/acs-credentials/rows.ts'
import { encodeCredential } from '../../src/sim/acs-encoders/operations.ts'
import { setMembership } from '../../src/sim/acs-users/operations.ts'
import { openFrozenWorld } from '../support/frozen-world.ts'
import { day, hour, iso, minute, startPlaces, T0 } from '../support/place.ts'
import type { Place } from '../support/place.ts'
import { settled } from '../support/hotel.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

/** Flats of Salto Space: a reader at the gate, and doors without a line that note openings on cards. */
const flats = async (place: Place, audit_on_keys = true) => {
  const { acs } = place.seam
  const door = (name: string) => ({ name, is_wired: false, metadata: { audit_on_keys } })
  const site = await place.emulator.acsSystems.create({
    model: 'salto_space',
    entrances: [{ name: 'Gate', category: 'common' }, door('Flat 1'), door('Flat 2')],
    access_groups: [
      { name: 'Flat 1', entrances: ['Gate', 'Flat 1'] },
      { name: 'Flat 2', entrances: ['Gate', 'Flat 2'] },
    ],
    encoders: ['Desk'],
  })
  const { acs_system_id } = site
  const [gate = '', flat1 = '', flat2 = ''] = site.entrances.map((it) => it.acs_entrance_id)
  const [group1 = '', group2 = ''] = site.access_groups.map((it) => it.acs_access_group_id)
  const acs_encoder_id = site.encoders[0]?.acs_encoder_id ?? ''
  const { acs_user_id } = await acs.users.create({
    acs_system_id,
    full_name: 'Ada',
    acs_access_group_ids: [group1],
  })
  const { acs_credential_id } = await acs.credentials.create({ acs_user_id, access_method: 'card' })
  await place.advance(minute)
  const encode = async () =>
    (await settled(place, '/acs/encoders/encode_credential', { acs_encoder_id, acs_credential_id }))
      .error?.type
  expect(await encode()).toBeUndefined()
  await place.advance(minute)
  const { card_number } = await acs.credentials.get({ acs_credential_id })
  return {
    ...site,
    acs,
    gate,
    flat1,
    flat2,
    group1,
    group2,
    acs_user_id,
    acs_credential_id,
    acs_encoder_id,
    card_number: card_number ?? '',
    encode,
    show: async (acs_entrance_id: string) => {
      const answer = await place.emulator.acsSystems.present({
        acs_entrance_id,
        card_number: card_number ?? '',
      })
      return answer.opened ? 'opened' : answer.reason
    },
    /** What was told of doors: which, and when it happened. */
    told: async () =>
      (await place.events())
        .filter((it) => it.event_type.startsWith('lock.'))
        .map((it) => [it.acs_entrance_id, it.event_type, it.occurred_at]),
  }
}

test('a Salto Space door that audits on keys has its openings told by the card, at the next reader with a line', async () => {
  const place = emulator.open()
  const { show, told, gate, flat1, flat2, acs_user_id } = await flats(place)
  const begin = await place.now()
  expect(await show(flat1)).toBe('opened')
  await place.advance(hour)
  expect(await show(flat1)).toBe('opened')
  expect(await show(flat2)).toBe('unknown_code')
  await place.advance(day)
  expect(await told()).toEqual([])
  expect(await show(gate)).toBe('opened')
  expect(await told()).toEqual([
    [flat1, 'lock.unlocked', iso(begin)],
    [flat1, 'lock.unlocked', iso(begin + hour)],
    [gate, 'lock.unlocked', iso(begin + hour + day)],
  ])
  const [first] = (await place.events()).filter((it) => it.event_type === 'lock.unlocked')
  expect(first).toMatchObject({ method: 'card', acs_user_id })
  expect(Date.parse(first?.created_at ?? '')).toBe(begin + hour + day)
  // Once told, it is off the card.
  expect(await show(gate)).toBe('opened')
  expect(await told()).toHaveLength(4)
})

test('a Salto Space door that does not audit on keys never tells who came in', async () => {
  const place = emulator.open()
  const { show, told, gate, flat1 } = await flats(place, false)
  expect(await show(flat1)).toBe('opened')
  expect(await show(gate)).toBe('opened')
  expect((await told()).map(([door]) => door)).toEqual([gate])
})

test('what a card carries waits for a reader whose line works, and for a system that is reached', async () => {
  const place = emulator.open()
  const { show, told, gate, flat1, bridge_id } = await flats(place)
  const begin = await place.now()
  expect(await show(flat1)).toBe('opened')
  await place.emulator.entrances.setOnline({ acs_entrance_id: gate, online: false })
  expect(await show(gate)).toBe('opened')
  await place.emulator.entrances.setOnline({ acs_entrance_id: gate, online: true })
  expect((await told()).map(([door]) => door)).toEqual([gate])
  const [card] = await place.emulator.cards.list()
  expect(card?.carried).toMatchObject([{ acs_entrance_id: flat1, at: iso(begin) }])
  await place.unplug(bridge_id ?? '')
  expect(await show(gate)).toBe('opened')
  await place.advance(hour)
  expect(await told()).toHaveLength(1)
  await place.plug(bridge_id ?? '')
  expect((await told()).slice(1)).toEqual([
    [gate, 'lock.unlocked', iso(begin)],
    [flat1, 'lock.unlocked', iso(begin)],
  ])
})

test('an encoder reads what a card carries, also when it writes the card anew', async () => {
  const place = emulator.open()
  const { encode, show, told, flat1, acs_encoder_id } = await flats(place)
  expect(await show(flat1)).toBe('opened')
  await settled(place, '/acs/encoders/scan_credential', { acs_encoder_id })
  expect(await told()).toHaveLength(1)
  expect(await show(flat1)).toBe('opened')
  expect(await encode()).toBeUndefined()
  expect(await told()).toHaveLength(2)
})

/** A hotel of Visionline, and who has cards there. */
const hotel = async (place: Place, more: object = {}) => {
  const { acs } = place.seam
  const site = await place.emulator.acsSystems.create({ model: 'visionline', ...more })
  const { acs_system_id } = site
  const acs_encoder_id = site.encoders[0]?.acs_encoder_id ?? ''
  const [lobby = '', room101 = '', room102 = ''] = site.entrances.map((it) => it.acs_entrance_id)
  const guest = async (
    doors: string[],
    more_of_it: Partial<Parameters<typeof acs.credentials.create>[0]> = {},
  ) => {
    const { acs_user_id } = await acs.users.create({ acs_system_id, full_name: 'Guest' })
    const { acs_credential_id } = await acs.credentials.create({
      acs_user_id,
      access_method: 'card',
      allowed_acs_entrance_ids: doors,
      ends_at: iso(T0 + 9 * day),
      ...more_of_it,
    })
    return { acs_user_id, acs_credential_id }
  }
  const encode = async (acs_credential_id: string) =>
    (await settled(place, '/acs/encoders/encode_credential', { acs_encoder_id, acs_credential_id }))
      .error?.type
  return {
    ...site,
    acs,
    acs_encoder_id,
    lobby,
    room101,
    room102,
    guest,
    encode,
    /** A guest with a card in the hand: its number. */
    card: async (doors: string[], more_of_it = {}) => {
      const { acs_credential_id } = await guest(doors, more_of_it)
      expect(await encode(acs_credential_id)).toBeUndefined()
      const { card_number } = await acs.credentials.get({ acs_credential_id })
      return { acs_credential_id, card_number: card_number ?? '' }
    },
    show: async (acs_entrance_id: string, card_number: string) => {
      const answer = await place.emulator.acsSystems.present({ acs_entrance_id, card_number })
      return answer.opened ? 'opened' : answer.reason
    },
  }
}

const override = { visionline_metadata: { override: true } }

test('an override takes effect at each door by itself, when it is first used there', async () => {
  const place = emulator.open()
  const { card, show, room101, room102 } = await hotel(place)
  const { card_number: old } = await card([room101, room102], override)
  const { card_number: fresh } = await card([room101, room102], override)
  expect(await show(room101, fresh)).toBe('opened')
  expect(await show(room101, old)).toBe('blocklisted_code')
  expect(await show(room102, old)).toBe('opened')
  expect(await show(room102, fresh)).toBe('opened')
  expect(await show(room102, old)).toBe('blocklisted_code')
})

test('a door that many share compares no numbers: who was there before is still let in', async () => {
  const place = emulator.open()
  const { card, show, lobby, room101 } = await hotel(place)
  const { card_number: old } = await card([lobby, room101], override)
  const { card_number: fresh } = await card([lobby, room101], override)
  expect(await show(lobby, fresh)).toBe('opened')
  expect(await show(room101, fresh)).toBe('opened')
  expect(await show(lobby, old)).toBe('opened')
  expect(await show(room101, old)).toBe('blocklisted_code')
})

test('a card of auto_join overrides where nobody is, and joins where somebody is', async () => {
  const place = emulator.open()
  const { card, show, room101 } = await hotel(place)
  const auto = { visionline_metadata: { auto_join: true } }
  const short = { ends_at: iso(T0 + hour) }
  const { card_number: gone } = await card([room101], { ...override, ...short })
  expect(await show(room101, gone)).toBe('opened')
  await place.advance(2 * hour)
  const { card_number: first } = await card([room101], auto)
  const { card_number: second } = await card([room101], auto)
  expect(await show(room101, second)).toBe('opened')
  expect(await show(room101, first)).toBe('opened')
  expect(await place.types()).not.toContain('acs_credential.invalidated')
})

test('a card of staff opens whoever has the room, and locks nobody out', async () => {
  const place = emulator.open()
  const { card, show, room101 } = await hotel(place)
  const { card_number: staff, acs_credential_id } = await card([room101], {
    visionline_metadata: { card_function_type: 'staff' },
  })
  const { card_number: first } = await card([room101], override)
  expect(await show(room101, staff)).toBe('opened')
  expect(await show(room101, first)).toBe('opened')
  const { card_number: second } = await card([room101], override)
  expect(await show(room101, second)).toBe('opened')
  expect(await show(room101, first)).toBe('blocklisted_code')
  expect(await show(room101, staff)).toBe('opened')
  const { acs } = place.seam
  expect(await acs.credentials.get({ acs_credential_id })).toMatchObject({
    visionline_metadata: { is_valid: true, card_function_type: 'staff' },
  })
})

test('a blank card, a number that is nobody’s and a card of another hotel are unknown to a door', async () => {
  const place = emulator.open()
  const { show, room101, acs_encoder_id } = await hotel(place)
  const other = await hotel(place, { name: 'Other Hotel' })
  const { card_number: foreign } = await other.card([other.room101])
  const { card } = await place.emulator.encoders.placeCard({ acs_encoder_id })
  for (const number of [card?.card_number ?? '', 'FFFFFFFFFFFFFFFF', foreign])
    expect(await show(room101, number)).toBe('unknown_code')
  const typed = { acs_entrance_id: room101, code: '1234' }
  expect(await place.emulator.acsSystems.present(typed)).toMatchObject({ reason: 'unknown_code' })
})

test('an offline door lets the card of a suspended user in, of a deleted one, and of one without rights', async () => {
  const place = emulator.open()
  const { acs, acs_user_id, acs_credential_id, show, flat1, gate } = await flats(place)
  await acs.users.suspend({ acs_user_id })
  await place.advance(minute)
  expect(await show(flat1)).toBe('opened')
  expect(await show(gate)).toBe('blocklisted_code')
  // What was declared stays so, whatever doors say.
  expect(await acs.credentials.listAccessibleEntrances({ acs_credential_id })).toHaveLength(2)
  await acs.users.unsuspend({ acs_user_id })
  await acs.users.revokeAccessToAllEntrances({ acs_user_id })
  await place.advance(minute)
  expect(await show(flat1)).toBe('opened')
  expect(await show(gate)).toBe('unknown_code')
  await acs.users.delete({ acs_user_id })
  await place.advance(minute)
  expect(await show(flat1)).toBe('opened')
  expect(await show(gate)).toBe('unknown_code')
})

test('changed rights reach an offline door with a new encoding, which the credential asks for', async () => {
  const place = emulator.open()
  const { acs, acs_user_id, acs_credential_id, show, flat1, flat2, gate, group1, group2, encode } =
    await flats(place)
  const warnings = async () =>
    (await acs.credentials.get({ acs_credential_id })).warnings.map((it) => it.warning_code)
  await acs.users.addToAccessGroup({ acs_user_id, acs_access_group_id: group2 })
  await acs.users.removeFromAccessGroup({ acs_user_id, acs_access_group_id: group1 })
  await place.advance(minute)
  expect(await warnings()).toEqual(['needs_to_be_reissued'])
  expect([await show(flat1), await show(flat2)]).toEqual(['opened', 'unknown_code'])
  expect(await show(gate)).toBe('opened')
  expect(await encode()).toBeUndefined()
  expect(await warnings()).toEqual([])
  expect([await show(flat1), await show(flat2)]).toEqual(['unknown_code', 'opened'])
})

test('privacy mode keeps a card out of a door without a line, too', async () => {
  const place = emulator.open()
  const { card, show, room101 } = await hotel(place)
  const { card_number } = await card([room101])
  await place.emulator.entrances.setPrivacyMode({ acs_entrance_id: room101, enabled: true })
  expect(await show(room101, card_number)).toBe('blocked_by_privacy_mode')
  await place.emulator.entrances.setPrivacyMode({ acs_entrance_id: room101, enabled: false })
  expect(await show(room101, card_number)).toBe('opened')
})

test('nothing is told of an offline door of a hotel, however often it opens', async () => {
  const place = emulator.open()
  const { card, show, room101, lobby } = await hotel(place)
  const { card_number } = await card([lobby, room101])
  for (const door of [lobby, room101, lobby]) expect(await show(door, card_number)).toBe('opened')
  await place.advance(day)
  expect((await place.types()).filter((it) => it.startsWith('lock.'))).toEqual([])
})

test('what a brand says of a door decides whether it is the door of one guest', async () => {
  const place = emulator.open()
  const words = {
    visionline: ['guest', 'common', 'entrance', 'elevator reader', 'common (PMS)'],
    assa_abloy_vostio: ['GuestDoor', 'CommonDoor', 'EntranceDoor', 'Elevator'],
    hotek: ['room_number', 'common_area_number'],
  }
  const fields = { visionline: 'door_category', assa_abloy_vostio: 'door_type', hotek: null }
  for (const model of ['visionline', 'assa_abloy_vostio', 'hotek'] as const) {
    const says = (word: string) => ({
      name: word,
      metadata: { [fields[model] ?? word]: fields[model] === null ? '7' : word },
    })
    const { card, show, entrances, acs_system_id } = await hotel(place, {
      model,
      entrances: words[model].map(says),
    })
    const doors = entrances.map((it) => it.acs_entrance_id)
    const [first, ...others] = await place.seam.acs.entrances.list({ acs_system_id })
    expect(first?.can_belong_to_reservation).toBe(true)
    expect(others.some((it) => it.can_belong_to_reservation)).toBe(false)
    const how = model === 'hotek' ? { hotek_metadata: { override: true } } : override
    const vostio = {
      assa_abloy_vostio_metadata: { override_guest_acs_entrance_ids: doors.slice(0, 1) },
    }
    const options = model === 'assa_abloy_vostio' ? vostio : how
    const { card_number: old } = await card(doors, options)
    const { card_number: fresh } = await card(doors, options)
    const again: unknown[] = []
    for (const door of doors) {
      expect(await show(door, fresh)).toBe('opened')
      again.push(await show(door, old))
    }
    expect(again).toEqual(['blocklisted_code', ...others.map(() => 'opened')])
  }
})

test('a card is torn away and encoded again: what was damaged is read by no door, and written by no encoder', async () => {
  const place = emulator.open()
  const { guest, encode, show, acs_encoder_id, room101, acs } = await hotel(place)
  const { acs_credential_id } = await guest([room101])
  const { card } = await place.emulator.encoders.placeCard({ acs_encoder_id })
  const body = { acs_encoder_id, acs_credential_id }
  await place.raw('/acs/encoders/encode_credential', body)
  await place.emulator.encoders.removeCard({ acs_encoder_id })
  const card_number = card?.card_number ?? ''
  expect(await show(room101, card_number)).toBe('credential_error')
  await place.emulator.encoders.placeCard({ acs_encoder_id, card_number })
  expect(await encode(acs_credential_id)).toBe('uncategorized_error')
  await place.emulator.encoders.placeCard({ acs_encoder_id })
  expect(await encode(acs_credential_id)).toBeUndefined()
  const encoded = await acs.credentials.get({ acs_credential_id })
  expect(await show(room101, encoded.card_number ?? '')).toBe('opened')
})

test('a card that is overwritten by another credential invalidates the one that was on it', async () => {
  const place = emulator.open()
  const { guest, card, encode, show, acs_encoder_id, room101, room102, acs } = await hotel(place)
  const first = await card([room101])
  await place.emulator.encoders.placeCard({ acs_encoder_id, card_number: first.card_number })
  const { acs_credential_id } = await guest([room102])
  expect(await encode(acs_credential_id)).toBeUndefined()
  expect(await show(room101, first.card_number)).toBe('unknown_code')
  expect(await show(room102, first.card_number)).toBe('opened')
  const old = await acs.credentials.get({ acs_credential_id: first.acs_credential_id })
  expect(old.visionline_metadata?.is_valid).toBe(false)
  expect(await place.types()).toContain('acs_credential.invalidated')
})

test('a tag that is written for somebody else opens the doors of that one, and of nobody before', async () => {
  const place = emulator.open()
  const { acs, acs_system_id, acs_encoder_id, gate, card_number, show, acs_credential_id } =
    await flats(place)
  const { acs_user_id } = await acs.users.create({ acs_system_id, full_name: 'Bea' })
  const fresh = await acs.credentials.create({ acs_user_id, access_method: 'card' })
  await place.advance(minute)
  expect(await show(gate)).toBe('opened')
  await place.emulator.encoders.placeCard({ acs_encoder_id, card_number })
  const body = { acs_encoder_id, acs_credential_id: fresh.acs_credential_id }
  expect((await settled(place, '/acs/encoders/encode_credential', body)).status).toBe('success')
  await place.advance(minute)
  // Bea is in no group.
  expect(await show(gate)).toBe('unknown_code')
  const answer = await place.emulator.acsSystems.present({ acs_entrance_id: gate, card_number })
  expect(answer.acs_credential_id).toBe(fresh.acs_credential_id)
  expect((await acs.credentials.get({ acs_credential_id })).card_number).toBe(null)
})

test('a credential of a card is no key: nobody can hold it to a reader without the card', async () => {
  const place = emulator.open()
  const { acs_credential_id, gate, flat1 } = await flats(place)
  for (const acs_entrance_id of [gate, flat1])
    expect(
      await place.emulator.acsSystems.present({ acs_entrance_id, acs_credential_id }),
    ).toMatchObject({ opened: false, reason: 'unknown_code' })
})

test('a group with a schedule opens doors without a line then alone: it stands on the card', () => {
  const site = { acs_system_id: 'site' }
  const door = (acs_entrance_id: string) => ({
    ...site,
    acs_entrance_id,
    display_name: acs_entrance_id,
  })
  const group = (acs_access_group_id: string, more: object) => ({
    ...site,
    acs_access_group_id,
    name: acs_access_group_id,
    ...more,
  })
  const world = openFrozenWorld({
    name: 'community',
    loose_ids: true,
    connected_accounts: [{ connected_account_id: 'kaba', model: 'dormakaba_community' }],
    acs_systems: [{ ...site, model: 'dormakaba_community', connected_account_id: 'kaba' }],
    acs_entrances: [door('pool'), door('flat')],
    acs_access_groups: [
      group('pool', {
        acs_entrance_ids: ['pool'],
        access_schedule: { starts_in: 8 * hour, ends_in: 16 * hour },
      }),
      group('flat', { acs_entrance_ids: ['flat'] }),
      group('always', { acs_entrance_ids: ['pool'] }),
    ],
    acs_users: [
      { ...site, acs_user_id: 'ada', full_name: 'Ada', acs_access_group_ids: ['pool', 'flat'] },
    ],
    acs_encoders: [{ ...site, acs_encoder_id: 'desk', display_name: 'Desk' }],
  })
  const { acs_credential_id } = world.write((it) =>
    createCredential(it, { acs_user_id: 'ada', access_method: 'card' }),
  )
  const encode = () => {
    world.write((it) => encodeCredential(it, 'desk', acs_credential_id))
    world.advance(minute)
  }
  world.advance(minute)
  encode()
  const show = (acs_entrance_id: string) =>
    world.write((it) => {
      const card_number = it.acs_credentials.get(acs_credential_id)?.card_number ?? ''
      const { at_door } = explainCredential(it, acs_credential_id, acs_entrance_id)
      return [presentAt(it, acs_entrance_id, { card_number }).reason, at_door?.cause]
    })
  expect([show('pool'), show('flat')]).toEqual([
    ['expired_code', 'too_early'],
    [null, null],
  ])
  world.advance(9 * hour)
  expect(show('pool')).toEqual([null, null])
  world.advance(8 * hour)
  expect(show('pool')).toEqual(['expired_code', 'too_late'])
  // Of several groups the widest counts, on the next card.
  world.write((it) => setMembership(it, 'ada', 'always', true))
  expect(world.read((it) => needsReissue(it, requireCredential(it, acs_credential_id)))).toBe(true)
  expect(show('pool')).toEqual(['expired_code', 'too_late'])
  encode()
  expect(show('pool')).toEqual([null, null])
})
