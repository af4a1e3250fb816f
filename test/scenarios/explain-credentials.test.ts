/** Every reason for which a door refuses a credential, or a credential waits, is told with why and what to do. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { credentialWaits, doorCauses } from '../../src/contract/acs-explanations.ts'
import { causeWords, issueHelp, waitWords } from '../../src/sim/acs-cards/explain-words.ts'
import { acsTable } from '../fidelity/acs-table.ts'
import { settled, siteOf } from '../support/hotel.ts'
import { day, hour, iso, minute, startPlaces, T0 } from '../support/place.ts'
import type { Place } from '../support/place.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

type Cause = (typeof doorCauses)[number]
type Model = Parameters<typeof siteOf>[1]

/** What stories have come upon. */
const seen = new Set<string>()

const site = async (place: Place, model: Model) => {
  const { acs } = place.seam
  const made = await siteOf(place, model)
  const { acs_system_id, access_groups, acs_encoder_id } = made
  const [group = ''] = access_groups.map((it) => it.acs_access_group_id)
  const user = async (isMember = true) =>
    (
      await acs.users.create({
        acs_system_id,
        full_name: 'Ada',
        acs_access_group_ids: isMember && group !== '' ? [group] : [],
      })
    ).acs_user_id
  return {
    ...made,
    acs,
    group,
    user,
    credential: async (
      access_method: 'code' | 'card' | 'mobile_key' | 'cloud_key',
      more: object = {},
    ) =>
      (await acs.credentials.create({ acs_user_id: await user(), access_method, ...more }))
        .acs_credential_id,
    encode: (acs_credential_id: string) =>
      settled(place, '/acs/encoders/encode_credential', { acs_encoder_id, acs_credential_id }),
    /** The explanation at a door, which is to name this cause, and to say why and what to do. */
    tells: async (cause: Cause, acs_credential_id: string, acs_entrance_id: string) => {
      const told = await place.emulator.acsSystems.explainCredential({
        acs_credential_id,
        acs_entrance_id,
      })
      expect([cause, told.at_door?.cause]).toEqual([cause, cause])
      const { why, help } = causeWords[cause]
      expect(told.summary.join(' ')).toContain(`: ${why}.`)
      expect(told.help).toContain(help)
      seen.add(cause)
    },
    waits: async (reason: (typeof credentialWaits)[number], acs_credential_id: string) => {
      const told = await place.emulator.acsSystems.explainCredential({ acs_credential_id })
      expect(told.waits_for.reason).toBe(reason)
      const words = waitWords[reason]
      if (words !== null) expect(told.summary).toContain(words.why)
      if (words !== null && words.help !== null) expect(told.help).toContain(words.help)
      seen.add(reason)
    },
  }
}

test('a PIN that a door refuses is explained: who, when, which door, and what is on its way', async () => {
  const place = emulator.open()
  const { acs, credential, tells, waits, first, second, connected_account_id } = await site(
    place,
    'brivo',
  )
  const acs_credential_id = await credential('code', { code: '482913' })
  await waits('user', acs_credential_id)
  await tells('on_its_way', acs_credential_id, first)
  await place.toNext()
  await waits('answer', acs_credential_id)
  await place.advance(minute)
  await waits('nothing', acs_credential_id)
  await tells('no_door', acs_credential_id, second)
  await place.emulator.faults.create({ on: 'acs.credential', times: 1, effect: { kind: 'fail' } })
  await acs.credentials.update({ acs_credential_id, code: '111111' })
  await place.advance('10s')
  await waits('retry', acs_credential_id)
  await place.advance(hour)
  const { acs_user_id = '' } = await acs.credentials.get({ acs_credential_id })
  await acs.users.suspend({ acs_user_id })
  await place.advance(minute)
  await tells('suspended', acs_credential_id, first)
  await acs.users.unsuspend({ acs_user_id })
  await place.advance(minute)
  await place.emulator.entrances.setPrivacyMode({ acs_entrance_id: first })
  await tells('privacy', acs_credential_id, first)
  await place.emulator.entrances.setPrivacyMode({ acs_entrance_id: first, enabled: false })
  await place.emulator.entrances.setOnline({ acs_entrance_id: first, online: false })
  const later = await credential('code', { code: '222222' })
  await place.advance(minute)
  await tells('cut_off', later, first)
  await place.emulator.entrances.setOnline({ acs_entrance_id: first, online: true })
  const owner = await acs.credentials.get({ acs_credential_id: later })
  await acs.credentials.unassign({
    acs_credential_id: later,
    acs_user_id: owner.acs_user_id ?? '',
  })
  await place.advance(minute)
  await tells('nobodys', later, first)
  const visit = await credential('code', {
    code: '333333',
    starts_at: iso(T0 + day),
    ends_at: iso(T0 + 2 * day),
  })
  await place.advance(minute)
  await tells('too_early', visit, first)
  await place.advanceTo(T0 + 2 * day)
  await tells('too_late', visit, first)
  await place.emulator.faults.create({
    on: 'acs.credential',
    times: 1,
    effect: { kind: 'lose_later', after: '1h' },
  })
  const forgotten = await credential('code', { code: '444444' })
  await place.advance(2 * hour)
  await tells('lost', forgotten, first)
  await place.seam.connectedAccounts.simulate.disconnect({ connected_account_id })
  await acs.credentials.update({ acs_credential_id: visit, ends_at: iso(T0 + 9 * day) })
  await waits('link', visit)
})

