/** The same story on a lock of every brand; what differs is in the table. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { bookCode } from '../support/booking.ts'
import { day, hour, iso, minute, startPlaces, T0 } from '../support/place.ts'
import type { Place } from '../support/place.ts'

let emulator: Awaited<ReturnType<typeof startPlaces>>
beforeAll(async () => {
  emulator = await startPlaces()
})
afterAll(() => emulator.stop())

interface Brand {
  device_type: string
  /** `properties.manufacturer`, where it is not the model's name. */
  manufacturer?: string
  native: boolean
  keypad: 'built in' | 'accessory'
  /** Something between the lock and the internet; the default is its own network. */
  bridge?: true
  /** Needs to be asked for: the lock works without one, with fewer capabilities. */
  optional_bridge?: true
  /** Remote commands; both unless given. */
  remote?: ('lock' | 'unlock')[]
  /** A PIN that the brand takes, and the lengths that it takes; no PIN where the provider chooses. */
  pin: string | null
  lengths: number[]
  /** PINs that the brand refuses. */
  refused?: string[]
  reports_code?: true
  auto_lock?: true
  offline?: true
  online?: false
  /** The lock's time zone must be reported before a time-bound code is taken. */
  needs_time_zone?: true
  simulates?: ('hub_connection' | 'hub_disconnection' | 'paid_subscription')[]
}

/** Tests that make sense only for some brands are not even listed for the others. */
const onlyIf = (applies: boolean) => (applies ? test : () => undefined)

const upTo = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)

const brands: Record<string, Brand> = {
  akiles: {
    device_type: 'akiles_lock',
    native: false,
    keypad: 'accessory',
    bridge: true,
    remote: ['unlock'],
    pin: '4821',
    lengths: upTo(4, 9),
  },
  august: {
    device_type: 'august_lock',
    native: true,
    keypad: 'accessory',
    bridge: true,
    pin: '4821',
    lengths: upTo(4, 8),
    refused: ['123456789'],
    reports_code: true,
    auto_lock: true,
    simulates: ['hub_connection', 'hub_disconnection'],
  },
  dormakaba_oracode: {
    device_type: 'dormakaba_oracode_door',
    native: false,
    keypad: 'built in',
    remote: [],
    pin: null,
    lengths: [],
    offline: true,
    online: false,
  },
  igloohome: {
    device_type: 'igloohome_lock',
    native: true,
    keypad: 'built in',
    optional_bridge: true,
    pin: '482137',
    lengths: [6],
    refused: ['4821'],
    offline: true,
    simulates: ['hub_disconnection'],
  },
  keyincode: {
    device_type: 'keyincode_lock',
    native: false,
    keypad: 'built in',
    pin: '4821',
    lengths: upTo(4, 8),
    refused: ['1111', '1234', '4321'],
  },
  kwikset: {
    device_type: 'kwikset_lock',
    native: true,
    keypad: 'built in',
    pin: '4821',
    lengths: upTo(4, 8),
    refused: ['123'],
    reports_code: true,
    auto_lock: true,
  },
  lockly: {
    device_type: 'lockly_lock',
    native: false,
    keypad: 'built in',
    bridge: true,
    pin: '482137',
    lengths: upTo(6, 8),
    refused: ['4821'],
    offline: true,
  },
  nuki: {
    device_type: 'nuki_lock',
    native: true,
    keypad: 'accessory',
    optional_bridge: true,
    pin: '482137',
    lengths: [6],
    refused: ['482037', '123456', '48213'],
    simulates: ['paid_subscription'],
  },
  omnitec: {
    device_type: 'omnitec_lock',
    native: false,
    keypad: 'built in',
    bridge: true,
    pin: '4821',
    lengths: upTo(4, 9),
  },
  salto_ks: {
    device_type: 'salto_lock',
    native: true,
    keypad: 'built in',
    bridge: true,
    remote: ['unlock'],
    pin: null,
    lengths: [6],
    refused: ['482137'],
    reports_code: true,
  },
  schlage: {
    device_type: 'schlage_lock',
    native: true,
    keypad: 'built in',
    pin: '4821',
    lengths: upTo(4, 8),
    reports_code: true,
    auto_lock: true,
  },
  smartthings: {
    device_type: 'smartthings_lock',
    native: false,
    keypad: 'built in',
    bridge: true,
    pin: '4821',
    lengths: upTo(4, 8),
  },
  tedee: {
    device_type: 'tedee_lock',
    native: true,
    keypad: 'accessory',
    bridge: true,
    pin: '48213',
    lengths: upTo(5, 8),
    refused: ['12345', '54321', '11212'],
    reports_code: true,
  },
  ttlock: {
    device_type: 'ttlock_lock',
    native: true,
    keypad: 'built in',
    bridge: true,
    pin: '4821',
    lengths: upTo(4, 9),
    reports_code: true,
    simulates: ['hub_connection', 'hub_disconnection'],
  },
  two_n: {
    device_type: 'two_n_intercom',
    native: true,
    keypad: 'built in',
    pin: '4821',
    lengths: upTo(4, 8),
  },
  ultraloq: {
    device_type: 'ultraloq_lock',
    native: false,
    keypad: 'built in',
    pin: '4821',
    lengths: upTo(4, 8),
    needs_time_zone: true,
  },
  wyze: {
    device_type: 'wyze_lock',
    native: true,
    keypad: 'accessory',
    bridge: true,
    pin: '4821',
    lengths: upTo(4, 8),
  },
  yale: {
    device_type: 'yale_lock',
    manufacturer: 'august',
    native: true,
    keypad: 'built in',
    remote: ['unlock'],
    pin: '4821',
    lengths: upTo(4, 8),
    reports_code: true,
  },
}

