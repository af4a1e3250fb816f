/** Who answers an occasion, where no other test would miss the answer. */
import { describe, expect, test } from 'vitest'
import { createAccessCode } from '../../src/sim/access-codes/operations.ts'
import {
  deleteAccount,
  disconnectAccount,
  reconnectAccount,
} from '../../src/sim/connected-accounts/operations.ts'
import { createAccessGrant } from '../../src/sim/access-grants/operations.ts'
import { setRadio } from '../../src/sim/devices/link-changes.ts'
import { updateDevice, updateUnmanagedDevice } from '../../src/sim/devices/management.ts'
import { removeDevice } from '../../src/sim/devices/operations.ts'
import { setBattery, setKeypad } from '../../src/sim/locks/battery/use.ts'
import { setSensorBattery } from '../../src/sim/noise-sensors/battery.ts'
import { changeSubscription } from '../../src/sim/locks/subscription.ts'
import { giveDevice } from '../../src/sim/user-identities/device-access.ts'
import { createUserIdentity, deleteUserIdentity } from '../../src/sim/user-identities/operations.ts'
import { openFrozenWorld, twoLocks } from '../support/frozen-world.ts'
import type { FrozenWorld } from '../support/frozen-world.ts'

const minute = 60_000
const hour = 60 * minute

/** A lock whose provider gives the PIN, and one whose codes are computed without the lock. */
const fixture = {
  name: 'pins-from-providers',
  loose_ids: true,
  connected_accounts: [
    { connected_account_id: 'salto-account', model: 'salto_ks' },
    { connected_account_id: 'igloohome-account', model: 'igloohome' },
  ],
  devices: [
    {
      device_id: 'salto',
      connected_account_id: 'salto-account',
      model: 'salto_ks',
      name: 'Office',
    },
    {
      device_id: 'igloohome',
      connected_account_id: 'igloohome-account',
      model: 'igloohome',
      name: 'Shed',
      location: { time_zone: 'Europe/Amsterdam' },
    },
  ],
}

const codeOf = ({ read }: FrozenWorld, access_code_id: string) =>
  read((world) => world.access_codes.get(access_code_id))

test('a code that was made while its account was away gets its PIN once the account is back', () => {
  const place = openFrozenWorld(fixture)
  const { access_code_id } = place.write((world) => {
    disconnectAccount(world, 'salto-account')
    return createAccessCode(world, { device_id: 'salto', name: 'Guest' }).access_code
  })
  place.advance(hour)
  expect(codeOf(place, access_code_id)).toMatchObject({ code: null, presence: null })
  place.write((world) => reconnectAccount(world, 'salto-account'))
  place.advance(minute)
  expect(codeOf(place, access_code_id)?.code).toMatch(/^\d+$/)
})

test('a code computed without the lock is told as set once its account is back', () => {
  const place = openFrozenWorld(fixture)
  const { access_code_id } = place.write((world) => {
    disconnectAccount(world, 'igloohome-account')
    return createAccessCode(world, {
      device_id: 'igloohome',
      name: 'Guest',
      is_offline_access_code: true,
      starts_at: world.now,
      ends_at: world.now + 48 * hour,
    }).access_code
  })
  place.advance(2 * hour)
  expect(codeOf(place, access_code_id)?.presence).toBeNull()
  place.write((world) => reconnectAccount(world, 'igloohome-account'))
  place.advance(minute)
  expect(codeOf(place, access_code_id)?.presence).toBe('set')
})

/** A grant for a guest to these devices, by a PIN. */
const grantFor = ({ write }: FrozenWorld, device_ids: string[]): string =>
  write((world) => {
    const { user_identity_id } = createUserIdentity(world, { full_name: 'Guest' })
    return createAccessGrant(world, {
      user_identity_id,
      device_ids,
      requested_access_methods: [{ mode: 'code' }],
    }).access_grant_id
  })

const doorsOfGrant = ({ read }: FrozenWorld, access_grant_id: string) =>
  read((world) =>
    world.access_methods
      .all()
      .filter((method) => method.access_grant_id === access_grant_id)
      .flatMap(({ doors }) => doors.map(({ device_id }) => device_id)),
  )

