/** What encoders do, and for how long: the card in the hand is the judge. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { settled } from '../support/hotel.ts'
import { day, hour, iso, minute, startPlaces, T0 } from '../support/place.ts'
import type { Place } from '../support/place.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

type Site = Parameters<Place['emulator']['acsSystems']['create']>[0]

const started = z.looseObject({
  action_attempt: z.looseObject({ action_attempt_id: z.string(), status: z.string() }),
})

/** A site with an encoder, and credentials for its doors. */
const site = async (place: Place, input: Site) => {
  const { acs } = place.seam
  const made = await place.emulator.acsSystems.create(input)
  const { acs_system_id } = made
  const acs_encoder_id = made.encoders[0]?.acs_encoder_id ?? ''
  const doors = made.entrances.map((it) => it.acs_entrance_id)
  const user = async () =>
    (
      await acs.users.create({
        acs_system_id,
        full_name: 'Ada',
        acs_access_group_ids: made.access_groups.map((it) => it.acs_access_group_id),
      })
    ).acs_user_id
  const encoding = (acs_credential_id: string) =>
    ['/acs/encoders/encode_credential', { acs_encoder_id, acs_credential_id }] as const
  return {
    ...made,
    acs,
    doors,
    acs_encoder_id,
    user,
    card: async (more: object = {}) =>
      (
        await acs.credentials.create({
          acs_user_id: await user(),
          access_method: 'card',
          ends_at: iso(T0 + 9 * day),
          ...more,
        })
      ).acs_credential_id,
    encoding,
    encode: async (acs_credential_id: string) =>
      (await settled(place, ...encoding(acs_credential_id))).error?.type,
    scan: (detect_new_tags?: boolean) =>
      settled(place, '/acs/encoders/scan_credential', {
        acs_encoder_id,
        ...(detect_new_tags !== undefined && { salto_ks_metadata: { detect_new_tags } }),
      }),
    show: async (acs_entrance_id: string, card_number: string | null | undefined) => {
      const answer = await place.emulator.acsSystems.present({
        acs_entrance_id,
        card_number: card_number ?? '',
      })
      return answer.opened ? 'opened' : answer.reason
    },
  }
}

/** How long something lasts, ms: time goes on by itself no further. */
const lasts = async (place: Place, path: string, body: object): Promise<number> => {
  const { body: answer } = await place.raw(path, body)
  const { action_attempt_id, status } = started.parse(answer).action_attempt
  expect(status).toBe('pending')
  const begin = await place.now()
  await place.raw('/action_attempts/get', { action_attempt_id })
  return (await place.now()) - begin
}

test('an encoding takes two to four seconds, a scan one to three, and a missing card is waited for half a minute', async () => {
  const place = emulator.open()
  const { card, doors, encoding, acs_encoder_id } = await site(place, { model: 'visionline' })
  const acs_credential_id = await card({ allowed_acs_entrance_ids: [doors[1]] })
  await place.advance(minute)
  const encode = await lasts(place, ...encoding(acs_credential_id))
  expect(encode).toBeGreaterThanOrEqual(2_000)
  expect(encode).toBeLessThanOrEqual(4_000)
  const scan = await lasts(place, '/acs/encoders/scan_credential', { acs_encoder_id })
  expect(scan).toBeGreaterThanOrEqual(1_000)
  expect(scan).toBeLessThanOrEqual(3_000)
  await place.emulator.encoders.removeCard({ acs_encoder_id })
  expect(await lasts(place, ...encoding(acs_credential_id))).toBe(30_000)
  await place.emulator.faults.create({
    on: 'encoder.encode',
    times: 1,
    effect: { kind: 'never_confirm' },
  })
  expect(await lasts(place, ...encoding(acs_credential_id))).toBe(30_000)
})

