/** Stories of access systems, with the official SDK, real webhooks and the door as judge. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { refusal } from '../support/refusal.ts'
import { day, hour, iso, startPlaces, T0 } from '../support/place.ts'
import type { Place } from '../support/place.ts'
import { startReceiver } from '../support/receiver.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

/** Everything that webhooks told of access systems and doors. */
const follow = async (place: Place) => {
  const receiver = await startReceiver()
  const { secret } = await place.seam.webhooks.create({ url: receiver.url, event_types: ['*'] })
  const isOurs = (type: string): boolean => /^(acs_|lock\.)/.test(type)
  let read = 0
  return {
    news: (): string[] => {
      const types = receiver.types().filter(isOurs)
      const fresh = types.slice(read)
      read = types.length
      return fresh.map((type) => type.replace(/^acs_/, ''))
    },
    close: async () => {
      receiver.verifyAll(secret ?? '')
      await receiver.close()
    },
  }
}

const attempted = z.looseObject({
  action_attempt: z.looseObject({ action_attempt_id: z.string() }),
})

/** The attempt that a call has started, settled. */
const settled = async (place: Place, path: string, body: object) => {
  const { body: answer } = await place.raw(path, body)
  const { action_attempt_id } = attempted.parse(answer).action_attempt
  return lookUp(place, action_attempt_id)
}

const attempt = z.object({
  action_attempt: z.looseObject({
    status: z.string(),
    result: z.unknown(),
    error: z.object({ type: z.string() }).nullable(),
  }),
})

/** Not by the SDK's own method, which throws when an attempt has failed. */
const lookUp = async (place: Place, action_attempt_id: string) =>
  attempt.parse((await place.raw('/action_attempts/get', { action_attempt_id })).body)
    .action_attempt

const errorOf = async (place: Place, path: string, body: object): Promise<string | undefined> => {
  return (await settled(place, path, body)).error?.type
}

/** A hotel by Visionline, and its guests. */
const hotel = async (place: Place) => {
  const { acs } = place.seam
  const site = await place.emulator.acsSystems.create({ model: 'visionline' })
  const { acs_system_id } = site
  const [, room101 = '', room102 = ''] = site.entrances.map((it) => it.acs_entrance_id)
  const encoder = site.encoders[0]?.acs_encoder_id ?? ''
  const show = async (acs_entrance_id: string, card_number: string) => {
    const { opened, reason } = await place.emulator.acsSystems.present({
      acs_entrance_id,
      card_number,
    })
    return opened ? 'opened' : reason
  }
  const encode = async (acs_credential_id: string) =>
    errorOf(place, '/acs/encoders/encode_credential', {
      acs_encoder_id: encoder,
      acs_credential_id,
    })
  return {
    acs,
    site,
    room101,
    room102,
    encoder,
    show,
    encode,
    /** A guest with a card credential for a room, from three in the afternoon to eleven the next day. */
    guest: async (
      full_name: string,
      more: Partial<Parameters<typeof acs.credentials.create>[0]> = {},
    ) => {
      const { acs_user_id } = await acs.users.create({ acs_system_id, full_name })
      return acs.credentials.create({
        acs_user_id,
        access_method: 'card',
        allowed_acs_entrance_ids: [room101],
        starts_at: iso(T0 + 15 * hour),
        ends_at: iso(T0 + 35 * hour),
        visionline_metadata: { override: true },
        ...more,
      })
    },
    cardOf: async (acs_credential_id: string) =>
      (await acs.credentials.get({ acs_credential_id })).card_number ?? '',
  }
}