describe('a grant follows', () => {
  const place = () => openFrozenWorld(twoLocks)

  test('a device that is managed no longer, and again', () => {
    const at = place()
    const grant = grantFor(at, ['wifi-lock', 'bridge-lock'])
    at.advance(hour)
    const device_id = 'bridge-lock'
    at.write((world) => updateDevice(world, { device_id, is_managed: false }))
    expect(doorsOfGrant(at, grant)).toEqual(['wifi-lock'])
    at.write((world) => updateUnmanagedDevice(world, { device_id, is_managed: true }))
    expect(doorsOfGrant(at, grant)).toEqual(['wifi-lock', 'bridge-lock'])
  })

  test('a device that vanishes from its account', () => {
    const at = place()
    const grant = grantFor(at, ['wifi-lock', 'bridge-lock'])
    at.advance(hour)
    at.write((world) => removeDevice(world, 'bridge-lock'))
    expect(doorsOfGrant(at, grant)).toEqual(['wifi-lock'])
  })

  test('a device whose account is deleted', () => {
    const at = place()
    const grant = grantFor(at, ['wifi-lock', 'bridge-lock'])
    at.advance(hour)
    at.write((world) => deleteAccount(world, 'august-account'))
    expect(at.read((world) => world.access_grants.get(grant)?.door_ids)).toEqual(['wifi-lock'])
  })

  test('a keypad that is put on its lock', () => {
    const at = place()
    at.write((world) => setKeypad(world, 'keypad-lock', false))
    const grant = grantFor(at, ['keypad-lock'])
    at.advance(hour)
    expect(doorsOfGrant(at, grant)).toEqual([])
    at.write((world) => setKeypad(world, 'keypad-lock', true))
    expect(doorsOfGrant(at, grant)).toEqual(['keypad-lock'])
  })
})

test('a code waits for the keypad, and is set when it is back', () => {
  const place = openFrozenWorld(twoLocks)
  const { access_code_id } = place.write((world) => {
    const made = createAccessCode(world, { device_id: 'keypad-lock', code: '4821' })
    setKeypad(world, 'keypad-lock', false)
    return made.access_code
  })
  place.advance(hour)
  expect(codeOf(place, access_code_id)?.presence).toBeNull()
  place.write((world) => setKeypad(world, 'keypad-lock', true))
  place.advance(minute)
  expect(codeOf(place, access_code_id)?.presence).toBe('set')
})

const levelsTold = ({ read }: FrozenWorld) =>
  read((world) => world.events.all())
    .filter(({ event_type }) => event_type === 'device.low_battery')
    .map(({ device_id }) => device_id)

test('a battery that went low while nobody heard is told when the device is back', () => {
  const place = openFrozenWorld({
    name: 'batteries',
    loose_ids: true,
    connected_accounts: [
      { connected_account_id: 'schlage-account', model: 'schlage' },
      { connected_account_id: 'minut-account', model: 'minut' },
    ],
    devices: [
      {
        device_id: 'lock',
        connected_account_id: 'schlage-account',
        model: 'schlage',
        name: 'Gate',
      },
    ],
    noise_sensors: [
      { device_id: 'sensor', connected_account_id: 'minut-account', model: 'minut', name: 'Hall' },
    ],
  })
  place.write((world) => {
    for (const device_id of ['lock', 'sensor']) setRadio(world, device_id, false)
    setBattery(world, 'lock', 'battery', 0.15)
    setSensorBattery(world, 'sensor', 0.15)
  })
  place.advance(hour)
  expect(levelsTold(place)).toEqual([])
  place.write((world) => {
    for (const device_id of ['lock', 'sensor']) setRadio(world, device_id, true)
  })
  expect(levelsTold(place)).toEqual(['lock', 'sensor'])
})

test('a code waits for the paid plan of its lock, and is set when it is renewed', () => {
  const place = openFrozenWorld({
    name: 'paid-plan',
    loose_ids: true,
    connected_accounts: [{ connected_account_id: 'nuki-account', model: 'nuki' }],
    devices: [
      { device_id: 'nuki', connected_account_id: 'nuki-account', model: 'nuki', name: 'Attic' },
    ],
  })
  const { access_code_id } = place.write((world) => {
    const made = createAccessCode(world, {
      device_id: 'nuki',
      code: '482193',
      starts_at: world.now + 10 * 24 * hour,
      ends_at: world.now + 20 * 24 * hour,
    })
    changeSubscription(world, 'nuki', true)
    return made.access_code
  })
  place.advance(12 * 24 * hour)
  expect(codeOf(place, access_code_id)?.presence).toBeNull()
  place.write((world) => changeSubscription(world, 'nuki', false))
  place.advance(hour)
  expect(codeOf(place, access_code_id)?.presence).toBe('set')
})

test('a person who is deleted has nothing of what was given to them alone', () => {
  const place = openFrozenWorld(twoLocks)
  const given = () => place.read((world) => world.user_identity_devices.count())
  const id = place.write((world) => {
    const { user_identity_id } = createUserIdentity(world, { full_name: 'Guest' })
    giveDevice(world, user_identity_id, 'wifi-lock')
    return user_identity_id
  })
  expect(given()).toBe(1)
  place.write((world) => deleteUserIdentity(world, id))
  place.advance(hour)
  expect(given()).toBe(0)
})
