/** What the explanation of a grant says of entrances: what each waits for, and what its door says. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { entranceWaitReasons } from '../../src/contract/explain-doors.ts'
import { siteOf } from '../support/hotel.ts'
import { day, home, hour, iso, minute, startPlaces, T0 } from '../support/place.ts'
import type { Place } from '../support/place.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

/** What entrances have waited for in these tests. */
const seen = new Set<string>()

const explain = async (place: Place, access_grant_id: string) => {
  const told = await place.emulator.accessGrants.explain({ access_grant_id })
  for (const { waits_for, sentence } of told.entrances) {
    if (waits_for === null) continue
    expect(sentence).toMatch(/ (waits for|hears of|still has|does not hear of) /)
    seen.add(waits_for.reason)
  }
  return told
}

type Explained = Awaited<ReturnType<typeof explain>>

const saidOf = ({ entrances }: Explained) =>
  entrances.map((it) => [it.state, it.waits_for?.reason ?? null, it.sentence])

test('a card waits for its system, then for the desk, and then its door says what it says', async () => {
  const place = emulator.open()
  const { seam } = place
  const hotel = await siteOf(place, 'visionline')
  await place.unplug(hotel.bridge_id ?? '')
  const { access_grant_id, access_method_ids } = await seam.accessGrants.create({
    user_identity: { full_name: 'Ada' },
    device_ids: [home.schlage],
    acs_entrance_ids: [hotel.first],
    requested_access_methods: [{ mode: 'card' }, { mode: 'code' }],
    starts_at: iso(T0 + hour),
    ends_at: iso(T0 + day),
  })
  const [, card = ''] = access_method_ids.length === 2 ? access_method_ids.toReversed() : []
  await place.advance(minute)
  const dark = await explain(place, access_grant_id)
  expect(dark.state).toBe('partly_ready')
  expect(dark.doors).toMatchObject([{ device_id: home.schlage, state: 'ready' }])
  expect(saidOf(dark)).toEqual([
    ['waiting', 'link', 'Room 101 waits for its access system (bridge_disconnected).'],
  ])
  await place.plug(hotel.bridge_id ?? '')
  await place.advance(minute)
  const known = await explain(place, access_grant_id)
  expect(saidOf(known)).toEqual([
    ['waiting', 'encoding', 'Room 101 waits for its card to be encoded.'],
  ])
  expect(known.summary).toContain('What would help: Encode the card (access_methods/encode).')
  expect(known.summary).toContain('The card is not issued yet.')
  expect((await hotel.encode(card)).status).toBe('success')
  expect(saidOf(await explain(place, access_grant_id))).toEqual([
    ['ready', null, `Room 101 has a card, which opens it from ${iso(T0 + hour)}.`],
  ])
  await place.advanceTo(T0 + hour)
  const open = await explain(place, access_grant_id)
  expect(open.state).toBe('ready')
  expect(saidOf(open)).toEqual([
    ['ready', null, `Room 101 opens with the card until ${iso(T0 + day)}.`],
  ])
  const ofMethod = await place.emulator.accessGrants.explain({ access_method_id: card })
  expect(ofMethod.access_methods).toMatchObject([{ mode: 'card', is_issued: true }])
  expect(ofMethod.doors).toEqual([])
  await seam.accessGrants.delete({ access_grant_id })
  const { entrances } = await explain(place, access_grant_id)
  expect(entrances).toMatchObject([{ state: 'leaving', waits_for: { reason: 'answer' } }])
})

test('a phone, a cut line, an attempt that failed and a door without such a thing are told', async () => {
  const place = emulator.open()
  const { seam } = place
  const office = await siteOf(place, 'brivo')
  const create = async (mode: 'code' | 'card' | 'mobile_key') =>
    (
      await seam.accessGrants.create({
        user_identity: { full_name: mode },
        acs_entrance_ids: [office.first],
        requested_access_methods: [{ mode }],
      })
    ).access_grant_id
  const key = await create('mobile_key')
  const card = await create('card')
  const said = async (id: string) => {
    const [[state, reason, sentence] = []] = saidOf(await explain(place, id))
    return [state, reason, String(sentence).replace(office.entrances[1]?.display_name ?? '', 'It')]
  }
  await place.advance(minute)
  expect(await said(key)).toEqual(['waiting', 'phone', 'It waits for a phone of the guest.'])
  expect(await said(card)).toEqual(['impossible', null, 'It takes no cards.'])
  await place.emulator.faults.create({
    on: 'acs.credential',
    times: 1,
    effect: { kind: 'fail', message: 'Full' },
  })
  const code = await create('code')
  await place.advance(minute)
  expect((await said(code)).slice(0, 2)).toEqual(['waiting', 'retry'])
  expect((await explain(place, code)).entrances[0]?.last_error).toBe('Full')
  await place.advance(hour)
  expect((await said(code))[0]).toBe('ready')
  await place.emulator.entrances.setOnline({ acs_entrance_id: office.first, online: false })
  expect((await said(code)).slice(0, 2)).toEqual(['waiting', 'line'])
})

test('a grant waits for its user, for answers and for the door itself, one after the other', async () => {
  const place = emulator.open()
  const office = await siteOf(place, 'brivo')
  const { access_grant_id } = await place.seam.accessGrants.create({
    user_identity: { full_name: 'Ada' },
    acs_entrance_ids: [office.first],
    requested_access_methods: [{ mode: 'code' }],
  })
  const reasons: unknown[] = []
  for (let ms = 0; ms < 15_000; ms += 100) {
    const { entrances } = await explain(place, access_grant_id)
    const reason = entrances[0]?.waits_for?.reason ?? 'nothing'
    if (reasons.at(-1) !== reason) reasons.push(reason)
    await place.advance(100)
  }
  expect(reasons).toEqual(['user', 'answer', 'door', 'nothing'])
})

test('a card of a site whose doors know numbers waits for one to be assigned, and a door in privacy says why it is shut', async () => {
  const place = emulator.open()
  const office = await siteOf(place, 'salto_ks')
  const create = async (mode: 'card' | 'code') =>
    (
      await place.seam.accessGrants.create({
        user_identity: { full_name: mode },
        acs_entrance_ids: [office.first],
        requested_access_methods: [{ mode }],
      })
    ).access_grant_id
  const [card, code] = [await create('card'), await create('code')]
  await place.advance(minute)
  const { entrances } = await explain(place, card)
  expect(entrances).toMatchObject([{ waits_for: { reason: 'assignment' } }])
  expect(entrances[0]?.help).toContain('assign_card')
  await place.emulator.entrances.setPrivacyMode({ acs_entrance_id: office.first })
  const shut = await explain(place, code)
  expect(shut.entrances[0]?.sentence).toContain(
    'has a PIN, and refuses it now (blocked_by_privacy_mode): somebody inside wants no visitors.',
  )
  expect(shut.entrances[0]?.help).toContain('set_privacy_mode')
})

test('everything that an entrance can wait for has been told by one of these', () => {
  expect([...seen].toSorted()).toEqual([...entranceWaitReasons].toSorted())
})