test('1: a key card at the desk opens its room in its time, and no other', async () => {
  const place = emulator.open()
  const { guest, encode, show, cardOf, acs, room101, room102 } = await hotel(place)
  const told = await follow(place)
  const { acs_credential_id, is_issued, warnings } = await guest('Ada')
  expect(is_issued).toBe(false)
  expect(warnings).toMatchObject([{ warning_code: 'waiting_to_be_issued' }])
  expect(await encode(acs_credential_id)).toBeUndefined()
  const issued = await acs.credentials.get({ acs_credential_id })
  expect(issued).toMatchObject({
    is_issued: true,
    warnings: [],
    visionline_metadata: { is_valid: true, guest_acs_entrance_ids: [room101] },
  })
  expect(issued.card_number).toMatch(/^[0-9A-F]{16}$/)
  await place.advance('1m')
  expect(told.news()).toContain('credential.issued')
  const card = await cardOf(acs_credential_id)
  await place.advanceTo(T0 + 15 * hour - 60_000)
  expect(await show(room101, card)).toBe('expired_code')
  await place.advanceTo(T0 + 15 * hour)
  expect(await show(room101, card)).toBe('opened')
  expect(await show(room102, card)).toBe('unknown_code')
  await place.advanceTo(T0 + 35 * hour)
  expect(await show(room101, card)).toBe('expired_code')
  await told.close()
})

test('2: the next guest overrides the last one, from the first time at the door', async () => {
  const place = emulator.open()
  const { guest, encode, show, cardOf, acs, room101 } = await hotel(place)
  const told = await follow(place)
  const first = await guest('Ada')
  await encode(first.acs_credential_id)
  await place.advanceTo(T0 + 16 * hour)
  const second = await guest('Bea', { starts_at: iso(T0 + 16 * hour) })
  await encode(second.acs_credential_id)
  await place.advance('1m')
  expect(told.news().filter((it) => it.startsWith('credential'))).toEqual([
    'credential.issued',
    'credential.invalidated',
    'credential.issued',
  ])
  const old = await acs.credentials.get({ acs_credential_id: first.acs_credential_id })
  expect(old.visionline_metadata?.is_valid).toBe(false)
  const [ada, bea] = [await cardOf(first.acs_credential_id), await cardOf(second.acs_credential_id)]
  expect(await show(room101, ada)).toBe('opened')
  expect(await show(room101, bea)).toBe('opened')
  expect(await show(room101, ada)).toBe('blocklisted_code')
  const withAccess = await acs.entrances.listCredentialsWithAccess({
    acs_entrance_id: room101,
    include_if: ['visionline_metadata.is_valid'],
  })
  expect(withAccess.map((it) => it.acs_credential_id)).toEqual([second.acs_credential_id])
  await told.close()
})

test('3: a family: cards that join open side by side', async () => {
  const place = emulator.open()
  const { guest, encode, show, cardOf, room101 } = await hotel(place)
  const first = await guest('Ada')
  await encode(first.acs_credential_id)
  const child = await guest('Bob', {
    visionline_metadata: { joiner_acs_credential_ids: [first.acs_credential_id] },
  })
  await encode(child.acs_credential_id)
  await place.advanceTo(T0 + 16 * hour)
  const cards = [await cardOf(first.acs_credential_id), await cardOf(child.acs_credential_id)]
  for (const card of [...cards, ...cards]) expect(await show(room101, card)).toBe('opened')
  expect(await place.types()).not.toContain('acs_credential.invalidated')
})

test('4: a deletion does not reach a card; it reaches an online door within seconds', async () => {
  const place = emulator.open()
  const { guest, encode, show, cardOf, acs, room101 } = await hotel(place)
  const { acs_credential_id } = await guest('Ada')
  await encode(acs_credential_id)
  const card = await cardOf(acs_credential_id)
  await place.advanceTo(T0 + 16 * hour)
  await acs.credentials.delete({ acs_credential_id })
  await place.advance('10s')
  expect(await refusal(place, '/acs/credentials/get', { acs_credential_id })).toMatchObject({
    status: 404,
    type: 'acs_credential_not_found',
  })
  expect(await place.types()).toContain('acs_credential.deleted')
  expect(await show(room101, card)).toBe('opened')
  const explained = await place.emulator.acsSystems.explainCredential({
    acs_credential_id,
    acs_entrance_id: room101,
  })
  expect(explained).toMatchObject({
    declared: null,
    at_door: { knows_by: 'card', opens_now: true },
    on_card: { card_number: card },
  })
  expect(explained.summary.join(' ')).toContain('a deletion does not reach cards')
  await place.advanceTo(T0 + 35 * hour)
  expect(await show(room101, card)).toBe('expired_code')

  const office = await salto(place)
  const pin = await office.pin()
  expect(await office.type(pin.code)).toBe('opened')
  await acs.credentials.delete({ acs_credential_id: pin.acs_credential_id })
  await place.advance('10s')
  expect(await office.type(pin.code)).toBe('unknown_code')
})