test('an encoder that waits begins when a card is put on it', async () => {
  const place = emulator.open()
  const { card, doors, encoding, acs, acs_encoder_id, show } = await site(place, {
    model: 'visionline',
  })
  const acs_credential_id = await card({ allowed_acs_entrance_ids: [doors[1]] })
  await place.emulator.encoders.removeCard({ acs_encoder_id })
  await place.raw(...encoding(acs_credential_id))
  await place.advance(20_000)
  expect((await acs.credentials.get({ acs_credential_id })).is_issued).toBe(false)
  await place.emulator.encoders.placeCard({ acs_encoder_id })
  await place.advance(5_000)
  const { is_issued, card_number } = await acs.credentials.get({ acs_credential_id })
  expect(is_issued).toBe(true)
  expect(await show(doors[1] ?? '', card_number)).toBe('opened')
})

test('an rfid48 card holds 33 rooms and 28 doors that many share, a TLCode card any number', async () => {
  const place = emulator.open()
  const rooms = Array.from({ length: 34 }, (_, nth) => ({ name: `Room ${nth}` }))
  const shared = Array.from({ length: 29 }, (_, nth) => ({
    name: `Hall ${nth}`,
    category: 'common' as const,
  }))
  const { card, doors, encode, show, acs } = await site(place, {
    model: 'visionline',
    entrances: [...rooms, ...shared],
  })
  const withDoors = (ids: readonly string[], more: object = {}) =>
    card({ allowed_acs_entrance_ids: ids, ...more })
  const full = [...doors.slice(0, 33), ...doors.slice(34, 62)]
  const acs_credential_id = await withDoors(full)
  expect(await encode(acs_credential_id)).toBeUndefined()
  const { card_number } = await acs.credentials.get({ acs_credential_id })
  for (const door of [full[0], full[32], full[60]])
    expect(await show(door ?? '', card_number)).toBe('opened')
  expect(await show(doors[33] ?? '', card_number)).toBe('unknown_code')
  for (const overfull of [doors.slice(0, 34), doors.slice(34)])
    expect(await encode(await withDoors(overfull))).toBe('incompatible_card_format')
  const large = await withDoors(doors, { visionline_metadata: { card_format: 'TLCode' } })
  expect(await encode(large)).toBeUndefined()
})

test('a second card is refused by Visionline and Salto Space, and written by the others', async () => {
  const place = emulator.open()
  const models = [
    'visionline',
    'salto_space',
    'assa_abloy_vostio',
    'hotek',
    'dormakaba_ambiance',
  ] as const
  const again: Record<string, string> = {}
  for (const model of models) {
    const { card, encode, doors, acs_encoder_id } = await site(place, { model })
    const acs_credential_id = await card(
      model === 'salto_space' ? {} : { allowed_acs_entrance_ids: [doors[1]] },
    )
    await place.advance(minute)
    expect([model, await encode(acs_credential_id)]).toEqual([model, undefined])
    await place.emulator.encoders.placeCard({ acs_encoder_id })
    again[model] = (await encode(acs_credential_id)) ?? 'written'
  }
  expect(again).toEqual({
    visionline: 'credential_cannot_be_reissued',
    salto_space: 'credential_cannot_be_reissued',
    assa_abloy_vostio: 'written',
    hotek: 'written',
    dormakaba_ambiance: 'written',
  })
})

test('what is simulated outranks an encoder without card, cable or bridge, once, and for its credential alone', async () => {
  const place = emulator.open()
  const { card, doors, encode, acs_encoder_id, acs, bridge_id } = await site(place, {
    model: 'visionline',
  })
  const { simulate } = acs.encoders
  const first = await card({ allowed_acs_entrance_ids: [doors[1]] })
  const second = await card({ allowed_acs_entrance_ids: [doors[2]] })
  await place.advance(minute)
  await place.emulator.encoders.removeCard({ acs_encoder_id })
  await place.emulator.encoders.setOnline({ acs_encoder_id, online: false })
  await place.unplug(bridge_id ?? '')
  await simulate.nextCredentialEncodeWillSucceed({ acs_encoder_id })
  expect(await encode(first)).toBeUndefined()
  expect(await encode(first)).toBe('bridge_disconnected')
  await place.plug(bridge_id ?? '')
  expect(await encode(second)).toBe('encoder_not_online')
  await place.emulator.encoders.setOnline({ acs_encoder_id, online: true })
  await place.emulator.encoders.placeCard({ acs_encoder_id })
  await place.raw('/acs/encoders/simulate/next_credential_encode_will_fail', {
    acs_encoder_id,
    error_code: 'action_attempt_expired',
    acs_credential_id: first,
  })
  expect(await encode(second)).toBeUndefined()
  expect(await encode(first)).toBe('action_attempt_expired')
  // A later word takes the place of an earlier one.
  await simulate.nextCredentialEncodeWillFail({ acs_encoder_id })
  await simulate.nextCredentialEncodeWillSucceed({ acs_encoder_id })
  expect(await encode(second)).toBeUndefined()
})

