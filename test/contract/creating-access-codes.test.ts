/**
 * Seam's guide "Creating Access Codes", walked section by section with the official SDK over
 * real HTTP and with a real webhook receiver.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { home, iso, minute, second, startPlaces, T0 } from '../support/place.ts'
import { assertMatchesOpenApi, coverage } from '../support/openapi-contract.ts'
import { startReceiver } from '../support/receiver.ts'
import type { Receiver } from '../support/receiver.ts'
import { jsonOf, send } from '../support/routes/send.ts'

const created = z.object({
  action_attempt: z.object({
    status: z.string(),
    action_type: z.string(),
    action_attempt_id: z.uuid(),
    result: z.null(),
    error: z.null(),
  }),
  access_code: z.looseObject({ access_code_id: z.uuid(), status: z.string(), code: z.string() }),
  ok: z.literal(true),
})

let emulator: Awaited<ReturnType<typeof startPlaces>>
let receiver: Receiver
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(async () => {
  await emulator.stop()
  console.log(coverage())
})

const withReceiver = async () => {
  receiver = await startReceiver()
  const place = emulator.open()
  const { secret } = await place.seam.webhooks.create({ url: receiver.url })
  return { place, receiver, secret: secret ?? '' }
}

describe('Before you begin: confirm capabilities', () => {
  test('a lock with a working keypad says that online access codes can be programmed', async () => {
    const { seam } = emulator.open()
    const device = await seam.devices.get({ device_id: home.august })
    expect(device.can_program_online_access_codes).toBe(true)
    expect(device.can_program_offline_access_codes).toBeUndefined()
  })

  test('a lock that lacks its keypad says no, and its properties, warnings and events say why', async () => {
    const place = emulator.open()
    await place.control('locks/set_keypad', { device_id: home.august, connected: false })
    const device = await place.seam.devices.get({ device_id: home.august })
    expect(device.can_program_online_access_codes).toBe(false)
    expect(device.properties.model.has_built_in_keypad).toBe(false)
    expect(device.properties.model.can_connect_accessory_keypad).toBe(true)
    expect(device.properties.accessory_keypad).toEqual({ is_connected: false })
    expect(device.warnings.map((it) => it.warning_code)).toContain(
      'accessory_keypad_setup_required',
    )
    expect(await place.types({ device_id: home.august })).toEqual([
      'device.accessory_keypad_disconnected',
    ])
  })

  test('a keypad that is there tells its battery level', async () => {
    const { seam } = emulator.open()
    const { properties } = await seam.devices.get({ device_id: home.august })
    expect(properties.accessory_keypad).toEqual({ is_connected: true, battery: { level: 1 } })
  })

  test('a lock with offline codes says so', async () => {
    const { seam } = emulator.open()
    const device = await seam.devices.get({ device_id: home.igloohome })
    expect(device.can_program_offline_access_codes).toBe(true)
    expect(device.can_program_online_access_codes).toBe(true)
  })

  test('the curl sample works: a GET whose parameters are a JSON body', async () => {
    const place = emulator.open()
    const sent = await send(emulator.running.port, {
      method: 'GET',
      path: '/devices/get',
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${place.api_key}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ device_id: home.august }),
    })
    const answer = { status: sent.status, body: jsonOf(sent) }
    assertMatchesOpenApi('/devices/get', answer.status, answer.body)
    expect(answer).toMatchObject({
      status: 200,
      body: { ok: true, device: { device_id: home.august, can_program_online_access_codes: true } },
    })
  })
})

describe('Programming an ongoing online access code', () => {
  test('create answers the access code and a pending action attempt', async () => {
    const place = emulator.open()
    const answer = await place.raw('/access_codes/create', {
      device_id: home.schlage,
      name: 'my ongoing code',
      code: '1234',
    })
    const { action_attempt, access_code } = created.parse(answer.body)
    expect(action_attempt).toMatchObject({ status: 'pending', action_type: 'CREATE_ACCESS_CODE' })
    expect(access_code).toMatchObject({
      device_id: home.schlage,
      name: 'my ongoing code',
      code: '1234',
      type: 'ongoing',
      status: 'setting',
      pending_mutations: [{ mutation_code: 'creating' }],
    })
    await place.advance('1m')
    expect(
      await place.seam.actionAttempts.get({ action_attempt_id: action_attempt.action_attempt_id }),
    ).toMatchObject({ status: 'success', error: null })
  })

  test('without a code, one of the preferred length is generated', async () => {
    const { seam } = emulator.open()
    const code = await seam.accessCodes.create({
      device_id: home.august,
      preferred_code_length: 6,
    })
    expect(code.code).toMatch(/^\d{6}$/)
  })

  test('polling sees setting, then set, and the door opens', async () => {
    const place = emulator.open()
    const { access_code_id } = await place.seam.accessCodes.create({
      device_id: home.august,
      name: 'my ongoing code',
      code: '1234',
    })
    const status = async () => (await place.seam.accessCodes.get({ access_code_id })).status
    expect(await status()).toBe('setting')
    expect(await place.opens(home.august, '1234')).toBe(false)
    let polls = 0
    while ((await status()) === 'setting' && polls++ < 60) await place.advance('1s')
    expect(await status()).toBe('set')
    expect(await place.opens(home.august, '1234')).toBe(true)
    const { errors, warnings, pending_mutations } = await place.seam.accessCodes.get({
      access_code_id,
    })
    expect({ errors, warnings, pending_mutations }).toEqual({
      errors: [],
      warnings: [],
      pending_mutations: [],
    })
  })

  test('a webhook tells of set_on_device, signed as the official helper expects', async () => {
    const { place, receiver, secret } = await withReceiver()
    const { access_code_id } = await place.seam.accessCodes.create({
      device_id: home.august,
      name: 'my ongoing code',
      code: '1234',
    })
    await place.advance('1m')
    expect(receiver.types()).toEqual(['access_code.created', 'access_code.set_on_device'])
    expect(receiver.received[1]?.event).toMatchObject({ access_code_id, code: '1234' })
    receiver.verifyAll(secret)
    await receiver.close()
  })

  test('with the bridge unplugged, webhooks tell of the delay and then of the failure', async () => {
    const { place, receiver, secret } = await withReceiver()
    await place.unplug(home.august_bridge)
    const { access_code_id } = await place.seam.accessCodes.create({
      device_id: home.august,
      code: '1234',
    })
    await place.advance('1h')
    expect(receiver.types()).toEqual([
      'device.disconnected',
      'access_code.created',
      'access_code.delay_in_setting_on_device',
      'access_code.failed_to_set_on_device',
    ])
    receiver.verifyAll(secret)
    const stuck = await place.seam.accessCodes.get({ access_code_id })
    expect(stuck.status).toBe('setting')
    expect(stuck.errors.map((it) => it.error_code)).toEqual([
      'failed_to_set_on_device',
      'hub_disconnected',
    ])
    expect(stuck.warnings.map((it) => it.warning_code)).toEqual(['delay_in_setting_on_device'])

    await place.plug(home.august_bridge)
    await place.advance('1m')
    const healed = await place.seam.accessCodes.get({ access_code_id })
    expect(healed).toMatchObject({ status: 'set', errors: [], warnings: [] })
    expect(receiver.types().slice(4)).toEqual(['device.connected', 'access_code.set_on_device'])
    await receiver.close()
  })

  test('in running time the webhook arrives by itself', async () => {
    const { place, receiver, secret } = await withReceiver()
    await place.control('clock/resume', { rate: 60 })
    const { access_code_id } = await place.seam.accessCodes.create({
      device_id: home.august,
      code: '1234',
    })
    await place.control('wait_until', { access_code_id, status: 'set', timeout: '5m' })
    await place.control('clock/freeze')
    expect(receiver.types()).toEqual(['access_code.created', 'access_code.set_on_device'])
    receiver.verifyAll(secret)
    await receiver.close()
  })
})

describe('Scheduling time-bound online access codes', () => {
  const starts_at = '2025-01-01T16:00:00Z'
  const ends_at = '2025-01-22T12:00:00Z'

  test('create answers the window in UTC with milliseconds', async () => {
    const { seam } = emulator.open()
    const code = await seam.accessCodes.create({
      device_id: home.august,
      name: 'my time-bound code',
      starts_at,
      ends_at,
      code: '2345',
    })
    expect(code).toMatchObject({
      device_id: home.august,
      name: 'my time-bound code',
      code: '2345',
      type: 'time_bound',
      starts_at: '2025-01-01T16:00:00.000Z',
      ends_at: '2025-01-22T12:00:00.000Z',
    })
  })

  test('on a native lock it is preloaded, unset until its start, then set, then gone', async () => {
    const { place, receiver, secret } = await withReceiver()
    const { access_code_id } = await place.seam.accessCodes.create({
      device_id: home.august,
      starts_at,
      ends_at,
      code: '2345',
    })
    const get = () => place.seam.accessCodes.get({ access_code_id })
    expect(await get()).toMatchObject({ status: 'unset', is_scheduled_on_device: false })
    await place.advance('1m')
    expect(await get()).toMatchObject({ status: 'unset', is_scheduled_on_device: true })
    await place.advanceTo(Date.parse(starts_at) - 1)
    expect(await get()).toMatchObject({ status: 'unset', is_scheduled_on_device: true })
    expect(await place.opens(home.august, '2345')).toBe(false)
    await place.advanceTo(Date.parse(starts_at))
    expect(await get()).toMatchObject({ status: 'set', is_scheduled_on_device: false })
    expect(await place.opens(home.august, '2345')).toBe(true)
    await place.advanceTo(Date.parse(ends_at))
    expect(await get()).toMatchObject({ status: 'removing' })
    expect(await place.opens(home.august, '2345')).toBe(false)
    await place.advance('1m')
    await expect(get()).rejects.toMatchObject({ statusCode: 404 })

    const story = receiver.received
      .filter(({ event }) => event.event_type.startsWith('access_code.'))
      .map(({ event }) => [event.event_type, event['occurred_at']])
    expect(story).toEqual([
      ['access_code.created', iso(T0)],
      ['access_code.scheduled_on_device', expect.stringMatching(/^2025-01-01T00:00:0\d/)],
      ['access_code.set_on_device', '2025-01-01T16:00:00.000Z'],
      ['access_code.removed_from_device', expect.stringMatching(/^2025-01-22T12:00:[01]\d/)],
      ['access_code.deleted', expect.stringMatching(/^2025-01-22T12:00:[01]\d/)],
    ])
    receiver.verifyAll(secret)
    await receiver.close()
  })

  test('on a just-in-time lock it is unset, setting an hour before its start, and set in time', async () => {
    const place = emulator.open()
    const { access_code_id } = await place.seam.accessCodes.create({
      device_id: home.smartthings,
      starts_at,
      ends_at,
      code: '2345',
    })
    const get = () => place.seam.accessCodes.get({ access_code_id })
    const start = Date.parse(starts_at)
    await place.advanceTo(start - 60 * minute - 1)
    expect(await get()).toMatchObject({
      status: 'unset',
      pending_mutations: [
        { mutation_code: 'deferring_creation', scheduled_at: iso(start - 60 * minute) },
      ],
    })
    await place.advanceTo(start - 60 * minute)
    expect(await get()).toMatchObject({
      status: 'setting',
      pending_mutations: [{ mutation_code: 'creating' }],
    })
    await place.advance(30 * second)
    expect(await get()).toMatchObject({ status: 'set', pending_mutations: [] })
    await place.advanceTo(start)
    expect((await get()).status).toBe('set')
    expect(await place.opens(home.smartthings, '2345')).toBe(true)
  })
})