/** An office by Salto KS, and who comes there. */
const salto = async (place: Place) => {
  const { acs } = place.seam
  const site = await place.emulator.acsSystems.create({ model: 'salto_ks' })
  const { acs_system_id } = site
  const { acs_access_group_id = '' } = site.access_groups[0] ?? {}
  const { acs_entrance_id = '' } = site.entrances[1] ?? {}
  return {
    acs,
    site,
    acs_entrance_id,
    pin: async (more: object = {}) => {
      const { acs_user_id } = await acs.users.create({
        acs_system_id,
        full_name: 'Visitor',
        acs_access_group_ids: [acs_access_group_id],
        ...more,
      })
      const { acs_credential_id } = await acs.credentials.create({
        acs_user_id,
        access_method: 'code',
      })
      await place.advance('20s')
      const { code } = await acs.credentials.get({ acs_credential_id })
      return { acs_user_id, acs_credential_id, code: code ?? '' }
    },
    type: async (code: string) => {
      const answer = await place.emulator.acsSystems.present({ acs_entrance_id, code })
      return answer.opened ? 'opened' : answer.reason
    },
  }
}

describe('5: an encoder', () => {
  test('fails by its natural causes, and the next encoding succeeds', async () => {
    const place = emulator.open()
    const { guest, encode, encoder, acs, site } = await hotel(place)
    const { encoders, bridges, faults } = place.emulator
    const { acs_credential_id } = await guest('Ada')
    const untouched = async () =>
      expect((await acs.credentials.get({ acs_credential_id })).is_issued).toBe(false)
    await encoders.removeCard({ acs_encoder_id: encoder })
    expect(await encode(acs_credential_id)).toBe('no_credential_on_encoder')
    await encoders.placeCard({ acs_encoder_id: encoder, format: 'TLCode' })
    const formatted = await guest('Bea', { visionline_metadata: { card_format: 'rfid48' } })
    expect(await encode(formatted.acs_credential_id)).toBe('incompatible_card_format')
    await encoders.setOnline({ acs_encoder_id: encoder, online: false })
    expect(await encode(acs_credential_id)).toBe('encoder_not_online')
    await encoders.setOnline({ acs_encoder_id: encoder, online: true })
    await bridges.unplug({ bridge_id: site.bridge_id ?? '' })
    expect(await encode(acs_credential_id)).toBe('bridge_disconnected')
    await bridges.plug({ bridge_id: site.bridge_id ?? '' })
    await faults.create({ on: 'encoder.encode', times: 1, effect: { kind: 'never_confirm' } })
    expect(await encode(acs_credential_id)).toBe('encoder_communication_timeout')
    await faults.create({
      on: 'encoder.encode',
      times: 1,
      effect: { kind: 'fail', error_code: 'action_attempt_expired' },
    })
    expect(await encode(acs_credential_id)).toBe('action_attempt_expired')
    await faults.create({ on: 'encoder.encode', times: 1, effect: { kind: 'fail' } })
    expect(await encode(acs_credential_id)).toBe('uncategorized_error')
    await untouched()
    expect(await encode(acs_credential_id)).toBeUndefined()
    await encoders.placeCard({ acs_encoder_id: encoder })
    expect(await encode(acs_credential_id)).toBe('credential_cannot_be_reissued')
  })

  test('is interrupted when the card is taken away, which nobody can read then', async () => {
    const place = emulator.open()
    const { guest, encoder, show, room101 } = await hotel(place)
    const { acs_credential_id } = await guest('Ada')
    const { card } = await place.emulator.encoders.placeCard({ acs_encoder_id: encoder })
    const { body } = await place.raw('/acs/encoders/encode_credential', {
      acs_encoder_id: encoder,
      acs_credential_id,
    })
    await place.emulator.encoders.removeCard({ acs_encoder_id: encoder })
    const { action_attempt_id } = attempted.parse(body).action_attempt
    expect(await lookUp(place, action_attempt_id)).toMatchObject({
      status: 'error',
      error: { type: 'encoding_interrupted' },
    })
    expect(await show(room101, card?.card_number ?? '')).toBe('credential_error')
  })

  test('is told that the credential was deleted while it waited', async () => {
    const place = emulator.open()
    const { guest, encoder, acs } = await hotel(place)
    const { acs_credential_id } = await guest('Ada')
    const body = { acs_encoder_id: encoder, acs_credential_id }
    const { body: answer } = await place.raw('/acs/encoders/encode_credential', body)
    await acs.credentials.delete({ acs_credential_id })
    const { action_attempt_id } = attempted.parse(answer).action_attempt
    expect(await lookUp(place, action_attempt_id)).toMatchObject({
      error: { type: 'credential_deleted' },
    })
  })

  test('works at one thing after the other', async () => {
    const place = emulator.open()
    const { guest, encoder } = await hotel(place)
    const [first, second] = [await guest('Ada'), await guest('Bea')]
    for (const { acs_credential_id } of [first, second])
      await place.raw('/acs/encoders/encode_credential', {
        acs_encoder_id: encoder,
        acs_credential_id,
      })
    const { queue } = await place.emulator.encoders.get({ acs_encoder_id: encoder })
    expect(queue).toHaveLength(2)
    await place.advance('1m')
    const issued = (await place.events()).filter((it) => it.event_type === 'acs_credential.issued')
    expect(issued).toMatchObject([
      { acs_credential_id: first.acs_credential_id },
      { acs_credential_id: second.acs_credential_id },
    ])
    expect((await place.emulator.encoders.get({ acs_encoder_id: encoder })).queue).toEqual([])
  })

  test('does once what was simulated', async () => {
    const place = emulator.open()
    const { guest, encode, encoder: acs_encoder_id, acs } = await hotel(place)
    const { simulate } = acs.encoders
    const { acs_credential_id } = await guest('Ada')
    const errors = [
      'no_credential_on_encoder',
      'encoding_interrupted',
      'uncategorized_error',
      'action_attempt_expired',
    ] as const
    for (const error_code of errors) {
      await place.raw('/acs/encoders/simulate/next_credential_encode_will_fail', {
        acs_encoder_id,
        error_code,
      })
      expect(await encode(acs_credential_id)).toBe(error_code)
    }
    expect((await acs.credentials.get({ acs_credential_id })).is_issued).toBe(false)
    await place.emulator.encoders.removeCard({ acs_encoder_id })
    await simulate.nextCredentialEncodeWillSucceed({ acs_encoder_id })
    expect(await encode(acs_credential_id)).toBeUndefined()
    const scan = async () => settled(place, '/acs/encoders/scan_credential', { acs_encoder_id })
    await simulate.nextCredentialScanWillFail({ acs_encoder_id })
    expect(await scan()).toMatchObject({ error: { type: 'no_credential_on_encoder' } })
    await simulate.nextCredentialScanWillSucceed({ acs_encoder_id })
    expect(await scan()).toMatchObject({
      result: { acs_credential_on_seam: { acs_credential_id }, warnings: [] },
    })
    const finds = async (scenario: string) => {
      await place.raw('/acs/encoders/simulate/next_credential_scan_will_succeed', {
        acs_encoder_id,
        scenario,
      })
      return scan()
    }
    expect(await finds('credential_on_encoder_needs_update')).toMatchObject({
      result: { warnings: [{ warning_code: 'acs_credential_on_encoder_out_of_sync' }] },
    })
    expect(await finds('credential_does_not_exist_on_seam')).toMatchObject({
      result: {
        acs_credential_on_seam: null,
        warnings: [{ warning_code: 'acs_credential_on_seam_not_found' }],
      },
    })
    expect(await finds('credential_on_encoder_is_empty')).toMatchObject({
      result: { acs_credential_on_encoder: null, acs_credential_on_seam: null },
    })
  })
})