test('a card that a door refuses is explained: what was written on it, and what was not', async () => {
  const place = emulator.open()
  const { acs, credential, encode, tells, waits, first, second, acs_encoder_id } = await site(
    place,
    'visionline',
  )
  const ends_at = iso(T0 + day)
  const room = (more: object = {}) =>
    credential('card', { allowed_acs_entrance_ids: [first], ends_at, ...more })
  const acs_credential_id = await room()
  await place.advance(minute)
  await waits('encoding', acs_credential_id)
  await tells('not_encoded', acs_credential_id, first)
  await encode(acs_credential_id)
  await tells('no_door', acs_credential_id, second)
  const { acs_user_id = '', card_number } = await acs.credentials.get({ acs_credential_id })
  await acs.entrances.grantAccess({ acs_user_id, acs_entrance_id: second })
  await tells('out_of_date', acs_credential_id, second)
  const next = await room({ visionline_metadata: { override: true } })
  await encode(next)
  const shown = (await acs.credentials.get({ acs_credential_id: next })).card_number ?? ''
  await place.emulator.acsSystems.present({ acs_entrance_id: first, card_number: shown })
  await tells('overridden', acs_credential_id, first)
  await place.emulator.encoders.placeCard({ acs_encoder_id, card_number: card_number ?? '' })
  const third = await room()
  await encode(third)
  await tells('overwritten', acs_credential_id, first)
  await place.raw('/acs/encoders/encode_credential', { acs_encoder_id, acs_credential_id: third })
  await place.emulator.encoders.removeCard({ acs_encoder_id })
  await tells('damaged', third, first)
  await acs.credentials.delete({ acs_credential_id: next })
  await place.advanceTo(T0 + day)
  await tells('too_late', next, first)
})

test('a key on a phone, a tag of Salto KS and a door without a keypad are explained', async () => {
  const place = emulator.open()
  const { acs, phones, userIdentities } = place.seam
  const hotel = await site(place, 'visionline')
  await place.emulator.acsSystems.create({ model: 'assa_abloy_credential_service' })
  const { user_identity_id } = await userIdentities.create({ full_name: 'Ada' })
  const { device_id } = await phones.simulate.createSandboxPhone({ user_identity_id })
  const { acs_credential_id } = await acs.credentials.create({
    user_identity_id,
    acs_system_id: hotel.acs_system_id,
    access_method: 'mobile_key',
    allowed_acs_entrance_ids: [hotel.first],
  })
  await place.advance(minute)
  await place.unplug(hotel.bridge_id ?? '')
  await phones.deactivate({ device_id })
  await hotel.tells('no_phone', acs_credential_id, hotel.first)

  const office = await place.emulator.acsSystems.create({
    model: 'brivo',
    entrances: [{ name: 'Shed', is_wired: false }],
  })
  const shed = office.entrances[0]?.acs_entrance_id ?? ''
  const { acs_user_id } = await acs.users.create({
    acs_system_id: office.acs_system_id,
    full_name: 'Bea',
  })
  const pin = await acs.credentials.create({
    acs_user_id,
    access_method: 'code',
    allowed_acs_entrance_ids: [shed],
  })
  await place.advance(minute)
  await hotel.tells('no_reader', pin.acs_credential_id, shed)

  const salto = await site(place, 'salto_ks')
  for (let nth = 0; nth < 20; nth++) await salto.user()
  await place.advance(minute)
  const tag = await salto.credential('card')
  await place.advance(minute)
  await salto.encode(tag)
  await place.advance(minute)
  await salto.tells('no_slot', tag, salto.first)
  const told = await place.emulator.acsSystems.explainCredential({ acs_credential_id: tag })
  expect(told.issues.map((it) => [it.of, it.code])).toEqual([
    ['acs_user', 'salto_ks_subscription_limit_exceeded'],
    ['acs_user', 'salto_ks_user_not_subscribed'],
    ['acs_system', 'salto_ks_subscription_limit_exceeded'],
  ])
  for (const { help } of told.issues) expect(told.help).toContain(help)
})

test('a credential that is gone is explained by its card, at doors with a line too', async () => {
  const place = emulator.open()
  const { acs, credential, encode, tells, lobby } = await site(place, 'salto_space')
  const acs_credential_id = await credential('card')
  await place.advance(minute)
  await encode(acs_credential_id)
  await acs.credentials.delete({ acs_credential_id })
  await place.advance(minute)
  await tells('gone', acs_credential_id, lobby)
})

test('every reason to refuse and to wait has been told by one of these', () => {
  expect([...seen].toSorted()).toEqual([...new Set([...doorCauses, ...credentialWaits])].toSorted())
})

const codes = acsTable.filter((row) => row.scenario !== undefined && row.thing !== 'attempt')

test.each([...new Set(codes.map(({ name }) => name))])('what to do about %s is written', (code) => {
  expect(Object.hasOwn(issueHelp, code)).toBe(true)
})

test('no words are left for what nothing shows', () => {
  const shown = new Set(codes.map(({ name }) => name))
  expect(Object.keys(issueHelp).filter((code) => !shown.has(code))).toEqual([])
})