test('an encoder that was removed says so, and encodes nothing; nor does one whose server is down', async () => {
  const place = emulator.open()
  const { card, doors, encode, acs, acs_system_id, acs_encoder_id } = await site(place, {
    model: 'hotek',
  })
  const acs_credential_id = await card({ allowed_acs_entrance_ids: [doors[1]] })
  const { fault_id } = await place.emulator.faults.create({
    on: 'acs_system.link',
    effect: { kind: 'down' },
  })
  expect(await encode(acs_credential_id)).toBe('uncategorized_error')
  await place.emulator.faults.delete({ fault_id })
  await acs.systems.reportDevices({
    acs_system_id,
    acs_encoders: [{ hotek_metadata: { encoder_number: '77' } }],
  })
  const reported = (await acs.encoders.list({ acs_system_id })).find(
    (it) => it.acs_encoder_id !== acs_encoder_id,
  )
  const removed = { acs_encoder_id: reported?.acs_encoder_id ?? '' }
  await acs.systems.reportDevices({
    acs_system_id,
    acs_encoders: [{ hotek_metadata: { encoder_number: '77' }, is_removed: true }],
  })
  expect(await acs.encoders.get(removed)).toMatchObject({
    errors: [{ error_code: 'acs_encoder_removed' }],
  })
  const attempt = await settled(place, '/acs/encoders/encode_credential', {
    ...removed,
    acs_credential_id,
  })
  expect(attempt.error?.type).toBe('encoder_not_online')
})

test('a reader of Salto KS waits for a tag that the site does not know, and finds its number', async () => {
  const place = emulator.open()
  const { acs, user, doors, scan, show, acs_encoder_id } = await site(place, { model: 'salto_ks' })
  const place_card = (card_number?: string) =>
    place.emulator.encoders.placeCard({
      acs_encoder_id,
      ...(card_number !== undefined && { card_number }),
    })
  const assign = async (acs_user_id: string, detect_new_tags: boolean) =>
    settled(place, '/acs/encoders/scan_to_assign_credential', {
      acs_encoder_id,
      acs_user_id,
      salto_ks_metadata: { detect_new_tags },
    })
  const ada = await user()
  await place.advance(minute)
  const { card: tag } = await place_card()
  const card_number = tag?.card_number ?? ''
  // A tag that nobody knows is noticed by whoever looks for new ones.
  expect((await scan(false)).error?.type).toBe('no_credential_on_encoder')
  expect(await scan(true)).toMatchObject({
    status: 'success',
    result: {
      acs_credential_on_encoder: { card_number, is_issued: false },
      acs_credential_on_seam: null,
      warnings: [{ warning_code: 'acs_credential_on_seam_not_found' }],
    },
  })
  expect((await assign(ada, true)).status).toBe('success')
  await place.advance(minute)
  expect(await show(doors[1] ?? '', card_number)).toBe('opened')
  // Known now: the other way round.
  expect((await scan(true)).error?.type).toBe('no_credential_on_encoder')
  expect(await scan()).toMatchObject({ result: { acs_credential_on_encoder: { card_number } } })
  const { body } = await place.raw('/acs/encoders/scan_credential', {
    acs_encoder_id,
    salto_ks_metadata: { detect_new_tags: true },
  })
  await place.advance(10_000)
  await place_card(card_number)
  await place.advance(10_000)
  const { card: fresh } = await place_card()
  const { action_attempt_id } = started.parse(body).action_attempt
  const found = await place.raw('/action_attempts/get', { action_attempt_id })
  expect(found.body).toMatchObject({
    action_attempt: {
      status: 'success',
      result: { acs_credential_on_encoder: { card_number: fresh?.card_number } },
    },
  })
  expect(await acs.credentials.list({ acs_user_id: ada })).toMatchObject([
    { external_type: 'salto_ks_tag', card_number },
  ])
})