test('6: a card that is out of date is told by a scan, obeyed by the door, and encoded again', async () => {
  const place = emulator.open()
  const { guest, encode, show, cardOf, acs, room101, encoder: acs_encoder_id } = await hotel(place)
  const { acs_credential_id } = await guest('Ada')
  await encode(acs_credential_id)
  await acs.credentials.update({ acs_credential_id, ends_at: iso(T0 + 20 * hour) })
  expect((await acs.credentials.get({ acs_credential_id })).warnings).toMatchObject([
    { warning_code: 'needs_to_be_reissued' },
  ])
  const scan = async () => settled(place, '/acs/encoders/scan_credential', { acs_encoder_id })
  const stale = await scan()
  expect(stale).toMatchObject({
    status: 'success',
    result: {
      acs_credential_on_encoder: { ends_at: iso(T0 + 35 * hour) },
      warnings: [{ warning_code: 'acs_credential_on_encoder_out_of_sync' }],
    },
  })
  expect(JSON.stringify(stale)).toContain('acs_credential_on_seam: ends_at')
  const card = await cardOf(acs_credential_id)
  await place.advanceTo(T0 + 21 * hour)
  expect(await show(room101, card)).toBe('opened')
  await acs.credentials.update({ acs_credential_id, ends_at: iso(T0 + 22 * hour) })
  expect(await encode(acs_credential_id)).toBeUndefined()
  expect(await scan()).toMatchObject({ result: { warnings: [] } })
  expect(await place.types()).toContain('acs_credential.reissued')
  await place.advanceTo(T0 + 22 * hour)
  expect(await show(room101, card)).toBe('expired_code')
})