const hang = (place: Place, model: string): Promise<string> =>
  place.hang(model, brands[model]?.optional_bridge === true ? { has_bridge: true } : {})

test('the table has every model that locks/create makes', async () => {
  const place = emulator.open()
  const { lock_models } = z
    .object({
      lock_models: z.array(
        z.looseObject({ model: z.string(), sources: z.record(z.string(), z.string()) }),
      ),
    })
    .parse(await place.control('lock_models/list'))
  expect(lock_models.map((it) => it.model)).toEqual(Object.keys(brands))
  for (const { sources } of lock_models) expect(Object.values(sources)).not.toContain('')
})

describe.each(Object.entries(brands))('%s', (model, brand) => {
  const remote = brand.remote ?? ['lock', 'unlock']

  test('has the flags and properties of its brand', async () => {
    const place = emulator.open()
    const device_id = await hang(place, model)
    const device = await place.seam.devices.get({ device_id })
    const flags = Object.fromEntries(
      Object.entries(device).filter(([key]) => key.startsWith('can_')),
    )
    expect(flags).toEqual({
      can_simulate_connection: true,
      can_simulate_disconnection: true,
      can_simulate_removal: true,
      ...Object.fromEntries((brand.simulates ?? []).map((it) => [`can_simulate_${it}`, true])),
      ...Object.fromEntries(remote.map((it) => [`can_remotely_${it}`, true])),
      ...(brand.online !== false && { can_program_online_access_codes: true }),
      ...(brand.offline === true && { can_program_offline_access_codes: true }),
      ...(brand.auto_lock === true && { can_configure_auto_lock: true }),
      can_unlock_with_code: true,
    })
    expect(device.device_type).toBe(brand.device_type)
    expect(device.properties).toMatchObject({
      online: true,
      locked: true,
      ...(brand.manufacturer !== undefined && { manufacturer: brand.manufacturer }),
      model: {
        has_built_in_keypad: brand.keypad === 'built in',
        can_connect_accessory_keypad: brand.keypad === 'accessory',
      },
    })
    expect(device.properties.supported_code_lengths ?? []).toEqual(brand.lengths)
    expect((await place.lock(device_id)).bridge === null).toBe(
      brand.bridge === undefined && brand.optional_bridge === undefined,
    )
    expect(await place.types({ device_id })).toEqual(['device.added', 'device.connected'])
  })

  onlyIf(brand.online !== false)(
    'walks a stay: booked, on the lock in time, opens, gone',
    async () => {
      const place = emulator.open()
      const device_id = await hang(place, model)
      const start = T0 + 10 * day
      const end = start + 2 * day
      const stay = {
        device_id,
        name: 'Guest',
        starts_at: iso(start),
        ends_at: iso(end),
        ...(brand.pin !== null && { code: brand.pin }),
      }
      if (brand.needs_time_zone === true) {
        const early = await place.raw('/access_codes/create', stay)
        expect(early).toMatchObject({ status: 400, body: { error: { type: 'invalid_input' } } })
        await place.seam.devices.reportProviderMetadata({
          devices: [{ device_id, ultraloq_metadata: { time_zone: 'America/Los_Angeles' } }],
        })
      }
      const code = await bookCode(place, stay)
      expect(await code.get()).toMatchObject({
        type: 'time_bound',
        status: 'unset',
        code: brand.pin,
        is_waiting_for_code_assignment: brand.pin === null,
      })
      await place.advance('2m')
      const { code: pin } = await code.get()
      expect(pin).toMatch(brand.pin === null ? /^\d{6}$/ : new RegExp(`^${brand.pin}$`))
      const lead = brand.native ? 72 * hour : 60 * minute
      await code.news()

      await place.advanceTo(start - lead - 1)
      expect(await code.slot()).toBeUndefined()
      await place.advanceTo(start - lead + minute)
      expect(await code.slot()).toMatchObject({
        code: pin,
        starts_at: brand.native ? iso(start) : null,
        ends_at: brand.native ? iso(end) : null,
      })
      expect(await code.get()).toMatchObject({
        status: brand.native ? 'unset' : 'set',
        is_scheduled_on_device: brand.native,
        errors: [],
      })
      expect(await code.opens(pin ?? '')).toBe(!brand.native)

      await place.advanceTo(start)
      expect(await code.status()).toBe('set')
      expect(await code.opens(pin ?? '')).toBe(true)
      const [unlocked] = (await place.events({ device_id })).filter(
        (it) => it.event_type === 'lock.unlocked' && it.occurred_at >= iso(start),
      )
      expect(unlocked?.['method']).toBe('keycode')
      expect(unlocked?.['access_code_id']).toBe(
        brand.reports_code === true ? code.access_code_id : undefined,
      )

      await place.advanceTo(end - 1)
      expect(await code.opens(pin ?? '')).toBe(true)
      await place.advanceTo(end + minute)
      expect(await code.isGone()).toBe(true)
      expect(await place.slots(device_id)).toEqual([])
      expect(await code.opens(pin ?? '')).toBe(false)
      expect(await code.news()).toEqual([
        ...(brand.native ? [{ event_type: 'access_code.scheduled_on_device', code: pin }] : []),
        { event_type: 'access_code.set_on_device', code: pin },
        { event_type: 'access_code.removed_from_device' },
        { event_type: 'access_code.deleted', code: pin },
      ])
    },
  )

  onlyIf(brand.online !== false)(
    'sets an ongoing code, with a PIN that keeps its rules',
    async () => {
      const place = emulator.open()
      const device_id = await hang(place, model)
      const code = await bookCode(place, { device_id, name: 'Anybody' })
      await place.advance('2m')
      const { code: pin, status } = await code.get()
      expect(status).toBe('set')
      expect(brand.lengths).toContain(pin?.length)
      expect(await code.opens(pin ?? '')).toBe(true)
      for (const refused of brand.refused ?? []) {
        const answer = await place.raw('/access_codes/create', { device_id, code: refused })
        expect(answer.status, refused).toBe(400)
      }
      await code.delete()
      await place.advance('2m')
      expect(await code.isGone()).toBe(true)
      expect(await code.opens(pin ?? '')).toBe(false)
    },
  )

  onlyIf(brand.online === false)('takes no online codes', async () => {
    const place = emulator.open()
    const device_id = await hang(place, model)
    const answer = await place.raw('/access_codes/create', { device_id })
    expect(answer).toMatchObject({ status: 400, body: { error: { type: 'invalid_input' } } })
  })

  test('moves its bolt as far as the brand can', async () => {
    const place = emulator.open()
    const device_id = await hang(place, model)
    for (const direction of ['unlock', 'lock'] as const) {
      if (remote.includes(direction)) {
        await place.seam.locks[`${direction}Door`]({ device_id })
        expect((await place.lock(device_id)).bolt.locked).toBe(direction === 'lock')
      } else {
        const answer = await place.raw(`/locks/${direction}_door`, { device_id })
        expect(answer.status).toBe(400)
      }
    }
  })

  test('can be typed on and locked by hand in simulation', async () => {
    const place = emulator.open()
    const device_id = await hang(place, model)
    const attempt = await place.seam.locks.simulate.manualLockViaKeypad({ device_id })
    expect(attempt.status).toBe('success')
    for (let wrong = 0; wrong < 3; wrong++) {
      await place.seam.locks.simulate.keypadCodeEntry({ device_id, code: '999999' })
    }
    const types = await place.types({ device_id })
    expect(types).toContain('lock.locked')
    expect(types.filter((it) => it === 'lock.access_denied').length).toBeGreaterThan(0)
  })

  test('goes offline and comes back as its flags say', async () => {
    const place = emulator.open()
    const device_id = await hang(place, model)
    const online = async () => (await place.seam.devices.get({ device_id })).properties.online
    await place.seam.devices.simulate.disconnect({ device_id })
    expect(await online()).toBe(false)
    await place.seam.devices.simulate.connect({ device_id })
    expect(await online()).toBe(true)
    if (brand.simulates?.includes('hub_disconnection') === true) {
      await place.seam.devices.simulate.disconnectFromHub({ device_id })
      expect(await online()).toBe(false)
      const { errors } = await place.seam.devices.get({ device_id })
      expect(errors.map((it) => it.error_code)).toEqual(['hub_disconnected'])
    } else {
      const answer = await place.raw('/devices/simulate/disconnect_from_hub', { device_id })
      expect(answer.status).toBe(400)
    }
    if (brand.simulates?.includes('hub_connection') === true) {
      await place.seam.devices.simulate.connectToHub({ device_id })
      expect(await online()).toBe(true)
    }
    await place.seam.devices.simulate.remove({ device_id })
    const { errors } = await place.seam.devices.get({ device_id })
    expect(errors.map((it) => it.error_code)).toEqual(['device_removed'])
  })
})