test('where cards come by themselves, the reader has the right one at once', async () => {
  const place = emulator.open()
  const { user, acs_encoder_id, doors, show } = await site(place, { model: 'salto_ks' })
  const acs_user_id = await user()
  await place.advance(minute)
  const { status, result } = await settled(place, '/acs/encoders/scan_to_assign_credential', {
    acs_encoder_id,
    acs_user_id,
  })
  expect(status).toBe('success')
  await place.advance(minute)
  const { card_number } = z.looseObject({ card_number: z.string() }).parse(result)
  expect(await show(doors[1] ?? '', card_number)).toBe('opened')
})

test('a card that is scanned tells each field in which it is out of date', async () => {
  const place = emulator.open()
  const { acs, user, card, doors, encode, scan } = await site(place, { model: 'visionline' })
  const acs_credential_id = await card({ allowed_acs_entrance_ids: [doors[1]] })
  await place.advance(minute)
  await encode(acs_credential_id)
  const { acs_user_id = '' } = await acs.credentials.get({ acs_credential_id })
  expect(await user()).not.toBe(acs_user_id)
  await acs.credentials.update({ acs_credential_id, ends_at: iso(T0 + 2 * hour) })
  await acs.entrances.grantAccess({ acs_user_id, acs_entrance_id: doors[2] ?? '' })
  await place.advance(minute)
  expect(JSON.stringify(await scan())).toContain(
    'acs_credential_on_seam: ends_at, acs_entrance_ids',
  )
  await acs.credentials.delete({ acs_credential_id })
  await place.advance(minute)
  expect(await scan()).toMatchObject({
    result: {
      acs_credential_on_encoder: { visionline_metadata: { cancelled: true } },
      acs_credential_on_seam: null,
      warnings: [{ warning_code: 'acs_credential_on_seam_not_found' }],
    },
  })
})

test('whoever waits for an encoder whose account is deleted is told so, and its card is in the hand', async () => {
  const place = emulator.open()
  const { acs, card, doors, encoding, acs_encoder_id, acs_system_id } = await site(place, {
    model: 'visionline',
  })
  await place.emulator.encoders.placeCard({ acs_encoder_id })
  const acs_credential_id = await card({ allowed_acs_entrance_ids: [doors[1]] })
  await place.advance(minute)
  const asked = [
    encoding(acs_credential_id),
    ['/acs/encoders/scan_credential', { acs_encoder_id }] as const,
    ['/acs/encoders/scan_to_assign_credential', { acs_encoder_id, acs_user_id: '' }] as const,
  ]
  const { acs_user_id } = await acs.credentials.get({ acs_credential_id })
  const ids: string[] = []
  for (const [path, body] of asked) {
    const { body: answer } = await place.raw(path, {
      ...body,
      ...('acs_user_id' in body && { acs_user_id }),
    })
    ids.push(started.parse(answer).action_attempt.action_attempt_id)
  }
  const { connected_account_id } = await acs.systems.get({ acs_system_id })
  await place.seam.connectedAccounts.delete({ connected_account_id })
  await place.advance(hour)
  const attempts = await place.seam.actionAttempts.list({ action_attempt_ids: ids })
  expect(attempts.map(({ status, error }) => [status, error?.type])).toEqual([
    ['error', 'encoder_not_online'],
    ['error', 'encoder_not_online'],
    ['error', 'uncategorized_error'],
  ])
  expect(await place.emulator.cards.list()).toMatchObject([{ acs_encoder_id: null }])
  const { snapshot } = await place.control('snapshots/export')
  expect(await place.control('snapshots/import', { snapshot })).toMatchObject({ ok: true })
})