test('7: a visitor of Salto KS has a PIN of the provider, in the schedule and no longer', async () => {
  const place = emulator.open()
  const { pin, type, acs } = await salto(place)
  const schedule = { starts_at: iso(T0 + 33 * hour), ends_at: iso(T0 + 41 * hour) }
  const { acs_user_id, code } = await pin({ access_schedule: schedule })
  expect(code).toMatch(/^\d{6}$/)
  expect(await acs.users.get({ acs_user_id })).toMatchObject({
    salto_ks_metadata: { is_subscribed: false },
    warnings: [{ warning_code: 'salto_ks_user_not_subscribed' }],
  })
  expect(await type(code)).toBe('expired_code')
  await place.advanceTo(T0 + 33 * hour)
  expect(await type(code)).toBe('opened')
  expect((await acs.users.get({ acs_user_id })).salto_ks_metadata?.is_subscribed).toBe(true)
  await place.advanceTo(T0 + 41 * hour)
  expect(await type(code)).toBe('expired_code')
  const doors = (await place.events()).filter((it) => it.event_type.startsWith('lock.'))
  expect(doors).toMatchObject([
    { event_type: 'lock.access_denied', reason: { reason_code: 'expired_code' }, acs_user_id },
    { event_type: 'lock.unlocked', method: 'keycode', acs_user_id },
    { event_type: 'lock.access_denied' },
  ])
})