test('a Nuki lock whose paid plan lapses takes no codes until it is renewed', async () => {
  const place = emulator.open()
  const device_id = await hang(place, 'nuki')
  const code = await bookCode(place, { device_id, code: '482137' })
  await place.advance('1m')
  await place.seam.devices.simulate.paidSubscription({ device_id, is_expired: true })
  await place.advance('15m')
  expect(await place.seam.devices.get({ device_id })).toMatchObject({
    can_program_online_access_codes: false,
    errors: [{ error_code: 'subscription_required' }],
  })
  expect(await code.opens('482137')).toBe(true)
  const refused = await place.raw('/access_codes/create', { device_id, code: '482138' })
  expect(refused.status).toBe(400)
  await place.seam.devices.simulate.paidSubscription({ device_id, is_expired: false })
  await place.advance('15m')
  expect(await place.seam.devices.get({ device_id })).toMatchObject({
    can_program_online_access_codes: true,
    errors: [],
  })
  expect((await place.types({ device_id })).filter((it) => it.includes('subscription'))).toEqual([
    'device.error.subscription_required',
    'device.error.subscription_required.resolved',
  ])
})

test('an igloohome lock without a bridge takes offline codes only', async () => {
  const place = emulator.open()
  const device_id = await place.hang('igloohome')
  expect(await place.seam.devices.get({ device_id })).toMatchObject({
    can_program_online_access_codes: false,
    can_program_offline_access_codes: true,
  })
  const answer = await place.raw('/access_codes/create', { device_id, code: '482137' })
  expect(answer.status).toBe(400)
})