test('8: a suspension takes effect when the controller knows, and waits for a link that is broken', async () => {
  const place = emulator.open()
  const told = await follow(place)
  const { pin, type, acs, site, acs_entrance_id } = await salto(place)
  const { acs_user_id, code } = await pin()
  expect(await type(code)).toBe('opened')
  await acs.users.suspend({ acs_user_id })
  expect(await type(code)).toBe('opened')
  await place.advance('10s')
  expect(await type(code)).toBe('blocklisted_code')
  await acs.users.unsuspend({ acs_user_id })
  await place.advance('10s')
  expect(await type(code)).toBe('opened')
  await place.advance('1s')
  told.news()
  const { connected_account_id } = site
  await place.seam.connectedAccounts.simulate.disconnect({ connected_account_id })
  await acs.users.suspend({ acs_user_id })
  await place.advance('1h')
  expect(await type(code)).toBe('opened')
  await place.advance('1s')
  expect(told.news()).toEqual(['system.disconnected'])
  const faulty = await place.emulator.entrances.get({ acs_entrance_id })
  expect(faulty.online).toBe(true)
  await reconnect(place, connected_account_id)
  await place.advance('10s')
  expect(await type(code)).toBe('blocklisted_code')
  await place.advance('1s')
  // What the door did meanwhile is told when it can be.
  expect(told.news()).toEqual(['system.connected', 'lock.unlocked', 'lock.access_denied'])
  const late = (await place.events()).findLast((it) => it.event_type === 'lock.unlocked')
  expect(Date.parse(late?.created_at ?? '')).toBeGreaterThan(Date.parse(late?.occurred_at ?? ''))
  await told.close()
})

/** Somebody signs in again. */
const reconnect = async (place: Place, connected_account_id: string) => {
  const fault = await place.emulator.faults.create({
    on: 'connected_account.link',
    match: { connected_account_id },
    effect: { kind: 'down' },
  })
  await place.emulator.faults.delete({ fault_id: fault.fault_id })
  const { connect_webview_id } = await place.seam.connectWebviews.create({
    accepted_providers: ['salto_ks'],
  })
  await place.emulator.connectWebviews.complete({ connect_webview_id, email: 'jane@example.com' })
}

test('9: behind a bridge that is out everything waits, and goes on', async () => {
  const place = emulator.open()
  const { guest, encode, site, acs } = await hotel(place)
  const told = await follow(place)
  await place.unplug(site.bridge_id ?? '')
  const { acs_credential_id, acs_user_id = '' } = await guest('Ada')
  await place.advance('1h')
  const pending = (await acs.users.get({ acs_user_id })).pending_mutations
  expect(pending).toMatchObject([{ mutation_code: 'creating' }])
  expect(await encode(acs_credential_id)).toBe('bridge_disconnected')
  await place.plug(site.bridge_id ?? '')
  await place.advance('10s')
  expect(await encode(acs_credential_id)).toBeUndefined()
  await place.advance('1m')
  expect(told.news()).toEqual([
    'system.disconnected',
    'system.connected',
    'user.created',
    'credential.issued',
  ])
  await told.close()
})

test('10: a cloud key opens by remote, until access is revoked', async () => {
  const place = emulator.open()
  const { acs } = place.seam
  const site = await place.emulator.acsSystems.create({ model: 'brivo' })
  const { acs_system_id } = site
  const { acs_access_group_id = '' } = site.access_groups[0] ?? {}
  const { acs_entrance_id = '' } = site.entrances[0] ?? {}
  const { acs_user_id } = await acs.users.create({
    acs_system_id,
    full_name: 'Resident',
    acs_access_group_ids: [acs_access_group_id],
  })
  const { acs_credential_id } = await acs.credentials.create({
    acs_user_id,
    access_method: 'cloud_key',
  })
  await place.advance('20s')
  const unlock = async () =>
    settled(place, '/acs/entrances/unlock', { acs_entrance_id, acs_credential_id })
  expect(await unlock()).toMatchObject({
    status: 'success',
    result: { was_confirmed_by_device: true },
  })
  expect((await place.events()).at(-2)).toMatchObject({
    event_type: 'lock.unlocked',
    method: 'remote',
    acs_system_id,
    acs_entrance_id,
    acs_user_id,
  })
  await place.emulator.faults.create({
    on: 'entrance.unlock',
    times: 1,
    effect: { kind: 'never_confirm' },
  })
  expect(await unlock()).toMatchObject({ result: { was_confirmed_by_device: false } })
  await place.emulator.entrances.setOnline({ acs_entrance_id, online: false })
  expect(await unlock()).toMatchObject({ error: { type: 'entrance_offline' } })
  await place.emulator.entrances.setOnline({ acs_entrance_id, online: true })
  await acs.users.revokeAccessToAllEntrances({ acs_user_id })
  await place.advance('10s')
  expect(await unlock()).toMatchObject({ error: { type: 'access_denied' } })
  const ambiance = await place.emulator.acsSystems.create({ model: 'dormakaba_ambiance' })
  const body = { acs_entrance_id: ambiance.entrances[0]?.acs_entrance_id, acs_credential_id }
  expect(await refusal(place, '/acs/entrances/unlock', body)).toMatchObject({
    status: 400,
    type: 'not_supported',
  })
})

describe('a door whose line is cut', () => {
  test('judges by what it knew, and tells of it when the line is mended', async () => {
    const place = emulator.open()
    const { pin, type, acs, acs_entrance_id } = await salto(place)
    const { acs_user_id, code } = await pin()
    await place.emulator.entrances.setOnline({ acs_entrance_id, online: false })
    await acs.users.delete({ acs_user_id })
    await place.advance('1h')
    expect(await type(code)).toBe('opened')
    expect(await place.types()).not.toContain('lock.unlocked')
    await place.emulator.entrances.setOnline({ acs_entrance_id, online: true })
    expect(await type(code)).toBe('unknown_code')
    expect((await place.types()).slice(-2)).toEqual(['lock.unlocked', 'lock.access_denied'])
  })

  test('in privacy mode refuses everybody, and says so', async () => {
    const place = emulator.open()
    const { pin, type, acs, acs_entrance_id } = await salto(place)
    const { code } = await pin()
    await place.emulator.entrances.setPrivacyMode({ acs_entrance_id, enabled: true })
    expect(await type(code)).toBe('blocked_by_privacy_mode')
    expect(await acs.entrances.get({ acs_entrance_id })).toMatchObject({
      salto_ks_metadata: { privacy_mode: true },
      warnings: [{ warning_code: 'salto_ks_privacy_mode' }],
    })
  })
})

test('a mobile key needs a manager and a phone, is on that phone, and goes with it', async () => {
  const place = emulator.open()
  const { acs, site, room101 } = await hotel(place)
  const { userIdentities, phones } = place.seam
  const { user_identity_id } = await userIdentities.create({ full_name: 'Ada' })
  const { acs_system_id } = site
  const body = {
    user_identity_id,
    acs_system_id,
    access_method: 'mobile_key' as const,
    allowed_acs_entrance_ids: [room101],
  }
  const refused = () => refusal(place, '/acs/credentials/create', body)
  expect(await refused()).toMatchObject({ status: 400, type: 'credential_manager_required' })
  const manager = await place.emulator.acsSystems.create({ model: 'assa_abloy_credential_service' })
  expect(await refused()).toMatchObject({ status: 400, type: 'user_identity_has_no_phone' })
  const { device_id } = await phones.simulate.createSandboxPhone({ user_identity_id })
  const { acs_credential_id } = await acs.credentials.create(body)
  await place.advance('20s')
  expect((await acs.credentials.get({ acs_credential_id })).is_issued).toBe(true)
  const show = () =>
    place.emulator.acsSystems.present({ acs_entrance_id: room101, acs_credential_id })
  expect(await show()).toMatchObject({ opened: true })
  expect((await phones.list({ acs_credential_id })).map((it) => it.device_id)).toEqual([device_id])
  const credential_manager_acs_system_id = manager.acs_system_id
  expect(await userIdentities.list({ credential_manager_acs_system_id })).toMatchObject([
    { user_identity_id },
  ])
  await phones.deactivate({ device_id })
  await place.advance('20s')
  expect(await show()).toMatchObject({ opened: false })
})

test('a year over a site that rests costs no events', async () => {
  const place = emulator.open()
  const { guest, encode } = await hotel(place)
  await encode((await guest('Ada')).acs_credential_id)
  await place.advance('1m')
  const told = async () => (await place.types()).filter((type) => type.startsWith('acs_'))
  const before = await told()
  await place.advance(365 * day)
  expect(await told()).toEqual(before)
})
